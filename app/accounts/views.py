"""Signing in and out, one's own account, and the people list."""

from flask import Response, current_app, make_response, redirect, request
from flask_babel import gettext as _

from app.accounts import actions, sessions
from app.accounts.forms import ButtonForm, PasswordForm, PersonForm, SecondFactorForm, SignInForm
from app.accounts.models import BODY_KINDS, ROLES, Body
from app.accounts.queries import bodies, people, session_of
from app.core.chrome import SIZES, safe_back
from app.core.door import Door, find, form_page, page, person, remember, to
from app.core.languages import LANGUAGES

door = Door("accounts", __name__)


@form_page(door, "/sign-in", may="public.read")
def sign_in() -> str | Response:
    """The sign-in page."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.sent():
        token = actions.sign_in(
            form.name.data, form.password.data, form.code.data,
            address=request.remote_addr or "", agent=request.user_agent.string,
        )  # fmt: skip
        return _with_cookie(redirect(safe_back(form.next.data or "/desk"), 303), token)
    return page("accounts/sign_in.html", form=form, production=current_app.config["PRODUCTION"])


@form_page(door, "/sign-out", may="account.read_own")
def sign_out() -> str | Response:
    """End this session."""
    form, session = ButtonForm(), sessions.current(request)
    if form.sent() and session:
        actions.sign_out(session)
        answer = to("transparency.home")
        answer.delete_cookie(sessions.COOKIE)
        return answer
    return page("accounts/sign_out.html", form=form)


@door.page("/account", may="account.read_own")
def account() -> str:
    """My account: roles, sessions, password, second factor."""
    labels = [_(ROLES[role]) for role in person().role_names]
    return page("accounts/account.html", live=sessions.live(person()), current=sessions.current(request), roles=labels)


@form_page(door, "/account/password", may="account.read_own")
def password() -> str | Response:
    """Change my password."""
    form = PasswordForm()
    if form.sent():
        actions.change_password(person(), form.old.data, form.password.data, keep=sessions.current(request))
        remember(_("密码已修改，其他登录已全部退出。"))
        return to("accounts.account")
    return page("accounts/password.html", form=form)


@form_page(door, "/account/second-factor", may="account.read_own")
def second_factor() -> str | Response:
    """Set up the one-time code."""
    form = SecondFactorForm(secret=actions.new_second_factor_secret())
    if form.sent():
        actions.enrol_second_factor(person(), form.secret.data, form.code.data)
        remember(_("动态口令已启用。"))
        return to("accounts.account")
    return page("accounts/second_factor.html", form=form, qr=actions.second_factor_qr(person(), form.secret.data))


@form_page(door, "/account/sessions/<int:number>/end", may="account.read_own")
def end_session(number: int) -> str | Response:
    """End one of my sessions."""
    form, session = ButtonForm(), session_of(person(), number)
    if form.sent():
        actions.revoke(session)
        remember(_("该登录已退出。"))
        return to("accounts.account")
    return page("accounts/end_session.html", form=form, session=session)


@door.page("/people", may="person.list")
def people_list() -> str:
    """Who has an account, in which body, with which roles."""
    found = people(request.args.get("q", ""))
    return page("accounts/people.html", people=found, role_labels=lambda one: "、".join(_(r) for r in one.role_titles))


@form_page(door, "/people/new", may="person.add")
def new_person() -> str | Response:
    """Give somebody an account; the first password is shown once."""
    form = PersonForm()
    form.body.choices = [(body.public_id, body.name) for body in bodies(*BODY_KINDS)]
    if form.sent():
        body, password = find(Body, form.body.data), actions.first_password()
        made = actions.add_person(
            name=form.name.data, sign_in_name=form.sign_in_name.data, password=password, roles=set(form.roles.data),
            body=body, place=body.place,
        )  # fmt: skip
        return page("accounts/made.html", made=made, password=password)
    return page("accounts/new_person.html", form=form)


@door.page("/language/<code>", may="public.read")
def language(code: str) -> Response:
    """Choose the language and go back to where one was."""
    return _chosen("lang", code if code in LANGUAGES else "zh")


@door.page("/text/<size>", may="public.read")
def text_size(size: str) -> Response:
    """Choose larger or normal text (无障碍) and go back."""
    return _chosen("text", size if size in SIZES else "normal")


def _chosen(cookie: str, value: str) -> Response:
    answer = make_response(redirect(safe_back(request.args.get("back")), 303))
    answer.set_cookie(cookie, value, max_age=31536000, samesite="Lax")
    return answer


def _with_cookie(answer: Response, token: str) -> Response:
    answer.set_cookie(sessions.COOKIE, token, httponly=True, samesite="Lax", secure=current_app.config["PRODUCTION"])
    return answer
