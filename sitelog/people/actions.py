"""The verbs of the register: register, rename, forget."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.people import queries, rules
from sitelog.people.models import Handle, Naming, Person
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import chain
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen


def register(
    handle: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Person:
    """Give somebody new a number and keep the handle they chose. Conflict if it is somebody else's."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Person)[0]
        text = _free(handle)
        number = trail.next_number(Person)
        row = Person(id=number, number=number, ref=f"P{number:04d}")
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.registered", row.ref, row, _name(row.id, text), **words)
        return row


def rename(
    ref: str, handle: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> None:
    """Give a person another handle; the old words are erased."""
    with transaction():
        if seen(token, by=by):
            return
        known = queries.person(ref)
        text = _free(handle, but=known.id)
        _erase(known.id)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.renamed", ref, _name(known.id, text), **words)


def forget(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> None:
    """Erase the words of a person's handle for good; what happened stays, under their number."""
    with transaction():
        if seen(token, by=by):
            return
        known = queries.person(ref)
        _erase(known.id)
        append("person.forgotten", ref, by=by, happened_at=happened_at, at=at, token=token)


def _free(handle: str, but: int | None = None) -> str:
    text = rules.check_handle(handle)
    other = queries.by_handle(text)
    if other is not None and other.id != but:
        raise Conflict(
            N_("“%(handle)s” is already the handle of %(ref)s. Choose that person, or another handle."),
            handle=other.label,
            ref=other.ref,
        )
    return text


def _name(person_id: int, text: str) -> Naming:
    key, salt = secrets.token_hex(16), secrets.token_bytes(16)
    spelled = rules.normalise(text)
    db.session.add(Handle(handle_key=key, person_id=person_id, text=text, normalised=spelled, salt=salt))
    return Naming(person_id=person_id, handle_key=key, handle_seal=chain.seal(salt, text.encode()))


def _erase(person_id: int) -> None:
    db.session.execute(delete(Handle).where(Handle.person_id == person_id))
