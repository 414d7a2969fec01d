"""What the law says of a project, section by section: the values the rules ask for, taken from the records."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext

from app.catalogue import queries as catalogue
from app.catalogue.models import CatalogueItem
from app.core import clock
from app.core.law import Finding, Norms
from app.core.workdays import Calendar
from app.plans import queries
from app.plans.models import Preparation, Project
from app.plans.queries import Contents
from app.rules import contracting, lint, marks, methods, preparing, purchasing, tendering
from app.rules.methods import Approval, Purchase

ORGANS = frozenset({"bureau", "sub_district", "finance", "supervision"})  # kinds of body that are state organs
SCORED = methods.TENDERS | {"consultation"}  # the methods whose bids are marked; others go by price or by choice
ITEMS = dict(enumerate(purchasing.NEGATIVE_LIST, start=1))
WHOLE = 10_000  # a hundred points, in hundredths


@dataclass(frozen=True)
class Case:
    """A project as the rules see it on one day: its parts, the numbers and the calendar that bind it."""

    project: Project
    parts: Contents
    norms: Norms
    calendar: Calendar
    day: date

    @property
    def level(self) -> str:
        """The buyer's level, which thresholds depend on (B-08 … B-10)."""
        return level_of(self.project.place)

    @property
    def budget_fen(self) -> int:
        """The budget of the purchase."""
        return self.parts.budget_fen

    def latest(self, kind: str) -> Preparation | None:
        """The last entry of this kind of preparation; of the intention the first, from which its days run."""
        found = [one for one in self.parts.preparations if one.kind == kind]
        return (found[0] if kind == "intention" else found[-1]) if found else None

    def day_of(self, kind: str) -> date | None:
        """The day of that entry."""
        found = self.latest(kind)
        return found.day if found else None


def case(project: Project, day: date | None = None, parts: Contents | None = None) -> Case:
    """The case of *project* on *day* (today unless given)."""
    on = day or clock.today()
    return Case(
        project, parts or queries.contents(project), catalogue.norms(project.place, on), catalogue.calendar(), on
    )


def level_of(place: str) -> str:
    """central, province, city or county, from a division code."""
    code = place[:6].ljust(6, "0")
    levels = (("000000", "central"), (f"{code[:2]}0000", "province"), (f"{code[:4]}00", "city"))
    return next((level for like, level in levels if code == like), "county")


def by_section(case: Case) -> dict[str, list[Finding]]:
    """What is wrong with the plan, under the section where it can be put right."""
    return {name: list(check(case)) for name, check in SECTIONS.items()}


def findings(case: Case) -> list[Finding]:
    """Everything the rules find wrong with the plan; what bars stands between it and the review."""
    return [one for found in by_section(case).values() for one in found]


def review(case: Case, reviewer: str) -> list[Finding]:
    """The same, and that *reviewer* (a public id) is nobody who drafted it (B-18)."""
    return [*preparing.reviewer_is_another(sorted(queries.drafters(case.project)), reviewer), *findings(case)]


def before_publication(case: Case) -> list[Finding]:
    """What must have happened before the notice goes out on the case's day (A-14, B-07, B-13 … B-17)."""
    project, day = case.project, case.day
    return [
        *preparing.plan_filed(project.plan_no),
        *preparing.assessed_before(case.day_of("ex_ante_assessment"), day),
        *preparing.intent_long_enough(case.day_of("intention"), day, case.calendar, case.norms),
        *preparing.public_asked(project.service_class, case.day_of("public_comment"), day),
        *preparing.need_surveyed(
            project.service_class, case.budget_fen, _survey(case), day, case.norms, project.complex
        ),
        *method_approved(case, day),
    ]  # fmt: skip


def method_approved(case: Case, starts_on: date) -> Iterable[Finding]:
    """B-07 for an activity that starts on *starts_on*."""
    return methods.approved_above_threshold(
        case.project.method, case.budget_fen, case.level, _approval(case), starts_on, case.norms
    )


def _basics(case: Case) -> Iterator[Finding]:
    project, kind = case.project, case.project.buyer.kind
    flags = dict.fromkeys(project.term_flags.split(), True)
    yield from purchasing.buyer_allowed("state_organ" if kind in ORGANS else kind)
    yield from purchasing.content_class_given(project.service_class)
    yield from purchasing.catalogue_and_budget_first(_in_catalogue(project), budget_arranged=True)
    yield from preparing.procurement_code_given(project.procurement_code)
    yield from methods.method_known(project.method)
    yield from methods.ground_given(project.method, project.method_ground)
    yield from purchasing.term_allowed(project.term_from, project.term_to, flags, case.norms)
    yield from lint.words_that_narrow(project.need, "need")


def _sources(case: Case) -> Iterator[Finding]:
    sources = case.parts.sources
    arranged = bool(sources) and all(one.budget_line.appropriated_fen > 0 for one in sources)
    yield from purchasing.catalogue_and_budget_first(in_catalogue=True, budget_arranged=arranged)
    for one in sources:
        line = one.budget_line
        money = purchasing.Money(f"{gettext(line.label)} {line.line}", line.appropriated_fen, line.committed_fen)
        yield from purchasing.within_appropriation(money, one.amount_fen)
    yield from purchasing.sources_cover_ceilings(
        [one.amount_fen for one in sources], [one.ceiling_fen for one in case.parts.lots]
    )
    yield from _not_split(case)


def _not_split(case: Case) -> Iterator[Finding]:
    """Purse by purse, against the buyer's other purchases of the year (B-12)."""
    if case.project.method == "open_tender":
        return
    earlier, allowed = queries.earlier_purchases(case.project), case.latest("method_approval") is not None
    for one in case.parts.sources:
        line, p = one.budget_line_id, case.project
        new = Purchase(p.name, str(line), p.catalogue_code, p.fiscal_year, p.method, one.amount_fen, allowed)
        others = [purchase for number, purchase in earlier if number == line]
        yield from methods.not_split(new, others, case.level, case.norms)


def _indicators(case: Case) -> Iterator[Finding]:
    scheme = [
        preparing.Indicator(i.level3, preparing.PARTS.get(i.level1, ""), i.weight_centi, bool(i.target))
        for i in case.parts.indicators
    ]
    yield from preparing.indicators_set(scheme)
    yield from preparing.outcome_weighs_enough(scheme, case.norms)


def _payment(case: Case) -> Iterator[Finding]:
    percents: list[Any] = [Decimal(one.share_centi) / 100 for one in case.parts.terms]  # 33.33% is a share too
    yield from contracting.shares_make_whole(percents, case.norms)


def _checklist(case: Case) -> Iterator[Finding]:
    yield from purchasing.negative_list_clear({ITEMS[one.item]: one.applies for one in case.parts.answers})


def _scoring(case: Case) -> Iterator[Finding]:
    p = case.project
    if p.method not in SCORED:
        return
    points = {"price": p.price_weight * 100, "technical": p.technical_weight * 100, "business": p.business_weight * 100}
    yield from tendering.scores_sum(points, case.norms)
    yield from tendering.price_weight_allowed(p.method, points["price"], WHOLE, case.norms)
    yield from marks.low_price_shares_allowed(low_price_shares(p), case.norms)


def _sme(case: Case) -> Iterator[Finding]:
    p = case.project
    choice = preparing.SmeChoice(p.reserved, p.exemption, clock.day_of(p.made_at))
    yield from preparing.sme_choice_made(choice, case.budget_fen, case.day, case.norms, social_expected=True)


def _preparations(case: Case) -> Iterator[Finding]:
    yield from method_approved(case, case.day + timedelta(days=1))  # nothing can start before tomorrow


def low_price_shares(project: Project) -> marks.LowPriceShares:
    """The shares of the low-price review as the project sets them (B-55)."""
    centi = (project.low_price_mean_centi, project.low_price_second_centi, project.low_price_ceiling_centi)
    return marks.LowPriceShares(*(Fraction(one, 100) for one in centi))


def _survey(case: Case) -> preparing.Survey | None:
    found = case.latest("need_survey")
    return preparing.Survey(found.day, found.subjects or 0) if found else None


def _approval(case: Case) -> Approval | None:
    consent, approval = case.latest("method_consent"), case.latest("method_approval")
    if consent is None or approval is None:
        return None
    return Approval(approval.detail, consent.day, approval.day)


def item_of(project: Project) -> CatalogueItem | None:
    """The line of the guiding catalogue that is bought."""
    return catalogue.item(project.catalogue_code)


def _in_catalogue(project: Project) -> bool:
    found = item_of(project)
    return found is not None and found.level == 3


SECTIONS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "basics": _basics,
    "sources": _sources,
    "indicators": _indicators,
    "payment": _payment,
    "checklist": _checklist,
    "scoring": _scoring,
    "sme": _sme,
    "preparations": _preparations,
}
