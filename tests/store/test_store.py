"""The store: all or nothing, joined transactions, instants with a zone, keys that are never replaced."""

import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, StatementError

from sitelog.ground.access import Actor
from sitelog.ground.errors import Usage
from sitelog.site import actions as site
from sitelog.site.models import PlaceService
from sitelog.store import engine, keys
from sitelog.store.db import db
from sitelog.store.remembered import followed, remembered
from sitelog.store.transaction import let_go, transaction
from sitelog.trail import queries
from sitelog.trail.verify import verify


def test_an_instant_keeps_its_microseconds_and_comes_back_in_utc(app: Flask, nurse: Actor) -> None:
    here = datetime(2026, 11, 17, 18, 42, 7, 123456, tzinfo=timezone(timedelta(hours=-5)))
    row = site.take_out_of_service("3", "broken", by=nurse, happened_at=here, at=here)
    db.session.expire_all()
    kept = db.session.get(PlaceService, row.id)
    assert kept is not None
    assert kept.happened_at == here
    assert kept.happened_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(app: Flask, nurse: Actor, at: datetime) -> None:
    with pytest.raises((StatementError, ValueError)), transaction():
        db.session.add(
            PlaceService(place_code="3", happened_at=at.replace(tzinfo=None), by="S01", link_seq=1)
        )
        db.session.flush()


def test_a_verb_inside_another_transaction_joins_it(app: Flask, nurse: Actor, at: datetime) -> None:
    words = {"by": nurse, "happened_at": at, "at": at}
    before = queries.last_seq()
    with pytest.raises(LookupError), transaction():
        site.take_out_of_service("3", "broken", **words)
        site.take_out_of_service("4", "broken", **words)
        raise LookupError
    assert queries.last_seq() == before


def test_many_writers_make_one_unbroken_chain(app: Flask, nurse: Actor, at: datetime) -> None:
    def work(code: str) -> None:
        with app.app_context():
            for _ in range(5):
                site.take_out_of_service(code, "broken", by=nurse, happened_at=at, at=at)
                site.put_back_in_service(code, by=nurse, happened_at=at, at=at)

    before = queries.last_seq()
    db.session.rollback()
    threads = [Thread(target=work, args=(str(n),)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify().count == before + 80


def test_every_entry_is_written_through_one_connection_and_a_broken_one_is_replaced(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    def writes() -> Connection:
        with transaction():
            return db.session.connection()

    first = writes()
    with pytest.raises(LookupError), transaction():
        raise LookupError
    assert writes() is first
    first.begin()  # as after a rollback that failed
    second = writes()
    assert second is not first
    let_go()
    assert second.closed
    site.take_out_of_service("3", "broken", by=nurse, happened_at=at, at=at)
    assert verify().count == queries.last_seq()


@pytest.mark.both_databases
def test_after_a_commit_that_fails_everybody_writes_on(app: Flask, nurse: Actor, at: datetime) -> None:
    before = queries.last_seq()
    with pytest.raises(IntegrityError), transaction():
        site.take_out_of_service("3", "broken", by=nurse, happened_at=at, at=at)
        db.session.add(PlaceService(link_seq=999, place_code="4", happened_at=at, by=nurse.ref))
        db.session.flush()  # goes through: the link it hangs on is asked for at the end
    site.take_out_of_service("3", "cleaning", by=nurse, happened_at=at, at=at)
    db.session.rollback()
    let_go()  # as another process, which no transaction that was left open may keep from writing
    site.put_back_in_service("3", by=nurse, happened_at=at, at=at)
    assert verify().count == queries.last_seq() == before + 2


def test_what_was_taken_back_does_not_stand_in_the_way_of_the_row_that_gets_its_number(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    with pytest.raises(LookupError), transaction():
        ghost = site.take_out_of_service("3", "broken", by=nurse, happened_at=at, at=at)
        raise LookupError
    # The first is still held here, as by the traceback of an error that is being told of.
    row = site.take_out_of_service("3", "cleaning", by=nurse, happened_at=at, at=at)
    assert row is not ghost
    assert db.session.get(PlaceService, row.id) is row
    assert verify().count == queries.last_seq()


def test_what_is_remembered_is_read_again_for_another_key_and_never_kept_from_a_write(app: Flask) -> None:
    asked: list[int] = []

    def read() -> int:
        asked.append(len(asked))
        return asked[-1]

    assert [remembered("slot", key, read) for key in (7, 7, 8)] == [0, 0, 1]
    with transaction():
        assert (remembered("slot", 8, read), remembered("slot", 9, read)) == (2, 3)
    assert (remembered("slot", 8, read), remembered("slot", 9, read)) == (1, 4)


def test_what_is_followed_is_kept_from_a_write_for_everybody_once_it_committed(app: Flask) -> None:
    told: list[int] = []

    def more(known: int | None) -> int:
        return (known or 0) + told.pop()

    told.extend([100, 20, 3])
    with pytest.raises(LookupError), transaction():
        assert (followed("slot", more), followed("slot", more)) == (3, 23)
        raise LookupError
    assert followed("slot", more) == 100
    told.extend([4000, 1000])
    with transaction():
        assert followed("slot", more) == 1100
    assert followed("slot", more) == 5100


def test_the_database_is_encrypted_at_rest(app: Flask, instance: Path) -> None:
    if not engine.encrypted():
        pytest.skip("no encrypting SQLite for this platform")
    first = (instance / "sitelog.db").read_bytes()[:4096]
    assert not first.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in first


def test_commits_are_synced_and_foreign_keys_hold(app: Flask) -> None:
    ask = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in
           ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip
    assert ask == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_keys_are_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    keys.make(tmp_path / "keys")
    first = keys.read(tmp_path / "keys")
    keys.make(tmp_path / "keys")
    assert keys.read(tmp_path / "keys") == first
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}
    assert len(set(first.values())) == len(keys.NAMES)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    keys.make(tmp_path / "keys")
    (tmp_path / "keys" / "chain.key").unlink()
    with pytest.raises(Usage, match=r"chain\.key"):
        keys.read(tmp_path / "keys")
