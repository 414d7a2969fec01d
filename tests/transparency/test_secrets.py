"""What must not be seen yet is not on any public page: drafts, prices before the opening, results, contracts."""

from flask import Flask

from app.core import changes, clock
from app.core.money import yuan
from app.plans.models import Project
from tests.agreements import world as agreements
from tests.conftest import Hands, turn
from tests.plans import world as plans
from tests.plans.conftest import seeded_sqlite, sqlite_app
from tests.plans.world import at, who

__all__ = ["seeded_sqlite", "sqlite_app"]
FEN = 238_800_000


def everywhere(app: Flask, of: Project) -> str:
    """All public pages that speak of a project, in one text; what is not there yet is left out."""
    client, home = app.test_client(), f"/projects/{of.public_id}"
    pages = [client.get(url) for url in ("/", "/projects", f"/search?q={of.name}", home, f"{home}/ocds.json")]
    return "".join(one.text for one in pages if one.status_code == 200)


def test_nothing_is_told_before_its_time(sqlite_app: Flask, hands: Hands) -> None:
    of = plans.family(hands)
    winner, client = agreements.WINNERS[1][0], sqlite_app.test_client()
    for url in ("", "/log", "/ocds.json"):
        assert client.get(f"/projects/{of.public_id}{url}").status_code == 404
    assert f"/projects/{of.public_id}" not in everywhere(sqlite_app, of)

    hands.set(agreements.CLOSES.replace(month=4))
    tender = agreements._tender(of)
    lot = agreements.plans.lots_of(of)[0]
    hands.set(at(agreements.DECIDED))
    award = agreements._award(tender, lot, winner, "jia", FEN)
    told = everywhere(sqlite_app, of)
    assert f"/projects/{of.public_id}" in told
    assert "公告中" in told
    for secret in (winner, yuan(FEN), '"bids":', '"awards":'):
        assert secret not in told, secret

    hands.set(at(agreements.ANNOUNCED))
    with turn(who("officer")):
        changes.move(award, "announce", medium_url=agreements.MEDIUM, announced_at=clock.now())
    told = everywhere(sqlite_app, of)
    for public in (winner, yuan(FEN), '"awards":'):
        assert public in told
    assert '"contracts":' not in told
    agreements.drawn_up(hands, tender)
    assert '"contracts":' not in everywhere(sqlite_app, of)
    assert "440103-FY-2026-001-01" not in everywhere(sqlite_app, of)
    assert "没有以这个编号公开的文书" in client.get("/verify/440103-FY-2026-001-01").text


def test_an_uploaded_file_cannot_pass_for_a_paper(sqlite_app: Flask, hands: Hands) -> None:
    from app.core import files

    with turn(who("officer")):
        files.keep(b"%PDF-1.7 not ours", "440103-FY-2026-009-01.pdf", ("pdf",))
    assert "没有以这个编号公开的文书" in sqlite_app.test_client().get("/verify/440103-FY-2026-009-01").text
