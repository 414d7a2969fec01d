"""The public pages that show several domains together, and the information pages of the site."""

import hashlib

from flask import Response, jsonify, request, url_for

from app.core import files, log, search
from app.core.door import NO_SUCH, form_page, page, to
from app.core.errors import Invalid, Missing
from app.core.words import N_
from app.evaluations.models import STAGES as ROUNDS
from app.plans.models import CONDITIONS, METHODS, Project
from app.registry import listing as register
from app.rules.evaluating import BANDS
from app.tenders import queries as tenders
from app.transparency import extras as extras
from app.transparency import ocds, papers
from app.transparency import projects as listing
from app.transparency import written_about as written_about
from app.transparency.caching import revalidate
from app.transparency.course import course_of
from app.transparency.dates import timeline
from app.transparency.forms import CompareForm
from app.transparency.views import door

door.after_request(revalidate)
MOST = 10  # of each kind, on the page of the site search
NEITHER = N_("请选择文件，或者填写它的 SHA-256。")
STAGE_NAMES = dict(zip(ROUNDS, (N_("中期评估"), N_("末期评估")), strict=True))


@door.page("/", may="public.read")
def home() -> str:
    """What this is, and what is open just now."""
    soonest, _more = tenders.open_tenders(limit=5)
    return page(
        "transparency/home.html", figures=listing.figures(), open_tenders=soonest, results=listing.newest_results()
    )


@door.page("/projects", may="public.read")
def projects() -> str:
    """Projects with a published tender, newest first, by stage, place and year."""
    asked = listing.Asked.of(request.args)
    found, after = listing.listed(asked, request.args.get("after", ""))
    more = url_for("transparency.projects", **asked.args(), after=after) if after else None
    return page(
        "transparency/projects.html", listed=found, more=more, asked=asked, stages=listing.STAGES, tones=listing.TONES,
        places=listing.places(), years=[(year, str(year)) for year in listing.years()],
    )  # fmt: skip


@door.page("/projects/<id>", load=Project, may="public.read")
def project(one: Project) -> str:
    """Everything public of a project, in the order of the cycle, each with its log entry."""
    course = course_of(one)
    return page(
        "transparency/project.html", course=course, project=one, tender=course.tender, result=course.result,
        events=timeline(course), methods=METHODS, conditions=CONDITIONS, rounds=STAGE_NAMES, bands=BANDS,
    )  # fmt: skip


@door.page("/projects/<id>/log", load=Project, may="public.read")
def project_log(one: Project) -> str:
    """Every public log entry of a project and of what belongs to it, oldest first."""
    course = course_of(one)
    return page("transparency/project_log.html", project=one, entries=course.every_entry)


@door.page("/projects/<id>/ocds.json", load=Project, may="public.read")
def ocds_package(one: Project) -> Response:
    """The same as data: an OCDS 1.1 release package."""
    return jsonify(ocds.package(course_of(one)))


@door.page("/verify", may="public.read")
def verify_index() -> str | Response:
    """Where a paper's number is typed in."""
    number = request.args.get("q", "").strip()
    return to("transparency.verify", number=number) if number else page("transparency/verify_index.html")


@form_page(door, "/verify/<number>", may="public.read")
def verify(number: str) -> str | Response:
    """Where a paper's QR code leads: the fingerprint of what was kept, and whether the reader holds the same."""
    form = CompareForm()
    if form.sent():
        return to("transparency.verify", number=number, sha256=_fingerprint(form))
    found, asked = papers.papers(number), request.args.get("sha256", "").strip().lower()[:64]
    same = papers.matching(found, asked) if asked else None
    shown = [one for one in found if one.public or one is same]
    return page(
        "transparency/verify.html", number=number, papers=shown, asked=asked, same=same, form=form,
        entries={one.file.id: log.entries_of(one.file.public_id) for one in shown},
    )  # fmt: skip


@door.page("/verify/<number>/<sha256>.pdf", may="public.read")
def paper(number: str, sha256: str) -> Response:
    """A public paper itself."""
    found = papers.matching(papers.papers(number), sha256)
    if found is None or not found.public:
        raise Missing(NO_SUCH)
    return files.send(found.file, inline=True)


@door.page("/search", may="public.read")
def search_all() -> str:
    """Projects, tenders, contracts and organizations, by name or number."""
    words = request.args.get("q", "").strip()[:100]
    hits, _more = listing.listed(listing.Asked(q=words), limit=MOST) if words else ([], None)
    found = register.page_of(register.Asked(q=words)).rows[:MOST] if search.folded(words) else []
    return page("transparency/search.html", q=words, projects=hits, organizations=found, most=MOST)


@door.page("/about", may="public.read")
def about() -> str:
    """Who works here, how sealed bids work, and what the portal cannot do."""
    return page("transparency/about.html")


@door.page("/accessibility", may="public.read")
def accessibility() -> str:
    """The accessibility statement."""
    return page("transparency/accessibility.html")


@door.page("/contact", may="public.read")
def contact() -> str:
    """How to reach whoever runs the site."""
    return page("transparency/contact.html")


@door.page("/site-map", may="public.read")
def site_map() -> str:
    """What there is."""
    return page("transparency/site_map.html")


def _fingerprint(form: CompareForm) -> str:
    """The fingerprint of the file handed in, or the one typed. Raises Invalid where there is neither."""
    if form.paper.data:
        return hashlib.sha256(form.paper.data.read()).hexdigest()
    if not form.sha256.data:
        raise Invalid(NEITHER, {}, "paper")
    return str(form.sha256.data).lower()
