"""A grading's whole way, refusals on the way, objections, downgrade and expiry; on both databases."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.queries import people_with
from app.clockwork import tick
from app.core import log
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.grading import actions, experts, queries
from app.grading.grade_models import Grade
from app.registry import standing_facts
from tests.conftest import Hands, turn
from tests.grading import world
from tests.plans.world import at, who


def rules(refused: pytest.ExceptionInfo[Unlawful]) -> list[str]:
    """The rows a refusal names."""
    return [one.rule for one in refused.value.findings if one.bars]


def test_a_whole_round_to_a_4a_certificate_and_its_end(app: Flask, hands: Hands) -> None:
    round_ = world.opened()
    one = world.publicized(round_)
    assert one.total_centi == 100 * sum(item.points * 85 // 100 for item in one.scheme.items)
    assert one.grade == 4
    assert one.publicized_until == date(2026, 1, 19)
    with pytest.raises(Unlawful) as refused, turn(who("head")):
        actions.decide(one)
    assert rules(refused) == ["C-24"]  # the publicity period is not over
    hands.set(at(date(2026, 1, 20)))
    with pytest.raises(Unlawful) as refused, turn(who("registrar")):
        actions.decide(one)
    assert rules(refused) == ["G-33"]  # whoever accepted it does not decide it
    with turn(who("head")):
        actions.decide(one)
    kept = queries.grade_held(one.body_id)
    assert kept is not None
    assert (kept.grade, kept.since, kept.until) == (4, date(2026, 1, 20), date(2031, 1, 19))
    assert (one.organization.grade, one.organization.grade_until) == (4, kept.until)
    assert kept.certificate is not None
    assert kept.certificate.bytes.startswith(b"%PDF-")
    with pytest.raises(OutOfOrder), turn(who("registrar2")):
        actions.decide(one)  # a second person at the same time
    with turn(who("registrar")):
        actions.close_round(round_)
    hands.set(at(date(2031, 1, 19)))
    tick()
    assert db.session.get_one(Grade, kept.id).state == "valid"  # its last day still counts
    hands.set(at(date(2031, 1, 20)))
    tick()
    tick()
    assert db.session.get_one(Grade, kept.id).state == "expired"
    assert one.organization.grade is None
    entries = [e for e in log.since(0, 5000) if e.table in ("grading_application", "grade")]
    steps = [e.action for e in entries]
    assert [s for s in steps if s.startswith("grade.")] == ["grade.give", "grade.expire"]
    assert [e.action for e in entries if e.public and e.table == "grading_application"] == [
        "grading.publicize", "grading.decide", "grading.decide",
    ]  # fmt: skip
    assert [e.actor for e in entries if e.action == "grade.expire"] == ["clock"]


def test_who_may_not_apply_is_told_every_reason(app: Flask, hands: Hands) -> None:
    round_ = world.opened()
    jia = world.organization("jia")
    with turn(who("registrar")):
        world.registry.amend(jia, established_on=date(2024, 1, 13))
        standing_facts.enter_fact(jia.body, kind="penalty", since=date(2025, 6, 1), source="罚单1号")
    with pytest.raises(Unlawful) as refused, turn(who("jia")):
        actions.begin(round_, investigated=True)
    assert rules(refused) == ["C-19", "C-19", "C-19"]  # too young by a day, a penalty last year, an investigation
    hands.set(at(date(2026, 1, 13)))  # two full years today
    with pytest.raises(Unlawful) as refused, turn(who("jia")):
        actions.begin(round_, investigated=False)
    assert rules(refused) == ["C-19"]
    with turn(who("registrar")):
        world.registry.amend(world.organization("yi"), registrar="广州市民政局")
    with pytest.raises(Unlawful) as refused, turn(who("yi")):
        actions.begin(round_, investigated=False)
    assert rules(refused) == ["C-33"]
    with pytest.raises(OutOfOrder), turn(who("bing")):
        actions.begin(round_, investigated=False)  # an enterprise is in no register
    one = world.submitted(round_, "ding")
    with pytest.raises(OutOfOrder), turn(who("ding")):
        actions.begin(round_, investigated=False)
    for last, before in (("fail", "pass"), ("basic", "basic"), ("missed", "pass")):
        with pytest.raises(Unlawful) as refused, turn(who("registrar")):
            actions.accept(one, inspections={2024: last, 2023: before}, source="档案", investigated=False)
        assert rules(refused) == ["C-19"]
    with turn(who("registrar")):
        actions.refuse(one, "上年度未参加年检")
    hands.set(at(date(2026, 3, 1)))
    with pytest.raises(OutOfOrder), turn(who("ding")):
        actions.begin(round_, investigated=False)  # the last day was yesterday


def test_experts_are_drawn_declare_stand_aside_and_are_replaced(app: Flask, hands: Hands) -> None:
    round_ = world.opened()
    one = world.submitted(round_)
    tied = people_with("expert")[0]
    with turn():
        world.accounts.add_relation(person_id=tied.id, to_body_id=one.body_id, kind="director")
    with turn(who("registrar")):
        actions.accept(one, inspections=world.PASSED, source="档案", investigated=False)
    with pytest.raises(Unlawful) as refused, turn(who("registrar")):
        actions.draw(one, 2)
    assert rules(refused) == ["C-33"]
    with pytest.raises(Invalid), turn(who("registrar")):
        actions.draw(one, 4)  # one of the four experts is tied to it
    with turn(who("registrar")):
        seats = actions.draw(one, 3)
    assert tied.id not in {seat.person_id for seat in seats}
    free = [p for p in people_with("expert") if p.id != tied.id]
    again = experts.order_of_draw(seats[0].drawn_by, one.public_id, free)
    assert [p.id for p in again] == [seat.person_id for seat in seats]  # anybody can draw again
    first, second, third = seats
    marks = [actions.Mark(i, i.points, "理由", "证据") for i in one.scheme.items]
    with pytest.raises(OutOfOrder), turn(first.person):
        actions.save_scores(first, marks)  # not before the declaration
    with turn(first.person):
        actions.declare(first, "曾任该组织顾问")
    assert first.recused
    with pytest.raises(OutOfOrder), turn(first.person):
        actions.save_scores(first, marks)
    for seat in (second, third):
        world.scored(seat)
    assert one.state == "accepted"  # a seat is empty
    with pytest.raises(Invalid), turn(who("registrar")):
        actions.redraw(one)
    with turn():
        world.accounts.add_person(
            name="钟老师", sign_in_name="expert5", password="a-long-password-1", roles={"expert"}, body=free[0].body,
            place=free[0].place,
        )  # fmt: skip
    with turn(who("registrar")):
        actions.redraw(one)
    last, item = one.seats[-1], one.scheme.items[0]
    with turn(last.person):
        actions.declare(last)
    with pytest.raises(Unlawful) as refused, turn(last.person):
        actions.save_scores(last, [actions.Mark(item, item.points + 1, "理由", "证据", "lines-0")])
    assert [(f.rule, f.field) for f in refused.value.findings] == [("C-21", "lines-0-points")]
    with pytest.raises(Unlawful) as refused, turn(last.person):
        actions.hand_in(last)
    assert rules(refused) == ["C-21"]
    world.scored(last, 100)
    assert one.state == "assessed"
    with pytest.raises(OutOfOrder), turn(second.person):
        actions.save_scores(second, marks)


def test_ballots_carry_with_more_than_half_of_all_who_may_vote(app: Flask, hands: Hands) -> None:
    round_ = world.opened()
    one = world.assessed(round_)
    evaluation, review = world.members()
    for member in evaluation[:3]:
        with turn(member):
            actions.vote(one, True, "")
    with pytest.raises(Unlawful) as refused, turn(who("registrar")):
        actions.conclude(one)  # three of seven
    assert rules(refused) == ["C-24"]
    with turn(evaluation[6]):
        actions.stand_aside(one, "与法定代表人是亲属")
    with pytest.raises(Unlawful), turn(who("registrar")):
        actions.conclude(one)  # three of six is not more than half
    with pytest.raises(OutOfOrder), turn(evaluation[0]):
        actions.vote(one, False, "改主意")
    with pytest.raises(NotAllowed), turn(review[0]):
        actions.vote(one, True, "")
    with pytest.raises(Invalid), turn(evaluation[4]):
        actions.vote(one, False, "")  # a no has its reason
    with turn(who("registrar")):
        actions.reassess(one, "第二部分证据不足")
    assert (one.state, one.turn, one.total_centi) == ("accepted", 2, None)
    for seat in queries.sitting(one):
        world.scored(seat, 65)
    for member in evaluation[:4]:
        with turn(member):
            actions.vote(one, True, "")
    with turn(who("registrar")):
        actions.conclude(one)
    assert one.grade == 2
    with pytest.raises(OutOfOrder), turn(who("registrar")):
        actions.name_committees(round_, *world.members())
    with pytest.raises(OutOfOrder), turn(who("registrar")):
        actions.close_round(round_)


def test_objections_are_decided_by_the_review_committee(app: Flask, hands: Hands, no_paper: None) -> None:
    round_ = world.opened()
    one = world.publicized(round_)
    with turn(who("jia")):
        made = actions.make_objection(one, "第二部分少计了分。")
    with turn(who("registrar")):
        handed = actions.make_objection(one, "材料不实。", objector="李某")
        actions.put_to_vote(handed, "经查材料属实。", 500)
        actions.put_to_vote(made, "经查漏计，应为905分。", 905)
    _, review = world.members()
    for member in review[:3]:
        with turn(member):
            actions.vote_on(made, True, "")
            actions.vote_on(handed, False, "材料属实")
    with pytest.raises(NotAllowed), turn(world.members()[0][0]):
        actions.vote_on(made, True, "")
    hands.set(at(date(2026, 1, 20)))
    with pytest.raises(Unlawful) as refused, turn(who("jia")):
        actions.make_objection(one, "迟到的异议")
    assert rules(refused) == ["C-24"]
    with pytest.raises(Unlawful) as refused, turn(who("head")):
        actions.decide(one)  # two objections are open
    assert rules(refused) == ["C-24"]
    with turn(who("registrar2")):
        assert actions.close_objection(made).state == "upheld"
        assert actions.close_objection(handed).state == "rejected"
    assert (one.total_centi, one.grade) == (90_500, 5)
    with turn(who("registrar2")):
        actions.decide(one)
    assert one.organization.grade == 5
    public = [e for e in log.since(0, 5000) if e.public and e.table.startswith("grading_")]
    assert "李某" not in json.dumps([e.values for e in public], ensure_ascii=False)


def test_a_grade_is_lowered_after_a_hearing_by_another_person(app: Flask, hands: Hands, no_paper: None) -> None:
    one = world.publicized(world.opened())
    hands.set(at(date(2026, 1, 20)))
    with turn(who("head")):
        actions.decide(one)
    held = queries.grade_held(one.body_id)
    assert held is not None
    values = {"ground": "penalty", "reason": "2026年2月受到警告。", "source": "荔民罚〔2026〕1号"}
    with pytest.raises(Unlawful) as refused, turn(who("registrar")):
        actions.propose(held, to_grade=4, **values)
    assert rules(refused) == ["C-23"]
    with turn(who("registrar")):
        cut = actions.propose(held, to_grade=3, **values)
    with pytest.raises(OutOfOrder), turn(who("registrar2")):
        actions.decide_reduction(cut)  # it was not heard yet
    with turn(who("jia")):
        actions.answer(cut, "已经整改。")
    with pytest.raises(Unlawful) as refused, turn(who("registrar")):
        actions.decide_reduction(cut)
    assert rules(refused) == ["G-33"]
    with turn(who("registrar2")):
        actions.decide_reduction(cut)
    with pytest.raises(OutOfOrder), turn(who("head")):
        actions.drop(cut, "不同意")
    new = queries.grade_held(one.body_id)
    assert new is not None
    assert (held.state, held.return_by, new.grade, new.until) == ("lowered", date(2026, 2, 4), 3, held.until)
    assert one.organization.grade == 3
    with turn(who("registrar2")):
        actions.take_back(held)
        cancel = actions.propose(new, to_grade=0, **values)
    hands.set(at(date(2026, 1, 28)))  # nobody answered: the seventh day was yesterday
    with turn(who("head")):
        actions.decide_reduction(cancel)
    assert (new.state, one.organization.grade) == ("cancelled", None)
    grades = db.session.scalars(select(Grade).order_by(Grade.id))
    assert [(g.grade, g.state) for g in grades] == [(4, "lowered"), (3, "cancelled")]
