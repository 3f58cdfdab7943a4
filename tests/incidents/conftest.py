"""A desk with two nurses and a lead on tiles, and browsers that are signed in at it."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.staff import actions as staff
from sitelog.web.guards import Identity, load_actor_with

SignIn = Callable[[Actor], FlaskClient]
JOEL = Actor("S03", "Joel T.", "JT", Role.NURSE)


@pytest.fixture
def tiles(app: Flask, at: datetime) -> Iterator[datetime]:
    """The people of the desk have tiles; the clock stands."""
    with time_machine.travel(at, tick=False):
        for name, role, pin in (
            ("Amina K.", "nurse", "271828"),
            ("Marc D.", "lead", "141421"),
            ("Joel T.", "nurse", "314159"),
        ):
            staff.add_account(name, role, password="correct horse", pin=pin, by=OPERATOR, at=at)
        yield at


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Sign somebody in on a browser."""
    app.config["WTF_CSRF_ENABLED"] = False

    def browser(who: Actor) -> FlaskClient:
        load_actor_with(app, lambda request: Identity(actor=who, person=who))
        return app.test_client()

    return browser


@pytest.fixture
def desk(tiles: datetime, sign_in: SignIn, nurse: Actor) -> FlaskClient:
    """The nurse's browser."""
    return sign_in(nurse)
