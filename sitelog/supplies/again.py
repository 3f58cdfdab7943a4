"""An entry as its sheet shows it when it is corrected: which sheet, and what was said on it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook
from sitelog.store.db import db
from sitelog.supplies.models import Cylinder, Entry, Given, KitGiven, Move, PickUp, Returned
from sitelog.trail import queries as trail
from sitelog.trail.models import Link

LONGEST_AGO = timedelta(days=1)
_STOCK = {"received": "receive", "counted": "count", "wasted": "waste"}


def as_entered(link: Link) -> tuple[str, dict[str, Any]]:
    """The sheet of an entry and its fields; Conflict for a striking, which holds nothing to correct."""
    note = {"note": trail.notes([link.seq]).get(link.seq, "")}
    head = [row.visit_ref for row in trail.rows_of(link, Entry)]
    if not head:
        raise Conflict(N_("That entry is itself a striking; make the entry again instead."))
    for kit in trail.rows_of(link, KitGiven):
        return "naloxone", {**note, **_values(kit), "visit": head[0]}
    for pick_up in trail.rows_of(link, PickUp):
        return "pick-up", {**note, **_values(pick_up)}
    for cylinder in trail.rows_of(link, Cylinder):
        return "cylinder", {**note, **_values(cylinder)}
    for move in trail.rows_of(link, Move):
        if move.kind in _STOCK:
            return _STOCK[move.kind], {**note, **_values(move), "count": abs(move.change)}
    return "exchange", {**note, **_exchanged(link), "visit": head[0]}


def lists_of(link: Link) -> SiteBook:
    """The site's lists with which an entry was made first: a kit was made up as they say."""
    first = select(Link.at, Link.happened_at).where(Link.subject == link.subject).order_by(Link.seq).limit(1)
    at, happened_at = db.session.execute(first).one()
    # The desk enters what happened within a day, by the lists it has; an import, by those of the time.
    return site.book_at(at) if at - happened_at <= LONGEST_AGO else site.book_for(happened_at)


def _exchanged(link: Link) -> dict[str, Any]:
    said: dict[str, Any] = {}
    kits: dict[str, list[Given]] = {}
    book = lists_of(link)
    for row in trail.rows_of(link, Given):
        if row.kit:
            kits.setdefault(row.kit, []).append(row)
        else:
            said[f"item_{row.item}"] = row.count
    for kit, rows in kits.items():
        each = book.choice("supply_kit", kit).data.get("items", {}).get(rows[0].item, 1)
        said[f"kit_{kit}"] = max(1, rows[0].count // int(each))
    for back in trail.rows_of(link, Returned):
        pieces = back.count if back.grams is None else None
        said |= {"returned": pieces, "method": back.method, "grams": back.grams}
    return said


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
