"""What the feed says about supplies entries: a few reads for any number of entries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.supplies.models import Cylinder, Given, KitGiven, Move, PickUp, Returned
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

STRUCK_WORDS = N_("Struck: an entry about supplies")
NOTHING_WORDS = N_("Supplies entry")
MOVE_WORDS = {
    "received": N_("Stock received: %(n)s %(item)s"),
    "counted": N_("Stock counted: %(counted)s %(item)s"),
    "wasted": N_("Thrown away: %(n)s %(item)s"),
}


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each supplies entry in words; entries of other nouns are left out."""
    ours = [link for link in links if link.noun == "supply"]
    seqs = [link.seq for link in ours]
    found = [_by_link(model, seqs) for model in (Given, Returned, KitGiven, PickUp, Cylinder, Move)]
    return {link.seq: _sentence(link, *(rows.get(link.seq, []) for rows in found)) for link in ours}


def _by_link(model: Any, seqs: Sequence[int]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = {}
    for row in db.session.scalars(select(model).where(model.link_seq.in_(seqs)).order_by(model.id)):
        rows.setdefault(row.link_seq, []).append(row)
    return rows


def _sentence(
    link: Link,
    given: list[Given],
    back: list[Returned],
    kits: list[KitGiven],
    picked: list[PickUp],
    cylinders: list[Cylinder],
    moves: list[Move],
) -> Sentence:
    book = site.book()
    if link.verb == "struck":
        return Sentence(STRUCK_WORDS)
    if kits:
        form = book.label("naloxone_form", kits[0].form)
        return Sentence(N_("Naloxone kits given: %(n)s, %(form)s"), {"n": kits[0].count, "form": form})
    if given or back:
        out, came = sum(row.count for row in given), sum(row.count for row in back)
        return Sentence(N_("Supplies: %(out)s given, %(back)s taken back"), {"out": out, "back": came})
    if picked:
        return _picked(picked[0], book.label("pick_up_kind", picked[0].kind))
    if cylinders:
        values = {"code": cylinders[0].code, "percent": cylinders[0].percent}
        return Sentence(N_("Oxygen %(code)s at %(percent)s %%"), values)
    if moves:
        move = moves[0]
        item = book.label("supply", move.item)
        counts = {"n": abs(move.change), "counted": move.counted, "item": item}
        return Sentence(MOVE_WORDS.get(move.kind, NOTHING_WORDS), counts)
    return Sentence(NOTHING_WORDS)


def _picked(row: PickUp, kind: str) -> Sentence:
    if row.count is None:
        return Sentence(N_("%(kind)s: %(n)s litres"), {"kind": kind, "n": row.litres})
    return Sentence(N_("%(kind)s: %(n)s"), {"kind": kind, "n": row.count})
