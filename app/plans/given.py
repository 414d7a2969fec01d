"""What was given for a project or a part of it: taken as it is, or refused naming the field."""

from collections.abc import Callable, Iterable
from typing import Any

from app.core.db import Record
from app.core.errors import Invalid, OutOfOrder
from app.core.words import N_
from app.plans.models import Project

OPEN = ("draft", "submitted", "approved")  # states in which the preparations go on
HOLDERS: list[Callable[[Project], bool]] = []  # later domains say here whether something of theirs rests on a project

NOT_IN_STATE = N_("项目现在「%(state)s」，不能改动。需要修改的，请审核人先退回。")
HELD = N_("项目已有正在进行的采购，不能再改动。请先取消采购或者废标。")
TOO_LONG = N_("最多 %(most)s 个字，现在有 %(count)s 个。")
BLANK = N_("请填写这一项。")
NOT_OFFERED = N_("请从列出的选项中选择。")
NOT_POSITIVE = N_("金额应大于零。")


def fits(model: type[Record], **values: Any) -> dict[str, Any]:
    """The values, once every text fits its column. Raises Invalid."""
    for name, value in values.items():
        column = model.__table__.c.get(name)
        most = getattr(column.type, "length", None) if column is not None else None
        if isinstance(value, str) and most and len(value) > most:
            raise Invalid(TOO_LONG, {"most": most, "count": len(value)}, name)
    return values


def some(text: str, field: str) -> str:
    """The text without blanks around it. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(BLANK, {}, field)
    return text.strip()


def one_of(value: object, of: Iterable[object], field: str) -> None:
    """Raises Invalid unless *value* is offered."""
    if value not in of:
        raise Invalid(NOT_OFFERED, {}, field)


def positive(fen: int, field: str) -> None:
    """Raises Invalid unless the amount is above zero."""
    if fen <= 0:
        raise Invalid(NOT_POSITIVE, {}, field)


def demand_state(project: Project, states: tuple[str, ...] = ("draft",)) -> None:
    """Raises OutOfOrder unless the project is in one of these states and nothing of a later domain rests on it."""
    if project.state not in states:
        raise OutOfOrder(NOT_IN_STATE, {"state": Project.lifecycle.states[project.state]})
    not_held(project)


def not_held(project: Project) -> None:
    """Raises OutOfOrder while something of a later domain rests on the project."""
    if project.state == "approved" and any(holds(project) for holds in HOLDERS):
        raise OutOfOrder(HELD)
