"""Annual reports: the organization's own pages, and the lists; examining.py's pages are in desk_views.py."""

from flask import Response, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from app.core import clock, files
from app.core.door import NO_SUCH, Door, form_page, page, person, remember, to
from app.core.door import form as form_of
from app.core.errors import Missing
from app.core.showing import t
from app.registry.models import KINDS
from app.reports import actions, checks, exports, given, listing, progress, queries, wording
from app.reports.forms import ButtonForm, DeclarationForm, EvidenceForm, kept, section_form, shown
from app.reports.models import EVIDENCE, OPINIONS, RESULTS, AnnualReport, ReportEvidence, ReportSection
from app.reports.sections import BY_KEY, TITLES
from app.rules.statements import COLUMNS

door = Door("reports", __name__)


@door.page("/reports", may="report.list")
def index() -> str:
    """Reports of the registrar's place, filtered, a page at a time."""
    asked, after = listing.Asked.of(request.args), request.args.get("after", "")
    found, last = listing.page_of(person(), asked, int(after) if after.isdecimal() and len(after) < 16 else 0)
    more = url_for("reports.index", **asked.args(), after=last) if last else None
    return page(
        "reports/index.html", reports=found, asked=asked, more=more, kinds=KINDS, states=listing.STATES,
        late=listing.LATE, results=RESULTS, first=not after,
    )  # fmt: skip


@door.page("/reports.csv", may="report.list")
def as_csv() -> Response:
    """The same list as a sheet."""
    return exports.reports_csv(listing.all_of(person(), listing.Asked.of(request.args)))


@door.page("/reports.json", may="report.list")
def as_json() -> Response:
    """A page of the same list as JSON."""
    after = request.args.get("cursor", "")
    found, last = listing.page_of(
        person(), listing.Asked.of(request.args), int(after) if after.isdecimal() and len(after) < 16 else 0
    )
    return jsonify(reports=[exports.as_json(one) for one in found], cursor=last or None)


@door.page("/reports/overdue", may="report.list")
def overdue() -> str:
    """Whose report is overdue today: candidates for the abnormal list."""
    after = request.args.get("after", "")
    today = clock.today()
    found, last = listing.overdue_page(person(), today, int(after) if after.isdecimal() and len(after) < 16 else 0)
    more = url_for("reports.overdue", after=last) if last else None
    return page("reports/overdue.html", found=found, kinds=KINDS, more=more, today_=today)


@door.page("/reports/overdue.csv", may="report.list")
def overdue_csv() -> Response:
    """All of them as a sheet."""
    return exports.overdue_csv(listing.all_overdue(person(), clock.today()))


@door.page("/reports/mine", may="report.mine")
def mine() -> str:
    """The years this person's organization reports for: what is there, what is owed, by when."""
    return page("reports/mine.html", form=ButtonForm(), **queries.mine(person()))


@form_page(door, "/reports/start/<int:year>", may="report.mine")
def start(year: int) -> str | Response:
    """Begin the report of a year."""
    form = ButtonForm()
    if form.sent():
        report = actions.start(queries.own_record(person()), year)
        return to("reports.show", id=report.public_id)
    return form_of(
        _("%(year)s 年度报告", year=year), form, _("开始填写"), lede=_("每一部分单独保存，可以分几次填完。"),
        rules=["G-43"], cancel=url_for("reports.mine"), crumbs=crumbs(_("开始填写")),
    )  # fmt: skip


@door.page("/reports/<id>", load=AnnualReport, may="report.read")
def show(report: AnnualReport) -> str:
    """One report: how far it is, what it asks, what comes next."""
    return page(
        "reports/show.html", report=report, tasks=progress.tasks(report), burden=progress.burden(report),
        steps=progress.steps(report), opinions=OPINIONS, results=RESULTS, titles=TITLES, kinds=KINDS,
        needs_opinion=checks.needs_opinion(report), today_=clock.today(), open=queries.open_corrections(report),
        findings=checks.before_handing_in(report) if report.state != "decided" else [],
    )  # fmt: skip


@door.page("/reports/<id>/read", load=AnnualReport, may="report.read")
def read(report: AnnualReport) -> str:
    """The whole report on one page, as it was last saved or handed in."""
    return page("reports/read.html", report=report, **_whole(report))


@form_page(door, "/reports/sections/<id>", load=ReportSection, may="report.write")
def section(one: ReportSection) -> str | Response:
    """Write one section; it is kept whole or half done, and says what does not add up yet."""
    asked, values = given.to_ask(one), one.values
    form = section_form(asked, values)(obj=one, data=shown(asked, values))
    if form.sent():
        actions.save(one, kept(asked, form))
        remember(_("“%(section)s”已保存。", section=t(BY_KEY[one.key].title)))
        onward = request.form.get("go") == "next"
        return _to(progress.next_url(one) if onward else url_for("reports.section", id=one.public_id))
    return page(
        "reports/section.html", form=form, one=one, report=one.report, shape=BY_KEY[one.key], asked=asked,
        held=given.held(one), record=given.shown(given.registered(queries.record_of(one.report))),
        findings=checks.of_section(one) if one.saved_at else [], writable=actions.may_write(one.report, one.key),
        corrections=[c for c in queries.open_corrections(one.report) if c.section == one.key],
        ratios=checks.ratios(one.report) if one.key == "spending" else [],
        columns=COLUMNS,
    )  # fmt: skip


@form_page(door, "/reports/<id>/papers", load=AnnualReport, may="report.write")
def papers(report: AnnualReport) -> str | Response:
    """The papers that go with a report."""
    form = EvidenceForm(obj=report)
    if form.sent():
        upload = form.file.data
        actions.attach(report, form.kind.data, upload.read(), upload.filename, form.note.data)
        remember(_("材料已保存。"))
        return to("reports.papers", id=report.public_id)
    return page(
        "reports/papers.html", form=form, report=report, wanted=progress.papers_wanted(report), kinds=EVIDENCE,
        current=[one for one in report.evidence if one.current], writable=actions.may_write(report, "evidence"),
    )  # fmt: skip


@form_page(door, "/reports/papers/<id>/remove", load=ReportEvidence, may="report.write")
def remove(evidence: ReportEvidence) -> str | Response:
    """Take a paper out."""
    form = ButtonForm(obj=evidence)
    if form.sent():
        actions.detach(evidence)
        remember(_("材料已移除。"))
        return to("reports.papers", id=evidence.report.public_id)
    mine = evidence.report
    return form_of(
        _("移除材料"), form, _("移除"), caption=evidence.file.name, tone="warning",
        lede=_("移除后仍留有记录，但不再随报告报送。"),
        cancel=url_for("reports.papers", id=mine.public_id), crumbs=crumbs(_("移除材料"), mine),
    )  # fmt: skip


@door.page("/reports/papers/<id>", load=ReportEvidence, may="report.read")
def paper(evidence: ReportEvidence) -> Response:
    """A paper as it was handed in."""
    return files.send(evidence.file)


@form_page(door, "/reports/<id>/hand-in", load=AnnualReport, may="report.hand_in")
def hand_in(report: AnnualReport) -> str | Response:
    """Hand the report to the supervising unit."""
    form = DeclarationForm(obj=report)
    if form.sent():
        actions.hand_in(report)
        remember(_("已报业务主管单位。"))
        return to("reports.show", id=report.public_id)
    return form_of(
        _("报业务主管单位"), form, _("报送"), caption=title_of(report), findings=checks.before_handing_in(report),
        lede=_("业务主管单位提出意见以前，报告不能修改。"), cancel=url_for("reports.show", id=report.public_id),
        crumbs=crumbs(_("报业务主管单位"), report),
    )  # fmt: skip


@form_page(door, "/reports/<id>/submit", load=AnnualReport, may="report.submit")
def submit(report: AnnualReport) -> str | Response:
    """Hand the report to the registrar."""
    form = DeclarationForm(obj=report)
    if form.sent():
        actions.submit(report)
        remember(_("已报送登记管理机关。"))
        return to("reports.show", id=report.public_id)
    return form_of(
        _("报送登记管理机关"), form, _("报送"), caption=title_of(report), findings=checks.before_submitting(report),
        lede=_("报送后只能按补正要求修改。结论作出后，报告向社会公开。"),
        cancel=url_for("reports.show", id=report.public_id), crumbs=crumbs(_("报送登记管理机关"), report),
    )  # fmt: skip


@door.page("/annual-reports/<id>", load=AnnualReport, may="public.read")
def public(report: AnnualReport) -> str:
    """What everybody may read of a report that is decided."""
    return page("reports/public.html", report=_decided(report), **_whole(report))


@door.page("/annual-reports/<id>.pdf", load=AnnualReport, may="public.read")
def pdf(report: AnnualReport) -> Response:
    """The printed report with its result."""
    kept_ = _decided(report).paper
    if kept_ is None:
        raise Missing(NO_SUCH)
    return files.send(kept_, inline=True)


def _whole(report: AnnualReport) -> dict[str, object]:
    record = queries.record_of(report)
    return {
        "held": given.shown(report.held or given.registered(record)), "organization": record,
        "sections": wording.whole(report, t), "ratios": checks.ratios(report), "results": RESULTS,
        "opinions": OPINIONS, "kinds": KINDS,
    }  # fmt: skip


def _decided(report: AnnualReport) -> AnnualReport:
    """Raises Missing for one that is not public yet."""
    if report.state != "decided":
        raise Missing(NO_SUCH)
    return report


def title_of(report: AnnualReport) -> str:
    """Whose report it is, of which year."""
    return str(_("%(name)s %(year)s 年度报告", name=report.body.name, year=report.year))


def crumbs(here: str, report: AnnualReport | None = None) -> list[tuple[str, str | None]]:
    """Where a page of a report stands."""
    found: list[tuple[str, str | None]] = [(_("工作台"), url_for("desk.index"))]
    if report is not None:
        found.append((title_of(report), url_for("reports.show", id=report.public_id)))
    return [*found, (here, None)]


def _to(url: str) -> Response:
    return redirect(url, 303)  # type: ignore[return-value]


from app.reports import desk_views as desk_views  # noqa: E402 - more routes of the same door
from app.reports import profile as profile  # noqa: E402 - the part of an organization's public page
from app.reports import tasks as tasks  # noqa: E402 - what the clock does
