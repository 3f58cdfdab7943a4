"""How an entry is made: rows, the link that seals them and its token, in one transaction."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, text

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Repeated
from sitelog.ground.words import N_
from sitelog.store import erasure
from sitelog.store.db import Base, db
from sitelog.store.keys import key
from sitelog.store.recorded import insert_many, write, write_many
from sitelog.store.transaction import connection, memo, writing
from sitelog.trail import chain
from sitelog.trail.models import Link, Note, NoteSeal

# Any number will do, as long as nothing else in the database takes it.
_CHAIN_LOCK = 7_483_127
# Entries that are written by one statement a table, where many are made at once.
_AT_ONCE = 2000
# Built once: putting a statement together costs more than running it.
_TAIL = select(Link.seq, Link.mac).order_by(Link.seq.desc()).limit(1)
_LAST = select(func.max(Link.seq)).scalar_subquery()
# The link of a token, and the last one, which the entry to come will need anyway: one question. Here and
# below plain rows on the session's own connection: half the cost of asking through the mapper.
_OF_TOKEN = select(Link.seq, Link.mac, Link.token, Link.sent, Link.actor).order_by(Link.seq)
_OF_TOKEN = _OF_TOKEN.where(or_(Link.token == bindparam("token"), Link.seq == _LAST))
_INSERT = Base.metadata.tables["link"].insert()


def seen(token: str | None, *, by: Actor, whoever: bool = False) -> Link | None:
    """The link an earlier press of the same form made, if there was one.

    A stranger's token is a Conflict; so is one that was sent with something else in the form (Repeated): the
    answer to the first was lost, and what was changed since would be lost with it. `token` is "TOKEN" or,
    where what was sent is known too, "TOKEN:DIGEST". With `whoever` neither matters: an emergency that
    a desk has kept is sent again by whoever unlocks it, and is the one that runs.
    """
    lock_chain()  # here, where each verb begins: what it looks at next has to stand until it appends
    if token is None:
        return None
    token, sent = _apart(token)
    found = connection().execute(_OF_TOKEN, {"token": token}).all()
    if found:
        memo()["tail"] = found[-1].seq, found[-1].mac
    first = next((row for row in found if row.token == token), None)
    if first is None:
        return None
    if not whoever:
        _check_same(first, by, sent)
    return db.session.get(Link, first.seq)


def _check_same(first: Any, by: Actor, sent: str | None) -> None:
    if first.actor != by.ref:
        raise Conflict(N_("This form was already sent by someone else. Open it again to make a new entry."))
    if sent and first.sent and sent != first.sent:
        raise Repeated(
            N_(
                "This was entered already as you first sent it, though no answer came. What is different now "
                "is not entered: send it again to enter it as well, or amend the first."
            )
        )


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
    parts: Sequence[Any] = (),
) -> Link:
    """Add `rows` and the link they hang on to the open transaction.

    `kind` is "noun.past_tense", `subject` the ref people say. `happened_at` is when the person says it
    happened, `at` when it is written. `note` is kept where it can be erased. `parts` are more rows, so many
    that they are written together and not kept in the session.
    """
    if not writing():
        raise RuntimeError("an entry is made inside transaction()")
    lock_chain()
    before, previous = _tail()
    seq = before + 1
    sealed = [*rows, *_note(seq, subject, at, note)]
    times = {"at": at, "happened_at": happened_at}
    said: dict[str, Any] = {"kind": kind, "subject": subject, "actor": by.ref}
    words = _link(previous, seq, _hang(sealed, parts, seq), times, **said, amends=amends, reason=reason)
    words["token"], words["sent"] = _apart(token)
    connection().execute(_INSERT, words)
    memo()["tail"] = seq, words["mac"]
    made = Link()
    made.__dict__.update(words)  # not by setattr, which would note each as a change to be written
    return made


def erase_notes(subjects: Iterable[str], seqs: Iterable[int] = (), *, at: datetime) -> None:
    """Erase for good the words of every note about these subjects, and of these entries; their seals stay."""
    about = or_(Note.subject.in_(sorted(set(subjects))), Note.link_seq.in_(sorted(set(seqs))))
    erasure.erase(delete(Note).where(about), at=at)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of many: what `append` takes. `beside` are words that can be erased, written with it."""

    kind: str
    subject: str
    rows: Sequence[Any]
    happened_at: datetime
    token: str | None = None
    note: str | None = None
    beside: Sequence[Any] = ()


def append_many(entries: Iterable[Entry], *, by: Actor, at: datetime) -> int:
    """Add many entries to the open transaction, with the links and seals that `append` would have made.

    They are taken a few thousand at a time, so that any number fits in memory; how many there were.
    """
    if not writing():
        raise RuntimeError("an entry is made inside transaction()")
    lock_chain()
    source, total = iter(entries), 0
    while some := list(islice(source, _AT_ONCE)):
        _append_batch(some, by, at)
        total += len(some)
    return total


def _append_batch(entries: Sequence[Entry], by: Actor, at: datetime) -> None:
    before, previous = _tail()
    rows: list[Any] = []
    ends, beside = [], []
    for seq, entry in enumerate(entries, before + 1):
        note, seals = _noted(seq, entry.subject, at, entry.note)
        for row in (sealed := [*entry.rows, *seals]):
            row.link_seq = seq
        rows += sealed
        ends.append(len(rows))
        beside += [*entry.beside, *note]
    spelled = write_many(rows)
    links, start = [], 0
    for seq, (entry, end) in enumerate(zip(entries, ends, strict=True), before + 1):
        times = {"at": at, "happened_at": entry.happened_at}
        said: dict[str, Any] = {"kind": entry.kind, "subject": entry.subject, "actor": by.ref}
        words = _link(previous, seq, spelled[start:end], times, **said, amends=None, reason=None)
        links.append(words | {"token": entry.token, "sent": None})
        start, previous = end, words["mac"]
    connection().execute(_INSERT, links)
    insert_many(beside)
    memo()["tail"] = links[-1]["seq"], previous


def _apart(token: str | None) -> tuple[str | None, str | None]:
    """The token itself, and the digest of what was sent with it."""
    itself, _, sent = (token or "").partition(":")
    return itself or None, sent or None


def _link(previous: bytes, seq: int, rows: Sequence[bytes], times: dict[str, datetime], **said: Any) -> Any:
    """The columns of the link that comes after the one with this MAC, but for its token."""
    salt = secrets.token_bytes(16)
    words = {"seq": seq, **said, "digest": chain.content_digest(salt, rows=rows, **times)}
    words["mac"] = chain.mac(key("chain"), previous, **words)
    return {**words, **times, "salt": salt}


def _tail() -> tuple[int, bytes]:
    known: tuple[int, bytes] | None = memo().get("tail")
    if known is None:
        last = connection().execute(_TAIL).first()
        known = (last.seq, last.mac) if last else (0, chain.GENESIS)
    return known


def lock_chain() -> None:
    """Be the only one who appends until the transaction ends; SQLite's write lock already sees to that."""
    if connection().dialect.name == "postgresql":
        connection().execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _CHAIN_LOCK})


def _hang(rows: Sequence[Any], parts: Sequence[Any], seq: int) -> list[bytes]:
    for row in (*rows, *parts):
        row.link_seq = seq
    return [*map(write, rows), *(write_many(parts) if parts else ())]


def _note(seq: int, subject: str, at: datetime, words: str | None) -> list[NoteSeal]:
    note, seals = _noted(seq, subject, at, words)
    insert_many(note)
    return seals


def _noted(seq: int, subject: str, at: datetime, words: str | None) -> tuple[list[Note], list[NoteSeal]]:
    """The note, if there are words, and the seal that the link keeps of it."""
    if not words:
        return [], []
    salt = secrets.token_bytes(16)
    note = Note(link_seq=seq, subject=subject, at=at, text=words, salt=salt)
    return [note], [NoteSeal(seal=chain.seal(salt, words.encode()))]
