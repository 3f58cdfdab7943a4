"""A database of every earlier shape comes up to date with its entries, its words and its chain intact."""

import sqlite3
from pathlib import Path

import pytest

from sitelog.app import create_app
from sitelog.store import engine, keys, schema
from sitelog.store.db import db
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
        db.engine.dispose()


def test_there_is_an_older_database_to_bring_up() -> None:
    assert OLD
