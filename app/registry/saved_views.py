"""Saved searches of whoever is signed in, and what they have newly found."""

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.door import form, form_page, page, person, remember, to
from app.core.forms import Form, TextField, length, needed
from app.registry import saved
from app.registry.asking import Asked
from app.registry.forms import ButtonForm
from app.registry.models import SavedSearch
from app.registry.showing import address
from app.registry.views import door


class SaveForm(Form):
    """What a saved search is called."""

    name = TextField(_l("给这个检索起个名字"), validators=[needed(), length(80)])


@form_page(door, "/saved-searches/new", may="saved_search.add")
def save() -> str | Response:
    """Keep the search that stands in the address."""
    asked = Asked.of(request.args.to_dict())
    typed = SaveForm(name=asked.q or None)
    if typed.sent():
        saved.save(person(), typed.name.data, asked)
        remember(_("检索已保存，有新的结果会出现在工作台。"))
        return to("registry.saved_searches")
    lede = _("保存后，凡是新登记的，或新符合条件的组织，会作为新的结果列出。")
    return form(_("保存检索"), typed, _("保存"), lede=lede, cancel=address(asked))


@door.page("/saved-searches", may="saved_search.add")
def saved_searches() -> str:
    """All of mine, with how much is new."""
    mine = [(one, saved.new_since(one).count, address(saved.asked_by(one))) for one in saved.searches_of(person())]
    return page("registry/saved_searches.html", searches=mine, most=saved.KNOWN)


@form_page(door, "/saved-searches/<id>", load=SavedSearch, may="saved_search.amend")
def saved_search(search: SavedSearch) -> str | Response:
    """What one has newly found; the button says that I have seen it."""
    typed = ButtonForm(obj=search)
    if typed.sent():
        saved.look(search)
        remember(_("这些结果已标为看过。"))
        return to("registry.saved_searches")
    url = address(saved.asked_by(search))
    return page("registry/saved_search.html", search=search, new=saved.new_since(search), form=typed, url=url)


@form_page(door, "/saved-searches/<id>/drop", load=SavedSearch, may="saved_search.amend")
def drop_search(search: SavedSearch) -> str | Response:
    """Keep it no longer, after asking once more."""
    typed = ButtonForm(obj=search)
    if typed.sent():
        saved.drop(search)
        remember(_("检索已删去。"))
        return to("registry.saved_searches")
    return form(_("删去这个检索"), typed, _("删去"), tone="warning", caption=search.name, cancel="/saved-searches")
