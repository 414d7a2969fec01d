"""The parts of a project: purses, lots, measures, indicators, instalments and the negative list. Amounts in fen."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from app.budgets.models import BudgetLine
from app.core import changes
from app.core.errors import Invalid
from app.core.words import N_
from app.plans import queries, scheme
from app.plans.given import OPEN, demand_state, fits, one_of, positive, some
from app.plans.models import (
    CONDITIONS,
    NEGATIVE_LIST,
    ChecklistAnswer,
    Indicator,
    Lot,
    Measure,
    Part,
    PaymentTerm,
    Preparation,
    Project,
    ProjectSource,
)
from app.rules import evaluating, preparing

P = TypeVar("P", bound=Part)
WHOLE_SHARE = 10_000  # 100%, in hundredths of a percent
OTHER_BUYER = N_("这一预算行不属于本项目的采购人或者预算年度。")
SAME_AGAIN = N_("这一项已经有了，请先移除原来的再添加。")
IN_USE = N_("「%(name)s」还在使用它，请先移除后者。")
BAD_KEY = N_("列名用小写英文字母、数字和下划线，以字母开头，最多 30 个字符。")


def add_source(project: Project, budget_line: BudgetLine, amount_fen: int) -> ProjectSource:
    """Name a purse and how much of it is meant for the project (S04); each purse once."""
    if (budget_line.buyer_id, budget_line.fiscal_year) != (project.buyer_id, project.fiscal_year):
        raise Invalid(OTHER_BUYER, {}, "budget_line")
    positive(amount_fen, "amount")
    named = queries.standing(ProjectSource, project)
    if any(one.budget_line_id == budget_line.id for one in named):
        raise Invalid(SAME_AGAIN, {}, "budget_line")
    order = queries.next_order(ProjectSource, project)
    return _add(
        project, ProjectSource, budget_line=budget_line, budget_line_id=budget_line.id, amount_fen=amount_fen,
        order=order,
    )  # fmt: skip


def add_lot(project: Project, number: int, name: str, ceiling_fen: int) -> Lot:
    """Add a lot (包) with its ceiling price; a number once struck out may be used again."""
    positive(ceiling_fen, "ceiling")
    if not 1 <= number <= 999:
        raise Invalid(N_("包号从 1 到 999。"), {}, "number")
    return _put(project, Lot, {"number": number}, name=some(name, "name"), ceiling_fen=ceiling_fen)


def add_measure(project: Project, key: str, name: str, money: bool = False, lot: Lot | None = None) -> Measure:
    """Add a figure that is delivered month by month: *key* is its column in the monthly sheet.

    An indicator of the same name is computed from it from then on.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", key):
        raise Invalid(BAD_KEY, {}, "key")
    order, lot_id = queries.next_order(Measure, project), lot.id if lot else None
    made = _put(project, Measure, {"key": key}, name=some(name, "name"), money=money, lot_id=lot_id, order=order)
    for one in queries.standing(Indicator, project):
        if one.level3 == made.name and not one.measure:
            changes.amend(one, "project.edit", measure=key)
    return made


def add_indicator(
    project: Project, *, level1: str, level2: str, level3: str, unit: str, target: str, weight_centi: int, kind: str,
    evidence: str, measure: str = "", accumulates: bool = False,
) -> Indicator:  # fmt: skip
    """Add one line of the scheme (G-08). *measure* is the key of the figure it is computed from."""
    row = scheme.Row(level1, level2, level3, unit, target, weight_centi, kind, evidence)
    for field, text in scheme.faults(row):
        raise Invalid(text, {}, field)
    if any(one.level3 == level3 for one in queries.standing(Indicator, project)):
        raise Invalid(scheme.TWICE, {}, "level3")
    if measure and measure not in {one.key for one in queries.standing(Measure, project)}:
        raise Invalid(N_("服务量指标中没有「%(key)s」。"), {"key": measure}, "measure")
    order = queries.next_order(Indicator, project)
    return _add(project, Indicator, **vars(row), measure=measure, accumulates=accumulates, order=order)


def import_indicators(project: Project, csv_bytes: bytes) -> list[Indicator]:
    """Put the scheme of a sheet in the place of the project's; the same sheet a second time changes nothing.

    An indicator is computed from the measure of the same name; a quantity that is no one-off step grows with the
    months. Raises Unlawful naming every line that cannot be taken; then nothing is changed.
    """
    rows, old = scheme.read(csv_bytes), queries.standing(Indicator, project, Indicator.order)
    if [vars(row) for row in rows] == [{name: getattr(one, name) for name in vars(rows[0])} for one in old]:
        return old
    keys = {one.name: one.key for one in queries.standing(Measure, project)}
    for one in old:
        drop(one)
    first = queries.next_order(Indicator, project)
    return [
        _add(
            project, Indicator, **vars(row), order=order, measure=keys.get(row.level3, ""),
            accumulates=evaluating.accumulates(row.kind, preparing.PARTS[row.level1]),
        )
        for order, row in enumerate(rows, first)
    ]  # fmt: skip


def add_payment_term(project: Project, condition: str, share_centi: int) -> PaymentTerm:
    """Add an instalment: on which condition, which share (50% = 5000). Each condition once (D-15)."""
    one_of(condition, CONDITIONS, "condition")
    if not 0 < share_centi <= WHOLE_SHARE:
        raise Invalid(N_("比例应大于零且不超过百分之百。"), {}, "share")
    if any(one.condition == condition for one in queries.standing(PaymentTerm, project)):
        raise Invalid(SAME_AGAIN, {}, "condition")
    order = queries.next_order(PaymentTerm, project)
    return _add(project, PaymentTerm, condition=condition, share_centi=share_centi, order=order)


def answer_checklist(project: Project, answers: Mapping[int, bool]) -> None:
    """Answer items of the negative list (A-07): True means that the project falls under it."""
    demand_state(project)
    given = {one.item: one for one in queries.standing(ChecklistAnswer, project)}
    for item, applies in answers.items():
        one_of(item, range(1, len(NEGATIVE_LIST) + 1), "item")
        if item in given:
            changes.amend(given[item], "project.edit", applies=applies)
        else:
            _add(project, ChecklistAnswer, item=item, applies=applies)


def drop(part: Part) -> Part:
    """Strike out a part of a draft (or, as the days go by, a wrong preparation). It stays in the log and the table."""
    project, prepared = queries.project_of(part), isinstance(part, Preparation)
    demand_state(project, OPEN if prepared else ("draft",))
    user = _user_of(project, part)
    if user:
        raise Invalid(IN_USE, {"name": user})
    return changes.amend(part, "project.prepare" if prepared else "project.edit", dropped=True)


def owner(project: Project) -> dict[str, Any]:
    """The columns that tie a new part to its project."""
    return {"project_id": project.id, "buyer_id": project.buyer_id, "place": project.place, "dropped": False}


def _add(project: Project, model: type[P], **values: Any) -> P:
    demand_state(project)
    return changes.add(model(**owner(project), **fits(model, **values)), "project.edit")


def _put(project: Project, model: type[P], key: Mapping[str, Any], **values: Any) -> P:
    """Add a part with a key of its own; one that was struck out under this key comes back with the new values."""
    old = queries.keyed(model, project, **key)
    if old is None:
        return _add(project, model, **key, **values)
    if not old.dropped:
        raise Invalid(SAME_AGAIN, {}, next(iter(key)))
    demand_state(project)
    return changes.amend(old, "project.edit", dropped=False, **fits(model, **values))


def _user_of(project: Project, part: Part) -> str | None:
    """The name of another part that needs this one."""
    if isinstance(part, Lot):
        return next((one.name for one in queries.standing(Measure, project) if one.lot_id == part.id), None)
    if isinstance(part, Measure):
        return next((one.level3 for one in queries.standing(Indicator, project) if one.measure == part.key), None)
    return None
