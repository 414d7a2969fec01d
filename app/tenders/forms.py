"""What is typed about a tender."""

from flask_babel import lazy_gettext as _l

from app.core.forms import ChoiceField, Form, LongTextField, MomentField, TextField, WholeField, between, length, needed


class KeyholderForm(Form):
    """Who keeps a share of the key, and for whom they stand."""

    holder = ChoiceField(_l("密钥保管人"), validators=[needed()])
    standing = TextField(_l("代表的单位或身份"), validators=[needed(), length(60)])


class ThresholdForm(Form):
    """How many open together."""

    threshold = WholeField(_l("几位保管人共同开启"), validators=[needed(), between(2, 20)])


class KeyForm(Form):
    """A keyholder's public key."""

    recipient = TextField(_l("公钥（age1 开头）"), validators=[needed(), length(80)])


class PublishForm(Form):
    """The designated medium and the deadline."""

    medium_name = TextField(_l("指定媒体"), validators=[needed(), length(120)])
    medium_url = TextField(_l("公告网址"), validators=[needed(), length(300)])
    medium_published_at = MomentField(_l("媒体发布时间（北京时间）"), validators=[needed()])
    closes_at = MomentField(_l("投标截止时间（北京时间）"), validators=[needed()])


class ReasonForm(Form):
    """Why."""

    reason = LongTextField(_l("理由"), validators=[needed(), length(2000)])


class ButtonForm(Form):
    """A form that is only a button."""
