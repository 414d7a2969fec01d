"""Party-organization information (党组织信息): what there is, who heads it, how many members, or why there is none."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core import changes, clock
from app.core.forms import ChoiceField, LongTextField, TextField, WholeField, between, choices, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import governance_queries
from app.registration.forms import ProcedureForm
from app.registration.governance import PartyOrganization
from app.registration.models import Application
from app.registration.table import ORGANIZATION, Typed, Wanted, procedure
from app.registry.models import Organization
from app.rules import governing
from app.rules.governing import PARTY_KINDS

KEPT = ("kind", "name", "secretary", "members", "reason")


class PartyForm(ProcedureForm):
    """What is told; starts from what was told last."""

    kind = ChoiceField(_l("党组织的形式"), choices=choices(PARTY_KINDS, N_("请选择")), validators=[needed()])
    name = TextField(_l("党组织名称"), validators=[length(120)])
    secretary = TextField(_l("书记"), description=_l("只供登记管理机关查看，不公开"), validators=[length(80)])
    members = WholeField(_l("党员人数"), validators=[needed(), between(0, 10_000_000)])
    reason = LongTextField(
        _l("尚未建立的原因和打算"), description=_l("已经建立的不用填写"), validators=[length(1000)]
    )  # fmt: skip

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """Start from what was told last."""
        told = governance_queries.party_of(organization) if organization else None
        if told is not None and self.kind.data is None and self.kind.raw_data is None:
            for name in KEPT:
                self[name].data = getattr(told, name)


def _check(application: Application) -> Iterator[Finding]:
    values = application.values
    yield from governing.party_told(values["kind"], values["secretary"], values["members"], values["reason"])
    yield from governing.party_expected(values["kind"], values["members"], norms(application.place))


def _keep(application: Application, _typed: Typed) -> None:
    organization, today = application.organization, clock.today()
    assert organization is not None
    before = governance_queries.party_of(organization)
    if before is not None:
        changes.amend(before, "party.end", ended_on=today)
    told = {name: application.values[name] or ("" if name != "members" else 0) for name in KEPT}
    made = PartyOrganization(
        organization=organization, organization_id=organization.id, application_id=application.id, since=today,
        place=organization.place, **told,
    )  # fmt: skip
    changes.add(made, "party.keep")


PARTY = procedure(
    key="party",
    order=420,
    label=N_("党组织信息"),
    purpose=N_("报告本组织建立党组织的情况，有变化时再报。逾期未报告的，登记管理机关会核实。"),
    form=PartyForm,
    applicants=frozenset({ORGANIZATION}),
    rules=("C-25", "G-174"),
    materials=(Wanted("approval", N_("上级党组织的批复"), N_("已经建立的提交"), optional=True),),
    check=_check,
    effect=_keep,
)
