"""Reads of the register: who is who, and who is meant by what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people.models import Handle, Person
from sitelog.people.rules import normalise, one_slip
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

# Sorts after every letter a handle can begin to go on with.
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Known:
    """A person of the register; `handle` is None once they asked to be forgotten."""

    id: int
    ref: str
    handle: str | None

    @property
    def label(self) -> str:
        """What staff call them."""
        return self.handle or self.ref


def person(ref: str) -> Known:
    """The person people call by this ref; Unknown if there is none."""
    for found in _known(select(Person, Handle.text).where(Person.ref == ref)):
        return found
    raise Unknown(N_("There is no person %(ref)s."), ref=ref)


def by_handle(text: str) -> Known | None:
    """The person whose handle this is, however it is spelled."""
    same = select(Person, Handle.text).where(Handle.normalised == normalise(text))
    return next(iter(_known(same)), None) if normalise(text) else None


def find(text: str, limit: int = 8) -> list[Known]:
    """People whose handle begins with what was typed, then those whose handle holds it."""
    typed = normalise(text)
    if not typed:
        return []
    anywhere = Handle.normalised.contains(typed, autoescape=True)
    # Those that begin with it come first, shorter ones before longer ones.
    begins = Handle.normalised.between(typed, typed + _LAST)
    ordered = (begins.desc(), func.length(Handle.normalised), Handle.normalised)
    return _known(select(Person, Handle.text).where(anywhere).order_by(*ordered).limit(limit))


def nearly(text: str, limit: int = 8) -> list[Known]:
    """People whose handle is one slip of the finger away from what was typed."""
    typed = normalise(text)
    close = func.length(Handle.normalised).between(len(typed) - 1, len(typed) + 1)
    rows = db.session.execute(select(Handle.person_id, Handle.normalised).where(close)).all()
    ids = [row.person_id for row in rows if one_slip(typed, row.normalised)]
    return _known(
        select(Person, Handle.text).where(Person.id.in_(ids)).order_by(Handle.normalised).limit(limit)
    )


def handle_of(person_ids: Iterable[int]) -> dict[int, str]:
    """What to call these people: their handle, or their ref if it was erased."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = db.session.execute(_NAMES.where(Person.id.in_(wanted)))
    return {row.id: row.text or row.ref for row in rows}


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """The register's entries in words; a handle is never part of them."""
    return {x.seq: Sentence(_WORDS.get(x.verb, N_("%(who)s changed")), {"who": x.subject}) for x in links}


_WORDS = {
    "registered": N_("%(who)s registered"),
    "renamed": N_("%(who)s has another handle"),
    "forgotten": N_("%(who)s: handle erased"),
    "struck": N_("%(who)s: entry struck"),
}
_NAMES = select(Person.id, Person.ref, Handle.text).outerjoin(Handle, Handle.person_id == Person.id)


def _known(chosen: Any) -> list[Known]:
    joined = chosen.outerjoin(Handle, Handle.person_id == Person.id).where(is_current(Person))
    return [Known(row.id, row.ref, text) for row, text in db.session.execute(joined)]
