"""What people type about themselves."""

from flask_babel import lazy_gettext as _l

from app.accounts.models import ROLES
from app.core.forms import (
    ChoiceField,
    Form,
    HiddenField,
    ManyField,
    PasswordField,
    TextField,
    choices,
    length,
    looks_like,
    needed,
    same_as,
)


class SignInForm(Form):
    """Name, password and, for those who have one, the one-time code."""

    name = TextField(_l("用户名"), validators=[needed(), length(40)])
    password = PasswordField(_l("密码"), validators=[needed()])
    code = TextField(_l("动态口令"), validators=[length(8)])
    next = HiddenField()


class PasswordForm(Form):
    """The old password and the new one twice."""

    old = PasswordField(_l("现在的密码"), validators=[needed()])
    password = PasswordField(_l("新密码"), validators=[needed()])
    again = PasswordField(
        _l("再输一次新密码"), validators=[needed(), same_as("password", _l("两次输入的新密码不一致。"))]
    )


class SecondFactorForm(Form):
    """A code from the authenticator that has just scanned the secret."""

    secret = HiddenField()
    code = TextField(_l("6 位动态口令"), validators=[needed(), length(8)])


class PersonForm(Form):
    """A new account: in which body, with which roles."""

    name = TextField(_l("姓名"), validators=[needed(), length(80)])
    sign_in_name = TextField(
        _l("用户名"), validators=[needed(), looks_like(r"[a-z0-9._-]{3,40}", _l("用户名为 3 至 40 位小写字母或数字。"))]
    )
    body = ChoiceField(_l("单位"), validators=[needed()])
    roles = ManyField(_l("角色"), choices=choices(ROLES), validators=[needed()])


class ButtonForm(Form):
    """A form that is only a button."""
