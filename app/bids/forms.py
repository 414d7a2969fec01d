"""What bidders and keyholders hand in."""

from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid
from app.core.forms import FileField, Form, LongTextField, needed
from app.core.words import N_

NO_SHARES = N_("请选择份额文件（shares-….json）。")


class SealedForm(Form):
    """A sealed bid."""

    sealed = FileField(_l("密封文件（.sealed.json）"), validators=[needed()])

    def content(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.sealed.data.read())


class WithdrawForm(Form):
    """Yes, take it back."""


class SharesForm(Form):
    """A keyholder's shares: as a file, or as the keyholder's page posts them."""

    file = FileField(_l("份额文件（shares-….json）"))
    shares = LongTextField(_l("份额"))

    def content(self) -> bytes:
        """The shares. Raises Invalid when there are none."""
        given = self.file.data.read() if self.file.data else (self.shares.data or "").encode()
        if not given:
            raise Invalid(NO_SHARES, {}, "file")
        return bytes(given)


class OpenForm(Form):
    """Yes, open now."""
