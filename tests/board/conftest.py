"""A desk with a busy evening, and browsers that are signed in at it."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from sitelog.web.guards import Identity, load_actor_with
from tests.board.scene import evening

SignIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def stands_still(at: datetime) -> Iterator[datetime]:
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def busy(app: Flask, stands_still: datetime) -> datetime:
    """The house as in the design."""
    evening(stands_still)
    return stands_still


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Sign somebody in on a browser."""
    app.config["WTF_CSRF_ENABLED"] = False

    def browser(who: Actor) -> FlaskClient:
        load_actor_with(app, lambda request: Identity(actor=who, person=who))
        return app.test_client()

    return browser


@pytest.fixture
def desk(sign_in: SignIn, nurse: Actor) -> FlaskClient:
    """The nurse's browser."""
    return sign_in(nurse)
