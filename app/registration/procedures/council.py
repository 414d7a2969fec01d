"""Change of council (理事会换届): a new term with its members (C-10)."""

from collections.abc import Iterator
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core import clock
from app.core.forms import DayField, LongTextField, TickField, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import councils, governance_queries
from app.registration.forms import ProcedureForm
from app.registration.models import Application
from app.registration.table import ORGANIZATION, Wanted, procedure
from app.registry.models import Organization
from app.rules import governing, organizations

LIST = N_(
    "每行一人：姓名 职务，例如“李明 理事长”。在本组织领取报酬的在后面加“领薪”，与其他理事有近亲属关系的加“近亲属”。"
    "监事不写在这里。姓名和职务核准后公开，其余不公开。"
)


class CouncilForm(ProcedureForm):
    """The term and its members; the list starts from those who sit now."""

    elected_on = DayField(_l("选举日期"), validators=[needed()])
    since = DayField(_l("本届任期的第一天"), validators=[needed()])
    until = DayField(
        _l("本届任期的最后一天"), description=_l("基金会每届不超过五年，例如 2026-03-01 至 2031-02-28"),
        validators=[needed()],
    )  # fmt: skip
    council = LongTextField(
        _l("理事名单"),
        description=_l(LIST),
        validators=[needed(), length(3000)],
    )  # fmt: skip
    private_funds = TickField(_l("本组织是用私人财产设立的非公募基金会"))

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """Start from the council that sits; only foundations are asked what property they were set up with."""
        if organization is None:
            return
        if organization.kind != "foundation":
            del self.private_funds
        if self.council.data is None and self.council.raw_data is None:
            self.council.data = councils.as_typed(next(iter(governance_queries.terms(organization)), None))


def _check(application: Application) -> Iterator[Finding]:
    organization, numbers = application.organization, norms(application.place)
    assert organization is not None
    seats = councils.seats(application.values["council"])
    since, until, elected = councils.days(application)
    before = next((one.since for one in governance_queries.terms(organization)), None)
    yield from governing.term_follows(elected, since, until, clock.today(), before)
    yield from governing.term_length(organization.kind, since, until, numbers)
    yield from governing.seats_told_apart(seats)
    yield from governing.head_on_the_council(organization.legal_representative or "", seats)
    if organization.kind == "foundation":
        yield from _foundation(application, organization, seats)


def _foundation(application: Application, organization: Organization, seats: list[governing.Seat]) -> Iterator[Finding]:
    numbers, private = norms(application.place), bool(application.values.get("private_funds"))
    yield from organizations.council_size(len(seats), numbers)
    yield from governing.paid_seats(seats, numbers)
    yield from governing.related_seats(seats, private, numbers)
    yield from governing.private_is_non_public(private, organization.fundraising == "public")
    yield from (replace(one, field=None) for one in councils.head_elsewhere(organization))


COUNCIL = procedure(
    key="council",
    order=400,
    label=N_("理事会换届"),
    purpose=N_("理事会任期届满或者提前改选后报请登记新一届理事会。任期和理事的姓名、职务向社会公开。"),
    form=CouncilForm,
    applicants=frozenset({ORGANIZATION}),
    rules=("C-10", "G-170", "G-171"),
    materials=(
        Wanted("minutes", N_("选举会议纪要"), N_("写明应到、实到人数和表决结果，由出席人签名")),
        Wanted("members", N_("新任理事的基本情况"), N_("不要附身份证复印件：到窗口核对原件")),
        Wanted("consent", N_("业务主管单位的意见"), N_("直接登记的不需要"), optional=True),
        Wanted("sole_head", N_("法定代表人未担任其他组织法定代表人的声明"), N_("基金会提交"), optional=True),
    ),
    check=_check,
    effect=councils.seat,
)
