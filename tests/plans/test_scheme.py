"""The sheet of indicators: read exactly, refused line by line, taken whole or not at all."""

import pytest
from flask import Flask

from app.core.errors import Invalid
from app.core.law import Unlawful
from app.plans import actions, queries, scheme
from tests.conftest import Hands, turn
from tests.plans import world
from tests.plans.world import SCHEME, who

HEAD = "level1,level2,level3,unit,target,weight,kind,evidence\n"
GOOD = "产出,个案,个案服务,个,120,60,quantity,档案\n"


def told(content: bytes) -> list[tuple[object, object]]:
    """(line, fault) of every finding about a sheet that is refused."""
    with pytest.raises(Unlawful) as caught:
        scheme.read(content)
    return [(one.values.get("line"), one.values.get("fault", one.text)) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("结果,个案,甲,个,1,1,quantity,x", scheme.LEVEL1),
        ("产出,个案,,个,1,1,quantity,x", scheme.NO_NAME),
        ("产出,个案,甲,个,1,1,number,x", scheme.KIND),
        ("产出,个案,甲,个,,1,quantity,x", scheme.TARGET),
        ("产出,个案,甲,个,0,1,quantity,x", scheme.TARGET),
        ("产出,个案,甲,个,-5,1,ratio,x", scheme.TARGET),
        ("产出,个案,甲,个,1e3,1,ratio,x", scheme.TARGET),
        ("产出,个案,甲,个,1.00001,1,ratio,x", scheme.TARGET),
        ("产出,个案,甲,个,1,0,quantity,x", scheme.WEIGHT),
        ("产出,个案,甲,个,1,7.555,quantity,x", scheme.WEIGHT),
        ("产出,个案,甲,个,1,-1,quantity,x", scheme.WEIGHT),
        ("否决,,甲,,1,0,veto,x", scheme.VETO),
        ("否决,,甲,,,5,veto,x", scheme.VETO),
        ("产出,,甲,,,0,veto,x", scheme.VETO),
        ("否决,,甲,个,1,1,quantity,x", scheme.VETO),
        ("产出,个案,个案服务,个,1,1,quantity,x", scheme.TWICE),
        ("产出,个案,甲,个,1,1,quantity", scheme.CELLS),
        (f"产出,个案,{'长' * 81},个,1,1,quantity,x", scheme.LONG),
    ],
)
def test_a_wrong_line_is_named_with_its_fault(line: str, fault: str) -> None:
    assert told(f"{HEAD}{GOOD}{line}\n".encode()) == [(3, fault)]


def test_every_wrong_line_is_named_at_once() -> None:
    lines = f"{HEAD}产出,,甲,个,x,1,quantity,\n{GOOD}\n产出,,乙,个,1,y,quantity,\n"
    assert told(lines.encode()) == [(2, scheme.TARGET), (5, scheme.WEIGHT)]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\x01\x02", b"PK\x03\x04rest", HEAD.encode(), b"a,b\n1,2\n", f"{HEAD}{GOOD * 301}".encode(),
        b"x" * 2**20 * 2,
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_indicators_is_refused(content: bytes) -> None:
    with pytest.raises(Unlawful):
        scheme.read(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("between", [",", "\t"])
def test_the_sheet_is_read_however_it_was_saved(encoding: str, between: str) -> None:
    text = SCHEME.decode().replace(",", between)
    assert scheme.read(text.encode(encoding)) == scheme.read(SCHEME)


def test_the_import_takes_the_place_of_the_scheme_and_changes_nothing_the_second_time(app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    before = queries.contents(project).indicators
    with turn(who("officer")):
        assert actions.import_indicators(project, SCHEME) == before
    with pytest.raises(Unlawful), turn(who("officer")):
        actions.import_indicators(project, SCHEME + "产出,,坏行,个,零,1,quantity,\n".encode())
    assert queries.contents(project).indicators == before
    with turn(who("officer")):
        actions.import_indicators(project, f"{HEAD}{GOOD}效益,,准时率,%,95,40,ratio,抽查\n".encode())
    assert [one.level3 for one in queries.contents(project).indicators] == ["个案服务", "准时率"]
    assert queries.contents(project).indicators[0].measure == "cases"


def test_an_indicator_by_hand(app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    values = {
        "level1": "产出", "level2": "", "level3": "助餐", "unit": "份", "target": "100", "weight_centi": 500,
        "kind": "quantity", "evidence": "签收",
    }  # fmt: skip
    for wrong, field in (
        ({"target": "很多"}, "target"),
        ({"measure": "meals"}, "measure"),
        ({"level3": "个案服务"}, "level3"),
    ):
        with pytest.raises(Invalid) as caught, turn(who("officer")):
            actions.add_indicator(project, **(values | wrong))
        assert caught.value.field == field
    with turn(who("officer")):
        made = actions.add_indicator(project, **values)
        actions.add_measure(project, "meals", "助餐")
    assert made.measure == "meals"
