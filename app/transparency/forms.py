"""What a reader hands in to have a paper compared."""

from flask_babel import lazy_gettext as _l

from app.core.forms import FileField, Form, TextField, length, looks_like
from app.core.words import N_


class CompareForm(Form):
    """A file, or its fingerprint typed in."""

    paper = FileField(_l("您手里的文件"))
    sha256 = TextField(
        _l("或者它的 SHA-256"),
        validators=[length(64), looks_like(r"(?i)[0-9a-f]{64}", N_("SHA-256 是 64 个十六进制字符（0–9、a–f）。"))],
    )
