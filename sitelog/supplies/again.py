"""An entry as its sheet shows it when it is corrected: which sheet, and what was said on it."""

from typing import Any

from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.supplies.models import Cylinder, Entry, Given, KitGiven, Move, PickUp, Returned
from sitelog.trail import queries as trail
from sitelog.trail.models import Link

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


def _exchanged(link: Link) -> dict[str, Any]:
    said: dict[str, Any] = {}
    kits: dict[str, list[Given]] = {}
    for row in trail.rows_of(link, Given):
        if row.kit:
            kits.setdefault(row.kit, []).append(row)
        else:
            said[f"item_{row.item}"] = row.count
    for kit, rows in kits.items():
        each = site.book().choice("supply_kit", kit).data.get("items", {}).get(rows[0].item, 1)
        said[f"kit_{kit}"] = max(1, rows[0].count // int(each))
    for back in trail.rows_of(link, Returned):
        said |= {"returned": back.count, "method": back.method, "grams": back.grams}
    return said


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
