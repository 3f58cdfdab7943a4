"""What every test stands on: a fresh instance of a small site, its staff and a fixed moment."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from sitelog.app import create_app
from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.ground.settings import FILE
from sitelog.site import actions as site
from sitelog.site import defaults
from sitelog.store import keys, schema
from sitelog.store.db import db
from sitelog.store.transaction import let_go
from tests import once
from tests.postgresql import Server, serving

# A Tuesday evening at the site of the tests (18:42:07 in Toronto).
NOON = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)
# When it was set up.
SET_UP = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

once.share()

# How long an example takes is the machine's affair.
settings.register_profile("sitelog", deadline=None)
settings.load_profile("sitelog")


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and a test leaves little: looking through it took a fifth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever is marked `both_databases` and needs an instance runs on each."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def template_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One configured instance, made once and copied for every test."""
    return an_instance(tmp_path_factory.mktemp("instance") / "instance", SET_UP)


@pytest.fixture(scope="session")
def postgres(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose first database holds the configured site."""
    with a_server(template_instance, tmp_path_factory.mktemp("first") / "instance", SET_UP) as server:
        yield server


@contextmanager
def a_server(template: Path, folder: Path, at: datetime) -> Iterator[Server]:
    """A server whose first database holds a site set up at that moment, with the keys of a template."""
    with serving() as server:
        shutil.copytree(template, folder)
        (folder / FILE).write_text(server.setting(server.first))
        _configure(folder, at)
        yield server


def an_instance(folder: Path, at: datetime) -> Path:
    """A new instance of the site of the tests, set up at that moment."""
    folder.mkdir()
    keys.make(folder / "keys")
    (folder / FILE).touch()
    _configure(folder, at)
    return folder


def _configure(folder: Path, at: datetime) -> None:
    app = create_app(folder)
    with app.app_context():
        schema.upgrade(db.engine)
        site.configure(
            defaults.starter("Juniper Street", "America/Toronto"), by=OPERATOR, happened_at=at, at=at
        )
        let_go()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """What the entries are kept in: "sqlite", or "postgresql" where a test asks for both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def instance(
    template_instance: Path, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """A fresh copy of the configured instance."""
    folder = Path(shutil.copytree(template_instance, tmp_path / "instance"))
    if database == "sqlite":
        yield folder
        return
    server: Server = request.getfixturevalue("postgres")
    with server.copy_of(server.first) as name:
        (folder / FILE).write_text(server.setting(name))
        yield folder


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    """The application on a fresh instance, inside an application context."""
    made = create_app(instance, TESTING=True)
    with made.app_context():
        yield made
        let_go()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def at() -> datetime:
    """A moment in the evening of Tuesday 17 November 2026."""
    return EVENING


@pytest.fixture
def nurse() -> Actor:
    """A nurse who is not in the staff table: enough for verbs."""
    return Actor("S01", "Amina K.", "AK", Role.NURSE)


@pytest.fixture
def lead() -> Actor:
    """A site lead who is not in the staff table."""
    return Actor("S02", "Marc D.", "MD", Role.LEAD)
