"""What a contract needs that the project's figures do not say: proposed from them, decided by the officer."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.awards.models import Award
from app.core.errors import Invalid
from app.core.words import N_
from app.places.queries import name_of
from app.rules.purchasing import months_after

SETTLING = timedelta(days=14)  # the middle month's figures are in by then
BEFORE_THE_END = timedelta(days=20)  # the final evaluation lies in the last month of the term (D-10)
WAYS = {"litigation": N_("诉讼"), "arbitration": N_("仲裁")}
OUTSIDE = N_("评价日期应在服务期限内（%(start)s 至 %(end)s）。")
WRONG_ORDER = N_("期末评价应晚于中期评价。")


@dataclass(frozen=True)
class Terms:
    """Days are counted in days (repair) and working days (acceptance); `daily_per_10000` is 万分之几 a day."""

    beneficiaries: str
    service_place: str
    mid_term_on: date
    final_on: date
    accept_within_days: int = 10
    repair_days: int = 15
    daily_per_10000: int = 5
    cap_percent: int = 10
    personal_kinds: str = "服务对象的姓名、联系方式、住址、家庭状况、服务需求和服务记录，其中可能包含敏感个人信息"
    personal_purpose: str = "核实服务资格、提供约定的服务、接受验收和绩效评价"
    dispute_way: str = "litigation"
    dispute_body: str = "甲方住所地有管辖权的人民法院"


def proposed(award: Award) -> Terms:
    """What is proposed for this award: the term's middle and its last month, the tender's place."""
    project, buyer, where = award.tender.project, award.tender.buyer.name, name_of(award.place)
    start, end = project.term_from, project.term_to
    middle = months_after(start, months(start, end) // 2) + SETTLING
    where = (
        f"{buyer}辖区" if where == award.place else f"{where}（{buyer}辖区）"
    )  # a place not in the table is a bare code
    return Terms(
        beneficiaries=f"{where}内符合采购文件所列条件的服务对象",
        service_place=where,
        mid_term_on=min(middle, end - BEFORE_THE_END - timedelta(days=1)),
        final_on=end - BEFORE_THE_END,
    )


def demand_days(award: Award, terms: Terms) -> None:
    """Raises Invalid unless both evaluations lie in the term, one after the other (D-10)."""
    project = award.tender.project
    for field in ("mid_term_on", "final_on"):
        if not project.term_from <= getattr(terms, field) <= project.term_to:
            raise Invalid(OUTSIDE, {"start": project.term_from, "end": project.term_to}, field)
    if terms.final_on <= terms.mid_term_on:
        raise Invalid(WRONG_ORDER, {}, "final_on")


def months(start: date, end: date) -> int:
    """How many months a term has, a part of one counted whole; both days belong to it."""
    count = 1
    while months_after(start, count) <= end:
        count += 1
    return count
