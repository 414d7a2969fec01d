"""Monthly sheets: what is taken, what is passed over, what is refused with its line; on both databases."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import archive, log, verifier
from app.core.access import KEEPER
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.delivery import actions, queries
from app.delivery.models import DeliveryReport, ServiceFigure
from app.delivery.overview import overview
from app.delivery.waiting import waiting
from app.demonstration.purchase import FIRST
from tests.conftest import Hands, turn
from tests.delivery import world
from tests.plans.world import at, who

HEADER = (
    "month,community,cases,groups,events,elder_visits,consultations,participants,spend_staff,spend_activity,spend_admin"
)
JULY = f"{HEADER}\n2026-07,逢源北,4,1,1,73,107,243,38849.20,6127.47,4060.31\n"


def hand_in(text: str | bytes, lot: int = 1) -> DeliveryReport:
    content = text if isinstance(text, bytes) else text.encode()
    with turn(who({1: "jia", 2: "ding"}[lot])):
        return actions.import_sheet(world.agreement(lot), content, "july.csv")


def count() -> int:
    return db.session.scalar(select(func.count(ServiceFigure.id))) or 0


def test_a_year_of_sheets_gives_the_totals_of_the_file(app: Flask, hands: Hands) -> None:
    world.deliver(world.WHOLE, hands)
    one, two = world.agreement(1), world.agreement(2)
    assert queries.figures_until(world.project(), 6) == {
        "cases": 57, "groups": 23, "events": 26, "elder_visits": 1154, "consultations": 1496, "participants": 4971,
        "spend_staff": 76346282, "spend_activity": 13496231, "spend_admin": 6653755,
    }  # fmt: skip
    whole = queries.figures_until(world.project(), 12)
    assert {k: whole[k] for k in ("cases", "groups", "events", "elder_visits", "consultations", "participants")} == {
        "cases": 120, "groups": 47, "events": 52, "elder_visits": 2315, "consultations": 2985, "participants": 9940,
    }  # fmt: skip
    assert (whole["spend_staff"], whole["spend_activity"], whole["spend_admin"]) == (153210336, 26507743, 13248601)
    assert queries.delivered(one, world.WHOLE)["cases"] == 120
    assert "elder_visits" not in queries.delivered(one, world.WHOLE)
    assert queries.delivered(two, world.WHOLE) == {"elder_visits": 2315}
    assert queries.reports(one)[0].left_out == ["长者探访"]
    assert len(queries.reports(two)[0].left_out) == 8
    batches = [e for e in log.since(0, 5000) if e.action == "delivery.import" and e.table == "service_figure"]
    assert [e.public for e in batches] == [True, True]


def test_what_the_page_says_is_computed(app: Flask, hands: Hands) -> None:
    world.deliver(world.WHOLE, hands, 1)
    seen = overview(world.agreement(1))
    assert seen.places["逢源北"]["cases"] == 48
    assert seen.gini_centi["cases"] == 7  # 1/15 over equal numbers of households
    assert seen.households == {"逢源北": 240, "逢源南": 240, "厚德": 240}
    assert seen.spent_fen == 192_966_680  # 1,532,103.36 + 265,077.43 + 132,486.01
    costs = {one.measure.key: one.each_fen for one in seen.costs}
    assert costs["cases"] == 1_608_056  # 1,929,666.80 / 120
    assert costs["participants"] == 19_413  # 1,929,666.80 / 9940 = 194.131...
    assert [len(one.columns) for one in seen.drawings] == [12] * 8
    second = overview(world.agreement(2))
    assert (second.spent_fen, second.reported_spending, second.drawings) == (0, False, [])


def test_progress_is_against_the_months_that_are_over(app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    found = queries.progress(world.agreement(1))
    assert {p.measure.key: (int(p.target), int(p.promised), p.delivered) for p in found} == {
        "cases": (120, 60, 57), "groups": (40, 20, 23), "events": (60, 30, 26), "consultations": (3000, 1500, 1496),
    }  # fmt: skip


def test_known_figures_are_passed_over_and_different_ones_refused(app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    hand_in(JULY)
    before = count()
    with pytest.raises(OutOfOrder):
        hand_in(JULY)
    with pytest.raises(Unlawful) as refused:
        hand_in(JULY.replace("38849.20", "38849.21"))
    finding = refused.value.findings[0]
    assert (finding.rule, finding.values["line"], finding.values["kept"]) == ("G-21", 2, "38,849.20")
    assert finding.values["column"] == "人员支出"
    more = JULY + "2026-07,厚德,2,1,1,54,62,180,38087.26,6965.21,3440.37\n"
    hand_in(more)
    assert count() == before * 2


def test_a_running_month_is_to_date_and_completed_after_it(app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 7, 20)))
    hand_in(JULY)
    one = world.agreement(1)
    assert overview(one).running == {"2026-07"}
    assert queries.reported_months(one) == set()
    hands.set(at(date(2026, 8, 3)))
    hand_in(JULY.replace("逢源北,4,", "逢源北,6,"))
    assert queries.delivered(one, ["2026-07"])["cases"] == 6
    assert overview(one).running == {"2026-07"}  # what stayed the same was not reported anew
    with pytest.raises(Unlawful):
        hand_in(JULY.replace("逢源北,4,", "逢源北,7,"))
    amended = [e for e in log.since(0, 5000) if e.table == "service_figure" and '"was"' in e.values]
    assert len(amended) == 1


def test_the_log_proves_figures_that_were_completed(app: Flask, hands: Hands, tmp_path: Path) -> None:
    hands.set(at(date(2026, 7, 20)))
    hand_in(JULY)
    hands.set(at(date(2026, 8, 3)))
    hand_in(JULY.replace("逢源北,4,", "逢源北,6,"))
    with turn(KEEPER):
        archive.write_witness(tmp_path / "witness.json")
        archive.write_archive(tmp_path / "whole.zip")
    command = [sys.executable, verifier.__file__, "--archive", str(tmp_path / "whole.zip")]
    proven = subprocess.run(
        [*command, "--witness", str(tmp_path / "witness.json")], capture_output=True, text=True, check=False
    )
    assert proven.returncode == 0, proven.stdout + proven.stderr


BAD = {
    "a month not begun": (JULY.replace("2026-07", "2026-08"), "月份"),
    "before the term": (JULY.replace("2026-07", "2026-06"), "月份"),
    "no month": (JULY.replace("2026-07", "七月"), "月份"),
    "an unknown community": (JULY.replace("逢源北", "逢源西"), "社区"),
    "half a case": (JULY.replace("逢源北,4,", "逢源北,4.5,"), "个案服务"),
    "below zero": (JULY.replace("逢源北,4,", "逢源北,-4,"), "个案服务"),
    "nothing": (JULY.replace("逢源北,4,", "逢源北,,"), "个案服务"),
    "a number beyond all measure": (JULY.replace("逢源北,4,", f"逢源北,{'9' * 5000},"), "个案服务"),
    "a third decimal": (JULY.replace("38849.20", "38849.205"), "人员支出"),
    "twice the same": (JULY + JULY.splitlines()[1] + "\n", "同一个月"),
    "a cell too many": (JULY.rstrip() + ",1\n", "格数"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_line_is_named_and_nothing_is_taken(sqlite_app: Flask, hands: Hands, what: str) -> None:
    hands.set(at(date(2026, 7, 31)))
    text, said = BAD[what]
    good = "2026-07,厚德,2,1,1,54,62,180,38087.26,6965.21,3440.37\n"
    lines = text.splitlines(keepends=True)
    with pytest.raises(Unlawful) as refused:
        hand_in("".join([lines[0], good, *lines[1:]]))
    finding = refused.value.findings[0]
    assert finding.rule == "G-21"
    assert finding.values["line"] == (4 if what == "twice the same" else 3)
    assert said in finding.text % finding.values
    assert count() == 0


@pytest.mark.parametrize(
    "content",
    [
        JULY.replace("cases", "case").encode(),
        JULY.replace(",groups", "").encode(),
        JULY.replace("groups", "cases").encode(),
        JULY.replace("month", "when").encode(),
        b"\xff\xfe\x00m\x00o",
        b'month,community\n"2026-07,never closed',
        b"month,community\n" + b"2026-07,x\n" * 5001,
    ],
    ids=["unknown column", "lacking column", "double column", "no month", "encoding", "quote", "too long"],
)
def test_what_is_no_such_sheet_is_refused(sqlite_app: Flask, hands: Hands, content: bytes) -> None:
    hands.set(at(date(2026, 8, 3)))
    with pytest.raises(Invalid) as refused:
        hand_in(content)
    assert refused.value.field == "file"
    assert count() == 0


def test_a_sheet_without_lines_says_so(sqlite_app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    with pytest.raises(Unlawful):
        hand_in(HEADER + "\n")


def test_gb18030_is_read_as_well(sqlite_app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    hand_in(JULY.encode("gb18030"))
    assert count() == 8


def test_nobody_else_hands_in(sqlite_app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    for name in ("yi", "ding", "officer"):
        with pytest.raises(NotAllowed), turn(who(name)):
            actions.import_sheet(world.agreement(1), JULY.encode(), "july.csv")
    assert count() == 0


def test_the_worklist_names_the_oldest_month_that_lacks(app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 9, 3)))
    with app.test_request_context():
        assert [w.values["month"] for w in waiting(who("jia"))] == ["2026-07"]
    with turn(who("jia")):
        actions.import_sheet(world.agreement(1), FIRST.sheet(["2026-07"]), "7.csv")
    with app.test_request_context():
        assert [w.values["month"] for w in waiting(who("jia2"))] == ["2026-08"]
        assert [w.rule for w in waiting(who("officer"))] == ["B-66"]
        assert waiting(who("evaluator")) == []
