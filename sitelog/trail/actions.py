"""How an entry is made: rows, the link that seals them and its token, in one transaction."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, text

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.store.db import Base, db
from sitelog.store.keys import key
from sitelog.store.recorded import write
from sitelog.store.transaction import memo, writing
from sitelog.trail import chain
from sitelog.trail.models import Link, Note, NoteSeal

# Any number will do, as long as nothing else in the database takes it.
_CHAIN_LOCK = 7_483_127
# Built once: putting a statement together costs more than running it.
_TAIL = select(Link.seq, Link.mac).order_by(Link.seq.desc()).limit(1)
_LAST = select(func.max(Link.seq)).scalar_subquery()
# The link of a token, and the last one, which the entry to come will need anyway: one question. Here and
# below plain rows on the session's own connection: half the cost of asking through the mapper.
_OF_TOKEN = select(Link.seq, Link.mac, Link.token, Link.actor).order_by(Link.seq)
_OF_TOKEN = _OF_TOKEN.where(or_(Link.token == bindparam("token"), Link.seq == _LAST))
_INSERT = Base.metadata.tables["link"].insert()


def seen(token: str | None, *, by: Actor) -> Link | None:
    """The link an earlier press of the same form made, if there was one; a stranger's token is a Conflict."""
    if token is None:
        return None
    lock_chain()
    found = db.session.connection().execute(_OF_TOKEN, {"token": token}).all()
    if found:
        memo()["tail"] = found[-1].seq, found[-1].mac
    first = next((row for row in found if row.token == token), None)
    if first is None:
        return None
    if first.actor != by.ref:
        raise Conflict(N_("This form was already sent by someone else. Open it again to make a new entry."))
    return db.session.get(Link, first.seq)


def append(
    kind: str,
    subject: str,
    *rows: Any,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    amends: int | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> Link:
    """Add `rows` and the link they hang on to the open transaction.

    `kind` is "noun.past_tense", `subject` the ref people say. `happened_at` is when the person says it
    happened, `at` when it is written. `note` is kept where it can be erased.
    """
    if not writing():
        raise RuntimeError("an entry is made inside transaction()")
    lock_chain()
    before, previous = _tail()
    seq = before + 1
    sealed = [*rows, *_note(seq, subject, at, note)]
    salt = secrets.token_bytes(16)
    digest = chain.content_digest(salt, at, happened_at, _hang(sealed, seq))
    words: dict[str, Any] = {"seq": seq, "kind": kind, "subject": subject, "actor": by.ref}
    words |= {"amends": amends, "reason": reason, "digest": digest}
    words["mac"] = chain.mac(key("chain"), previous, **words)
    words |= {"at": at, "happened_at": happened_at, "token": token, "salt": salt}
    db.session.connection().execute(_INSERT, words)
    memo()["tail"] = seq, words["mac"]
    return Link(**words)


def erase_notes(subjects: Iterable[str], seqs: Iterable[int] = ()) -> None:
    """Erase for good the words of every note about these subjects, and of these entries; their seals stay."""
    about = or_(Note.subject.in_(sorted(set(subjects))), Note.link_seq.in_(sorted(set(seqs))))
    db.session.execute(delete(Note).where(about))


def _tail() -> tuple[int, bytes]:
    known: tuple[int, bytes] | None = memo().get("tail")
    if known is None:
        last = db.session.connection().execute(_TAIL).first()
        known = (last.seq, last.mac) if last else (0, chain.GENESIS)
    return known


def lock_chain() -> None:
    """Be the only one who appends until the transaction ends; SQLite's write lock already sees to that."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _CHAIN_LOCK})


def _hang(rows: list[Any], seq: int) -> list[bytes]:
    for row in rows:
        row.link_seq = seq
    session = db.session()
    return [write(session, row) for row in rows]


def _note(seq: int, subject: str, at: datetime, words: str | None) -> list[NoteSeal]:
    if not words:
        return []
    salt = secrets.token_bytes(16)
    db.session.add(Note(link_seq=seq, subject=subject, at=at, text=words, salt=salt))
    return [NoteSeal(seal=chain.seal(salt, words.encode()))]
