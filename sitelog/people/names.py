"""What to call people: the one read that every page with a name on it makes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from sitelog.people.models import Handle, Merge, Person
from sitelog.store.db import db
from sitelog.trail.amend import is_current

_NAMES = (
    select(Person.id, Person.ref, Handle.text, Merge.into_id)
    .outerjoin(Handle, Handle.person_id == Person.id)
    .outerjoin(Merge, and_(Merge.person_id == Person.id, is_current(Merge)))
)


def handle_of(person_ids: Iterable[int]) -> dict[int, str]:
    """What to call these people: their handle, or their ref if they have none or it was erased."""
    wanted = set(person_ids)
    return {row.id: label for row, label in _called(Person.id.in_(wanted))} if wanted else {}


def handles_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """What to call the people of these refs, struck registrations included."""
    wanted = set(refs)
    return {row.ref: label for row, label in _called(Person.ref.in_(wanted))} if wanted else {}


def _called(which: ColumnElement[bool]) -> list[tuple[Any, str]]:
    asked = db.session.execute(_NAMES.where(which)).all()
    rows = {row.id: row for row in asked}
    # Almost nobody was ever merged: only then it takes another look.
    while missing := {row.into_id for row in rows.values() if row.into_id} - set(rows):
        rows |= {row.id: row for row in db.session.execute(_NAMES.where(Person.id.in_(missing)))}
    return [(row, _label(row, rows)) for row in asked]


def _label(row: Any, rows: dict[int, Any]) -> str:
    while row.into_id:
        row = rows[row.into_id]
    return row.text or str(row.ref)
