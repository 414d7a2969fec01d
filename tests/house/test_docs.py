"""The documents that speak of the code are true: what is printed is current, what is named exists."""

import re
from pathlib import Path

import pytest

from app import printed
from app.accounts.models import ROLES
from app.core import lifecycle
from app.core.migrations import load_models

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))
# what a reader of a how-to is to make, or a word with a place to fill in
EXAMPLES = {"app/<domain>/lifecycle.py", "migrations/versions/"}


def test_what_is_printed_from_the_code_is_current() -> None:
    assert printed.stale() == [], "run ./portal docs"


def test_a_page_that_parts_from_the_code_is_named(tmp_path: Path) -> None:
    assert printed.stale(tmp_path) == list(printed.PAGES)
    printed.write(tmp_path)
    assert printed.current(tmp_path)
    page = tmp_path / "permissions.md"
    page.write_text(page.read_text(encoding="utf-8").replace("payment.pay", "payment.play"), encoding="utf-8")
    assert printed.stale(tmp_path) == ["permissions.md"]


def test_the_printed_pages_leave_nothing_out() -> None:
    load_models()
    rights, ways = printed.permissions(), printed.lifecycles()
    assert all(f"`{action}`" in rights for action in printed.GRANTS)
    for flow in lifecycle.ALL.values():
        assert f"## {flow.name}\n" in ways
        for step in flow.steps:
            assert all(f"    {start} --> {step.to}: " in ways for start in step.start), step
    headings = re.findall(r"^### (\S+)$", printed.rulebook(), re.M)
    assert headings == list(printed.law.rows())


def test_the_glossary_knows_every_role_and_every_kind_of_record() -> None:
    load_models()
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", glossary))
    assert set(ROLES) - named == set()
    models = {mapper.class_.__name__ for mapper in printed_models()}
    assert models - named == set()


def printed_models() -> list:  # type: ignore[type-arg]
    """Every kind of record that people work on; helpers of the machinery are left out."""
    from app.core.db import Base

    hidden = {"ImportRow", "LogHead", "MemberScore", "PaymentShare", "Session", "SignInFailure", "StoredFile",
              "UsedCode", "Answer", "Job", "LogBatch"}  # fmt: skip
    return [
        m for m in Base.registry.mappers if m.class_.__name__ not in hidden and "Migration" not in m.class_.__name__
    ]


def test_the_glossary_names_nothing_that_is_gone() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "app").rglob("*.py"))
    words = set(re.findall(r"\w+", code))
    gone = {w for w in re.findall(r"`([A-Za-z_]+)`", glossary) if w not in words}
    assert gone == set()


@pytest.mark.parametrize("path", HOW_TO, ids=lambda p: p.stem)
def test_how_tos_name_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:app|templates|tests|migrations)/[^`\s]*)`", text)) - EXAMPLES
    missing = [name for name in sorted(named) if "<" not in name and not (ROOT / name).exists()]
    assert missing == []
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [one for one in linked if not (path.parent / one).exists()] == []
