"""A desk at which a nurse is signed in, and a browser without a script."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from sitelog.web.guards import Identity, load_actor_with


@pytest.fixture
def the_evening(at: datetime) -> Iterator[None]:
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(app: Flask, nurse: Actor, the_evening: None) -> FlaskClient:
    """A browser at which the nurse is signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=nurse, person=nurse))
    return app.test_client()


def text_of(html: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
