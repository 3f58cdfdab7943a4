"""The one way to write: a transaction that a verb opens, and that verbs inside it join."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import Connection

from sitelog.store import news
from sitelog.store.db import db
from sitelog.store.engine import WRITES

# One writer at a time within the process: SQLite would make the others spin on its busy timeout
# (p99 330 ms against 16 ms with eight writers).
_one_writer = threading.Lock()
_DEPTH = "sitelog.writing"
_WRITER = "sitelog.writer"
_OPEN = "sitelog.open"
_MEMO = "sitelog.memo"
_FOLLOWING = "sitelog.following"
_KEPT = "sitelog.kept"


@contextmanager
def transaction() -> Iterator[None]:
    """Write all or nothing; opened inside another transaction, it becomes a part of that one."""
    session = db.session()
    if session.info.get(_DEPTH):
        yield
        return
    session.commit()  # ends a read that may have begun: its snapshot could not be written from
    with _one_writer:
        session.info[_DEPTH] = True
        session.info.pop(_MEMO, None)
        try:
            writer = {"bind": _writer()}
            session.info[_OPEN] = session.connection(writer, execution_options={WRITES: True})
            yield
            with _ended():
                session.commit()
            current_app.extensions.update(following())
        except BaseException:
            with _ended():
                session.rollback()
            session.info.pop(_KEPT, None)
            raise
        finally:
            for name in (_DEPTH, _OPEN, _MEMO):
                session.info.pop(name, None)
    news.ring()


def connection() -> Connection:
    """The session's own connection, for statements that were built once: plain rows cost half of what they
    cost through the mapper. What was added to the session and not flushed is not seen here."""
    session = db.session()
    open_now: Connection | None = session.info.get(_OPEN)
    return session.connection() if open_now is None else open_now


def memo() -> dict[str, Any]:
    """What was read already and cannot have changed: emptied where a write transaction begins or ends."""
    found: dict[str, Any] = db.session().info.setdefault(_MEMO, {})
    return found


def following() -> dict[str, Any]:
    """What this transaction made of what is followed: for everybody once it committed, or nobody."""
    found: dict[str, Any] = memo().setdefault(_FOLLOWING, {})
    return found


def kept() -> dict[str, Any]:
    """What stays true for as long as this context lasts, a request or a job, unless it is undone here."""
    found: dict[str, Any] = db.session().info.setdefault(_KEPT, {})
    return found


def writing() -> bool:
    """Whether a write transaction is open here."""
    return bool(db.session().info.get(_DEPTH))


def let_go() -> None:
    """Close what this application holds open of its database."""
    db.session.remove()
    if writer := current_app.extensions.pop(_WRITER, None):
        writer.close()
    db.engine.dispose()


@contextmanager
def _ended() -> Iterator[None]:
    """Give the writer up where a transaction cannot be ended: SQLAlchemy takes it for over, but the database
    may hold it open, and then begins no other on that connection and lets nobody else write."""
    try:
        yield
    except BaseException:
        writer: Connection | None = current_app.extensions.pop(_WRITER, None)
        if writer is not None:
            writer.invalidate()  # not handed back to the pool: there, too, what is open on it stays open
        raise


def _writer() -> Connection:
    # All writing goes through one connection. Every other has to read and decrypt its pages anew after each
    # entry, its own are as it left them: a check took a third longer on one of the others.
    kept: Connection | None = current_app.extensions.get(_WRITER)
    if kept is None or kept.closed or kept.in_transaction():
        if kept is not None:
            kept.close()
        kept = current_app.extensions[_WRITER] = db.engine.connect()
    return kept
