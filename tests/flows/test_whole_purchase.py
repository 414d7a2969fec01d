"""The whole purchase, twice, of different shapes, on both databases; it ends by reading the log."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.agreements.models import Agreement
from app.awards.models import Award
from app.budgets.models import BudgetLine
from app.budgets.queries import balance, commitments
from app.core import archive, clock, log
from app.core.access import KEEPER
from app.core.db import db
from app.demonstration import home, walk
from app.evaluations.models import Evaluation
from app.payments.models import Payment
from app.plans.models import Project
from app.registry.models import ImportBatch, Organization
from tests.conftest import Hands, turn

VERIFIER = Path(archive.__file__).parent / "verifier.py"


@pytest.fixture
def walked(app: Flask, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Both purchases walked; gives what was said on the way."""
    monkeypatch.setattr(clock, "use", lambda source: None)  # the test's hands stay on the clock

    def move(moment: datetime) -> None:
        hands.set(moment)

    said: list[str] = []
    (tmp_path / "keyholders").mkdir()
    walk.whole(said.append, move=move, keys=tmp_path / "keyholders")
    return said


def verify(archive_file: Path, witness: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(VERIFIER), "--archive", str(archive_file), "--witness", str(witness)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_whole_purchase(app: Flask, walked: list[str], tmp_path: Path) -> None:
    awards = {a.supplier.name: a.amount_fen for a in db.session.scalars(select(Award))}
    assert awards["甲社会工作服务中心"] == 2_388_000_00
    assert awards["丁长者关爱协会"] == 455_500_55
    first, second = db.session.scalars(select(Project).order_by(Project.id))
    paid = {
        (p.agreement.supplier.name, p.instalment.order): p.amount_fen
        for p in db.session.scalars(select(Payment).where(Payment.state == "paid"))
        if p.agreement.project_id == first.id
    }
    assert [paid["甲社会工作服务中心", n] for n in (1, 2, 3)] == [1_194_000_00, 955_200_00, 238_800_00]
    assert [paid["丁长者关爱协会", n] for n in (1, 2, 3)] == [227_750_27, 182_200_22, 45_550_06]
    totals = {(e.project_id, e.stage): e.total_centi for e in db.session.scalars(select(Evaluation))}
    assert (totals[first.id, "mid_term"], totals[first.id, "final"]) == (9329, 9744)
    assert {(e.project_id, e.stage) for e in db.session.scalars(select(Evaluation))} >= {(second.id, "final")}
    assert first.state == second.state == "closed"
    for line in db.session.scalars(select(BudgetLine)):
        assert 0 <= line.paid_fen == line.accrued_fen == line.committed_fen <= line.appropriated_fen
        assert balance(line)["paid"] == line.paid_fen
    for agreement in db.session.scalars(select(Agreement)):
        assert sum(c.paid_fen for c in commitments(agreement.public_id)) == agreement.amount_fen
    batches = list(db.session.scalars(select(ImportBatch).order_by(ImportBatch.id)))
    assert (batches[0].added, batches[1].added, batches[1].changed) == (38, 0, 0)
    assert batches[0].counts["unverified"] == 1
    kept = db.session.scalar(select(Organization).where(Organization.org_code == "84336002"))
    assert kept is not None
    assert not kept.org_code_verified
    _reads_the_log(first)


def _reads_the_log(project: Project) -> None:
    """The story as the log tells it: every step of the first purchase, in order."""
    told = [e.action for e in log.since(0, 100_000)]
    story = (
        "ledger.appropriate", "project.draft", "project.prepare", "project.submit", "project.approve", "tender.draft",
        "keyholder.register_key", "tender.publish", "bid.hand_in", "bid.replace", "bid.withdraw", "share.release",
        "bid.unseal", "tender.open", "qualification.check", "committee.draw", "committee.declare", "low_price.ask",
        "low_price.decide", "committee.score", "tender.judge", "award.decide", "tender.award", "award.announce",
        "agreement.draw_up", "agreement.sign", "agreement.countersign", "ledger.commit", "instalment.accrue",
        "agreement.publish", "payment.request", "payment.check", "payment.pay", "ledger.pay", "delivery.import",
        "acceptance.record", "evaluation.assign", "evaluation.declare", "evaluation.score", "evaluation.reply",
        "evaluation.publish", "instalment.pay", "agreement.complete", "project.close",
    )  # fmt: skip
    places = [told.index(action) for action in story]
    assert places[:8] == sorted(places[:8])
    assert all(action in told for action in story)
    times = [e.at for e in log.since(0, 100_000)]
    assert times == sorted(times)
    assert json.loads(log.entries_of(project.public_id)[0].values)["new"]["name"] == project.name


TAMPERINGS = {
    "score": "UPDATE indicator_score SET score_centi = score_centi + 1"
    " WHERE id = (SELECT min(id) FROM indicator_score)",
    "amount": "UPDATE payment SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id) FROM payment)",
    "time": "UPDATE sealed_bid SET received_at = (SELECT max(received_at) FROM sealed_bid)"
    " WHERE id = (SELECT min(id) FROM sealed_bid)",
}


def test_the_log_of_the_walk_proves_and_names_what_was_changed(app: Flask, walked: list[str], tmp_path: Path) -> None:
    witness = tmp_path / "witness.json"
    with turn(KEEPER):
        archive.write_witness(witness)
        archive.write_archive(tmp_path / "whole.zip")
    proven = verify(tmp_path / "whole.zip", witness)
    assert proven.returncode == 0, proven.stdout + proven.stderr
    tables = {"score": "indicator_score", "amount": "payment", "time": "sealed_bid"}
    for what, sql in TAMPERINGS.items():
        with turn(KEEPER):
            db.session.execute(text(sql))
            archive.write_archive(tmp_path / f"{what}.zip")
            db.session.rollback()
        failed = verify(tmp_path / f"{what}.zip", witness)
        assert failed.returncode == 1, what
        assert tables[what] in failed.stdout + failed.stderr


def test_a_home_in_use_is_not_walked_over(app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "use", lambda source: None)
    home.prepare()
    with pytest.raises(SystemExit):
        walk.whole(lambda line: None, move=hands.set)
