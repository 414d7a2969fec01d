"""Applying: whether an organization may, its self-assessment section by section, handing in, acceptance (C-19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.catalogue import queries as catalogue
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.grading import held, queries
from app.grading.given import some, tidy
from app.grading.models import GradingAnswer, GradingApplication, GradingRound
from app.grading.rounds import must_be_open
from app.grading.scheme_models import GradingItem, GradingScheme
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.rules import grading

KINDS = ("pdf", "png", "jpg", "xlsx", "docx")
NOT_REGISTERED = N_("登记册中没有贵单位的社会组织登记，或者已经注销。")
NOT_OPEN_NOW = N_("不在申请期内：%(from_day)s至%(until)s。")
LIVE = N_("贵单位已有一件正在办理的评估申请。")
NOT_DRAFT = N_("申请已经提交，不能再改自评；需要修改的，请登记管理机关退回。")
OTHER_ITEM = N_("这一项不在本次评估的指标中。")
Upload = tuple[bytes, str]


@dataclass(frozen=True)
class Line:
    """One line of the self-assessment as typed; `where` is its name in the form."""

    item: GradingItem
    points: int | None
    note: str
    file: Upload | None = None
    where: str = "lines"

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return self.points is None and not tidy(self.note) and self.file is None


def standing(organization: Organization, round_: GradingRound, **known: Any) -> list[Finding]:
    """What bars this organization from the round, and what has to be looked at, as of today (C-19, C-33).

    *known*: `results` from paper beside those the portal holds, and `investigated`.
    """
    kept = queries.grade_held(organization.body_id)
    applicant = grading.Applicant(
        registrar=organization.registrar, kind=organization.kind, established_on=organization.established_on,
        grade=organization.grade,
        grade_until=organization.grade_until, graded_on=kept.since if kept else None,
        results={**known.get("results", {}), **held.results(organization)},
        penalties=held.penalties(organization.body), investigated=bool(known.get("investigated")),
    )  # fmt: skip
    return grading.eligible(applicant, round_.department.name, clock.today(), catalogue.norms(round_.place))


def begin(round_: GradingRound, *, investigated: bool) -> GradingApplication:
    """Begin the actor's organization's application, the register's answers filled in. Raises Unlawful, OutOfOrder."""
    must_be_open(round_)
    organization = _own_organization()
    if not round_.apply_from <= clock.today() <= round_.apply_until:
        raise OutOfOrder(NOT_OPEN_NOW, {"from_day": round_.apply_from, "until": round_.apply_until})
    if queries.live_application(organization.body) is not None:
        raise OutOfOrder(LIVE)
    demand(standing(organization, round_, investigated=investigated))
    scheme = _scheme(round_, organization)
    made = changes.add(
        GradingApplication(
            round=round_, round_id=round_.id, organization=organization, organization_id=organization.id,
            body_id=organization.body_id, department_id=round_.department_id, scheme=scheme, scheme_id=scheme.id,
            investigated=investigated, inspections={}, place=organization.place, turn=1,
        ),
        "grading.begin",
    )  # fmt: skip
    for item in scheme.items:
        if item.held:
            _answer(made, item, None, held=held.answer(item.held, organization))
    return made


def save_section(application: GradingApplication, lines: Sequence[Line]) -> None:
    """Save what is filled in so far. Raises OutOfOrder once handed in, Unlawful for points beyond the item's."""
    if application.state != "drafted":
        raise OutOfOrder(NOT_DRAFT)
    kept = queries.answers(application)
    typed = [line for line in lines if not line.blank or line.item.id in kept]
    found = [_in_range(line) for line in typed if line.points is not None]
    demand(*found)
    for line in typed:
        if line.item.scheme_id != application.scheme_id:
            raise Invalid(OTHER_ITEM, {}, line.where)
        values: dict[str, Any] = {"points": line.points, "note": tidy(line.note)}
        if line.file is not None:
            values["evidence_id"] = files.keep(*line.file, KINDS, body_id=application.body_id).id
        _answer(application, line.item, kept.get(line.item.id), **values)


def unfinished(application: GradingApplication) -> list[str]:
    """The numbers of items that lack points, or both words and evidence where the register holds no answer."""
    kept = queries.answers(application)
    return [item.number for item in application.scheme.items if not _finished(item, kept.get(item.id))]


def submit(application: GradingApplication) -> GradingApplication:
    """Hand in: whole, and still eligible today. Raises Unlawful."""
    demand(
        grading.all_scored(unfinished(application)),
        standing(application.organization, application.round, investigated=application.investigated),
    )
    total = sum(one.points or 0 for one in queries.answers(application).values())
    return changes.move(application, "submit", submitted_at=clock.now(), self_points=total)


def withdraw(application: GradingApplication) -> GradingApplication:
    """The organization takes its application back; until the result is concluded."""
    return changes.move(application, "withdraw")


def send_back(application: GradingApplication, note: str) -> GradingApplication:
    """Give the self-assessment back for correction, saying what is wrong."""
    return changes.move(application, "send_back", sent_back=some(note, "note"))


def accept(
    application: GradingApplication, *, inspections: Mapping[int, str], source: str, investigated: bool
) -> GradingApplication:
    """Accept, with what the department found on paper where the portal holds nothing. Raises Unlawful (C-19)."""
    unknown = [str(year) for year in inspections]
    if unknown and not tidy(source):
        some(source, "source")
    demand(standing(application.organization, application.round, results=inspections, investigated=investigated))
    return changes.move(
        application, "accept", accepted_by_id=access.actor().id, accepted_at=clock.now(), investigated=investigated,
        inspections={str(year): result for year, result in inspections.items()}, inspections_source=tidy(source),
    )  # fmt: skip


def refuse(application: GradingApplication, reasons: str) -> GradingApplication:
    """Refuse to grade, saying why; the organization reads it."""
    return changes.move(application, "refuse", reasons=some(reasons, "reasons"))


def _own_organization() -> Organization:
    body = getattr(access.actor(), "body", None)
    found = organization_of(body) if body is not None else None
    if found is None or found.state != "registered":
        raise OutOfOrder(NOT_REGISTERED)
    return found


def _scheme(round_: GradingRound, organization: Organization) -> GradingScheme:
    found = queries.scheme(round_.schemes.get(organization.kind, ""))
    assert found is not None, "a round keeps a scheme for every kind"
    return found


def _in_range(line: Line) -> list[Finding]:
    where = f"{line.where}-points"
    return list(grading.points_in_range(line.points or 0, line.item.points, line.item.title, where))


def _finished(item: GradingItem, kept: GradingAnswer | None) -> bool:
    if kept is None or kept.points is None:
        return False
    return bool(item.held or kept.note or kept.evidence_id)


def _answer(
    application: GradingApplication, item: GradingItem, kept: GradingAnswer | None, **values: Any
) -> GradingAnswer:  # fmt: skip
    if kept is not None:
        return changes.amend(kept, "grading.answer", **values)
    new = GradingAnswer(
        application=application, application_id=application.id, item=item, item_id=item.id, place=application.place,
        **values,
    )  # fmt: skip
    return changes.add(new, "grading.answer")
