"""The guiding catalogue, the law's dated numbers and the working-day calendar, kept with their sources."""

from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.catalogue import actions, queries
from app.catalogue.forms import DayForm, NormForm
from app.catalogue.year import year_of
from app.core import clock
from app.core.door import Door, form, form_page, page, remember, to

door = Door("catalogue", __name__)
FIRST_YEAR, LAST_YEAR = 2004, 2100  # the calendar library begins with 2004


@door.page("/catalogue", may="public.read")
def index() -> str:
    """The catalogue by its levels, or what a name or code finds."""
    q = request.args.get("q", "")
    return page("catalogue/index.html", items=queries.matching(q), q=q)


@door.page("/rulebook/norms", may="public.read")
def norms() -> str:
    """The numbers by the rule they come from; for a place, those that bind there today are marked."""
    q, place = request.args.get("q", ""), request.args.get("place", "")
    binding = queries.norms(place, clock.today()).found.values() if place.isdecimal() else ()
    marks = {(n.key, n.jurisdiction, n.valid_from) for n in binding}
    return page("catalogue/norms.html", rules=queries.norms_by_rule(q), q=q, place=place, marks=marks)


@form_page(door, "/rulebook/norms/new", may="norm.set")
def new_norm() -> str | Response:
    """Set a dated number; the old one stays for the days it binds."""
    typed = NormForm(**{k: v for k, v in request.args.items() if k in ("key", "unit", "rule", "jurisdiction")})
    if typed.sent():
        actions.set_norm(
            typed.key.data, typed.jurisdiction.data, _day(typed.valid_from), typed.value.data, typed.unit.data,
            typed.rule.data, typed.source.data, typed.valid_to.data,
        )  # fmt: skip
        remember(_("数值已记入，自生效日期起适用。"))
        return to("catalogue.norms", q=typed.key.data)
    lede = _("同一参数可以有多个地区、多个时段的数值；离得最近的地区优先，其次取最近生效的。")
    return form(_("设定参数"), typed, _("记入"), lede=lede, cancel=url_for("catalogue.norms"))


@door.page("/calendar", may="public.read")
def calendar() -> str:
    """A year of working days, with what is laid down by notice and what is provisional."""
    year = _year(request.args.get("year", ""))
    days = queries.calendar_days(year)
    months = year_of(year, queries.calendar())
    provisional = any(day.provisional for month in months for week in month.weeks for day in week if day)
    return page(
        "catalogue/calendar.html", year=year, months=months, days=days, provisional=provisional,
        before=year - 1 if year > FIRST_YEAR else None, after=year + 1 if year < LAST_YEAR else None,
    )  # fmt: skip


@form_page(door, "/calendar/set", may="calendar.set")
def set_day() -> str | Response:
    """Lay down whether a day is worked, with the notice that says so."""
    typed = DayForm()
    if typed.sent():
        day = _day(typed.day)
        actions.set_calendar_day(day, typed.worked.data == "work", typed.source.data)
        remember(_("已记入日历。"))
        return to("catalogue.calendar", year=day.year)
    lede = _("以国务院办公厅的放假安排通知为准；这里记入的优先于系统自带的日历。")
    rules = ["F-20", "F-21", "F-23"]
    return form(_("设定工作日"), typed, _("记入"), lede=lede, rules=rules, cancel=url_for("catalogue.calendar"))


def _year(typed: str) -> int:
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else clock.today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _day(field: Any) -> date:
    day: date = field.data
    return day
