"""What waits for somebody in an evaluation, why, and until when."""

from datetime import timedelta

from flask import url_for

from app.accounts.models import Person
from app.core import clock
from app.core.waiting import Waiting
from app.core.words import N_
from app.evaluations import queries
from app.evaluations.models import Evaluation
from app.evaluations.publishing import reply_until
from app.plans.models import Project

EVALUATOR = {
    "assigned": ("declare", N_("就「%(name)s」的评估声明无利害关系"), N_("开始评估前须声明，有关系的应当回避"), "D-06"),
    "declared": ("score", N_("为「%(name)s」评分"), N_("每个指标都要有证据"), "G-13"),
}


def waiting(person: Person) -> list[Waiting]:
    """The evaluator's declaration and scores, the organization's reply, the officer's assignment and publication."""
    roles, found = person.role_names, list[Waiting]()
    if "evaluator" in roles:
        mine = [e for e in queries.in_states(person, "assigned", "declared") if e.evaluator_id == person.body_id]
        found += [_evaluator(one) for one in mine]
    if roles & {"manager", "clerk"}:
        scored = queries.in_states(person, "scored")
        found += [_supplier(one) for one in scored if person.body_id in {body.id for body in queries.silent(one)}]
    if "officer" in roles:
        found += [one for e in queries.in_states(person, "scored", "replied") for one in _officer(e)]
        found += [one for project in queries.running_projects(person) for one in _assign(project)]
    return found


def _evaluator(one: Evaluation) -> Waiting:
    endpoint, label, why, rule = EVALUATOR[one.state]
    url = url_for(f"evaluations.{endpoint}", id=one.public_id)
    return Waiting(label, url, why, rule, one.due_on, {"name": one.project.name})


def _supplier(one: Evaluation) -> Waiting:
    url, why = url_for("evaluations.reply", id=one.public_id), N_("答复与报告一并公开，否决项可以申辩")
    return Waiting(N_("答复「%(name)s」的评估意见"), url, why, "D-13", reply_until(one), {"name": one.project.name})


def _officer(one: Evaluation) -> list[Waiting]:
    until = reply_until(one)
    if one.state == "scored" and until is not None and clock.today() <= until:
        return []
    url, why = url_for("evaluations.publish", id=one.public_id), N_("结果公布后按合同约定确定付款")
    return [Waiting(N_("公布「%(name)s」的评估结果"), url, why, "D-15", values={"name": one.project.name})]


def _assign(project: Project) -> list[Waiting]:
    """The mid-term when half the term is over, the final in its last two months; a re-evaluation after a failed one."""
    half, end = project.term_from + (project.term_to - project.term_from) / 2, project.term_to
    due = {"final": (end - timedelta(days=60), end), "mid_term": (half, half + timedelta(days=30))}
    begun = [stage for stage, (begins, _due) in due.items() if clock.today() >= begins]
    stage = next((one for one in begun if queries.may_be_held(queries.rounds(project, one))), None)
    if stage is None:
        return []
    url, why = url_for("evaluations.assign", id=project.public_id), N_("评估由与双方无利害关系的第三方进行")
    return [Waiting(N_("指派「%(name)s」的评估"), url, why, "D-10", due[stage][1], {"name": project.name})]
