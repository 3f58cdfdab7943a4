"""A staffed site: one account of each kind, made by the verbs."""

import shutil
from pathlib import Path
from re import search

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sitelog.app import create_app
from sitelog.ground.access import OPERATOR
from sitelog.staff import actions, queries
from sitelog.staff.models import Account
from sitelog.store.transaction import let_go
from tests.conftest import EVENING

PASSWORD = "correct horse"
PINS = {"Amina K.": "271828", "Joel T.": "314159", "Marc D.": "141421"}


@pytest.fixture(scope="session")
def staffed_instance(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nurses and a lead with PINs, an administrator, a funder: hashed once, copied for every test."""
    folder = Path(shutil.copytree(template_instance, tmp_path_factory.mktemp("staffed") / "instance"))
    app = create_app(folder)
    people = [("Amina K.", "nurse"), ("Joel T.", "nurse"), ("Marc D.", "lead"), ("Ada A.", "admin")]
    with app.app_context():
        for name, role in people:
            pin = PINS.get(name)
            actions.add_account(name, role, password=PASSWORD, pin=pin, by=OPERATOR, at=EVENING)
        actions.add_account("Fay F.", "funder", audience="city", password=PASSWORD, by=OPERATOR, at=EVENING)
        let_go()
    return folder


@pytest.fixture
def instance(staffed_instance: Path, tmp_path: Path) -> Path:
    """A fresh copy of the staffed instance."""
    return Path(shutil.copytree(staffed_instance, tmp_path / "instance"))


@pytest.fixture
def staff(app: Flask) -> dict[str, Account]:
    """The accounts, by name."""
    return {one.name: one for one in queries.accounts()}


def csrf(browser: FlaskClient) -> str:
    """The browser's token against forged forms."""
    page = browser.get("/sign-in/password")
    found = search(r'name="csrf-token" content="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(browser: FlaskClient, name: str, **more: str) -> TestResponse:
    """Come in through the door with a password."""
    words = {"name": name, "secret": PASSWORD, "csrf_token": csrf(browser), **more}
    return browser.post("/sign-in", data=words)
