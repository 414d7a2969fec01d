"""The pages of those who examine a report: the supervising unit, the registrars; and the organization's answers."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core.door import form as form_of
from app.core.door import form_page, page, remember, to
from app.core.showing import t
from app.reports import actions, checks, examining, queries
from app.reports.forms import AnswersForm, CorrectionsForm, DecisionForm, OpinionForm, ReasonForm, ResultForm
from app.reports.models import RESULTS, AnnualReport
from app.reports.sections import EVIDENCE_KEY, TITLES
from app.reports.views import crumbs, door, title_of


@form_page(door, "/reports/<id>/opinion", load=AnnualReport, may="report.opine")
def opinion(report: AnnualReport) -> str | Response:
    """The supervising unit's opinion."""
    form = OpinionForm()
    _seen(form, report)
    if form.sent():
        examining.opine(report, form.opinion.data, form.text.data)
        remember(_("意见已提出，由该组织报送登记管理机关。"))
        return to("reports.show", id=report.public_id)
    return _form(
        _("初审意见"), form, _("提出意见"), report, rules=["C-05"], lede=_("提出后不能修改；不同意的请退回修改。")
    )


@form_page(door, "/reports/<id>/send-back", load=AnnualReport, may="report.send_back")
def send_back(report: AnnualReport) -> str | Response:
    """The supervising unit gives the report back."""
    form = ReasonForm(obj=report)
    if form.sent():
        examining.send_back(report, form.reason.data)
        remember(_("已退回该组织修改。"))
        return to("reports.show", id=report.public_id)
    return _form(_("退回修改"), form, _("退回"), report, tone="warning")


@form_page(door, "/reports/<id>/corrections", load=AnnualReport, may="report.ask")
def ask(report: AnnualReport) -> str | Response:
    """Ask for corrections, item by item."""
    form = CorrectionsForm()
    _seen(form, report)
    for part in form.corrections:
        part.section.choices = _parts(report)
    if form.sent():
        examining.ask(report, [(row["section"], row["asked"] or "") for row in form.corrections.data])
        remember(_("已要求补正，该组织会在工作台看到。"))
        return to("reports.show", id=report.public_id)
    return page("reports/ask.html", form=form, report=report)


@form_page(door, "/reports/<id>/answers", load=AnnualReport, may="report.answer")
def answer(report: AnnualReport) -> str | Response:
    """Answer every item, and hand the report in again."""
    items = queries.open_corrections(report)
    form = AnswersForm(data={"answers": [{"answer": ""} for _one in items]})
    _seen(form, report)
    if form.sent():
        actions.answer(report, [row["answer"] or "" for row in form.answers.data])
        remember(_("补正已答复，报告重新送交审查。"))
        return to("reports.show", id=report.public_id)
    return page(
        "reports/answer.html", form=form, report=report, items=items, titles=TITLES,
        findings=checks.before_handing_in(report),
    )  # fmt: skip


@form_page(door, "/reports/<id>/result", load=AnnualReport, may="report.propose")
def propose(report: AnnualReport) -> str | Response:
    """One registrar proposes the result."""
    form = ResultForm()
    _seen(form, report)
    if form.sent():
        examining.propose(report, form.result.data, form.reasons.data)
        remember(_("审查意见已提出，由另一名登记管理人员复核。"))
        return to("reports.show", id=report.public_id)
    return _form(
        _("提出审查意见"), form, _("提出"), report, rules=["C-12", "G-40"], findings=checks.before_submitting(report),
        lede=_("由另一名登记管理人员复核后作出结论。"),
    )  # fmt: skip


@form_page(door, "/reports/<id>/decision", load=AnnualReport, may="report.decide")
def decide(report: AnnualReport) -> str | Response:
    """Another registrar decides, or gives it back."""
    form = DecisionForm()
    _seen(form, report)
    if form.sent():
        said = _("已作出结论并公开。") if form.agree.data == "yes" else _("已退回重新审查。")
        _decided(report, form)
        remember(said)
        return to("reports.show", id=report.public_id)
    return page("reports/decide.html", form=form, report=report, results=RESULTS)


def _decided(report: AnnualReport, form: DecisionForm) -> AnnualReport:
    if form.agree.data == "yes":
        return examining.decide(report)
    return examining.reconsider(report, form.reason.data)


def _form(title: str, form: Any, button: str, report: AnnualReport, **more: Any) -> str:
    """A step that is one form, beside the report it is about."""
    return form_of(
        title, form, button, caption=title_of(report), cancel=url_for("reports.show", id=report.public_id),
        crumbs=crumbs(title, report), **more,
    )  # fmt: skip


def _seen(form: Any, report: AnnualReport) -> None:
    """The version seen, for a form whose fields are not the record's."""
    if not form.is_submitted():
        form.version.data = report.version
    form.version.object_data = report.version


def _parts(report: AnnualReport) -> list[tuple[str, str]]:
    keys = [one.key for one in report.sections] + [EVIDENCE_KEY]
    return [("", t("请选择")), *((key, t(TITLES[key])) for key in keys)]
