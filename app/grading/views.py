"""Gradings for everybody: the list of grades, rounds, schemes, a grade, an application as far as it is public."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.core import access, clock, files
from app.core.door import NO_SUCH, Door, form_page, page, person, remember, to
from app.core.errors import Missing
from app.grading import extras as extras
from app.grading import listing, lowering, queries, schemes, showing
from app.grading import tasks as tasks
from app.grading.forms import SchemeForm
from app.grading.grade_models import Grade
from app.grading.models import COMMITTEES, GradingApplication, GradingRound
from app.grading.scheme_models import GradingScheme
from app.places.queries import name_of
from app.registry.models import KINDS
from app.rules.grading import TRIGGERS

door = Door("grading", __name__)


@door.page("/grading", may="public.read")
def index() -> str:
    """The grades that are valid, a page at a time, and the rounds that are open."""
    asked, after = listing.Asked.of(request.args), request.args.get("after", "")
    found, more = listing.page_of(asked, int(after) if after.isdecimal() and len(after) < 16 else 0)
    return page(
        "grading/index.html", listed=found, asked=asked, kinds=KINDS, rounds=queries.rounds(),
        more=url_for("grading.index", **asked.args(), after=more) if more else None,
        where=name_of(asked.place) if asked.place else "",
    )  # fmt: skip


@door.page("/grading.json", may="public.read")
def as_json() -> Response:
    """Every grade that the same question finds, streamed."""
    return listing.as_json(listing.Asked.of(request.args))


@door.page("/grading.csv", may="public.read")
def as_csv() -> Response:
    """The same as a sheet."""
    return listing.as_csv(listing.Asked.of(request.args))


@door.page("/grading/mine", may="grading.list")
def mine() -> str:
    """What a signed-in person has to do with gradings: own applications, seats, committees, rounds."""
    who = person()
    return page(
        "grading/mine.html", applications=queries.applications_of(who.body_id), seats=queries.seats_of(who),
        memberships=queries.memberships(who), committees=COMMITTEES,
        rounds=queries.rounds(who.body_id) if access.may(who, "grading_round.open") and who.body_id else [],
    )  # fmt: skip


@door.page("/grading/rounds/<id>", load=GradingRound, may="public.read")
def round_(one: GradingRound) -> str:
    """A round: its notice and dates, the cut-offs and schemes that bind it, and what is public of its results."""
    inside = bool(access.may(person(), "grading_round.name", one))
    found = queries.applications(one) if inside else queries.public_applications(one)
    today = clock.today()
    return page(
        "grading/round.html", round=one, applications=found, inside=inside, kinds=KINDS, committees=COMMITTEES,
        schemes={kind: queries.scheme(id_) for kind, id_ in one.schemes.items()},
        accepting=one.state == "open" and one.apply_from <= today <= one.apply_until,
        may_apply=bool(access.may(person(), "grading.apply")),
    )  # fmt: skip


@door.page("/grading/schemes", may="public.read")
def schemes_() -> str:
    """Every edition of every scheme."""
    return page("grading/schemes.html", schemes=schemes.schemes(), kinds=KINDS, where=name_of)


@door.page("/grading/schemes/<id>", load=GradingScheme, may="public.read")
def scheme(one: GradingScheme) -> str:
    """One edition, item by item, with the burden it puts on an applicant (S09)."""
    return page("grading/scheme.html", scheme=one, kinds=KINDS, where=name_of(one.jurisdiction))


@form_page(door, "/grading/schemes/new", may="grading_scheme.add")
def new_scheme() -> str | Response:
    """Add an edition, beginning from one that is there."""
    base = queries.scheme(request.args.get("from", ""))
    form = SchemeForm(text=base.text if base else "")
    if form.sent():
        made = schemes.add_scheme(form.text.data)
        remember(_("新版指标已录入；以后开始的评估用它，进行中的不变。"))
        return to("grading.scheme", id=made.public_id)
    return page("grading/new_scheme.html", form=form)


@door.page("/grading/grades/<id>", load=Grade, may="public.read")
def grade(one: Grade) -> str:
    """One grade: from and until when, its certificate, and what became of it."""
    who = person()
    inside = bool(access.may(who, "grade_reduction.read", one))
    lowers = bool(access.may(who, "grade_reduction.propose", one))
    return page(
        "grading/grade.html", grade=one, history=queries.grades_of(one.body_id), inside=inside, today_=clock.today(),
        reductions=[r for r in queries.reductions(one) if inside or r.state == "decided"], triggers=TRIGGERS,
        found=[TRIGGERS[key] for key in lowering.triggers(one)] if lowers else [],
        may_lower=one.state == "valid" and lowers,
        may_take_back=bool(one.return_by and not one.returned_on and access.may(who, "grade.take_back", one)),
    )  # fmt: skip


@door.page("/grading/grades/<id>/certificate.pdf", load=Grade, may="public.read")
def certificate(one: Grade) -> Response:
    """The certificate of a grade that is valid; of one that ended, for its parties."""
    if one.certificate is None or not (one.state == "valid" or access.may(person(), "grade_reduction.read", one)):
        raise Missing(NO_SUCH)
    return files.send(one.certificate, inline=True)


@door.page("/grading/applications/<id>", load=GradingApplication, may="public.read")
def application(one: GradingApplication) -> str:
    """One application; for everybody once its result is public."""
    if one.state not in queries.PUBLIC and not access.may(person(), "grading.read", one):
        raise Missing(NO_SUCH)
    who = person()
    return page(
        "grading/application.html", seen=showing.seen_by(one, who), kinds=KINDS, held=queries.grades_of(one.body_id),
        objection_steps={o.public_id: showing.objection_steps(o, who) for o in queries.objections(one)},
    )  # fmt: skip


@door.page("/grading/applications/<id>/decision.pdf", load=GradingApplication, may="public.read")
def decision(one: GradingApplication) -> Response:
    """The decision."""
    if one.decision is None:
        raise Missing(NO_SUCH)
    return files.send(one.decision, inline=True)


from app.grading import views_apply as views_apply  # noqa: E402 - more routes of the same door
from app.grading import views_case as views_case  # noqa: E402
from app.grading import views_expert as views_expert  # noqa: E402
from app.grading import views_grade as views_grade  # noqa: E402
