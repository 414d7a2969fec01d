"""The tree of divisions, for anybody to read; administrators import it and add to its foot."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.core.door import NO_SUCH, Door, form, form_page, page, remember, to
from app.core.errors import Missing
from app.places import actions, queries
from app.places.forms import ImportForm, PlaceForm
from app.places.models import LEVEL_NAMES

door = Door("places", __name__)


@door.page("/places", may="place.read")
def index() -> str:
    """The provinces, or what a name or code finds."""
    q = request.args.get("q", "")
    found = queries.named(q) if q.strip() else queries.children(None)
    return page("places/index.html", listed=found, q=q, levels=LEVEL_NAMES, lines=queries.lines_up(found) if q else {})


@door.page("/places/<code>", may="place.read")
def show(code: str) -> str:
    """One division: what it lies in, and what lies in it."""
    here = queries.place(code)
    if here is None:
        raise Missing(NO_SUCH)
    return page(
        "places/show.html", here=here, line=queries.line_up(code), below=queries.children(code), levels=LEVEL_NAMES
    )


@form_page(door, "/places/import", may="place.import")
def import_() -> str | Response:
    """Enter the country's divisions, those that are not in the table yet."""
    typed = ImportForm()
    if typed.sent():
        remember(_("已录入 %(count)s 个地区。", count=actions.import_divisions()))
        return to("places.index")
    lede = _("录入随系统附带的全国省、市、县三级行政区划；已有的不改变，重复录入不产生任何变化。")
    return form(_("录入行政区划"), typed, _("录入"), lede=lede, rules=["F-08"], cancel=url_for("places.index"))


@form_page(door, "/places/new", may="place.add")
def new() -> str | Response:
    """Add a street, a community or a grid."""
    typed = PlaceForm(code=request.args.get("under", ""))
    if typed.sent():
        made = actions.add_place(
            code=typed.code.data, name=typed.name.data, level=typed.level.data, name_en=typed.name_en.data,
            households=typed.households.data,
        )  # fmt: skip
        remember(_("已增加 %(name)s。", name=made.name))
        return to("places.show", code=made.parent_code)
    lede = _("街道 9 位，社区在街道后加 3 位，网格在社区后再加 3 位；上级须已录入。")
    return form(_("增加地区"), typed, _("增加"), lede=lede, rules=["F-08"], cancel=url_for("places.index"))
