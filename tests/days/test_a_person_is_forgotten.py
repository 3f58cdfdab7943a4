"""Somebody asks to be forgotten: their words are in no byte of any file, what happened is still counted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from sitelog.app import create_app
from sitelog.board import actions as board
from sitelog.ground.access import OPERATOR, Actor
from sitelog.ground.days import Window
from sitelog.ground.settings import FILE
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening, Words
from sitelog.jobs import alarm, runner
from sitelog.people import actions, keeping, queries
from sitelog.people.rules import About
from sitelog.responses import actions as responses
from sitelog.shifts import drafts
from sitelog.site import actions as site
from sitelog.site import defaults
from sitelog.site import queries as sites
from sitelog.store import engine, erasure, keys, schema
from sitelog.store.db import db
from sitelog.store.transaction import let_go, transaction
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Exchange
from sitelog.tally.collect import collect
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from tests.factories import DOWN, referral_offered, register, said

DAY = timedelta(days=1)
WORDS = (
    "zephyrine",
    "zephirine",
    "quixotic7",
    "heronsong",
    "thistlewick",
    "marrowfat",
    "gallimaufry",
    "oxbow",
    "pennywort",
    "sorrelwood",
)


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime) -> Iterator[Flask]:
    """A site on a platform whose SQLite cannot encrypt: what is kept can be read in its files."""
    monkeypatch.setattr(engine, "sqlite", sqlite3)
    folder = tmp_path / "plain"
    folder.mkdir()
    keys.make(folder / "keys")
    (folder / FILE).touch()
    app = create_app(folder, TESTING=True)
    with app.app_context():
        schema.upgrade(db.engine)
        words = defaults.starter("Juniper Street", "America/Toronto")
        # Nobody is reported to: what is owed here is only that words leave the files.
        policies = {**defaults.POLICIES, "person_code": "free", "audiences": {}}
        site.configure({**words, "policies": policies}, **said(at - 9 * DAY, OPERATOR))
        yield app
        let_go()


def read(folder: Path) -> bytes:
    """Every byte of every file of an instance."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def folder_of(app: Flask) -> Path:
    return Path(app.config["SITELOG"].database_file).parent


def a_life(at: datetime, lead: Actor) -> str:
    """Somebody with a handle, a code, an alert, a visit, a response, supplies, a referral, a double."""
    ref = actions.register(
        "zephyrine", about=About(code="quixotic7", birth_year=1985), **said(at - 3 * DAY)
    ).ref
    actions.set_alert(ref, "hard_to_rouse", note="heronsong", **said(at - 3 * DAY))
    today = sites.calendar().day_of(at)
    actions.restrict(ref, "theft", today - 9 * DAY, today + DAY, note="thistlewick", **said(at - 3 * DAY))
    visit = visits.check_in(DOWN, person=ref, let_in="safety", **said(at - DAY)).ref
    visits.seat(visit, "3", **said(at - DAY))
    made = responses.start(place_code="3", **said(at - DAY))
    responses.note(made.ref, "marrowfat", **said(at - DAY))
    supplies.exchange(Exchange({"cooker": 2}, visit=visit), note="gallimaufry", **said(at - DAY))
    referral_offered(at - DAY, visit=visit, note="oxbow")
    told = incidents.log(Happening("verbal", ties=[visit]), note="pennywort", **said(at - DAY))
    incidents.write(told.ref, Words("sorrelwood"), **said(at - DAY))
    double = register("zephirine", at - DAY)
    actions.merge(double, ref, **said(at - DAY, lead))
    return ref


def counted(at: datetime) -> list[tuple[str, int]]:
    """What all features count of these days."""
    facts = collect(Window(at - 9 * DAY, at + DAY), sites.book()).facts
    return sorted((fact.measure, fact.amount) for fact in facts)


def test_a_person_is_forgotten(plain: Flask, at: datetime, lead: Actor) -> None:
    for n in range(40):
        register(f"somebody-{n:02}", at - 4 * DAY)
    ref = a_life(at, lead)
    before, files = counted(at), read(folder_of(plain))
    assert [word for word in WORDS if word.encode() not in files] == []
    kept = keeping.words_kept(ref)
    assert (len(kept.handles), len(kept.codes), kept.count, kept.ends) == (2, 1, 7, 2)

    actions.forget(ref, **said(at, lead))

    files = read(folder_of(plain))
    assert [word for word in WORDS if word.encode() in files] == []
    assert b"somebody-07" in files
    assert counted(at) == before
    verify()
    known = queries.person(ref)
    assert (known.handle, known.code, known.label, known.also) == (None, None, ref, ())
    assert not keeping.words_kept(ref)
    assert queries.find("zeph") == [] and queries.nearly("zephyrin") == []
    assert queries.signs(at.date()) == {}


def test_other_notes_that_call_somebody_by_name_are_erased_where_the_lead_says_so(
    plain: Flask, at: datetime, lead: Actor
) -> None:
    ref = register("Oxbow", at)
    board.note("OXBOW's bag is behind the desk", **said(at))
    board.note("the oxbow lake walk is on Friday", **said(at))
    board.note("oxbows are no handle", **said(at))
    seqs = [one.seq for one in keeping.words_kept(ref).named]
    assert len(seqs) == 2
    actions.forget(ref, [*seqs[:1], seqs[1] + 1], **said(at, lead))
    files = read(folder_of(plain))
    assert b"behind the desk" not in files
    assert b"on Friday" in files and b"no handle" in files
    verify()


def test_a_name_is_found_in_a_note_however_it_is_spelled_there(
    plain: Flask, at: datetime, lead: Actor
) -> None:
    ref = register("Søren Mari-Posa", at)
    for words in ("SOREN MARIPOSA's oxbow", "sören mari posa: marrowfat", "Sören sings"):
        board.note(words, **said(at))
    named = [one.seq for one in keeping.words_kept(ref).named]
    assert len(named) == 2
    actions.forget(ref, named, **said(at, lead))
    files = read(folder_of(plain))
    assert b"oxbow" not in files and b"marrowfat" not in files and b"sings" in files


def test_who_was_forgotten_can_come_again_as_somebody_new(plain: Flask, at: datetime, lead: Actor) -> None:
    ref = register("zephyrine", at)
    actions.forget(ref, **said(at, lead))
    again = register("zephyrine", at)
    assert again != ref
    verify()


def test_a_second_tap_on_forget_enters_nothing_more(plain: Flask, at: datetime, lead: Actor) -> None:
    ref = register("zephyrine", at)
    for _ in range(2):
        actions.forget(ref, **said(at, lead), token="b" * 32)
    assert len([one for one in queries.timeline([ref]) if one.link.verb == "forgotten"]) == 1


def test_an_earlier_handle_and_code_leave_the_files_too(plain: Flask, at: datetime, lead: Actor) -> None:
    ref = actions.register("zephyrine", about=About(code="quixotic7"), **said(at)).ref
    actions.rename(ref, "heronsong", **said(at))
    actions.give_code(ref, "oxbow", **said(at))
    actions.forget(ref, **said(at, lead))
    files = read(folder_of(plain))
    assert [word for word in WORDS if word.encode() in files] == []


def test_a_handover_that_is_not_signed_calls_them_by_their_number(
    plain: Flask, at: datetime, lead: Actor, nurse: Actor
) -> None:
    ref = register("Heronsong", at)
    shift = "H20261117-evening"
    first = drafts.keep(shift, "S.people", "heronsong sleeps", "HERONSONG in aftercare", "", by=nurse, at=at)
    seen = drafts.stamp(first)
    drafts.keep(shift, "S.people", "Heronsong, awake; heronsongs", "", seen, by=lead, at=at)
    drafts.keep(shift, "R.own.1", "order gauze", "", "", by=nurse, at=at)
    assert keeping.words_kept(ref).drafts == (shift, shift)

    actions.forget(ref, **said(at, lead))

    lines = drafts.drafts(shift)
    assert (lines["S.people"].text, lines["R.own.1"].text) == (f"{ref}, awake; heronsongs", "order gauze")
    assert not keeping.words_kept(ref)
    db.session.rollback()
    files = read(folder_of(plain)).replace(b"heronsongs", b"").lower()
    assert b"heronsong" not in files and b"order gauze" in files


@contextmanager
def somebody_reading(app: Flask) -> Iterator[None]:
    """Another program that began to read the database and does not end."""
    other = sqlite3.connect(app.config["SITELOG"].database_file)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM handle").fetchone()
    yield
    other.close()


def test_words_that_cannot_leave_the_files_yet_leave_them_at_the_next_wake(
    plain: Flask, at: datetime, lead: Actor
) -> None:
    ref = register("zephyrine", at)
    with somebody_reading(plain):
        actions.forget(ref, **said(at, lead))
        alarm.tick(plain)
        assert b"zephyrine" in read(folder_of(plain))
        assert erasure.is_owed()
        db.session.rollback()  # what was just asked reads, too
    alarm.tick(plain)
    assert b"zephyrine" not in read(folder_of(plain))
    assert not erasure.is_owed()


def test_a_handle_that_was_replaced_leaves_the_files_by_itself(plain: Flask, at: datetime) -> None:
    ref = register("zephyrine", at)
    actions.rename(ref, "heronsong", **said(at))
    assert erasure.is_owed()
    runner.run_all(lambda: at)
    files = read(folder_of(plain))
    assert b"zephyrine" not in files and b"heronsong" in files


def test_the_files_are_clean_after_many_people_were_forgotten(
    plain: Flask, at: datetime, lead: Actor
) -> None:
    """Pages of a table split as it grows, and none may keep a copy of what has moved on."""
    names = [f"{n * 7919 % 9973:04}-{'kestrel'[n % 7 :]}-nightjar" for n in range(300)]
    with transaction():
        refs = {name: register(name, at) for name in names}
    gone = names[::6]
    for name in gone:
        actions.forget(refs[name], **said(at, lead))
    files = read(folder_of(plain))
    assert [name for name in gone if name.encode() in files] == []
    assert [name for name in names if name not in gone and name.encode() not in files] == []


def test_the_entry_that_somebody_was_forgotten_stays(plain: Flask, at: datetime, lead: Actor) -> None:
    ref = register("zephyrine", at)
    actions.forget(ref, **said(at, lead))
    entered = queries.timeline([ref])[0].link
    assert (entered.kind, entered.actor) == ("person.forgotten", lead.ref)
    assert trail.notes([entered.seq]) == {}
