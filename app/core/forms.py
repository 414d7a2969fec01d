"""Forms: what was typed, kept and read. One import gives a domain everything its forms need.

    class ProjectForm(Form):
        title = TextField(_l("项目名称"), validators=[needed(), length(100)])
        budget = MoneyField(_l("预算金额"), validators=[needed(), between(1)])

A view asks `form.sent()`: only then is there something to do.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.meta import DefaultMeta

from app.core.errors import OutOfOrder, findings_of
from app.core.fields import (
    CentiField,
    ChoiceField,
    CountedTextField,
    DayField,
    FileField,
    FilesField,
    LongTextField,
    ManyField,
    MomentField,
    MoneyField,
    PasswordField,
    RadioField,
    ReadField,
    TextField,
    TickField,
    WholeField,
    choices,
)
from app.core.law import Finding
from app.core.showing import told
from app.core.validators import WtformsWords, after, between, length, looks_like, needed, same_as

__all__ = [
    "CentiField", "ChoiceField", "CountedTextField", "DayField", "FieldList", "FileField", "FilesField", "Form",
    "FormField", "HiddenField", "LongTextField", "ManyField", "MomentField", "MoneyField", "Part", "PasswordField",
    "RadioField", "ReadField", "TextField", "TickField", "WholeField", "after", "between", "choices", "length",
    "looks_like", "needed", "same_as",
]  # fmt: skip


def new_key() -> str:
    """A fresh idempotency key."""
    return secrets.token_urlsafe(18)


class Form(FlaskForm):
    """A form of a page. `once` lets a second click get the first answer; `version` is the record version seen.

    Give it the record as ``obj=`` and fields and version are filled from it.
    """

    once = HiddenField(default=new_key)
    version = HiddenField()

    class Meta(FlaskForm.Meta):
        """WTForms' own messages in our words."""

        def get_translations(self, form: Any) -> WtformsWords:
            """Our words for WTForms' messages."""
            return WtformsWords()

    def sent(self) -> bool:
        """True when this was posted and can be read; False when it is shown, shown again, or drawn after a refusal.

        Drawn again, it carries a new key (the old one belongs to the attempt that failed) and the refusal's
        sentences stand at the fields they are about.
        """
        if not self.is_submitted():
            return False
        if self.validate() and not g.get("redrawn"):
            return True
        self.once.data = new_key()
        self._take(g.get("refusal"))
        return False

    def _take(self, refusal: Exception | None) -> None:
        if isinstance(refusal, OutOfOrder):
            self.version.data = self.version.object_data  # the reader is shown the latest; that is what was seen
        for finding in findings_of(refusal) if refusal else ():
            field = field_named(self, finding.field)
            if field is not None:
                field.errors = [*field.errors, told(finding)]


class Part(PlainForm):
    """A group of fields inside a form, repeated or not: ``FieldList(FormField(LotPart), min_entries=1)``."""

    class Meta(DefaultMeta):
        """WTForms' own messages in our words."""

        def get_translations(self, form: Any) -> WtformsWords:
            """Our words for WTForms' messages."""
            return WtformsWords()


def leaves(form: Iterable[Any]) -> Iterator[Any]:
    """The fields that are typed into, those of parts included, in the order of the form."""
    for field in form:
        if isinstance(field, FormField | FieldList):
            yield from leaves(field)
        yield field


def field_named(form: Iterable[Any], name: str | None) -> Any:
    """The field a finding speaks of (「budget」, 「lots-0-title」), or None."""
    typed = (f for f in leaves(form) if not isinstance(f, FormField | FieldList))
    return next((f for f in typed if f.name == name), None) if name else None


def problems(form: Any, findings: Iterable[Finding] = ()) -> list[tuple[str, str]]:
    """(field id, message) for everything wrong with the form that no finding says already, top to bottom."""
    told_already = {told(finding) for finding in findings}
    found: list[tuple[str, str]] = []
    for field in leaves(form) if form is not None else ():
        found += [(_shown_id(field), _numbered(field, said)) for said in _own_errors(field) if said not in told_already]
    return found


def _own_errors(field: Any) -> list[str]:
    """What is wrong with the field itself; the errors of a part are those of its fields, which speak for themselves."""
    own = [] if isinstance(field, FormField) else [e for e in field.errors if not isinstance(e, list | dict)]
    return [WtformsWords().gettext(str(e)) for e in own]  # Flask-WTF does not ask for its CSRF words


def _numbered(field: Any, message: str) -> str:
    """With which of a list's parts the message is about: 「lots-0-name」 is in the first."""
    place = re.search(r"-(\d+)-", field.name)
    return _("第 %(n)s 项：", n=int(place[1]) + 1) + message if place else message


def _shown_id(field: Any) -> str:
    """A hidden field cannot be gone to: its error leads to the top of the form."""
    return "main" if isinstance(field, HiddenField) or field.name == "csrf_token" else field.id
