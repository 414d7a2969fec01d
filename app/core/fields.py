"""The kinds of field a form is made of. Each reads what was typed into a plain value, or says why it cannot.

What was typed stays typed: a field that was refused shows the same text again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from flask_wtf import file as uploads
from wtforms import fields as wtf

from app.core import money, typed, widgets
from app.core.clock import BEIJING
from app.core.money import NotMoney
from app.core.showing import centi, t
from app.core.typed import NotUnderstood
from app.core.words import N_

MOST_FEN = 10**13  # 100 billion yuan: a typing slip, not a purchase
Choices = list[tuple[Any, str]]


class TextField(wtf.StringField):
    """One line of text, tidied (`typed.tidy`); empty text when nothing was typed."""

    data: Any
    widget = widgets.TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; a field that was not sent at all keeps what the record has."""
        self.data = typed.tidy(valuelist[0]) if valuelist else self.data


class LongTextField(wtf.TextAreaField):
    """Several lines of text."""

    data: Any
    widget = widgets.Lines()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; a field that was not sent at all keeps what the record has."""
        self.data = typed.tidy_lines(valuelist[0]) if valuelist else self.data


class CountedTextField(LongTextField):
    """Several lines of text with a live count; draw it with ``count=`` and bound it with ``length``."""

    widget = widgets.CountedLines()


class PasswordField(wtf.PasswordField):
    """A password, taken as typed."""

    width = "20"
    widget = widgets.Password()


class ReadField(wtf.StringField):
    """One line that is read into a value; None when nothing was typed."""

    widget = widgets.TextInput()
    suffix = example = ""
    width = "10"
    inputmode: str | None = None

    def read(self, text: str) -> Any:
        """The value of *text*. Raises NotUnderstood or NotMoney."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The text that would be read as *value*."""
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a field that was not sent at all keeps what the record has."""
        if not valuelist:
            return
        text, self.data = valuelist[0].strip(), None
        try:
            self.data = self.read(text) if text else None
        except (NotUnderstood, NotMoney) as wrong:
            raise ValueError(gettext(wrong.text) % wrong.values) from wrong

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class WholeField(ReadField):
    """A whole number."""

    width = "5"
    inputmode = "numeric"

    def read(self, text: str) -> int:
        """See `typed.parse_whole`."""
        return typed.parse_whole(text)


class MoneyField(ReadField):
    """Yuan as typed, whole fen as data; never rounded, never negative, at most 10^13 fen."""

    suffix = N_("元")
    inputmode = "decimal"

    def read(self, text: str) -> int:
        """See `money.parse_yuan`."""
        fen = money.parse_yuan(text)
        if fen > MOST_FEN:
            raise NotMoney(N_("“%(typed)s”太大：一笔最多 %(most)s 元"), text, most=money.yuan(MOST_FEN))
        return fen

    def show(self, value: int) -> str:
        """1,234.50"""
        return money.yuan(value)


class CentiField(ReadField):
    """A number with at most two decimals, as whole hundredths (scores, percentages)."""

    width = "5"
    inputmode = "decimal"

    def read(self, text: str) -> int:
        """See `typed.parse_centi`."""
        return typed.parse_centi(text)

    def show(self, value: int) -> str:
        """92.5"""
        return centi(value)


class DayField(ReadField):
    """A day, in Chinese order; see `typed.parse_day` for what may be typed."""

    example = N_("例如 2026-04-15 或 2026年4月15日")

    def read(self, text: str) -> date:
        """See `typed.parse_day`."""
        return typed.parse_day(text)

    def show(self, value: date) -> str:
        """2026-04-15"""
        return value.isoformat()


class MomentField(ReadField):
    """A day and a Beijing time, as an aware UTC moment."""

    width = "20"
    example = N_("北京时间，例如 2026-04-15 09:30")

    def read(self, text: str) -> datetime:
        """See `typed.parse_moment`."""
        return typed.parse_moment(text)

    def show(self, value: datetime) -> str:
        """2026-04-15 09:30"""
        local = value.astimezone(BEIJING)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


class Chosen:
    """Mixed into a field of choices: the blank choice is None, and that no choice was made is for `needed` to say."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was chosen."""
        if valuelist and not valuelist[0]:
            self.data = None
        else:
            super().process_formdata(valuelist)  # type: ignore[misc]

    def pre_validate(self, form: Any) -> None:
        """Only what was offered may be chosen."""
        if self.data is not None:
            super().pre_validate(form)  # type: ignore[misc]


class ChoiceField(Chosen, wtf.SelectField):
    """One of many, as a drop-down list. Nothing chosen is None."""

    widget = widgets.Select()


class RadioField(Chosen, wtf.RadioField):
    """One of a few. Nothing chosen is None."""

    widget = widgets.Radios()


class ManyField(wtf.SelectMultipleField):
    """Any of a few, as a list."""

    widget = widgets.Checkboxes()


class TickField(wtf.BooleanField):
    """Yes or not."""

    widget = widgets.Tick()


class FileField(uploads.FileField):
    """One uploaded file, or None. A browser never sends the same file again by itself after a refusal."""

    widget = widgets.FileInput()


class FilesField(uploads.MultipleFileField):
    """Several uploaded files, as a list."""

    widget = widgets.FileInput(multiple=True)


def choices(of: Mapping[Any, str] | Iterable[tuple[Any, str]], blank: str | None = None) -> Callable[[], Choices]:
    """Choices from a table of key and Chinese label, translated when the form is made; *blank* heads the list."""
    pairs = list(of.items() if isinstance(of, Mapping) else of)

    def offered() -> Choices:
        return ([("", t(blank))] if blank is not None else []) + [(key, t(label)) for key, label in pairs]

    return offered
