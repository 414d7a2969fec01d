"""What the pages type and name, as the actions take it."""

from datetime import date
from typing import Any

from app.accounts.models import Body
from app.core import access
from app.core.access import Actor
from app.core.door import NO_SUCH
from app.core.errors import Invalid, Missing
from app.core.files import StoredFile
from app.core.words import N_
from app.credit import queries
from app.credit.finding import Upload
from app.credit.lifecycle import PUBLIC
from app.credit.models import CreditCase

NOBODY = N_("没有代码或者全称是“%(typed)s”的单位，请先在登记册里核对。")
PLAIN = ("trigger", "arose_on", "grounds", "department", "document_no", "law", "received_on", "starts_on", "ends_on")
TEXTS = ("department", "document_no", "law", "grounds")
NAMES = {"amount": "amount_fen", "elsewhere": "elsewhere"} | {name: name for name in PLAIN}


def body_typed(typed: str) -> Body:
    """The body with this credit code or exact name. Raises Invalid at the field."""
    found = queries.organizations_named(typed)
    if found is None:
        raise Invalid(NOBODY, {"typed": typed}, "code")
    return found


def found(form: Any) -> dict[str, Any]:
    """What a finding's form says, as `actions.find` takes it."""
    typed = {name: form[field].data for field, name in NAMES.items() if field in form}
    typed |= {name: typed[name] or "" for name in TEXTS if name in typed}  # a field that was not sent at all
    typed.setdefault("trigger", "ban")
    letters: list[date] = [
        form[name].data for name in ("first_letter_on", "second_letter_on") if name in form and form[name].data
    ]
    return {**typed, "letters": letters, "evidence": upload(form.evidence)}


def day_of(field: Any) -> date:
    """A day that the form has asked for."""
    day: date | None = field.data
    assert day is not None, "the form asks for it"
    return day


def upload(field: Any) -> Upload | None:
    """A file that was handed in, or None."""
    return (field.data.read(), field.data.filename) if field.data else None


def inside(who: Actor) -> bool:
    """Whether this person works on cases rather than being concerned by one."""
    return bool(access.may(who, "credit.list"))


def paper_of(case: CreditCase, which: str, who: Actor) -> StoredFile | None:
    """A paper of a case; the decision is for the body from the day it is entered. Raises Missing for another name."""
    papers = {
        "evidence": case.evidence, "notice": case.notice, "statement": case.statement_file,
        "decision": case.decision if inside(who) or case.state in PUBLIC else None, "removal": case.removal,
    }  # fmt: skip
    if which not in papers:
        raise Missing(NO_SUCH)
    return papers[which]
