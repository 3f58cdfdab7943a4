"""How much of each lot there is, kept up to date by the trail's news.

Adding up every move of years at each exchange would be slow, so the sums are kept, and only what was moved
since, or taken back since, is added to them.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from sitelog.store.remembered import followed
from sitelog.store.transaction import connection
from sitelog.supplies.models import Move
from sitelog.supplies.rules import Lot
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_KEPT = "sitelog.supplies.balance"
# The kinds of moves by which a site begins to keep stock of an item.
KEEPS = ("received", "counted")
# An item, a lot of it and when that expires.
Key = tuple[str, str | None, date | None]


@dataclass(frozen=True)
class Balance:
    """Of each lot, when the chain was `seq` long: how many moves stood, and what they add up to; and how many
    times each item had been received or counted."""

    seq: int
    moves: Counter[Key]
    sums: Counter[Key]
    kept: Counter[str]

    def lots(self) -> list[Lot]:
        """What is on hand of each lot of which a move stands."""
        return [Lot(*key, self.sums[key]) for key in sorted(self.moves, key=_order) if self.moves[key]]

    def items_kept(self) -> set[str]:
        """The items of which a receipt or a count stands: the stock of these is kept here."""
        return {item for item, times in self.kept.items() if times}


# Built once: putting a statement together costs more than running it.
_LOT = (Move.item, Move.lot, Move.expires_on)
_MOVED = (*_LOT, Move.kind, func.count(), func.sum(Move.change))
_LATER = aliased(Link)
_NEWS: Any = union_all(
    select(literal(1), *_MOVED)
    .where(Move.link_seq > bindparam("seq"), Move.link_seq <= bindparam("upto"))
    .group_by(*_LOT, Move.kind),
    # An entry can be amended or struck once: what it moved is taken back by the link that does it.
    select(literal(-1), *_MOVED)
    .join(_LATER, _LATER.amends == Move.link_seq)
    .where(_LATER.seq > bindparam("seq"), _LATER.seq <= bindparam("upto"))
    .group_by(*_LOT, Move.kind),
)
_WITHOUT = select(*_LOT, Move.change).where(Move.link_seq == bindparam("without"), is_current(Move))


def standing() -> Balance:
    """The balance of everything that stands now."""
    return followed(_KEPT, _caught_up)


def standing_without(seq: int) -> Balance:
    """The balance but for what one entry moved."""
    whole = standing()
    moves, sums = Counter(whole.moves), Counter(whole.sums)
    for item, lot, expires_on, change in connection().execute(_WITHOUT, {"without": seq}):
        moves[item, lot, expires_on] -= 1
        sums[item, lot, expires_on] -= change
    return replace(whole, moves=moves, sums=sums)


def _order(key: Key) -> tuple[str, str, date]:
    item, lot, expires_on = key
    return item, lot or "", expires_on or date.min


def _caught_up(known: Balance | None) -> Balance:
    known, upto = known or Balance(0, Counter(), Counter(), Counter()), trail.last_seq()
    if known.seq >= upto:
        return known
    moves, sums, kept = Counter(known.moves), Counter(known.sums), Counter(known.kept)
    news = connection().execute(_NEWS, {"seq": known.seq, "upto": upto})
    for sign, item, lot, expires_on, kind, count, change in news:
        moves[item, lot, expires_on] += sign * count
        sums[item, lot, expires_on] += sign * int(change)
        if kind in KEEPS:
            kept[item] += sign * count
    return Balance(upto, moves, sums, kept)
