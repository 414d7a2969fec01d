"""The pages of those who sort, answer and review letters, and of the organization a letter is about."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.complaints import actions, queries
from app.complaints.forms import (
    AcceptForm,
    AnswerForm,
    ForwardForm,
    ReasonForm,
    RefuseForm,
    ReviewForm,
    StatementForm,
)
from app.complaints.models import KINDS, Complaint
from app.complaints.views import TONES, WORDS, door
from app.core.door import form_page, page, person, remember, to
from app.rules.answering import without_numbers


@door.page("/questions/desk", may="complaint.handle")
def desk() -> str:
    """The open letters of one's own body."""
    return page("complaints/desk.html", listed=queries.mine(person()), tones=TONES, **WORDS)


@form_page(door, "/questions/<id>/accept", load=Complaint, may="complaint.accept")
def accept(complaint: Complaint) -> str | Response:
    """Take a letter on, and decide what of it is public: numbers that name a person are hidden beforehand."""
    asked = queries.asked(complaint)
    typed = AcceptForm(version=complaint.version, **_proposed(complaint, asked))
    if typed.sent():
        actions.accept(
            complaint, title=typed.title.data, text=typed.text.data, topic=typed.topic.data, earlier=typed.earlier.data
        )
        return _back(complaint, _("已受理，内容已公开，答复期限不变。"))
    return page("complaints/accept.html", form=typed, complaint=complaint, asked=asked, **WORDS)


@form_page(door, "/questions/<id>/forward", load=Complaint, may="complaint.forward")
def forward(complaint: Complaint) -> str | Response:
    """Hand it to the body that is to answer."""
    typed = ForwardForm(version=complaint.version)
    if typed.sent():
        actions.forward(complaint, _body(typed), typed.reason.data)
        return _back(complaint, _("已转办。答复期限仍从收到之日起算。"))
    lede = _("转办和理由公开显示，答复期限仍从收到之日起算。")
    return _form(complaint, typed, _("转办"), _("转办"), "G-55", lede)


@form_page(door, "/questions/<id>/refuse", load=Complaint, may="complaint.refuse")
def refuse(complaint: Complaint) -> str | Response:
    """Do not take it on, for one of the reasons there are."""
    typed = RefuseForm(obj=complaint, reason="")
    if typed.sent():
        actions.refuse(complaint, typed.refusal.data, typed.reason.data)
        return _back(complaint, _("不予受理，理由已公开。"))
    lede = _("理由公开显示；来信内容不公开，来信人可以看到理由。此步不能撤回。")
    return _form(complaint, typed, _("不予受理"), _("确认不予受理"), "G-55", lede, tone="warning")


@form_page(door, "/questions/<id>/extend", load=Complaint, may="complaint.extend")
def extend(complaint: Complaint) -> str | Response:
    """Extend the time to answer, once."""
    typed = ReasonForm(obj=complaint)
    if typed.sent():
        actions.extend(complaint, typed.reason.data)
        return _back(complaint, _("答复期限已延长。"))
    return _form(complaint, typed, _("延长答复期限"), _("延长"), "G-53", _("只能延长一次，理由公开显示。"))


@form_page(door, "/questions/<id>/draft", load=Complaint, may="complaint.draft")
def draft(complaint: Complaint) -> str | Response:
    """Write the answer."""
    typed = AnswerForm(obj=complaint)
    if typed.sent():
        actions.draft(complaint, answer=typed.answer.data, basis=typed.basis.data, cause=typed.cause.data)
        return _back(complaint, _("答复已拟好，由另一位工作人员复核后公开。"))
    return page("complaints/draft.html", form=typed, complaint=complaint, **WORDS)


@form_page(door, "/questions/<id>/review", load=Complaint, may="complaint.publish")
def review(complaint: Complaint) -> str | Response:
    """The second person publishes the answer or gives it back."""
    typed = ReviewForm(obj=complaint)
    if typed.sent():
        if typed.verdict.data == "publish":
            actions.publish(complaint)
            return _back(complaint, _("答复已公开。"))
        actions.send_back(complaint, typed.note.data)
        return _back(complaint, _("已退回重写。"))
    return page("complaints/review.html", form=typed, complaint=complaint, **WORDS)


@form_page(door, "/questions/<id>/statement", load=Complaint, may="complaint.respond")
def respond(complaint: Complaint) -> str | Response:
    """What the organization it is about has to say."""
    typed = StatementForm(obj=complaint)
    if typed.sent():
        actions.respond(complaint, typed.statement.data)
        return _back(complaint, _("说明已保存，复核后与答复一起公开。"))
    lede = _("说明由答复单位复核，与答复一起公开。请不要写出来信人或者其他人的个人信息。")
    return _form(complaint, typed, _("说明情况"), _("保存说明"), "G-56", lede)


def _form(
    complaint: Complaint, typed: Any, title: str, button: str, rule: str, lede: str, tone: str = "primary"
) -> str:
    return page(
        "_layout/form.html", title=title, form=typed, button=button, rules=[rule], lede=lede, tone=tone,
        caption=f"{_(KINDS[complaint.kind])} {complaint.number}",
        cancel=url_for("complaints.show", id=complaint.public_id),
    )  # fmt: skip


def _back(complaint: Complaint, done: str) -> Response:
    remember(done)
    return to("complaints.show", id=complaint.public_id)


def _body(typed: ForwardForm) -> Any:
    found = queries.answerer(typed.body.data)
    assert found is not None, "the form offers only bodies there are"
    return found


def _proposed(complaint: Complaint, asked: tuple[str, str]) -> dict[str, str]:
    """What the form begins with: what was public before, or what was asked with its numbers hidden."""
    title, text = (complaint.title, complaint.text) if complaint.title else map(without_numbers, asked)
    earlier = complaint.earlier.number if complaint.earlier else ""
    return {"title": title, "text": text, "topic": complaint.topic, "earlier": earlier}
