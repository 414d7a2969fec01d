"""Charter filing (章程核准): a new edition of the charter and what changed in it; approved editions are public."""

from collections.abc import Iterator
from datetime import date

from flask_babel import lazy_gettext as _l

from app.catalogue.queries import calendar, norms
from app.core import changes, clock
from app.core.forms import DayField, LongTextField, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import governance_queries, queries
from app.registration.forms import ProcedureForm
from app.registration.governance import CharterEdition
from app.registration.models import Application
from app.registration.table import ORGANIZATION, Typed, Wanted, procedure
from app.rules import governing

PUBLISHED = N_("只收 PDF；核准后原样公开，请不要写入个人的证件号码和电话")


class CharterForm(ProcedureForm):
    """When it was adopted and what is new."""

    adopted_on = DayField(_l("通过日期"), description=_l("会员（代表）大会或者理事会通过的日期"), validators=[needed()])
    agreed_on = DayField(_l("业务主管单位同意的日期"), description=_l("直接登记的留空"))
    what_changed = LongTextField(
        _l("修改了什么"), description=_l("逐条写明原来怎样、现在怎样；核准后与章程一起公开。"),
        validators=[needed(), length(4000)],
    )  # fmt: skip


def _check(application: Application) -> Iterator[Finding]:
    assert application.organization is not None
    values, today = application.values, clock.today()
    given = queries.materials(application).get("charter")
    in_force = next(iter(governance_queries.charters(application.organization)), None)
    same = bool(given and in_force and given.file.sha256 == in_force.file.sha256)
    yield from governing.charter_is_new(same, date.fromisoformat(values["adopted_on"]), today)
    if values.get("agreed_on") and application.organization.kind == "association":
        agreed = date.fromisoformat(values["agreed_on"])
        yield from governing.charter_in_time(agreed, today, calendar(), norms(application.place))


def _approve(application: Application, _typed: Typed) -> None:
    organization, given = application.organization, queries.materials(application)["charter"]
    assert organization is not None
    edition = CharterEdition(
        organization=organization, organization_id=organization.id, application_id=application.id,
        number=len(governance_queries.charters(organization)) + 1, approved_on=clock.today(), file=given.file,
        adopted_on=date.fromisoformat(application.values["adopted_on"]), file_id=given.file_id,
        what_changed=application.values["what_changed"], place=organization.place,
    )  # fmt: skip
    changes.add(edition, "charter.approve", public=True)


CHARTER = procedure(
    key="charter",
    order=410,
    label=N_("章程核准"),
    purpose=N_("修改章程后报请登记管理机关核准，核准后生效。现行和以前各版章程都向社会公开。"),
    form=CharterForm,
    applicants=frozenset({ORGANIZATION}),
    rules=("C-04", "G-173"),
    materials=(
        Wanted("charter", N_("修改后的章程"), PUBLISHED, taken=("pdf",)),
        Wanted("minutes", N_("通过章程的会议纪要"), N_("写明应到、实到人数和表决结果")),
        Wanted("consent", N_("业务主管单位的意见"), N_("直接登记的不需要"), optional=True),
    ),
    check=_check,
    effect=_approve,
)  # fmt: skip
