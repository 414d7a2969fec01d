"""What applicants and registrars type. Forms of single procedures stand beside their rows in `procedures/`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.core.forms import (
    ChoiceField,
    DayField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    LongTextField,
    Part,
    RadioField,
    TextField,
    TickField,
    choices,
    length,
    looks_like,
    needed,
)
from app.core.words import N_
from app.registry.models import Organization

VERDICTS = {"grant": N_("准予"), "refuse": N_("不予准许")}
NOT_KEPT = frozenset({"authority", "identity", "once", "version", "csrf_token"})
SIGN_IN_NAME = N_("用户名为 2 至 40 位字母、数字或 . _ -。")


class ProcedureForm(Form):
    """What every procedure asks: to which authority. `plain()` is what is kept, as JSON."""

    authority = ChoiceField(_l("登记管理机关"), validators=[needed()])

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """Fill choices and defaults that depend on who applies."""

    @classmethod
    def held(cls, applicant: Body, organization: Organization | None) -> dict[str, Any]:
        """What the register holds already, to begin with: field → value."""
        return {}

    def plain(self) -> dict[str, Any]:
        """The values as the application keeps them: days as text, amounts in fen."""
        return {
            field.name: field.data.isoformat() if isinstance(field.data, date) else field.data
            for field in self
            if field.name not in NOT_KEPT
        }


def typed(form: type[ProcedureForm], values: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the fields of *form* want them: the reverse of `plain`."""
    days = {name for name in values if _is_day(form, name)}
    return {n: date.fromisoformat(v) if n in days and v else v for n, v in values.items()}


def _is_day(form: type[ProcedureForm], name: str) -> bool:
    field = getattr(getattr(form, name, None), "field_class", object)
    return issubclass(field, DayField)


class MaterialForm(Form):
    """One file."""

    file = FileField(_l("文件"), validators=[needed()])


class ItemPart(Part):
    """What is to be corrected in one item."""

    key = HiddenField()
    asked = LongTextField(_l("需要补正的内容"), validators=[length(500)])


class AskForm(Form):
    """Corrections, item by item."""

    items = FieldList(FormField(ItemPart))


class AnswerPart(Part):
    """The answer to one item."""

    key = HiddenField()
    answer = LongTextField(_l("答复"), validators=[length(500)])


class AnswerForm(Form):
    """Answers, item by item."""

    items = FieldList(FormField(AnswerPart))


class ReasonForm(Form):
    """Why."""

    reasons = LongTextField(_l("理由"), validators=[needed(), length(2000)])


class ButtonForm(Form):
    """Nothing but a button."""


class ReviewForm(Form):
    """The reviewing registrar's opinion."""

    identity_seen = TickField(_l("已核对法定代表人的身份证件原件，与所填号码一致"))
    opinion = LongTextField(_l("审查意见"), validators=[needed(), length(2000)])
    proposes = RadioField(_l("建议"), choices=choices(VERDICTS), validators=[needed()])


class DecisionForm(Form):
    """The decision, by another registrar. A procedure that needs more has a form of its own."""

    verdict = RadioField(_l("决定"), choices=choices(VERDICTS), validators=[needed()])
    reasons = LongTextField(
        _l("理由"), description=_l("准予的写明符合的条件；不予准许的写明不符合哪一条、为什么。"),
        validators=[needed(), length(2000)],
    )  # fmt: skip

    def more(self) -> dict[str, Any]:
        """What a procedure asks beside verdict and reasons."""
        return {f.name: f.data for f in self if f.name not in (*NOT_KEPT, "verdict", "reasons")}


class SponsorForm(Form):
    """A sponsor (发起人) who wants to apply: with an account, or on paper."""

    name = TextField(
        _l("发起人或筹备组名称"), description=_l("例如 逢源人家社会服务中心筹备组"), validators=[needed(), length(200)]
    )
    person = TextField(_l("代表人姓名"), validators=[needed(), length(80)])
    sign_in_name = TextField(
        _l("用户名"), description=_l("不开设账号、由窗口代为录入的留空。"),
        validators=[looks_like(r"[A-Za-z0-9._-]{2,40}", SIGN_IN_NAME)],
    )  # fmt: skip
