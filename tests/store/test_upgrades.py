"""A database of every earlier shape comes up to date with its entries, its words and its chain intact."""

import sqlite3
from pathlib import Path

import pytest

from sitelog.app import create_app
from sitelog.people import queries as people
from sitelog.people import rules
from sitelog.store import engine, keys, schema
from sitelog.store.db import db
from sitelog.store.transaction import let_go
from sitelog.trail.verify import verify

OLD = sorted((Path(__file__).parent / "old").glob("*.sql"))


def brought_back(dump: str, folder: Path) -> None:
    """An instance that holds what was dumped, under keys of its own but for the chain's."""
    keys.make(folder / "keys")
    (folder / "keys" / "chain.key").write_text(dump.partition("chain key: ")[2].split()[0] + "\n")
    connection = engine.sqlite.connect(str(folder / "sitelog.db"), isolation_level=None)
    if engine.encrypted():
        connection.execute(f"PRAGMA key = \"x'{keys.read(folder / 'keys')['database'].hex()}'\"")
    connection.executescript(dump)
    connection.close()


def rows_in(dump: str) -> dict[str, int]:
    """How many rows each table had, as the standard library's SQLite reads the dump."""
    plain = sqlite3.connect(":memory:")
    plain.executescript(dump)
    names = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: plain.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    plain.close()
    return found


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_older_database_keeps_every_row_and_its_chain_when_it_is_upgraded(
    path: Path, tmp_path: Path
) -> None:
    dump = path.read_text(encoding="utf-8")
    brought_back(dump, tmp_path)
    said = dump.splitlines()[1].split()  # "-- 37 links, digest ..."
    with create_app(tmp_path, TESTING=True).app_context():
        schema.upgrade(db.engine)
        held = verify()
        assert (held.count, held.digest) == (int(said[1]), said[4])
        with db.engine.connect() as connection:
            for name, count in rows_in(dump).items():
                now = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
                assert now == count or name == "alembic_version", name
        let_go()


def test_there_is_an_older_database_to_bring_up() -> None:
    assert OLD


@pytest.mark.parametrize(("other", "spelled"), [("Łuk", "łuk"), ("Soren", "soren")])
def test_handles_from_before_are_found_by_the_letters_of_any_keyboard(
    tmp_path: Path, other: str, spelled: str
) -> None:
    dump = OLD[0].read_text(encoding="utf-8")
    dump = dump.replace("'heron-42','heron42'", "'Søren','søren'")
    brought_back(dump.replace("'lark-6','lark6'", f"'{other}','{spelled}'"), tmp_path)
    with create_app(tmp_path, TESTING=True).app_context():
        schema.upgrade(db.engine)
        for handle in ("Søren", other):
            known = people.by_handle(handle)
            assert known is not None and known.handle == handle
        assert "Søren" in [one.handle for one in people.find("soren")]
        assert other in [one.handle for one in people.find(rules.normalise(other))]
        let_go()
