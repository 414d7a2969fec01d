"""Refusals, and the pages and log entries they become. Raised where they are found; nobody else writes 4xx pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.core.law import Finding, Unlawful
from app.core.words import N_


@dataclass
class Refused(Exception):
    """A plain refusal in words: `text` is a Chinese message id filled from `values`.

    `afterwards` is done in a transaction of its own once the refused one was taken back (a failure is counted).
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    field: str | None = None
    afterwards: Callable[[], None] | None = None
    status = 422

    def __post_init__(self) -> None:
        super().__init__(self.text % self.values if self.values else self.text)


class Invalid(Refused):
    """What was typed cannot be taken (422); names the field."""


class NotAllowed(Refused):
    """This person may not do this to this record (403); says why."""

    status = 403


class SignInFirst(Refused):
    """Nobody is signed in, and somebody must be (401)."""

    status = 401


class Missing(Refused):
    """There is no such record, or none that this person may know of (404)."""

    status = 404


class OutOfOrder(Refused):
    """The record is not in a state where this can be done, or it changed meanwhile (409)."""

    status = 409


class TooMany(Refused):
    """Too many tries (429)."""

    status = 429


CHANGED_MEANWHILE = N_("这条记录刚刚被别人改过。您填写的内容仍在下面，请核对最新内容后再提交。")
SAME_KEY_OTHER_BODY = N_("这个请求编号已用于另一份内容。请重新打开页面后再提交。")


def status_of(refusal: Exception) -> int:
    """The HTTP status a refusal is answered with."""
    return refusal.status if isinstance(refusal, Refused) else 422


def findings_of(refusal: Exception) -> list[Finding]:
    """The findings a refusal carries; a plain one is one finding without a rule."""
    if isinstance(refusal, Unlawful):
        return refusal.findings
    if isinstance(refusal, Refused):
        return [Finding(rule="", text=refusal.text, values=refusal.values, field=refusal.field)]
    return []
