"""The composition root: the one file that names every feature. It starts nothing."""

from collections.abc import Collection, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask

from sitelog.ground import settings as ground_settings
from sitelog.ground.settings import Settings
from sitelog.store import engine, keys
from sitelog.store.db import db

# Every package with pages or rows. Models are imported for their tables, views for their routes.
FEATURES = (
    "trail",
    "site",
    "staff",
    "people",
    "visits",
    "supplies",
    "responses",
    "services",
    "incidents",
    "alerts",
    "referrals",
    "reports",
    "board",
    "shifts",
    "jobs",
    "imports",
    "help",
)
PACKAGE = Path(__file__).parent


def create_app(instance: str | Path | None = None, **overrides: Any) -> Flask:
    """The application for one instance; `overrides` are Flask settings (for tests)."""
    settings = ground_settings.read(ground_settings.instance_folder(instance))
    app = Flask("sitelog", template_folder=str(_templates()), static_folder=str(PACKAGE / "static"))
    app.config.update(engine.config(settings), SITELOG=settings, SITELOG_LANGUAGES=settings.languages)
    app.config.update(overrides)
    app.extensions[keys.EXTENSION] = keys.read(settings.keys)
    app.secret_key = app.extensions[keys.EXTENSION]["cookies"]
    _open_database(app)
    _add_web(app)
    return app


def settings_of(app: Flask) -> Settings:
    """The instance's settings."""
    found: Settings = app.config["SITELOG"]
    return found


def import_models() -> None:
    """Import the store's own table and every feature's models, so that the metadata knows every table."""
    import_module("sitelog.store.erasure")
    _rooms("models")


def _open_database(app: Flask) -> None:
    import_models()
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, app.extensions[keys.EXTENSION]["database"])


def _add_web(app: Flask) -> None:
    from sitelog import web

    web.init_app(app)
    _tell_shell(app)
    _tell_visits(app)
    _tell_door(app)
    _tell_board()
    _tell_trail(app)
    _tell_people(app)
    for room in _rooms("views"):
        app.register_blueprint(room.bp)
    web.check_routes(app)


def _tell_shell(app: Flask) -> None:
    # The frame of the pages is below the features and is told what it shows.
    from sitelog.site import queries as site
    from sitelog.staff import queries as staff
    from sitelog.web import shell

    shell.tell(
        app,
        calendar=site.calendar,
        site_name=lambda: site.book().name,
        languages=site.languages,
        places=lambda: site.book().places,
        keys_pressed=lambda: site.book().keys_pressed,
        staff_names=lambda: {one.ref: one.name for one in staff.accounts()},
        idle_seconds=lambda: site.book().limits.get("idle_lock_seconds", 240),
    )


def _tell_visits(app: Flask) -> None:
    # Responses stand above visits, which must not offer somebody a place where one runs. So do services, and
    # supplies stand beside visits: their entries are in the visit's own log all the same.
    from sitelog.responses import queries as responses
    from sitelog.services import queries as services
    from sitelog.supplies import queries as supplies
    from sitelog.visits import queries as visits
    from sitelog.web import fields

    visits.kept_clear_by(app, responses.places_in_use)
    fields.handles_mean(app, visits.ref_here)
    visits.told_beside(
        app,
        visits.Beside(services.within_visit, services.sentences, "/services/entries/%d/amend"),
        visits.Beside(supplies.within_visit, supplies.sentences, "/supplies/entries/%d/amend"),
    )


def _tell_door(app: Flask) -> None:
    # Supplies stand beside visits; what is given and taken back at the door is on the arrival sheet.
    from sitelog.supplies import door, forms
    from sitelog.visits import given

    given.filled_in_by(app, given.Part(forms.exchange_form, door.counters, door.enter))


def _tell_board() -> None:
    # Shifts stand above the board, which shows their entries and takes the last one back; so do imports, of
    # which it shows one line for all that they brought.
    from sitelog.board import actions as board
    from sitelog.board import feed
    from sitelog.ground.access import Permission
    from sitelog.imports import queries as imports
    from sitelog.shifts import actions as shifts
    from sitelog.shifts import queries as shift_queries

    feed.tell_also("shift", shift_queries.sentences, Permission.LOG, "/shifts/entries/%d/amend")
    feed.tell_also("import", imports.sentences, Permission.READ_BOARD, stands_for_many=imports.MADE)
    board.STRIKES["shift"] = shifts.strike


def _tell_trail(app: Flask) -> None:
    # The trail is below every feature whose entries it holds, and is told whose words each noun is read in.
    from sitelog.board import feed
    from sitelog.ground.access import Permission
    from sitelog.people import queries as people
    from sitelog.reports import queries as reports
    from sitelog.site import queries as site
    from sitelog.staff import queries as staff
    from sitelog.trail import journal, walks

    also = dict.fromkeys(("account", "session", "desk"), staff.sentences)
    also |= {"site": site.sentences, "report": reports.sentences}
    tellers = feed.TELLERS | {noun: (tell, Permission.LOG) for noun, tell in also.items()}
    # Whoever cuts the newest entries off leaves the digests that were published with the reports.
    walks.witnessed_by(app, reports.witnesses, people.check_spellings)
    journal.told_by(app, {noun: journal.Voice(*teller) for noun, teller in tellers.items()})


def _tell_people(app: Flask) -> None:
    # Everything that is written of a person stands above the register, which must find it to forget them.
    from sitelog.incidents import queries as incidents
    from sitelog.people import keeping
    from sitelog.people import queries as people
    from sitelog.referrals import queries as referrals
    from sitelog.responses import queries as responses
    from sitelog.services import queries as services
    from sitelog.shifts import drafts
    from sitelog.supplies import queries as supplies
    from sitelog.visits import queries as visits

    def supplied(person_ids: Collection[int]) -> Iterable[people.Mention]:
        # Visits and supplies stand on one floor: what the desk calls a visit by joins them here.
        return supplies.mentions(one.ref for one in visits.mentions(person_ids))

    def tied(person_ids: Collection[int]) -> Iterable[people.Mention]:
        # So do incidents, to visits and to the responses beside them.
        theirs = (*visits.mentions(person_ids), *responses.mentions(person_ids))
        return incidents.mentions(one.ref for one in theirs)

    readers = (visits.mentions, supplied, responses.mentions, services.mentions, referrals.mentions, tied)
    people.mentioned_by(app, *readers)
    keeping.drafted_by(app, drafts)


def _rooms(room: str) -> list[Any]:
    names = [f"sitelog.{feature}.{room}" for feature in FEATURES if find_spec(f"sitelog.{feature}")]
    return [import_module(name) for name in names if find_spec(name)]


def _templates() -> Path:
    # In a wheel the templates lie inside the package, in a checkout beside it.
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
