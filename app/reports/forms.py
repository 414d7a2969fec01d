"""The forms of a report: those of its sections are made from sections.py, the rest are of the steps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import money
from app.core.fields import MOST_FEN
from app.core.forms import (
    ChoiceField,
    CountedTextField,
    DayField,
    FieldList,
    FileField,
    Form,
    FormField,
    LongTextField,
    MoneyField,
    Part,
    RadioField,
    TextField,
    TickField,
    WholeField,
    between,
    choices,
    length,
    needed,
)
from app.core.money import NotMoney
from app.core.words import N_
from app.reports.models import EVIDENCE, OPINIONS, RESULTS
from app.reports.sections import Asked

BLANK_ROWS, MOST_ROWS = 3, 40
MOST_PEOPLE = 100_000_000


class SignedMoneyField(MoneyField):
    """Yuan that may be below zero, as whole fen."""

    def read(self, text: str) -> int:
        """See `money.parse_yuan`."""
        fen = money.parse_yuan(text, allow_negative=True)
        if abs(fen) > MOST_FEN:
            raise NotMoney(N_("“%(typed)s”太大：一笔最多 %(most)s 元"), text, most=money.yuan(MOST_FEN))
        return fen


def section_form(asked: Sequence[Asked], values: dict[str, Any]) -> type[Form]:
    """A form that asks these fields. Nothing is required: a draft may be kept half done."""
    return type("SectionForm", (Form,), {one.key: _field(one, values) for one in asked})


def shown(asked: Sequence[Asked], values: dict[str, Any]) -> dict[str, Any]:
    """Kept values as the fields of a form want them."""
    days = {one.key for one in asked if one.kind == "day"}
    return {key: date.fromisoformat(v) if key in days and v else v for key, v in values.items()}


def kept(asked: Sequence[Asked], form: Form) -> dict[str, Any]:
    """What was typed as it is kept: plain values only, blank ones and blank rows left out."""
    found = {one.key: _plain(one, form[one.key].data) for one in asked}
    return {key: value for key, value in found.items() if value not in (None, "", []) and value is not False}


def _plain(one: Asked, data: Any) -> Any:
    if one.kind == "rows":
        rows = [{part.key: row.get(part.key) for part in one.of} for row in data]
        return [row for row in rows if any(value not in (None, "") for value in row.values())]
    return data.isoformat() if isinstance(data, date) else data


def _field(one: Asked, values: dict[str, Any]) -> Any:
    label, limit = _l(one.label), [between(0, MOST_PEOPLE)]
    match one.kind:
        case "money":
            return MoneyField(label)
        case "signed":
            return SignedMoneyField(label)
        case "text":
            return TextField(label, validators=[length(one.most)])
        case "long":
            return CountedTextField(label, validators=[length(one.most)])
        case "radio":
            return RadioField(label, choices=choices(one.options or {}))
        case "day":
            return DayField(label)
        case "tick":
            return TickField(label)
        case "rows":
            part = type("Row", (Part,), {inner.key: _field(inner, {}) for inner in one.of})
            rows = min(len(values.get(one.key) or ()) + BLANK_ROWS, MOST_ROWS)
            return FieldList(FormField(part), label, min_entries=rows, max_entries=MOST_ROWS)
    return WholeField(label, validators=limit)


class EvidenceForm(Form):
    """A paper that goes with the report."""

    kind = RadioField(_l("材料种类"), choices=choices(EVIDENCE), validators=[needed()])
    file = FileField(_l("文件（PDF、PNG 或 JPG）"), validators=[needed()])
    note = TextField(_l("说明"), validators=[length(200)])


class ButtonForm(Form):
    """A button with a second thought."""


class DeclarationForm(Form):
    """The organization's word, given with the report."""

    declared = TickField(_l("本单位对报告内容的真实性负责，愿意接受检查"), validators=[needed()])


class OpinionForm(Form):
    """What the supervising unit says."""

    opinion = RadioField(_l("初审意见"), choices=choices(OPINIONS), validators=[needed()])
    text = LongTextField(_l("意见"), validators=[length(2000)])


class ReasonForm(Form):
    """Why something is given back."""

    reason = LongTextField(_l("理由"), validators=[needed(), length(2000)])


class CorrectionPart(Part):
    """One item to correct; a row without words is none."""

    section = ChoiceField(_l("报告部分"), choices=list)
    asked = LongTextField(_l("要补正什么"), validators=[length(1000)])


class CorrectionsForm(Form):
    """Several items at a time; the list of sections is given by the view."""

    corrections = FieldList(FormField(CorrectionPart), min_entries=3, max_entries=10)


class AnswerPart(Part):
    """The answer to one item."""

    answer = LongTextField(_l("答复"), validators=[length(1000)])


class AnswersForm(Form):
    """An answer to each item, in the order of the items."""

    answers = FieldList(FormField(AnswerPart))


class ResultForm(Form):
    """The result one registrar proposes."""

    result = RadioField(_l("结论"), choices=choices(RESULTS), validators=[needed()])
    reasons = LongTextField(_l("理由"), validators=[length(2000)])


class DecisionForm(Form):
    """Agree, or give it back with a reason."""

    agree = RadioField(
        _l("复核意见"),
        choices=choices({"yes": N_("同意，作出结论"), "no": N_("不同意，退回重新审查")}),
        validators=[needed()],
    )
    reason = LongTextField(_l("不同意的理由"), validators=[length(2000)])
