"""The chain: every verb one link, nothing changed or deleted, and a break is found and named."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sitelog.ground.access import Actor
from sitelog.ground.errors import Broken, Conflict
from sitelog.site import actions as site
from sitelog.site import queries as site_queries
from sitelog.site.models import PlaceService
from sitelog.store.db import db
from sitelog.store.recorded import Changed
from sitelog.store.transaction import transaction
from sitelog.trail import amend, queries
from sitelog.trail.actions import _CHAIN_LOCK, append, seen
from sitelog.trail.verify import verify
from tests import factories

pytestmark = pytest.mark.both_databases


def close_booth(by: Actor, at: datetime, token: str | None = None, note: str | None = None) -> PlaceService:
    return site.take_out_of_service("3", "broken", by=by, happened_at=at, at=at, token=token, note=note)


def force(statement: str) -> None:
    """Change the database behind sitelog's back, as a thief with the key would."""
    db.session.rollback()
    sqlite = db.engine.dialect.name == "sqlite"
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica")
    if sqlite:
        for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute(statement)
    raw.commit()
    cursor.execute("PRAGMA foreign_keys=ON" if sqlite else "SET session_replication_role = DEFAULT")
    cursor.close()
    raw.close()


def test_a_verb_leaves_one_link_and_the_chain_verifies(app: Flask, nurse: Actor, at: datetime) -> None:
    before = queries.last_seq()
    close_booth(nurse, at, note="door jammed")
    assert queries.last_seq() == before + 1
    found = verify()
    assert found.count == before + 1
    assert found.digest == queries.last().mac.hex()


def test_a_repeated_token_is_one_row_and_answers_as_the_first_did(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    first = close_booth(nurse, at, token="a" * 32)
    again = close_booth(nurse, at + timedelta(seconds=1), token="a" * 32)
    assert again.id == first.id
    assert db.session.query(PlaceService).count() == 1


def test_a_token_of_someone_else_is_a_conflict(app: Flask, nurse: Actor, lead: Actor, at: datetime) -> None:
    close_booth(nurse, at, token="a" * 32)
    with pytest.raises(Conflict):
        close_booth(lead, at, token="a" * 32)


def test_a_verb_that_fails_leaves_nothing(app: Flask, nurse: Actor, at: datetime) -> None:
    before = queries.last_seq()
    with pytest.raises(ZeroDivisionError), transaction():
        close_booth(nurse, at)
        _ = 1 / 0
    assert queries.last_seq() == before
    assert site_queries.out_of_service() == {}


def test_the_session_refuses_to_change_or_delete_a_recorded_row(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    row = close_booth(nurse, at)
    with pytest.raises(Changed), transaction():
        row.reason = "cleaning"
    with pytest.raises(Changed), transaction():
        db.session.delete(db.session.get(PlaceService, row.id))


@pytest.mark.parametrize("statement", ["UPDATE place_service SET reason = 'x'", "DELETE FROM link"])
def test_the_database_refuses_too(app: Flask, nurse: Actor, at: datetime, statement: str) -> None:
    close_booth(nurse, at)
    with pytest.raises(DBAPIError, match="never changed"), transaction():
        db.session.execute(text(statement))


def test_an_entry_outside_a_transaction_is_a_defect(app: Flask, nurse: Actor, at: datetime) -> None:
    with pytest.raises(RuntimeError):
        append("place.closed", "3", by=nurse, happened_at=at, at=at)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE place_service SET reason = 'cleaning'", 2),
        ("UPDATE link SET actor = 'S09' WHERE seq = 2", 2),
        ("UPDATE link SET happened_at = '2020-01-01 00:00:00.000000' WHERE seq = 2", 2),
        ("DELETE FROM place_service", 2),
        ("DELETE FROM link WHERE seq = 2", 2),
        ("UPDATE note SET text = 'door fine'", 2),
        ("UPDATE note SET subject = '4'", 2),
        ("UPDATE note SET at = '2020-01-01 00:00:00.000000'", 2),
        ("UPDATE note SET link_seq = 3", 3),
        ("INSERT INTO note SELECT 3, subject, at, 'never said', salt FROM note", 3),
        (
            'INSERT INTO place_service (place_code, happened_at, "by", link_seq) '
            "VALUES ('4', '2026-01-01 00:00:00.000000', 'S01', 2)",
            2,
        ),
    ],
)
def test_a_change_behind_its_back_is_found_and_named(
    app: Flask, nurse: Actor, at: datetime, statement: str, named: int
) -> None:
    close_booth(nurse, at, note="door jammed")
    site.put_back_in_service("3", by=nurse, happened_at=at, at=at)
    force(statement)
    with pytest.raises(Broken, match=f"link {named}"):
        verify()


@pytest.mark.parametrize(
    "statement",
    [
        # Read as the same instant, and sorted elsewhere.
        "UPDATE place_service SET happened_at = '2026-W47-2' || substr(happened_at, 11)",
        "UPDATE link SET happened_at = replace(happened_at, ' ', 'T') WHERE seq = 2",
        "UPDATE link SET at = 'zz' WHERE seq = 2",
        "UPDATE link SET at = '2026-02-31' || substr(at, 11) WHERE seq = 2",
        "UPDATE link SET salt = 'words' WHERE seq = 2",
        "UPDATE place_service SET reason = CAST(reason AS BLOB)",
        # Read as no, and neither yes nor no to a query.
        "UPDATE referral SET on_site = ''",
    ],
)
def test_the_same_said_with_another_spelling_is_found_and_named(
    app: Flask, nurse: Actor, at: datetime, statement: str, database: str
) -> None:
    if database != "sqlite":
        pytest.skip("PostgreSQL's types hold one spelling only")
    if "referral" in statement:
        factories.referral_offered(at)
    else:
        close_booth(nurse, at)
    assert verify()
    force(statement)
    with pytest.raises(Broken, match=r"link [1-9]\d*: a row of \w+ is not stored as it was written"):
        verify()


def test_a_struck_entry_no_longer_counts_and_stays_readable(app: Flask, nurse: Actor, at: datetime) -> None:
    row = close_booth(nurse, at)
    amend.strike(row.link_seq, by=nurse, at=at + timedelta(minutes=1), reason="did_not_happen")
    assert site_queries.out_of_service() == {}
    assert queries.rows_of(queries.link(row.link_seq), PlaceService)[0].reason == "broken"
    assert queries.amended_by([row.link_seq])[row.link_seq].reason == "did_not_happen"


def test_an_entry_is_amended_once_and_the_second_try_names_the_first(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    row = close_booth(nurse, at)
    amend.strike(row.link_seq, by=nurse, at=at, reason="undone")
    with pytest.raises(Conflict, match="3"):
        amend.strike(row.link_seq, by=nurse, at=at, reason="undone")


def test_a_joined_strike_is_one_transaction(app: Flask, nurse: Actor, at: datetime) -> None:
    with transaction():
        row = close_booth(nurse, at)
        later = PlaceService(place_code="3", reason="cleaning", happened_at=at, by=nurse.ref)
        words = {"by": nurse, "happened_at": at, "at": at}
        amend.amend(row.link_seq, later, reason="wrong_amount", **words)
    assert site_queries.out_of_service()["3"].reason == "cleaning"
    assert verify().count == 3


def test_nobody_else_appends_from_where_a_verb_begins_with_a_token_or_without(
    app: Flask, nurse: Actor, database: str
) -> None:
    if database == "sqlite":
        return  # the write lock, from where the transaction begins
    asked = text("SELECT pg_try_advisory_xact_lock(:n)")
    for token in (None, "a-token"):
        with transaction():
            seen(token, by=nurse)
            with db.engine.connect() as other:
                assert other.scalar(asked, {"n": _CHAIN_LOCK}) is False
