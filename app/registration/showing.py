"""An application as pages show it: its values in words, its items, its clock, and what can be done with it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from wtforms import Field

from app.catalogue.queries import calendar, norms
from app.core import access, clock, money
from app.core.access import Actor
from app.core.fields import ChoiceField, DayField, MoneyField, TickField
from app.core.lifecycle import Step
from app.core.showing import day, t
from app.core.words import N_
from app.registration import deciding, queries, table
from app.registration.forms import NOT_KEPT, typed
from app.registration.lifecycle import APPLICATION
from app.registration.models import Application
from app.rules.registering import decide_due

TONES = {
    "draft": "plain", "submitted": "info", "correcting": "warn", "accepted": "info", "reviewed": "info",
    "granted": "good", "refused": "bad", "declined": "bad", "withdrawn": "plain",
}  # fmt: skip
OTHER = N_("其他")
Shown = tuple[str, str, str]


def shown(application: Application) -> list[Shown]:
    """Field name, label and text of everything the form asked, in its order."""
    row = table.of(application)
    form = row.form(formdata=None, data=typed(row.form, application.values))
    form.settle(application.applicant, application.organization)
    found = [(f.name, str(f.label.text), _with_old(f, application)) for f in form if f.name not in NOT_KEPT]
    if application.head_tail:
        seen = _("已核对") if application.head_verified else _("未核对")
        found.append(
            ("identity", _("身份证件"), _("末四位 %(tail)s · %(seen)s", tail=application.head_tail, seen=seen))
        )
    return found


def _with_old(field: Field, application: Application) -> str:
    """The value; where the application changes what is registered, with the old one beside it."""
    new, was = _text(field), application.values.get("was", {})
    if field.name not in was or was[field.name] == application.values[field.name]:
        return new
    field.data = was[field.name]
    return str(_("%(new)s（原登记：%(old)s）", new=new, old=_text(field) or _("无")))


def _text(field: Field) -> str:
    if field.data in (None, ""):
        return ""
    if isinstance(field, MoneyField):
        return str(_("%(yuan)s 元", yuan=money.yuan(field.data)))
    if isinstance(field, DayField):
        return str(day(field.data))
    if isinstance(field, TickField):
        return str(_("是") if field.data else _("否"))
    if isinstance(field, ChoiceField):
        return str(dict(field.choices).get(field.data, field.data))
    return str(field.data)


def changes_of(application: Application) -> list[Shown]:
    """What a change changed, each with its old value."""
    was = application.values.get("was", {})
    changed = {name for name in was if was[name] != application.values[name]}
    return [one for one in shown(application) if one[0] in changed]


def items(application: Application) -> list[tuple[str, str, str]]:
    """Everything that corrections can be asked of: key, label, what stands there now."""
    have = queries.materials(application)
    found = [(f"field-{name}", label, text) for name, label, text in shown(application)]
    for one in table.of(application).materials:
        given = have[one.key].file.name if one.key in have else _("未提交")
        found.append((f"material-{one.key}", t(one.name), given))
    return [*found, ("other", t(OTHER), "")]


def label_of(application: Application, item: str) -> str:
    """The words for one item of `items`."""
    return next((label for key, label, _text in items(application) if key == item), item)


def buttons(application: Application, who: Actor) -> list[dict[str, Any]]:
    """The steps that can be taken now by this person, with what bars them."""
    found = []
    for step in _steps(application):
        action = "decide" if step.verb == "grant" else step.verb
        if access.may(who, APPLICATION.action(step.verb), application):
            found.append(_button(application, step, action))
    return found


def _steps(application: Application) -> list[Step]:
    return [step for step in APPLICATION.from_state(application.state) if step.verb != "refuse"]


def _button(application: Application, step: Step, action: str) -> dict[str, Any]:
    barred = deciding.barred(application) if action == "decide" else []
    return {
        "label": N_("作出决定") if action == "decide" else step.label,
        "url": url_for(f"registration.{action}", id=application.public_id),
        "tone": "secondary" if action in ("decline", "withdraw", "send_back", "ask") else "primary",
        "reason": _(barred[0].text, did=_(str(barred[0].values["did"]))) if barred else None,
    }


def events(application: Application) -> list[dict[str, Any]]:
    """The way of the application on a line, with the statutory clock."""
    row, now = table.of(application), clock.now()
    found = [
        _event(application.submitted_at, N_("提交申请"), now),
        _event(application.accepted_at, N_("受理，期限从材料齐全之日起算"), now) if application.accepted_at else None,
        _event(application.reviewed_at, N_("提出审查意见"), now) if application.reviewed_at else None,
        _due(application, row) if application.complete_on and row.days else None,
        _event(application.decided_at, APPLICATION.states[application.state], now) if application.decided_at else None,
    ]
    return [one for one in found if one and one["when"]]


def _event(when: Any, label: str, now: Any) -> dict[str, Any]:
    return {"when": when, "label": label, "state": "past" if when and when <= now else "future"}


def _due(application: Application, row: table.Procedure) -> dict[str, Any]:
    assert application.complete_on is not None
    days = norms(application.place, application.complete_on).whole(row.days)
    due = decide_due(application.complete_on, days, calendar())
    state = "past" if application.decided_at or due.day < clock.today() else "future"
    note = _("自材料齐全之日 %(from)s 起 %(days)s 日", **{"from": day(application.complete_on), "days": days})
    return {
        "when": application.due_on, "label": N_("作出决定的最后期限"), "state": state, "rule": row.clock_rule,
        "note": note, "provisional": due.provisional,
    }  # fmt: skip
