"""What is done with a letter: taken in, sorted, answered by one, reviewed by another, judged by who asked."""

from datetime import date

from app.accounts.models import Body
from app.catalogue import queries as catalogue
from app.complaints import queries, sending
from app.complaints.models import Complaint
from app.complaints.subjects import Subject
from app.core import access, changes, clock, vault
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Norms, demand
from app.core.words import N_
from app.rules import answering

NO_BODY = N_("请选择由哪个单位答复。")
SAME_BODY = N_("已经由“%(name)s”办理，请选择另一个单位。")
NO_EARLIER = N_("没有编号为 %(number)s 的来信，或者它不早于这一件。")
CLOSED = N_("只有办理中的来信可以说明或延长。")
ONLY_ANSWERED = N_("答复公开之后才能评价。")


def write(
    *, kind: str, topic: str, subject: Subject, body: Body | None, title: str, text: str, contact: str = "",
    earlier: Complaint | None = None,
) -> tuple[Complaint, str]:  # fmt: skip
    """Take a letter in; gives it and the secret of the asker's link, which is kept nowhere in clear.

    Whoever is signed in writes as the public too: the log does not say who asked. Raises Invalid without a body.
    """
    answers = subject.answers or body
    if answers is None:
        raise Invalid(NO_BODY, {}, "body")
    day, key = clock.today(), sending.new_key()
    norms, calendar = _norms(answers, day), catalogue.calendar()
    made = Complaint(
        number=queries.next_number(day.year), kind=kind, topic=topic, subject=subject.kind, subject_id=subject.id,
        subject_name=subject.name, about_body_id=subject.concerns.id if subject.concerns else None, body=answers,
        body_id=answers.id, place=subject.place or answers.place, asked_title=vault.close(title.encode()),
        asked_text=vault.close(text.encode()), contact=vault.close(contact.encode()) if contact else None,
        key_digest=sending.key_digest(key), received_on=day, sort_by=answering.sort_due(day, calendar, norms).day,
        due_on=answering.answer_due(day, calendar, norms).day, earlier_id=earlier.id if earlier else None, forwards=[],
    )  # fmt: skip
    with access.acting(access.PUBLIC):
        return changes.add(made, "complaint.write", public=True), key


def admit(trap: str, stamp: str, address: str) -> None:
    """Let a letter in from this network address, and count it. Raises Unlawful for machines and too many (G-50, G-51).

    Called before `write`, in the same turn: a letter that is refused is not counted.
    """
    norms = catalogue.norms("000000")
    demand(
        answering.written_by_a_person(trap, sending.seconds_since(stamp), norms),
        answering.few_a_day(sending.sent_today(address), norms),
    )
    sending.count_one(address)


def accept(complaint: Complaint, *, title: str, text: str, topic: str, earlier: str = "") -> Complaint:
    """Take it on, and make *title* and *text* public: as asked, with personal data hidden (G-56).

    *earlier* is the number of a letter about the same need (S14). Raises Invalid where there is none.
    """
    demand(answering.no_personal_numbers({"title": title, "text": text}))
    linked = _earlier(complaint, earlier)
    return changes.move(
        complaint, "accept", title=title, text=text, topic=topic, sorted_by_id=access.actor().id,
        earlier_id=linked.id if linked else complaint.earlier_id,
    )  # fmt: skip


def forward(complaint: Complaint, body: Body, reason: str) -> Complaint:
    """Hand it to the body that is to answer, with a public reason (G-55); the time limit runs on from receipt."""
    if body.id == complaint.body_id:
        raise Invalid(SAME_BODY, {"name": body.name}, "body")
    demand(answering.no_personal_numbers({"reason": reason}))
    step = {"on": clock.today().isoformat(), "from": complaint.body.name, "to": body.name, "reason": reason}
    return changes.move(complaint, "forward", forwards=[*complaint.forwards, step], body_id=body.id)


def refuse(complaint: Complaint, refusal: str, reason: str = "") -> Complaint:
    """Do not take it on; the reason is public, what was asked is not (G-55)."""
    demand(answering.no_personal_numbers({"reason": reason}))
    return changes.move(complaint, "refuse", refusal=refusal, reason=reason, sorted_by_id=access.actor().id)


def extend(complaint: Complaint, reason: str) -> Complaint:
    """Extend the time to answer, once, with a public reason (G-53)."""
    if complaint.state not in ("accepted", "drafted"):
        raise OutOfOrder(CLOSED)
    demand(
        answering.extended_once(complaint.extended_on is not None), answering.no_personal_numbers({"reason": reason})
    )
    norms = _norms(complaint.body, complaint.received_on)
    due = answering.answer_due(complaint.received_on, catalogue.calendar(), norms, extended=True)
    return changes.amend(
        complaint, "complaint.extend", public=True, extended_on=clock.today(), extension_reason=reason, due_on=due.day
    )


def respond(complaint: Complaint, statement: str) -> Complaint:
    """What the organization it is about has to say; published with the answer, after review."""
    if complaint.state not in ("accepted", "drafted"):
        raise OutOfOrder(CLOSED)
    demand(answering.no_personal_numbers({"statement": statement}))
    return changes.amend(complaint, "complaint.respond", statement=statement, statement_on=clock.today())


def draft(complaint: Complaint, *, answer: str, basis: str, cause: str = "") -> Complaint:
    """Write the answer, its basis, and for a repeated need its cause (G-56, G-57); a second person reviews it."""
    demand(
        answering.no_personal_numbers({"answer": answer, "cause": cause}),
        answering.source_traced(complaint.earlier_id is not None, cause),
    )
    return changes.move(
        complaint, "draft", answer=answer, basis=basis, cause=cause, written_by_id=access.actor().id, review_note=""
    )


def send_back(complaint: Complaint, note: str) -> Complaint:
    """Give the draft back to be written anew, saying why; for the bureau's own people only."""
    return changes.move(complaint, "send_back", review_note=note)


def publish(complaint: Complaint) -> Complaint:
    """Make the answer public, with the organization's statement, by somebody who did not write it (G-54)."""
    me = access.actor().id
    demand(
        answering.second_person(complaint.written_by_id, me),
        answering.no_personal_numbers({"answer": complaint.answer, "statement": complaint.statement}),
    )
    return changes.move(complaint, "publish", reviewed_by_id=me, answered_on=clock.today())


def judge(complaint: Complaint, satisfied: bool) -> Complaint:
    """The asker says once whether the answer satisfies (G-58). Whoever calls has checked the secret of the link."""
    if complaint.state != "answered":
        raise OutOfOrder(ONLY_ANSWERED)
    demand(answering.judged_once(complaint.satisfied is not None))
    with access.acting(access.PUBLIC):
        return changes.amend(complaint, "complaint.judge", public=True, satisfied=satisfied, judged_on=clock.today())


def withdraw(complaint: Complaint) -> Complaint:
    """The asker takes it back before it is answered; its text is no longer shown."""
    with access.acting(access.PUBLIC):
        return changes.move(complaint, "withdraw", title="", text="")


def note_overdue(day: date, most: int = 200) -> int:
    """Write into the log, once each, which letters were not answered in time; gives how many."""
    late = queries.overdue_unnoted(day, most)
    for complaint in late:
        changes.amend(complaint, "complaint.pass_time", public=True, overdue_on=day)
    return len(late)


def _earlier(complaint: Complaint, number: str) -> Complaint | None:
    if not number:
        return None
    found = queries.numbered(number)
    if found is None or found.id >= complaint.id:
        raise Invalid(NO_EARLIER, {"number": number}, "earlier")
    return found


def _norms(body: Body, day: date) -> Norms:
    return catalogue.norms(body.place, day)
