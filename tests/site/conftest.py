"""A site lead at a browser, at the moment the tests speak of."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from tests.referrals.test_views import signed_in


@pytest.fixture
def the_evening(at: datetime):
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def office(the_evening: None, app: Flask, lead: Actor) -> FlaskClient:
    """A browser at which the site lead is signed in."""
    return signed_in(app, lead)
