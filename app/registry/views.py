"""The register: the public list and profile, imports with a preview, registration by hand."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.door import Door, form, form_page, page, person, remember, to
from app.registry import actions, queries
from app.registry.forms import AccountForm, ButtonForm, RegisterForm, SheetForm
from app.registry.models import FACT_KINDS, KINDS, ImportBatch, Organization
from app.registry.standing import facts_on

door = Door("registry", __name__)


@door.page("/organizations", may="public.read")
def index() -> str:
    """The register, a page at a time."""
    q, after = request.args.get("q", ""), request.args.get("after", "")
    found = queries.organizations(q, int(after) if after.isdecimal() else 0)
    more = url_for("registry.index", q=q, after=found[-1].id) if len(found) == queries.PAGE else None
    return page("registry/index.html", found=found, q=q, more=more, kinds=KINDS)


@door.page("/organizations/<id>", load=Organization, may="public.read")
def show(organization: Organization) -> str:
    """One organization."""
    facts = facts_on(organization.body, clock.today())
    return page("registry/show.html", organization=organization, kinds=KINDS, facts=facts, fact_kinds=FACT_KINDS)


@form_page(door, "/registry/imports", may="import.preview")
def imports() -> str | Response:
    """Hand in a sheet; see what was imported before."""
    typed = SheetForm()
    if typed.sent():
        batch = actions.preview_import(typed.file.data.read(), typed.file.data.filename)
        return to("registry.preview", id=batch.public_id)
    return page("registry/imports.html", form=typed, batches=queries.imports())


@form_page(door, "/registry/imports/<id>", load=ImportBatch, may="import.preview")
def preview(batch: ImportBatch) -> str | Response:
    """What confirming would do, row by row; confirm it, all or nothing."""
    typed = ButtonForm(obj=batch)
    if typed.sent():
        actions.apply_import(batch)
        remember(_("已导入：新增 %(new)s，更新 %(changed)s。", new=batch.added, changed=batch.changed))
        return to("registry.preview", id=batch.public_id)
    return page("registry/preview.html", batch=batch, form=typed)


@form_page(door, "/registry/imports/<id>/discard", load=ImportBatch, may="import.discard")
def discard(batch: ImportBatch) -> str | Response:
    """Give the preview up."""
    typed = ButtonForm(obj=batch)
    if typed.sent():
        actions.discard(batch)
        return to("registry.imports")
    return form(
        _("放弃这次导入"), typed, _("放弃"), tone="warning", caption=batch.name, cancel=url_for("registry.imports")
    )


@form_page(door, "/registry/new", may="organization.register")
def new() -> str | Response:
    """Register by hand."""
    typed = RegisterForm()
    if typed.sent():
        made = actions.register(
            name=typed.name.data, kind=typed.kind.data, credit_code=typed.credit_code.data,
            registrar=typed.registrar.data, supervising_unit=typed.supervising_unit.data,
            legal_representative=typed.legal_representative.data, capital_fen=typed.capital.data,
            address=typed.address.data, scope=typed.scope.data, fields=tuple((typed.fields.data or "").split("、")),
            place=person().place,
        )  # fmt: skip
        remember(_("已登记。"))
        return to("registry.show", id=made.public_id)
    return form(_("登记社会组织"), typed, _("登记"), rules=["C-13", "C-14", "C-15"], cancel=url_for("registry.imports"))


@form_page(door, "/organizations/<id>/account", load=Organization, may="person.add")
def account(organization: Organization) -> str | Response:
    """Give its manager an account."""
    typed = AccountForm()
    if typed.sent():
        made, password = actions.give_account(organization, typed.name.data, typed.sign_in_name.data)
        return page("accounts/made.html", made=made, password=password)
    back = url_for("registry.show", id=organization.public_id)
    return form(_("开设机构账号"), typed, _("开设账号"), caption=organization.body.name, cancel=back)
