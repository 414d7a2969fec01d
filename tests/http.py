"""Somebody at a browser, without the browser: a test client that is signed in."""

from flask import Flask
from flask.testing import FlaskClient

from app.accounts import sessions
from app.accounts.models import Person
from app.core.db import writing


def client_as(app: Flask, person: Person | None) -> FlaskClient:
    """A client with a live session of *person* (or of nobody); read pages with `.get(…).text`."""
    client = app.test_client()
    if person is not None:
        with writing():
            token = sessions.start(person, second_factor=True, address="127.0.0.1", agent="test")
        client.set_cookie(sessions.COOKIE, token)
    return client
