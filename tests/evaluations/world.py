"""Evaluations as the evaluators found them: the figures of assessment.csv."""

from datetime import date

from app.accounts.models import Body
from app.demonstration.people import BODIES
from app.demonstration.purchase import FIRST as FIRST
from app.evaluations import actions, queries
from app.evaluations.models import Evaluation
from tests.conftest import Hands, turn
from tests.delivery import world as world
from tests.plans.world import at, body, who

MID, FINAL = FIRST.day("mid_term"), FIRST.day("final")
NOTHING = "查阅台账、访谈，未发现。"


def evaluator() -> Body:
    """The third party."""
    return body(BODIES["evaluator"][0])


def assigned(hands: Hands, stage: str = "mid_term", due_on: date | None = None) -> Evaluation:
    """Given to the third party, with the figures of the months it looks at handed in."""
    months, day = (6, MID) if stage == "mid_term" else (12, FINAL)
    world.deliver(world.HALF, hands)
    if stage == "final":
        world.deliver(world.WHOLE[6:11], hands)
        hands.set(at(FINAL, 8))
        _june()
    hands.set(at(day))
    with turn(who("officer")):
        return actions.assign(world.project(), stage, evaluator(), who("evaluator"), due_on or day, months)


def declared(hands: Hands, stage: str = "mid_term") -> Evaluation:
    """The evaluator has declared."""
    round_ = assigned(hands, stage)
    with turn(who("evaluator")):
        return actions.declare(round_, "本机构与各方均无利害关系。")


def fill_in(round_: Evaluation, found: dict[str, str] | None = None, upheld: str = "") -> None:
    """Everything scored as found at the round's stage; *found* has other values, *upheld* names a veto item."""
    values = FIRST.found(round_.stage) | (found or {})
    with turn(who("evaluator")):
        for one in queries.indicators(round_.project):
            actions.save_score(
                round_, one, values.get(one.level3), one.evidence if one.weight_centi else NOTHING,
                upheld=one.level3 == upheld,
            )  # fmt: skip


def scored(hands: Hands, stage: str = "mid_term", found: dict[str, str] | None = None, upheld: str = "") -> Evaluation:
    """The scores are handed in."""
    round_ = declared(hands, stage)
    fill_in(round_, found, upheld)
    return submit(round_)


def submit(round_: Evaluation) -> Evaluation:
    """The evaluator hands in."""
    with turn(who("evaluator")):
        return actions.submit(round_, "总体按合同推进。")


def answer(round_: Evaluation, *names: str) -> None:
    """These organizations' managers reply."""
    for name in names or ("jia", "ding"):
        with turn(who(name)):
            actions.reply(round_, f"{name} 同意评估意见。", True)


def publish(round_: Evaluation) -> Evaluation:
    """The officer publishes."""
    with turn(who("officer")):
        return actions.publish(round_)


def _june() -> None:
    from app.delivery import actions as delivery

    for lot, name in ((1, "jia"), (2, "ding")):
        with turn(who(name)):
            delivery.import_sheet(world.agreement(lot), FIRST.sheet(world.WHOLE[11:]), "june.csv")
