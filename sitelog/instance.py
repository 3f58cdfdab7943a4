"""Make an instance: its folder, keys, settings file, database, site and first accounts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask

from sitelog.app import create_app, settings_of
from sitelog.ground.access import OPERATOR, Role
from sitelog.ground.errors import Usage
from sitelog.ground.settings import FILE, Settings
from sitelog.ground.words import N_
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.site import actions as site
from sitelog.site import defaults, presets, queries
from sitelog.site.rules import check_profile, spread
from sitelog.staff import actions as staff
from sitelog.staff.actions import FreshAccount
from sitelog.store import keys, schema
from sitelog.store.db import db

SETTINGS = """# What the operator of this machine sets. The site itself is set up in the program.
host = "127.0.0.1"
port = 8321
# hosts = ["sitelog.example"]   # further names this server may be called by
# database = "postgresql+psycopg://..."   # instead of the embedded, encrypted database
"""


def make(
    folder: Path, *, name: str, zone: str, day_starts: str, at: datetime, preset: str | None = None
) -> list[FreshAccount]:
    """Make what is missing; the accounts that were made now, none if the instance was there already.

    A `preset` says zone, start of the day, places, limits and policies of a jurisdiction.
    """
    settings = dict(defaults.starter(name, zone, day_starts))
    check_profile(settings["profile"])  # before anything is made
    if preset:
        settings |= presets.settings_of(presets.preset_of(preset), spread(settings))
    _make_folder(folder)
    if Settings(folder).database_file.exists():
        keys.check_complete(folder / "keys")
    made = keys.make(folder / "keys")
    if not (folder / FILE).exists():
        (folder / FILE).write_text(SETTINGS, encoding="utf-8")
    app = create_app(folder)
    settings_of(app).reports.mkdir(exist_ok=True)
    with app.app_context():
        schema.upgrade(db.engine)
        if queries.configured():
            _check_own(folder, made)
            _check_preset(preset)
            return []
        return _found(settings, at)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        words = N_("%(folder)s cannot hold a site: %(why)s. Choose another folder with --instance.")
        raise Usage(words, folder=folder, why=error.strerror) from error


def _check_own(folder: Path, made: Sequence[Path]) -> None:
    """A shared database that held a site before these keys were made was sealed with others."""
    for path in made:
        path.unlink()
    if made:
        keys.check_complete(folder / "keys")


def _check_preset(preset: str | None) -> None:
    """A site that is set up already is not made another jurisdiction's by the way."""
    if preset and preset != queries.book().policy("jurisdiction", ""):
        words = N_(
            "This site is set up already, and not as “%(preset)s”: while nothing is entered, Settings takes "
            "a preset; else choose another folder with --instance."
        )
        raise Usage(words, preset=preset)


def check_same(folder: Path, asked: Mapping[str, str]) -> None:
    """Usage where a site that was set up already is asked to be called, or to keep its clock, otherwise."""
    with open_app(folder).app_context():
        book = queries.book()
    here = {"name": book.name, "zone": book.zone, "day_starts": f"{book.day_starts:%H:%M}"}
    for word, value in asked.items():
        if value != here[word]:
            words = N_(
                "This site is set up already, with %(option)s “%(here)s”: “Name and clock” in Settings "
                "changes it; another site takes another folder, --instance DIR."
            )
            raise Usage(words, option="--" + word.replace("_", "-"), here=here[word])


def open_app(folder: Path) -> Flask:
    """The application of an instance that is there, its database brought up to date."""
    app = create_app(folder)
    with app.app_context():
        schema.upgrade(db.engine)
    return app


def _found(settings: Mapping[str, Any], at: datetime) -> list[FreshAccount]:
    site.configure(settings, by=OPERATOR, happened_at=at, at=at)
    referrals.list_services(SERVICES, by=OPERATOR, happened_at=at, at=at)
    first = [("Administrator", "AD", Role.ADMIN), ("Site lead", "SL", Role.LEAD), ("Nurse", "NU", Role.NURSE)]
    said: dict[str, Any] = {"by": OPERATOR, "at": at}
    return [staff.add_fresh_account(title, role, initials=own, **said) for title, own, role in first]
