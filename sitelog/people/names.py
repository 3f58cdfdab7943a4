"""What to call people: the one read that every page with a name on it makes."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, bindparam, select

from sitelog.ground.errors import Broken
from sitelog.ground.words import N_
from sitelog.people.models import Code, Handle, Merge, Person
from sitelog.people.rules import spellings_of
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.trail.amend import is_current

# Built once: putting a statement together costs more than running it.
_NAMES = (
    select(Person.id, Person.ref, Handle.text, Merge.into_id)
    .outerjoin(Handle, Handle.person_id == Person.id)
    .outerjoin(Merge, and_(Merge.person_id == Person.id, is_current(Merge)))
)
_BY_ID: Any = _NAMES.where(Person.id.in_(bindparam("wanted", expanding=True)))
_BY_REF: Any = _NAMES.where(Person.ref.in_(bindparam("wanted", expanding=True)))


def handle_of(person_ids: Iterable[int]) -> dict[int, str]:
    """What to call these people: their handle, or their ref if they have none or it was erased."""
    wanted = set(person_ids)
    return {row.id: label for row, label in _called(_BY_ID, wanted)} if wanted else {}


def handles_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """What to call the people of these refs, struck registrations included."""
    wanted = set(refs)
    return {row.ref: label for row, label in _called(_BY_REF, wanted)} if wanted else {}


def with_names(chosen: Any, person_id: Any) -> Any:
    """A statement that reads, along with its own columns, what to call the people it is about: `handle`, else
    `numbered`. Where a row has `into_id` the person was merged, and `handle_of` says what to call them."""
    merged = and_(Merge.person_id == Person.id, is_current(Merge))
    more = chosen.add_columns(Person.ref.label("numbered"), Handle.text.label("handle"), Merge.into_id)
    joined = more.outerjoin(Person, Person.id == person_id).outerjoin(Handle, Handle.person_id == Person.id)
    return joined.outerjoin(Merge, merged)


def _called(named: Any, wanted: Collection[Any]) -> list[tuple[Any, str]]:
    asked = connection().execute(named, {"wanted": list(wanted)}).all()
    rows = {row.id: row for row in asked}
    # Almost nobody was ever merged: only then it takes another look.
    while missing := {row.into_id for row in rows.values() if row.into_id} - set(rows):
        rows |= {row.id: row for row in connection().execute(_BY_ID, {"wanted": list(missing)})}
    return [(row, _label(row, rows)) for row in asked]


def _label(row: Any, rows: dict[int, Any]) -> str:
    while row.into_id:
        row = rows[row.into_id]
    return row.text or str(row.ref)


def check_spellings() -> None:
    """Broken where a handle or a code, whose words are sealed, is found by the spelling of another."""
    for words in (Handle, Code):
        kept = select(words.text, words.normalised, Person.link_seq).join(
            Person, Person.id == words.person_id
        )
        with db.session.execute(kept.execution_options(yield_per=2000)) as rows:
            for text, spelled, seq in rows:
                if spelled not in spellings_of(text):
                    raise Broken(
                        N_("The person of link %(seq)s is found by words that are not theirs."), seq=seq
                    )
