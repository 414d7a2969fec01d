"""What is done with a project: drafting it, the days of its preparation, its review and its end."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from app.accounts.models import Body
from app.core import access, changes, clock
from app.core.errors import Invalid
from app.core.files import StoredFile
from app.core.law import demand
from app.core.words import N_
from app.plans import checks, queries
from app.plans.given import OPEN, demand_state, fits, not_held, one_of, some
from app.plans.models import EXEMPTIONS, METHODS, PREPARATIONS, TERM_FLAGS, Preparation, Project
from app.plans.parts import (
    add_indicator,
    add_lot,
    add_measure,
    add_payment_term,
    add_source,
    answer_checklist,
    drop,
    import_indicators,
    owner,
)
from app.rules import methods, purchasing

__all__ = [
    "add_indicator", "add_lot", "add_measure", "add_payment_term", "add_source", "answer_checklist", "approve",
    "cancel", "draft", "drop", "edit", "import_indicators", "prepare", "send_back", "set_scoring", "submit",
]  # fmt: skip

FILED = frozenset({"plan_no", "procurement_code"})  # numbers that finance gives after the review
EDITABLE = FILED | {
    "name", "supervisor", "catalogue_code", "service_class", "method", "method_ground", "need", "term_from",
    "term_to", "term_flags", "reserved", "exemption", "complex_", "high_impact",
}  # fmt: skip
OLDEST = timedelta(days=3 * 366)  # a preparation longer ago than this is a slip of the pen
NOT_A_DAY = N_("这一天应在今天或者之前，且不早于 %(oldest)s。")
BAD_URL = N_("网址应以 http:// 或 https:// 开头。")


def draft(
    *, name: str, buyer: Body, supervisor: Body, place: str, fiscal_year: int, catalogue_code: str, service_class: str,
    method: str, term_from: date, term_to: date, reserved: bool, exemption: str | None = None, need: str = "",
    procurement_code: str = "", plan_no: str = "", complex_: bool = False, high_impact: bool = False,
    term_flags: Iterable[str] = (), method_ground: str = "",
) -> Project:  # fmt: skip
    """Begin a project; its number is place-method-year-sequence (F-06). *place* is a division code of 6–12 digits.

    Raises Unlawful for a method or class the law does not know (B-01, A-06), Invalid naming any other field.
    """
    values = _values(
        name=name, supervisor=supervisor, catalogue_code=catalogue_code, service_class=service_class, method=method,
        method_ground=method_ground, need=need, term_from=term_from, term_to=term_to, term_flags=term_flags,
        reserved=reserved, exemption=exemption, complex_=complex_, high_impact=high_impact,
        procurement_code=procurement_code, plan_no=plan_no,
    )  # fmt: skip
    if not re.fullmatch(r"\d{6,12}", place, re.ASCII):
        raise Invalid(N_("请选择项目所在的地区。"), {}, "place")
    if not 2015 <= fiscal_year <= 2100:
        raise Invalid(N_("请填写四位数的预算年度。"), {}, "fiscal_year")
    project = Project(
        number=queries.next_number(place, method, fiscal_year), buyer=buyer, buyer_id=buyer.id, place=place,
        fiscal_year=fiscal_year, drafted_by_id=access.actor().id, **values,
    )  # fmt: skip
    return changes.add(project, "project.draft")


def edit(project: Project, **values: Any) -> Project:
    """Change what a draft says. The numbers finance gives (`FILED`) may follow until a tender is under way.

    A change of method changes the two digits of the project's number that name it. Raises OutOfOrder after review.
    """
    unknown = values.keys() - EDITABLE
    if unknown:
        raise TypeError(f"no such value of a project: {', '.join(sorted(unknown))}")
    demand_state(project, OPEN if values.keys() <= FILED else ("draft",))
    checked = _values(**values)
    if "method" in checked:
        checked["number"] = f"{project.number[:7]}{queries.method_code(checked['method'])}{project.number[9:]}"
    return changes.amend(project, "project.edit", **checked)


def set_scoring(
    project: Project, price: int, technical: int, business: int, low_price_mean_centi: int = 50,
    low_price_second_centi: int = 50, low_price_ceiling_centi: int = 45, pass_mark_centi: int = 6000,
) -> Project:  # fmt: skip
    """Set the points of the three factors (whole points, together 100), the low-price shares and the pass mark.

    The shares are hundredths (0.50 = 50, B-55); the pass mark of the evaluations is in hundredths of a point.
    """
    demand_state(project)
    points = {"price": price, "technical": technical, "business": business, "pass_mark": pass_mark_centi // 100}
    for name, given in points.items():
        if not 0 <= given <= 100:
            raise Invalid(N_("分值从 0 到 100。"), {}, name)
    return changes.amend(
        project, "project.edit", price_weight=price, technical_weight=technical, business_weight=business,
        low_price_mean_centi=low_price_mean_centi, low_price_second_centi=low_price_second_centi,
        low_price_ceiling_centi=low_price_ceiling_centi, pass_mark_centi=pass_mark_centi,
    )  # fmt: skip


def prepare(
    project: Project, kind: str, day: date, detail: str = "", subjects: int | None = None, url: str = "",
    file: StoredFile | None = None,
) -> Preparation:  # fmt: skip
    """Record a step taken before publication (B-13, B-16, B-17, A-14, B-07) with the day it was taken.

    *detail*: what was found, or the number of an approval; *subjects*: how many were asked in a survey.
    """
    one_of(kind, PREPARATIONS, "kind")
    oldest = clock.today() - OLDEST
    if not oldest <= day <= clock.today():
        raise Invalid(NOT_A_DAY, {"oldest": oldest}, "day")
    if url and not re.match(r"https?://[^\s/]", url):
        raise Invalid(BAD_URL, {}, "url")
    if subjects is not None and not 0 <= subjects <= 10**6:
        raise Invalid(N_("调查对象的个数不对。"), {}, "subjects")
    demand_state(project, OPEN)
    new = Preparation(
        **owner(project), kind=kind, day=day, subjects=subjects, file_id=file.id if file else None,
        **fits(Preparation, detail=detail, url=url),
    )  # fmt: skip
    return changes.add(new, "project.prepare")


def submit(project: Project) -> Project:
    """Hand the plan over for review. Raises Unlawful with everything that bars (A-06 … A-17, B-01 … B-12, G-06 …)."""
    access.demand("project.submit", project)
    demand(checks.findings(checks.case(project)))
    return changes.move(project, "submit", submitted_at=clock.now(), review_note="")


def send_back(project: Project, note: str) -> Project:
    """Give the plan back to its drafters, saying why."""
    return changes.move(project, "send_back", review_note=some(note, "note"))


def approve(project: Project) -> Project:
    """Approve the plan as a second person. Raises Unlawful with B-18 for anybody who drafted it."""
    access.demand("project.approve", project)
    who = access.actor()
    demand(checks.review(checks.case(project), who.public_id))
    return changes.move(project, "approve", approved_by_id=who.id, approved_at=clock.now())


def cancel(project: Project, reason: str) -> Project:
    """End a project that will not be bought. Raises OutOfOrder while a tender of it is under way."""
    not_held(project)
    return changes.move(project, "cancel", review_note=some(reason, "reason"))


def _values(**values: Any) -> dict[str, Any]:
    """What was given for a project, as its columns keep it."""
    if "method" in values and values["method"] not in METHODS:
        demand(methods.method_known(values["method"]))
    if "service_class" in values:
        demand(purchasing.content_class_given(values["service_class"]))
    if "exemption" in values:
        values["exemption"] = values["exemption"] or None
        one_of(values["exemption"], {None, *EXEMPTIONS}, "exemption")
    if "term_flags" in values:
        given = set(values["term_flags"])
        one_of(given <= set(TERM_FLAGS), (True,), "term_flags")
        values["term_flags"] = " ".join(flag for flag in TERM_FLAGS if flag in given)
    if "name" in values:
        values["name"] = some(values["name"], "name")
    if "supervisor" in values:
        values["supervisor_id"] = values.pop("supervisor").id
    if "complex_" in values:
        values["complex"] = bool(values.pop("complex_"))
    return fits(Project, **values)
