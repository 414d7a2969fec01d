"""A street, community or grid as an administrator types it."""

from flask_babel import lazy_gettext as _l

from app.core.forms import ChoiceField, Form, TextField, WholeField, between, choices, length, looks_like, needed
from app.core.words import N_
from app.places.models import LEVEL_NAMES

BELOW = {level: LEVEL_NAMES[level] for level in ("street", "community", "grid")}


class PlaceForm(Form):
    """A place below the district."""

    level = ChoiceField(_l("级别"), choices=choices(BELOW, N_("请选择")), validators=[needed()])
    code = TextField(
        _l("代码"), validators=[needed(), looks_like(r"\d{9}|\d{12}|\d{15}", N_("代码为 9、12 或 15 位数字。"))]
    )
    name = TextField(_l("名称"), validators=[needed(), length(80)])
    name_en = TextField(_l("英文名称"), validators=[length(120)])
    households = WholeField(_l("户数"), validators=[between(0, 1_000_000)])


class ImportForm(Form):
    """A form that is only a button."""
