"""Which visits are in the house, kept up to date by the trail's news.

Asking that of a hundred thousand closed visits each time would be slow, so the answer is kept, and only the
visits the trail has news of are looked at again.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select

from sitelog.store.remembered import followed
from sitelog.store.transaction import connection
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link
from sitelog.visits.models import Arrival, Departure, Visit

_KEPT = "sitelog.visits.here"
# Beyond this much news it is quicker to look at everything.
_MUCH = 2000


@dataclass(frozen=True)
class _Here:
    """The ids of the visits that had not ended when the chain was `seq` long."""

    seq: int
    ids: frozenset[int]


def ids() -> frozenset[int]:
    """The visits that have begun and not ended, however long ago they began."""
    return followed(_KEPT, _caught_up).ids


def _standing() -> ColumnElement[bool]:
    gone = exists(select(Departure.id).where(Departure.visit_id == Arrival.visit_id, is_current(Departure)))
    return is_current(Arrival) & ~gone


_LAST = select(Link.seq).order_by(Link.seq.desc()).limit(1)
_ALL: Any = select(Arrival.visit_id).where(_standing())
# Each new link, the visit it is about, if it is about one, and that visit again if it has not ended.
_NEWS: Any = (
    select(Link.seq, Visit.id, Arrival.visit_id)
    .outerjoin(Visit, Visit.ref == Link.subject)
    .outerjoin(Arrival, (Arrival.visit_id == Visit.id) & _standing())
    .where(Link.seq > bindparam("seq"))
    .order_by(Link.seq)
    .limit(_MUCH)
)


def _everything() -> _Here:
    seq = connection().scalar(_LAST) or 0
    return _Here(seq, frozenset(connection().scalars(_ALL)))


def _caught_up(known: _Here | None) -> _Here:
    if known is None:
        return _everything()
    news = connection().execute(_NEWS, {"seq": known.seq}).all()
    if len(news) >= _MUCH:
        return _everything()
    changed = {visit_id for _, visit_id, _ in news}
    still = {visit_id for _, _, visit_id in news if visit_id is not None}
    return _Here(news[-1][0], (known.ids - changed) | still) if news else known
