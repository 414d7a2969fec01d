"""Branches (分支机构, C-03, C-08): of a 社会团体 or foundation, never of a 民非, under no branch, by no region."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.core import changes, clock
from app.core.forms import ChoiceField, LongTextField, TextField, TickField, length, needed
from app.core.law import Finding, Findings
from app.core.words import N_
from app.registration import checks, queries
from app.registration.forms import ProcedureForm
from app.registration.models import Application, Branch
from app.registration.table import ORGANIZATION, Typed, Wanted, procedure
from app.registry.models import Organization
from app.rules import registering


class BranchForm(ProcedureForm):
    """A new branch; it has no legal personality of its own."""

    under = ChoiceField(_l("设立在"), validators=[needed()])
    branch = TextField(
        _l("分支机构的名称"),
        description=_l("例如 青年工作委员会；前面自动冠以组织的全称"),
        validators=[needed(), length(60)],
    )
    by_region = TickField(_l("这一分支机构按地区划分会员或业务"))
    address = TextField(_l("办公地点"), validators=[needed(), length(300)])
    scope = LongTextField(_l("业务范围"), validators=[needed(), length(1000)])
    head = TextField(_l("负责人"), validators=[needed(), length(80)])

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """The organization itself, and its branches (under which none may be set up)."""
        held = queries.branches(organization) if organization else []
        self.under.choices = [
            ("self", _("本组织")), *((one.name, _("分支机构：%(name)s", name=one.name)) for one in held)
        ]  # fmt: skip


class ClosingForm(ProcedureForm):
    """The end of a branch."""

    branch = ChoiceField(_l("要终止的分支机构"), validators=[needed()])
    why = LongTextField(_l("终止的原因"), validators=[needed(), length(1000)])

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """The branches there are."""
        held = queries.branches(organization) if organization else []
        self.branch.choices = [("", _("请选择")), *((one.name, one.name) for one in held)]


def _begin(_applicant: Body, organization: Organization | None) -> Findings:
    yield from registering.branch_allowed(organization.kind if organization else "", False, False)


def _check(application: Application) -> Iterator[Finding]:
    of, values = application.organization, application.values
    assert of is not None
    sure, perhaps = checks.places_in(values["branch"])
    yield from registering.branch_allowed(of.kind, values["under"] != "self", bool(values["by_region"]) or bool(sure))
    yield from registering.branch_perhaps_territorial(perhaps)
    yield from registering.branch_new(values["branch"], [one.name for one in queries.branches(of)])


def _effect(application: Application, _typed: Typed) -> None:
    of, values = application.organization, application.values
    assert of is not None
    made = Branch(
        organization=of, organization_id=of.id, name=values["branch"], address=values["address"],
        scope=values["scope"], head=values["head"], since=clock.today(), place=of.place,
    )  # fmt: skip
    changes.add(made, "branch.add", public=True)


def _close(application: Application, _typed: Typed) -> None:
    of = application.organization
    assert of is not None
    for one in queries.branches(of):
        if one.name == application.values["branch"]:
            changes.amend(one, "branch.close", public=True, until=clock.today())


_SAME: dict[str, Any] = {"applicants": frozenset({ORGANIZATION}), "begin": _begin}
BRANCH = procedure(
    key="branch",
    order=310,
    label=N_("设立分支机构"),
    purpose=N_("社会团体、基金会设立分支机构。民办非企业单位不得设立；分支机构之下不得再设，也不得按地区设立。"),
    form=BranchForm,
    rules=("C-03", "C-08"),
    materials=(Wanted("resolution", N_("理事会的决议")), Wanted("rules", N_("分支机构的管理办法"), optional=True)),
    check=_check,
    effect=_effect,
    **_SAME,
)
CLOSING = procedure(
    key="branch_close",
    order=320,
    label=N_("终止分支机构"),
    purpose=N_("分支机构不再活动时办理。"),
    form=ClosingForm,
    rules=("C-03",),
    materials=(Wanted("resolution", N_("理事会的决议")),),
    effect=_close,
    **_SAME,
)
