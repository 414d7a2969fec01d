"""The public pages that show several domains together, and the information pages of the site."""

from flask import Response, request
from flask_babel import gettext as _
from sqlalchemy import select

from app.agreements.queries import of_project
from app.awards.queries import public_result
from app.core import log
from app.core.db import db
from app.core.door import NO_SUCH, page
from app.core.errors import Missing
from app.core.files import StoredFile
from app.evaluations.models import Evaluation
from app.payments.models import Payment
from app.plans.models import Project
from app.tenders import queries as tenders
from app.tenders.models import Tender
from app.transparency.views import door


@door.page("/", may="public.read")
def home() -> str:
    """What this is, and what is open just now."""
    return page("transparency/home.html", tenders=tenders.published(still_open=True), entries=log.size())


@door.page("/projects", may="public.read")
def projects() -> str:
    """Projects with a published tender, newest first."""
    return page("transparency/projects.html", tenders=tenders.published())


@door.page("/projects/<id>", load=Project, may="public.read")
def project(one: Project) -> str:
    """Everything public of a project, in the order of the cycle, each with its log entry."""
    runs = [t for t in tenders.runs_of(one) if tenders.is_public(t)]
    if not runs:
        raise Missing(NO_SUCH)
    tender: Tender = runs[-1]
    contracts = [a for a in of_project(one) if a.state in ("published", "completed", "terminated")]
    paid = list(
        db.session.scalars(
            select(Payment).where(Payment.agreement_id.in_([a.id for a in contracts]), Payment.state == "paid")
        )
    )
    rated = select(Evaluation).where(Evaluation.project_id == one.id, Evaluation.state == "published")
    return page(
        "transparency/project.html", project=one, tender=tender, events=tenders.timeline(tender),
        result=public_result(tender), contracts=contracts, payments=paid,
        evaluations=list(db.session.scalars(rated.order_by(Evaluation.id))),
        entries=[e for a in (tender, *contracts) for e in log.entries_of(a.public_id, public_only=True)],
    )  # fmt: skip


@door.page("/verify/<number>", may="public.read")
def verify(number: str) -> str:
    """Where a paper's QR code leads: the fingerprint of what was kept under this number."""
    found = db.session.scalar(
        select(StoredFile).where(StoredFile.name == f"{number}.pdf").order_by(StoredFile.id.desc())
    )
    if found is None:
        raise Missing(_("没有编号为 %(number)s 的文书。", number=number))
    same = request.args.get("sha256", "").strip().lower()
    return page(
        "transparency/verify.html", number=number, file=found, asked=same, entries=log.entries_of(found.public_id)
    )


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


@door.page("/search", may="public.read")
def search() -> Response:
    """The site search looks in the register."""
    from flask import redirect, url_for

    return redirect(url_for("registry.index", q=request.args.get("q", "")), 303)
