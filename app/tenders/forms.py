"""What is typed about a tender."""

from flask_babel import lazy_gettext as _l

from app.accounts.queries import people_with
from app.core.forms import (
    ChoiceField,
    Form,
    LongTextField,
    MomentField,
    RadioField,
    TextField,
    WholeField,
    between,
    choices,
    length,
    needed,
)
from app.core.showing import t
from app.core.words import N_
from app.tenders.models import FAILURES, Tender


def holders() -> list[tuple[str, str]]:
    """The people who may keep a share of the key, with their bodies."""
    named = ((one.public_id, f"{one.name} · {one.body.name if one.body else ''}") for one in people_with("keyholder"))
    return [("", t(N_("请选择"))), *named]


class KeyholderForm(Form):
    """Who keeps a share of the key, and for whom they stand."""

    holder = ChoiceField(_l("密钥保管人"), choices=holders, validators=[needed()])
    standing = TextField(_l("代表的单位或身份"), validators=[needed(), length(60)])


class ThresholdForm(Form):
    """How many open together."""

    threshold = WholeField(_l("几位保管人共同开启"), validators=[needed(), between(2, 255)])


class KeyForm(Form):
    """A keyholder's public key."""

    recipient = TextField(_l("公钥（age1 开头）"), validators=[needed(), length(80)])


class PublishForm(Form):
    """The designated medium and the deadline."""

    medium_name = TextField(_l("指定媒体"), validators=[needed(), length(120)])
    medium_url = TextField(_l("公告在该媒体上的网址"), validators=[needed(), length(300)])
    medium_published_at = MomentField(_l("媒体首次发布的时间"), validators=[needed()])
    closes_at = MomentField(_l("投标（响应）截止时间"), validators=[needed()])


class FailForm(Form):
    """On which ground the procurement fails, and why."""

    ground = RadioField(_l("废标的法定情形"), choices=choices(FAILURES), validators=[needed()])
    reason = LongTextField(_l("理由（将公开）"), validators=[needed(), length(2000)])


class ReasonForm(Form):
    """Why."""

    reason = LongTextField(_l("理由（将公开）"), validators=[needed(), length(2000)])


class ButtonForm(Form):
    """A form that is only a button."""


def publishing(tender: Tender) -> PublishForm:
    """The form of publication; the national site is where most notices go."""
    return PublishForm(obj=tender, medium_name=tender.medium_name or t(N_("中国政府采购网")))
