"""Who is who: registrations that turned out to be of one person. Every read of the register asks here."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import bindparam, func, select

from sitelog.people.models import Merge, Person
from sitelog.store.db import db
from sitelog.store.transaction import connection, kept
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_KEPT = "people.merged"
# Built once: putting a statement together costs more than running it.
_MERGED = select(Merge.person_id, Merge.into_id).where(is_current(Merge))
_NUMBERED = select(Person.ref, Person.id).where(Person.ref.in_(bindparam("refs", expanding=True)))
_MERGED_AT = select(Merge.person_id, Merge.into_id, Merge.link_seq).where(is_current(Merge))
_FORGOTTEN = (
    select(Person.id, func.max(Link.seq))
    .join(Person, Person.ref == Link.subject)
    .where(Link.kind == "person.forgotten", Link.seq > bindparam("since"))
    .group_by(Person.id)
)


def roots() -> dict[int, int]:
    """Each registration that was merged, and the one it counts as now: read once a request."""
    known: dict[int, int] | None = kept().get(_KEPT)
    if known is None:
        into = {old: new for old, new in connection().execute(_MERGED)}
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


def forgotten_since(entries: Collection[Link]) -> set[int]:
    """Which of these entries of the register (seq) are from before their person was forgotten.

    Somebody is forgotten with whatever was merged into them before.
    """
    oldest = min((entry.seq for entry in entries), default=0)
    rows = db.session.execute(_FORGOTTEN, {"since": oldest}).all() if entries else ()
    if not rows:
        return set()
    forgotten = {person_id: seq for person_id, seq in rows}
    numbered = db.session.execute(_NUMBERED, {"refs": sorted({entry.subject for entry in entries})})
    ids = {ref: person_id for ref, person_id in numbered}
    merged = {old: (new, seq) for old, new, seq in db.session.execute(_MERGED_AT)}
    return {entry.seq for entry in entries if _is_gone(ids.get(entry.subject), entry.seq, forgotten, merged)}


def _is_gone(
    one: int | None, since: int, forgotten: Mapping[int, int], merged: Mapping[int, tuple[int, int]]
) -> bool:
    while one is not None and forgotten.get(one, 0) <= since:
        one, merged_at = merged.get(one, (None, since))
        since = max(since, merged_at)
    return one is not None


def _end(old: int, into: dict[int, int]) -> int:
    while old in into:
        old = into[old]
    return old
