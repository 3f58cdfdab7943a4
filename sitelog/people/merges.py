"""Who is who: registrations that turned out to be of one person. Every read of the register asks here."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from sitelog.people.models import Merge, Person
from sitelog.store.db import db
from sitelog.store.transaction import kept
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_KEPT = "people.merged"
# Built once: putting a statement together costs more than running it.
_MERGED = select(Merge.person_id, Merge.into_id).where(is_current(Merge))
_PERSON: Any = bindparam("person")
_NUMBERED = select(Person.id).where(Person.ref == bindparam("ref"))
_MERGED_AT = select(Merge.into_id, Merge.link_seq).where(is_current(Merge), Merge.person_id == _PERSON)
_FORGOTTEN = (
    select(Link.seq)
    .join(Person, Person.ref == Link.subject)
    .where(Person.id == _PERSON, Link.kind == "person.forgotten", Link.seq > bindparam("since"))
    .limit(1)
)


def roots() -> dict[int, int]:
    """Each registration that was merged, and the one it counts as now: read once a request."""
    known: dict[int, int] | None = kept().get(_KEPT)
    if known is None:
        into = {old: new for old, new in db.session.connection().execute(_MERGED)}
        known = kept()[_KEPT] = {old: _end(old, into) for old in into}
    return known


def forget_kept() -> None:
    """Read again next time: somebody was merged, or was after all not."""
    kept().pop(_KEPT, None)


def root(person_id: int) -> int:
    """The registration this one counts as: itself, unless it was merged."""
    return roots().get(person_id, person_id)


def together(person_ids: Iterable[int]) -> dict[int, int]:
    """Every registration of these people, and the one each counts as now."""
    wanted = {root(one) for one in person_ids}
    others = {old: new for old, new in roots().items() if new in wanted}
    return {**{one: one for one in wanted}, **others}


def forgotten_since(entry: Link) -> bool:
    """Whether the person of this entry of the register was forgotten after it, by merges of before too."""
    one, since = db.session.scalar(_NUMBERED, {"ref": entry.subject}), entry.seq
    while one is not None:
        if db.session.scalar(_FORGOTTEN, {"person": one, "since": since}) is not None:
            return True
        merged = db.session.execute(_MERGED_AT, {"person": one}).first()
        one, since = (merged.into_id, max(since, merged.link_seq)) if merged else (None, since)
    return False


def _end(old: int, into: dict[int, int]) -> int:
    while old in into:
        old = into[old]
    return old
