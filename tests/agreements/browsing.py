"""Somebody at the pages of contracts and payments: forms opened and sent back, and what they said."""

import io
import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.core.waiting import Waiting
from tests.http import client_as
from tests.plans.world import who

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def sign_in(app: Flask, name: str) -> FlaskClient:
    """A client signed in as the person with this sign-in name."""
    return client_as(app, who(name))


def hidden(text: str, name: str) -> str:
    """What a hidden field of a page carries."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert found, name
    return found[1]


def opened(client: FlaskClient, url: str) -> dict[str, str]:
    """The hidden fields of a page's form, as a browser would send them back."""
    shown = client.get(url)
    assert shown.status_code == 200, shown.text
    return {name: hidden(shown.text, name) for name in ("once", "version") if f'name="{name}"' in shown.text}


def send(client: FlaskClient, url: str, **typed: object) -> TestResponse:
    """Open a page's form and send it back with what is typed."""
    return client.post(url, data={**opened(client, url), **typed})


def upload(client: FlaskClient, url: str, content: bytes, name: str = "signed.pdf", **typed: object) -> TestResponse:
    """Send a form with a file."""
    given = {**opened(client, url), **typed, "file": (io.BytesIO(content), name)}
    return client.post(url, data=given, content_type="multipart/form-data")


def left_in_chinese(client: FlaskClient, url: str, names: tuple[str, ...]) -> list[str]:
    """What is still Chinese on a page in English, but for *names* of bodies, people, projects and papers."""
    refresh()  # the test's own app context remembers the language of the page before
    client.set_cookie("lang", "en")
    text = client.get(url).text
    client.delete_cookie("lang")
    refresh()
    main = re.sub(
        r"<(script|title)[^>]*>.*?</\1>", "", text[text.index("<main") : text.index("</main>")], flags=re.DOTALL
    )
    for name in sorted(names, key=len, reverse=True):
        main = main.replace(name, "")
    return CHINESE.findall(main)


def waits(app: Flask, waiting: Callable[[Person], list[Waiting]], name: str) -> list[Waiting]:
    """What a domain says waits for somebody, asked as their desk asks it."""
    with app.test_request_context():
        return waiting(who(name))
