"""Editions: complete, quoting rows that exist, and never edited once released."""

import re
import shutil

import pytest

from app.core import law
from app.core.errors import Missing
from app.documents import editions
from app.rules.contracting import FIELDS
from tests.documents.paper import EVERY

WANTED = {
    "acceptance_report",
    "award_notice",
    "bid_receipt",
    "evaluation_report",
    "opening_record",
    "payment_order",
    "performance_report",
    "result_notice",
    "service_agreement",
    "tender_notice",
}


def test_the_documents_of_a_purchase_are_there():
    assert set(editions.documents()) >= WANTED


@pytest.mark.parametrize(("document", "edition"), EVERY)
def test_a_released_edition_is_never_edited(document, edition):
    """Failing? Undo the edit and make a new edition (docs/how-to/change-a-clause.md); a new one is entered here."""
    found = editions.load(document, edition).fingerprint
    kept = editions.released().get(document, {}).get(edition)
    assert kept == found, f'contracts/released.toml, [{document}]: "{edition}" = "{found}"'


def test_nothing_released_has_gone():
    there = set(EVERY)
    assert {(d, e) for d, kept in editions.released().items() for e in kept} <= there


@pytest.mark.parametrize(("document", "edition"), EVERY)
def test_every_clause_quotes_rows_of_the_rulebook(document, edition):
    assert set(editions.load(document, edition).rules) <= set(law.rows())


def test_the_agreement_provides_for_the_eight_mandatory_fields():
    held = [f for clause in editions.load("service_agreement", "2026-01").clauses for f in clause.holds]
    assert set(held) == set(FIELDS)


def test_cross_references_in_the_agreement_lead_to_clauses_and_tables():
    agreement = editions.load("service_agreement", "2026-01")
    words = " ".join(clause.text for clause in agreement.clauses)
    assert {"十三", "十七"} == set(re.findall(r"第([一二三四五六七八九十]+)条", words))
    assert agreement.clauses[12].heading.startswith("绩效评价")
    assert agreement.clauses[16].heading == "违约责任"
    named = set(re.findall(r"表([一二三四五六])", words))
    assert named <= set(re.findall(r"表([一二三四五六])　", agreement.sources["page.html"]))


def test_the_latest_edition_is_the_last_by_name():
    assert editions.latest("service_agreement") == max(editions.editions("service_agreement"))


@pytest.mark.parametrize("document", ["no_such", "../contracts", "_paper", "", "a/b"])
def test_a_document_that_is_not_there_is_missing(document):
    with pytest.raises(Missing):
        editions.latest(document)


def test_an_edition_that_is_not_there_is_missing():
    with pytest.raises(Missing):
        editions.load("service_agreement", "1999-01")


def test_the_fingerprint_changes_with_every_file_the_print_depends_on(tmp_path, monkeypatch):
    seen = set()
    files = ("bid_receipt/2026-01/clauses.toml", "bid_receipt/2026-01/page.html", "_paper/2026-01/paper.css")
    for changed in (None, *files):
        seen.add(_fingerprint_with(tmp_path / str(len(seen)), monkeypatch, changed))
    assert len(seen) == 4
    assert editions.load("bid_receipt", "2026-01").fingerprint in seen


def _fingerprint_with(folder, monkeypatch, changed):
    shutil.copytree(editions.CONTRACTS, folder)
    if changed:
        with (folder / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
    with monkeypatch.context() as patch:
        patch.setattr(editions, "CONTRACTS", folder)
        return editions.load.__wrapped__("bid_receipt", "2026-01").fingerprint
