"""What everybody sees and sends: the public list, a letter's page, writing one, following one's own."""

from typing import Any

from flask import Response, request, session, url_for
from flask_babel import gettext as _

from app.complaints import actions, listing, queries, sending
from app.complaints.forms import JudgeForm, WithdrawForm, WriteForm
from app.complaints.models import KINDS, REFUSALS, SUBJECTS, TOPICS, Complaint
from app.complaints.steps import ACTIONS, course, steps
from app.complaints.subjects import GENERAL, Subject, address, find
from app.core import access, clock, log
from app.core.door import Door, form_page, page, person, remember, to
from app.core.errors import Missing

door = Door("complaints", __name__)
WORDS: dict[str, Any] = {"kinds": KINDS, "topics": TOPICS, "subjects": SUBJECTS, "states": listing.STATES,
                         "overdue": listing.overdue, "address": address}  # fmt: skip
TONES = {"received": "plain", "accepted": "info", "drafted": "info", "answered": "good", "refused": "warn",
         "withdrawn": "plain"}  # fmt: skip


@door.page("/questions", may="public.read")
def index() -> str:
    """Letters from the public and what became of them, newest first."""
    asked, before = listing.Asked.of(request.args), _number(request.args.get("before"))
    found, more = listing.page_of(asked, before)
    return page(
        "complaints/index.html", listed=found, asked=asked, tones=TONES, bodies=listing.bodies(), **WORDS,
        more=url_for("complaints.index", **asked.args(), before=more) if more else None,
        by_topic=listing.by_topic(asked), by_subject=listing.by_subject(asked),
    )  # fmt: skip


@door.page("/questions.json", may="public.read")
def as_json() -> Response:
    """The same as JSON, up to 1,000 at a time."""
    return listing.as_json(listing.Asked.of(request.args), _number(request.args.get("before")))


@door.page("/questions.csv", may="public.read")
def as_csv() -> Response:
    """The same as a sheet, whole."""
    return listing.as_csv(listing.Asked.of(request.args))


@form_page(door, "/questions/new", may="complaint.write")
def write() -> str | Response:
    """Write to a public body; nobody needs to sign in."""
    typed = WriteForm(about=request.args.get("about", ""), earlier=request.args.get("earlier", ""))
    earlier = queries.with_key(typed.earlier.data) if typed.earlier.data else None
    subject = _subject(earlier) if earlier else find(typed.about.data or "")
    if typed.sent():
        actions.admit(typed.website.data, typed.stamp.data, sending.address_of(request))
        made, key = actions.write(
            kind=typed.kind.data, topic=typed.topic.data, subject=subject, body=_answerer(typed, earlier),
            title=typed.title.data, text=typed.text.data, contact=typed.contact.data, earlier=earlier,
        )  # fmt: skip
        session["written"] = {"id": made.public_id, "key": key}
        return to("complaints.written")
    return page("complaints/write.html", form=typed, about=subject, earlier=earlier, **WORDS)


@door.page("/questions/written", may="public.read")
def written() -> str:
    """The number and the secret link, shown to whoever has just written."""
    kept = session.get("written")
    if not kept:
        raise Missing(_("没有刚刚提交的来信。"))
    made = queries.with_key(kept["key"])
    return page("complaints/written.html", complaint=made, key=kept["key"])


@door.page("/questions/follow/<key>", may="public.read")
def follow_link(key: str) -> str:
    """The asker's own page, from the secret link."""
    return _follow(key)


@form_page(door, "/questions/follow", may="complaint.judge")
def follow() -> str | Response:
    """Say once whether the answer satisfies. The secret travels in the form, so that no log of refusals keeps it."""
    typed = JudgeForm()
    if typed.sent():
        actions.judge(queries.with_key(typed.key.data), typed.satisfied.data == "yes")
        session["follow"] = typed.key.data
        remember(_("谢谢，您的评价已经公开。"))
        return to("complaints.follow")
    return _follow(typed.key.data or session.get("follow", ""), typed)


@form_page(door, "/questions/withdraw", may="complaint.withdraw")
def withdraw() -> str | Response:
    """Take one's own letter back before it is answered."""
    typed = WithdrawForm()
    if typed.sent():
        actions.withdraw(queries.with_key(typed.key.data))
        session["follow"] = typed.key.data
        remember(_("已撤回，内容不再公开。"))
        return to("complaints.follow")
    return _follow(typed.key.data or session.get("follow", ""))


@door.page("/questions/<id>", load=Complaint, may="public.read")
def show(complaint: Complaint) -> str:
    """One letter: what was asked, who answers by when, the answer, what the asker says of it."""
    return page(
        "complaints/show.html", complaint=complaint, steps=steps(complaint, person()), tones=TONES, refusals=REFUSALS,
        events=course(complaint, clock.today()), later=queries.later(complaint), words=ACTIONS,
        entries=log.entries_of(complaint.public_id, public_only=True), handles=_handles(complaint), **WORDS,
    )  # fmt: skip


def _follow(key: str, typed: JudgeForm | None = None) -> str:
    """The asker's page: as typed, where it stands, what they can still do."""
    complaint = queries.with_key(key)
    title, text = queries.asked(complaint)
    judging = typed or JudgeForm(formdata=None, key=key)
    return page(
        "complaints/follow.html", complaint=complaint, asked_title=title, asked_text=text, form=judging, key=key,
        tones=TONES, events=course(complaint, clock.today()), back=WithdrawForm(formdata=None, key=key),
        refusals=REFUSALS, **WORDS,
    )  # fmt: skip


def _handles(complaint: Complaint) -> bool:
    """Whether whoever looks belongs to those who answer it."""
    return bool(access.may(person(), "complaint.accept", complaint))


def _subject(earlier: Complaint) -> Subject:
    token = f"{earlier.subject}:{earlier.subject_id}"
    return find(token) if earlier.subject != "general" else GENERAL


def _answerer(typed: WriteForm, earlier: Complaint | None) -> Any:
    return queries.answerer(typed.body.data) or (earlier.body if earlier else None)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 16 else 0


from app.complaints import desk_views as desk_views  # noqa: E402 - more routes of the same door
from app.complaints import profile as profile  # noqa: E402 - its part of an organization's page
from app.complaints import tasks as tasks  # noqa: E402 - what its time does
