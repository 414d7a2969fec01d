"""The whole path of a purchase through the pages, in a real browser, each person at a window of their own.

From the untidy sheet to the payments that an independent evaluation releases, as the README's tour tells it. On every
page that is opened axe looks for faults; at the end all of them are read once more in English and the main ones on a
telephone. With TOUR=1 the pictures of the tour in docs/tour are made anew.
"""

import os
import shutil

import pytest

from tests.browser import (
    contracting,
    delivering,
    evaluating,
    judging,
    opening,
    planning,
    publishing,
    reading,
    registering,
    tendering,
)
from tests.browser.desk import Office
from tests.browser.portal import ROOT

pytestmark = pytest.mark.browser
STAGES = (registering, planning, tendering, opening, judging, contracting, delivering, evaluating, publishing)
PICTURE, ALL_PICTURES = 150_000, 1_500_000  # bytes, so that a clone stays small


def test_a_purchase_walks_through_the_pages(office: Office) -> None:
    for stage in STAGES:
        stage.walk(office)
    assert reading.in_english(office) == {}
    assert reading.on_a_telephone(office) == []
    assert office.watch.wrong == []
    sizes = [one.stat().st_size for one in office.watch.pictures.iterdir()]
    assert max(sizes) <= PICTURE
    assert sum(sizes) <= ALL_PICTURES
    if os.environ.get("TOUR"):
        shutil.copytree(office.watch.pictures, ROOT / "docs/tour", dirs_exist_ok=True)
