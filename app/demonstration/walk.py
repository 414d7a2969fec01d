"""Two whole purchases walked through by calling the same actions as the pages, on the days the files say.

The flow tests walk the same path. Keys are kept outside the portal's home, as separate people would keep them, and
bids are sealed and opened through the command line's functions.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.core import clock
from app.demonstration import home
from app.demonstration.hands import Hands
from app.demonstration.purchase import FIRST, SECOND, Purchase
from app.demonstration.steps import delivering, judging, preparing, registering, tendering

Say = Callable[[str], None]


def whole(say: Say, *, move: Callable[[datetime], None] = clock.move_to, keys: Path | None = None) -> None:
    """Make the home a demonstration and walk both purchases in it. Raises SystemExit in a home that has been used."""
    if home.sign_ins():
        raise SystemExit(
            f"✗ 演示需要一个新的 PORTAL_HOME；{current_app.config['HOME']} 里已有数据。 needs a fresh PORTAL_HOME"
        )
    home.prepare(FIRST.moment("appropriated", 9))
    folder = keys or Path(tempfile.mkdtemp(prefix="gongyue-keyholders-"))
    say(f"密钥保管人和签署人的密钥在 PORTAL_HOME 之外：{folder}  keys are kept outside")
    registering.walk(Hands(FIRST, say, move, folder))
    for purchase in (FIRST, SECOND):
        walk(Hands(purchase, say, move, folder))
    say("全部步骤已走完 the whole purchase has been walked")


def walk(hands: Hands) -> None:
    """One purchase from the appropriation to the last payment."""
    project = preparing.walk(hands)
    tender = tendering.walk(hands, project)
    agreements = judging.walk(hands, tender)
    delivering.walk(hands, project, agreements)


__all__ = ["Purchase", "walk", "whole"]
