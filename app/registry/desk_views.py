"""The registrar's pages: imports with a preview, registration by hand, changes, accounts."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.core.door import form, form_page, page, remember, to
from app.core.showing import told
from app.registry import actions, exports, queries
from app.registry.forms import (
    AccountForm,
    AmendForm,
    ButtonForm,
    RegisteredForm,
    RegisterForm,
    SheetForm,
)
from app.registry.import_work import work_on
from app.registry.importing import MOST_BYTES, SMALL_ROWS, rows_in
from app.registry.models import ImportBatch, Organization
from app.registry.steps import barred, fault_of, remarks_on
from app.registry.views import door


@form_page(door, "/registry/imports", may="import.preview", largest=MOST_BYTES + 1024 * 1024)
def imports() -> str | Response:
    """Hand in a sheet; see what was imported before."""
    typed, after = SheetForm(), request.args.get("after", "")
    if typed.sent():
        batch = actions.hand_in(typed.file.data.stream, typed.file.data.filename)
        return to("registry.preview", id=batch.public_id)
    batches = queries.imports(int(after) if after.isdecimal() else None)
    more = url_for("registry.imports", after=batches[-1].id) if len(batches) == queries.PAGE else None
    return page("registry/imports.html", form=typed, batches=batches, more=more)


@form_page(door, "/registry/imports/<id>", load=ImportBatch, may="import.preview")
def preview(batch: ImportBatch) -> str | Response:
    """What confirming would do, row by row; confirm it; how far the worker is with a large sheet."""
    typed = ButtonForm(obj=batch)
    if typed.sent():
        actions.confirm(batch)
        if batch.state == "applied":
            remember(_("已导入：新增 %(new)s，更新 %(changed)s。", new=batch.added, changed=batch.changed))
        return to("registry.preview", id=batch.public_id)
    if batch.state in ("reading", "refused"):
        return page("registry/reading.html", batch=batch, job=work_on(batch), fault=fault_of(batch))
    fate, after = request.args.get("fate", ""), request.args.get("after", "")
    rows = queries.import_rows(batch, fate, int(after) if after.isdecimal() and len(after) < 9 else 0)
    more = url_for("registry.preview", id=batch.public_id, fate=fate or None, after=rows[-1].line) if rows else None
    return page(
        "registry/preview.html", batch=batch, form=typed, fate=fate, fates=exports.FATES, verdicts=exports.VERDICTS,
        rows=[(row, queries.findings(row)) for row in rows], more=more if len(rows) == queries.PAGE else None,
        barred=barred(batch), names=exports.NAMES, job=work_on(batch), so_far=queries.entered(batch),
        small=rows_in(batch) <= SMALL_ROWS, remarks=remarks_on(batch),
    )  # fmt: skip


@form_page(door, "/registry/imports/<id>/go-on", load=ImportBatch, may="import.preview")
def go_on(batch: ImportBatch) -> str | Response:
    """Have the worker go on with an import that broke off."""
    typed = ButtonForm(obj=batch)
    back = url_for("registry.preview", id=batch.public_id)
    if typed.sent():
        actions.go_on(batch)
        remember(_("已请后台接着办理；已导入的部分不会重复导入。"))
        return to("registry.preview", id=batch.public_id)
    return form(_("接着办理"), typed, _("接着办理"), caption=batch.name, cancel=back)


@door.page("/registry/imports/<id>/report.csv", load=ImportBatch, may="import.preview")
def report(batch: ImportBatch) -> Response:
    """The whole report of a preview, streamed."""
    return exports.report_csv(batch)


@form_page(door, "/registry/imports/<id>/discard", load=ImportBatch, may="import.discard")
def discard(batch: ImportBatch) -> str | Response:
    """Give the preview up."""
    typed = ButtonForm(obj=batch)
    if typed.sent():
        actions.discard(batch)
        remember(_("已放弃这次导入，登记册没有改动。"))
        return to("registry.imports")
    back = url_for("registry.preview", id=batch.public_id)
    return form(_("放弃这次导入"), typed, _("放弃"), tone="warning", caption=batch.name, cancel=back)


@form_page(door, "/registry/new", may="organization.register")
def new() -> str | Response:
    """Register by hand."""
    typed = RegisterForm()
    if typed.sent():
        made = actions.register(
            kind=typed.kind.data, level=typed.level.data, fundraising=typed.fundraising.data, place=typed.place.data,
            **{**_registered(typed), "capital_fen": typed.capital.data},
        )  # fmt: skip
        _said(made, _("已登记。"))
        return to("registry.show", id=made.public_id)
    return page("registry/new.html", form=typed)


@form_page(door, "/organizations/<id>/edit", load=Organization, may="organization.amend")
def edit(organization: Organization) -> str | Response:
    """Correct or change what is registered."""
    typed = AmendForm(obj=organization, **_as_typed(organization))
    if typed.sent():
        grade = int(typed.grade.data) if typed.grade.data else None
        actions.amend(organization, **_registered(typed), grade=grade)
        _said(organization, _("变更已记入登记册。"))
        return to("registry.show", id=organization.public_id)
    return page("registry/edit.html", form=typed, organization=organization)


@form_page(door, "/organizations/<id>/deregister", load=Organization, may="organization.deregister")
def deregister(organization: Organization) -> str | Response:
    """Take it out of the register, after asking once more."""
    typed = ButtonForm(obj=organization)
    if typed.sent():
        actions.deregister(organization)
        remember(_("已注销登记。"))
        return to("registry.show", id=organization.public_id)
    back = url_for("registry.show", id=organization.public_id)
    return form(
        _("注销登记"), typed, _("确认注销"), tone="warning", caption=organization.body.name, cancel=back,
        lede=_("注销后不能恢复，该组织不能再投标；已有的记录仍然公开。"),
    )  # fmt: skip


@form_page(door, "/organizations/<id>/account", load=Organization, may="person.add")
def account(organization: Organization) -> str | Response:
    """Give its manager an account; the first password is shown once."""
    typed = AccountForm()
    if typed.sent():
        made, password = actions.give_account(organization, typed.name.data, typed.sign_in_name.data)
        return page("accounts/made.html", made=made, password=password)
    back = url_for("registry.show", id=organization.public_id)
    return form(_("开设机构账号"), typed, _("开设账号"), caption=organization.body.name, cancel=back)


def _registered(typed: RegisteredForm) -> dict[str, Any]:
    """What the form's fields are called in the register."""
    names = ("name", "credit_code", "registrar", "supervising_unit", "address", "scope", "established_on")
    return {
        **{name: getattr(typed, name).data for name in names},
        "legal_representative": typed.legal_representative.data or None,
        "capital_fen": typed.capital.data,
        "fields": _parts(typed.fields.data),
    }


def _parts(typed: str) -> Any:
    return tuple(part.strip() for part in typed.replace("，", "、").replace(",", "、").split("、") if part.strip())


def _as_typed(organization: Organization) -> dict[str, Any]:
    body = organization.body
    grade = str(organization.grade) if organization.grade else None
    return {"name": body.name, "credit_code": body.credit_code or "", "address": body.address, "grade": grade,
            "capital": organization.capital_fen}  # fmt: skip


def _said(organization: Organization, done: str) -> None:
    remember(done)
    for finding in actions.warnings(organization):
        remember(_("请注意：%(what)s（%(rule)s）", what=told(finding), rule=finding.rule))
