"""The pages of service points: public page and poster, and what the organization's people write."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core import files, log
from app.core.door import NO_SUCH, form_page, page, remember, to
from app.core.errors import Missing
from app.registry import points, posters
from app.registry.models import Organization
from app.registry.photos import MOST_BYTES
from app.registry.point_forms import ButtonForm, PointForm, StaffForm
from app.registry.point_models import PointStaff, ServicePoint
from app.registry.views import door
from app.rules.service_points import SIX


@door.page("/points/<id>", load=ServicePoint, may="public.read")
def point(one: ServicePoint) -> str:
    """A service point as everybody sees it: the six things on its wall."""
    if one.state == "draft":
        raise Missing(NO_SUCH)
    entries = log.entries_of(one.public_id, public_only=True)[-1:]
    return page("registry/point.html", point=one, shown=one.shown, six=SIX, sizes=posters.SIZES, entries=entries)


@door.page("/points/<id>/poster-<size>.pdf", load=ServicePoint, may="public.read")
def poster(one: ServicePoint, size: str) -> Response:
    """The poster to hang on the wall."""
    content = posters.poster(one, size)
    return files.send_bytes(content, f"{one.name}-{posters.SIZES[size]}.pdf", "application/pdf", inline=True)


@door.page("/points/<id>/photos/<staff>.jpg", load=ServicePoint, may="public.read")
def photo(one: ServicePoint, staff: str) -> Response:
    """A photo of somebody who agreed to be shown."""
    return files.send(points.photo_of(one, staff), inline=True)


@door.page("/organizations/<id>/points", load=Organization, may="service_point.edit")
def points_list(organization: Organization) -> str:
    """The organization's service points, for its own people."""
    found = points.points_of(organization, public=False)
    rows = [(one, points.changed(one), points.missing(one)) for one in found]
    return page("registry/points.html", organization=organization, rows=rows)


@form_page(door, "/organizations/<id>/points/new", load=Organization, may="service_point.add")
def new_point(organization: Organization) -> str | Response:
    """Write down another service point."""
    typed = PointForm(channels=_("投诉电话："))
    if typed.sent():
        made = points.add(organization, **_typed(typed))
        remember(_("已保存。添加工作人员，六项齐全后确认公示。"))
        return to("registry.manage_point", id=made.public_id)
    return page("registry/point_edit.html", form=typed, organization=organization, title=_("添加服务点"))


@door.page("/points/<id>/manage", load=ServicePoint, may="service_point.edit")
def manage_point(one: ServicePoint) -> str:
    """What is written, what is missing, what can be done."""
    return page(
        "registry/point_manage.html", point=one, written=points.content(one), staff=points.staff_of(one), six=SIX,
        missing=points.missing(one), changed=points.changed(one), sizes=posters.SIZES,
    )  # fmt: skip


@form_page(door, "/points/<id>/edit", load=ServicePoint, may="service_point.edit")
def edit_point(one: ServicePoint) -> str | Response:
    """Change what is written."""
    typed = PointForm(obj=one)
    if typed.sent():
        points.edit(one, **_typed(typed))
        return _managed(one, _("已保存，确认之后公示。"))
    return page("registry/point_edit.html", form=typed, organization=one.organization, title=_("修改服务点"), point=one)


@form_page(door, "/points/<id>/staff", load=ServicePoint, may="service_point.edit")
def add_point_staff(one: ServicePoint) -> str | Response:
    """Add somebody who works there."""
    typed = StaffForm()
    if typed.sent():
        file = typed.photo.data
        points.add_staff(
            one, name=typed.name.data, duty=typed.duty.data, agreed=typed.agreed.data,
            photo=(file.read(MOST_BYTES + 1), file.filename) if file else None,
        )  # fmt: skip
        return _managed(one, _("已添加，确认之后公示。"))
    return page("registry/point_staff.html", form=typed, point=one)


@form_page(door, "/point-staff/<id>/remove", load=PointStaff, may="service_point.edit")
def remove_point_staff(one: PointStaff) -> str | Response:
    """Take somebody off the wall."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        points.remove_staff(one)
        return _managed(one.point, _("已移除，公开页面上也不再显示。"))
    lede = _("移除后，公开页面立即不再显示姓名和照片；已经张贴的海报请换下。")
    back = url_for("registry.manage_point", id=one.point.public_id)
    return _button(typed, _("移除工作人员"), _("确认移除"), one.name, lede, back)


@form_page(door, "/points/<id>/confirm", load=ServicePoint, may="service_point.confirm")
def confirm_point(one: ServicePoint) -> str | Response:
    """Make what is written public."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        points.confirm(one)
        return _managed(one, _("已公示。可以打印海报。"))
    return page("registry/point_confirm.html", form=typed, point=one, missing=points.missing(one))


@form_page(door, "/points/<id>/close", load=ServicePoint, may="service_point.close")
def close_point(one: ServicePoint) -> str | Response:
    """Show it no more."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        points.close(one)
        remember(_("已停止公示。"))
        return to("registry.points_list", id=one.organization.public_id)
    lede = _("停止后不能恢复；二维码打开的页面会说明已停止公示。")
    back = url_for("registry.manage_point", id=one.public_id)
    return _button(typed, _("停止公示"), _("确认停止"), one.name, lede, back)


def _typed(form: PointForm) -> dict[str, Any]:
    return {name: getattr(form, name).data for name in points.COLUMNS}


def _managed(one: ServicePoint, done: str) -> Response:
    remember(done)
    return to("registry.manage_point", id=one.public_id)


def _button(typed: Any, title: str, button: str, caption: str, lede: str, back: str) -> str:
    return page(
        "_layout/form.html", title=title, form=typed, button=button, caption=caption, lede=lede, cancel=back,
        tone="warning",
    )  # fmt: skip
