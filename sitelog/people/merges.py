"""Who is who: registrations that turned out to be of one person. Every read of the register asks here."""

from collections.abc import Iterable

from sqlalchemy import select

from sitelog.people.models import Merge
from sitelog.store.db import db
from sitelog.store.transaction import kept
from sitelog.trail.amend import is_current

_KEPT = "people.merged"
# Built once: putting a statement together costs more than running it.
_MERGED = select(Merge.person_id, Merge.into_id).where(is_current(Merge))


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


def _end(old: int, into: dict[int, int]) -> int:
    while old in into:
        old = into[old]
    return old
