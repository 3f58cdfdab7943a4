"""A desk with two nurses and a lead on tiles, and browsers that are signed in at it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.app import create_app
from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.staff import actions as staff
from sitelog.store.transaction import let_go
from sitelog.web.guards import Identity, load_actor_with
from tests.conftest import EVENING

SignIn = Callable[[Actor], FlaskClient]
JOEL = Actor("S03", "Joel T.", "JT", Role.NURSE)


TILES = (("Amina K.", "nurse", "271828"), ("Marc D.", "lead", "141421"), ("Joel T.", "nurse", "314159"))


@pytest.fixture(scope="session")
def tiled_instance(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The people of the desk have tiles: hashed once, copied for every test."""
    folder = Path(shutil.copytree(template_instance, tmp_path_factory.mktemp("tiled") / "instance"))
    app = create_app(folder)
    with app.app_context():
        for name, role, pin in TILES:
            staff.add_account(name, role, password="correct horse", pin=pin, by=OPERATOR, at=EVENING)
        let_go()
    return folder


@pytest.fixture
def instance(tiled_instance: Path, tmp_path: Path) -> Path:
    """A fresh copy of the instance with tiles."""
    return Path(shutil.copytree(tiled_instance, tmp_path / "instance"))


@pytest.fixture
def tiles(app: Flask, at: datetime) -> Iterator[datetime]:
    """The people of the desk have tiles; the clock stands."""
    with time_machine.travel(at, tick=False):
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
