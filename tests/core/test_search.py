"""Two characters find a name, on both databases; what is found is really there; pages follow each other by key."""

import random

import pytest
from flask import Flask

from app.core import search
from app.core.db import db, writing

NAMES = {
    1: "万科公益基金会 501780566",
    2: "广州市荔湾区逢源家庭服务中心 52440103MJL0009900",
    3: "逢源人家服务中心",
    4: "家和庭院（公益）发展中心",
    5: "中",
}


@pytest.fixture
def indexed(app: Flask) -> Flask:
    """The portal with five names in the index."""
    with writing():
        search.index_many("organization", NAMES.items())
    return app


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("家庭", [2]),  # 家和庭院 has both characters, but not side by side
        ("逢源", [2, 3]),
        ("逢源 家庭", [2]),
        ("服务中心", [2, 3]),
        ("逢", [3]),  # one character: what begins with it
        ("中", [5]),
        ("庭院公益", [4]),  # brackets do not part
        ("公益）发展", [4]),
        ("萬科", [1]),
        ("501780566", [1]),
        ("52440103mjl", [2]),
        ("５０１７", [1]),
        ("火星", []),
        ("", []),
        ("%_", []),
        ('" OR *', []),
        ("'; drop table search_text", []),
    ],
)
def test_what_is_found(indexed: Flask, q: str, found: list[int]) -> None:
    assert search.find("organization", q) == found


def test_a_new_name_takes_the_place_of_the_old_and_other_kinds_stay_apart(indexed: Flask) -> None:
    with writing():
        search.index("organization", 3, "春晖助学会")
        search.index("tender", 3, "逢源街道家庭综合服务")
    assert search.find("organization", "逢源") == [2]
    assert search.find("organization", "春晖") == [3]
    assert search.find("tender", "逢源") == [3]
    with writing():
        search.index("organization", 3, "春晖助学会")
    assert search.find("organization", "助学") == [3]


def test_pages_follow_each_other_and_agree_with_plain_looking(app: Flask) -> None:
    made = random.Random(7)
    names = {n: "".join(made.choices("公益服务家庭中心社区", k=12)) for n in range(1, 1200)}
    with writing():
        search.index_many("organization", names.items())
    for q in ("公益", "家庭服", "社区 中心"):
        plain = [n for n, name in names.items() if all(word in name for word in q.split())]
        assert search.find("organization", q, limit=5000) == plain
        pages, after = [], 0
        while found := search.find("organization", q, 7, after):
            pages += found
            after = found[-1]
        assert pages == plain


def test_what_was_refused_leaves_nothing_in_the_index(app: Flask) -> None:
    def refused() -> None:
        with writing():
            search.index("organization", 1, "甲中心")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refused()
    db.session.rollback()
    assert search.find("organization", "甲中") == []
