"""What a form asks of a field before any rule is asked, in our own words. Rules of law do not belong here."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation, ValidationError

from app.core.words import N_

Check = Callable[[Any, Any], None]
CHOSEN = ("ChoiceField", "RadioField", "ManyField", "FileField", "FilesField")

# WTForms and Flask-WTF speak English; where their own validators or fields are used, these are their words.
WTFORMS_WORDS = {
    "This field is required.": N_("请填写这一项。"),
    "Not a valid choice.": N_("请从列出的选项中选择。"),
    "Invalid Choice: could not coerce.": N_("请从列出的选项中选择。"),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("请从列出的选项中选择。"),
    "'%(value)s' is not a valid choice for this field.": N_("“%(value)s”不在列出的选项中。"),
    "'%(value)s' are not valid choices for this field.": N_("“%(value)s”不在列出的选项中。"),
    "Field must be at least %(min)d character long.": N_("至少要写 %(min)d 个字。"),
    "Field must be at least %(min)d characters long.": N_("至少要写 %(min)d 个字。"),
    "Field cannot be longer than %(max)d character.": N_("最多写 %(max)d 个字。"),
    "Field cannot be longer than %(max)d characters.": N_("最多写 %(max)d 个字。"),
    "Field must be exactly %(max)d character long.": N_("要正好 %(max)d 个字。"),
    "Field must be exactly %(max)d characters long.": N_("要正好 %(max)d 个字。"),
    "Field must be between %(min)d and %(max)d characters long.": N_("要写 %(min)d 到 %(max)d 个字。"),
    "Number must be at least %(min)s.": N_("不能小于 %(min)s。"),
    "Number must be at most %(max)s.": N_("不能大于 %(max)s。"),
    "Number must be between %(min)s and %(max)s.": N_("要在 %(min)s 与 %(max)s 之间。"),
    "Invalid input.": N_("格式不对。"),
    "The CSRF token is missing.": N_("页面的安全标记缺失，请重新提交一次。"),
    "The CSRF session token is missing.": N_("页面停留太久，登录状态已变，请重新提交一次。"),
    "The CSRF token has expired.": N_("页面停留太久，请重新提交一次。"),
    "The CSRF token is invalid.": N_("页面的安全标记不对，请重新提交一次。"),
    "The CSRF tokens do not match.": N_("登录状态已变，请重新提交一次。"),
}


class WtformsWords:
    """The translations object WTForms asks for its messages."""

    def gettext(self, string: str) -> str:
        """Our words for WTForms' message; a field without a label asks for its English name, which stays."""
        return _(WTFORMS_WORDS[string]) if string in WTFORMS_WORDS else string

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for messages that count."""
        return self.gettext(singular if n == 1 else plural)


def _asks(field: Any) -> str:
    if field.type == "TickField":
        return str(_("请勾选“%(label)s”"))
    return str(_("请选择“%(label)s”") if field.type in CHOSEN else _("请填写“%(label)s”"))


class needed:  # noqa: N801 - read in a list of validators: validators=[needed()]
    """Something must be typed, chosen or uploaded; blanks alone are nothing."""

    field_flags = {"required": True}

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        """Raises StopValidation, unless the field already says why it could not be read."""
        if field.errors or any(str(raw).strip() for raw in field.raw_data or ()):
            return
        raise StopValidation(self.message or _asks(field) % {"label": field.label.text})


def length(most: int, least: int = 0) -> Check:
    """A text of *least* to *most* signs; an empty one is left to `needed`."""

    def check(form: Any, field: Any) -> None:
        count = len(field.data or "")
        if count > most:
            text = _("“%(label)s”最多 %(most)s 个字，现在有 %(count)s 个")
            raise ValidationError(text % {"label": field.label.text, "most": most, "count": count})
        if 0 < count < least:
            raise ValidationError(_("“%(label)s”至少 %(least)s 个字") % {"label": field.label.text, "least": least})

    return check


def between(least: Any = None, most: Any = None) -> Check:
    """A value (number, fen, hundredths, day, moment) not below *least* and not above *most*; both included."""

    def check(form: Any, field: Any) -> None:
        if field.data is None:
            return
        if least is not None and field.data < least:
            text = _("“%(label)s”不能小于 %(least)s")
            raise ValidationError(text % {"label": field.label.text, "least": field.show(least)})
        if most is not None and field.data > most:
            text = _("“%(label)s”不能大于 %(most)s")
            raise ValidationError(text % {"label": field.label.text, "most": field.show(most)})

    return check


def looks_like(pattern: str, message: str) -> Check:
    """A text that matches *pattern* whole; *message* is a Chinese message id that says what is right."""
    wanted = re.compile(pattern)

    def check(form: Any, field: Any) -> None:
        if field.data and not wanted.fullmatch(field.data):
            raise ValidationError(_(message))

    return check


def same_as(other: str, message: str) -> Check:
    """The same as the field *other* (a password typed twice); *message* is a Chinese message id."""

    def check(form: Any, field: Any) -> None:
        if field.data != form[other].data:
            raise ValidationError(_(message))

    return check


def after(other: str) -> Check:
    """A day or moment later than that of the field *other*, when both are given."""

    def check(form: Any, field: Any) -> None:
        first = form[other]
        if field.data is not None and first.data is not None and field.data <= first.data:
            text = _("“%(label)s”要晚于“%(other)s”")
            raise ValidationError(text % {"label": field.label.text, "other": first.label.text})

    return check
