"""What is on hand, what happened to an item, how full the cylinders are, and what the bar warns of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people.queries import Mention
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.supplies import balance, rules
from sitelog.supplies.again import as_entered, lists_of
from sitelog.supplies.models import Cylinder, Entry, Given, KitGiven, Move, Returned
from sitelog.supplies.rules import Lot, Warn
from sitelog.supplies.said import sentences
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link

__all__ = ["as_entered", "lists_of", "sentences"]
_KEPT = "sitelog.supplies.warns"


@dataclass(frozen=True)
class Shelf:
    """One item of the stock page: all there is, and by lot."""

    item: Choice
    on_hand: int
    lots: Sequence[Lot]


@dataclass(frozen=True)
class AtHand:
    """What a shift hands over of the stock: how much of an item there is, or how full a cylinder is."""

    label: str
    on_hand: int
    warns: Sequence[Warn]
    percent: bool = False


def lots(item: str | None = None, without: int | None = None) -> list[Lot]:
    """What is on hand by item and lot: the sum of the moves that stand.

    `without` is an entry that is about to be amended: what it moved is not counted.
    """
    stock = balance.standing() if without is None else balance.standing_without(without)
    return [lot for lot in stock.lots() if item is None or lot.item == item]


def taken(seq: int) -> list[Lot]:
    """What one entry took off the stock, as numbers above zero."""
    rows = db.session.scalars(select(Move).where(Move.link_seq == seq, Move.change < 0).order_by(Move.id))
    return [Lot(row.item, row.lot, row.expires_on, -row.change) for row in rows]


def remarks(seq: int) -> list[Warn]:
    """What is odd about an entry that was just made; it stands all the same."""
    book, found = site.book(), list[Warn]()
    for row in db.session.scalars(select(Returned).where(Returned.link_seq == seq)):
        found += rules.returned_advice(row.count, row.grams, book.label("return_method", row.method))
    drawn = {(part.item, part.lot, part.expires_on) for part in taken(seq)}
    for lot in lots() if drawn else ():
        if lot.on_hand < 0 and (lot.item, lot.lot, lot.expires_on) in drawn:
            found.append(rules.overdrawn(book.choice("supply", lot.item), lot))
    return found


def handed_out(seq: int) -> list[Given | KitGiven]:
    """What one entry handed out, items and naloxone kits."""
    given = db.session.scalars(select(Given).where(Given.link_seq == seq))
    return [*given, *db.session.scalars(select(KitGiven).where(KitGiven.link_seq == seq))]


def mentions(visit_refs: Iterable[str]) -> list[Mention]:
    """The entries made within these visits, by the last word about each; struck ones too."""
    last = select(func.max(Entry.id)).group_by(Entry.ref)
    chosen = select(Entry.ref, Entry.happened_at, is_current(Entry).label("stands"))
    chosen = chosen.where(Entry.id.in_(last), Entry.visit_ref.in_(sorted(visit_refs)))
    return [Mention("supply", *row) for row in db.session.execute(chosen)]


def within_visit(ref: str) -> set[str]:
    """The entries made within a visit, by the last word about each; struck ones too."""
    return {one.ref for one in mentions([ref])}


def on_hand(item: str) -> int:
    """How many of an item there are."""
    return sum(lot.on_hand for lot in lots(item))


def shelves() -> list[Shelf]:
    """Every item of the list with what is on hand; an item without moves is not kept in stock here."""
    return _shelved(lots())


def _shelved(found: Sequence[Lot]) -> list[Shelf]:
    mine = {item: [lot for lot in found if lot.item == item.code] for item in _items()}
    return [Shelf(item, sum(lot.on_hand for lot in held), held) for item, held in mine.items()]


def history(item: str, limit: int = 100) -> list[tuple[Move, Link, bool]]:
    """The newest moves of an item, each with its entry and whether it still stands."""
    chosen = select(Move, Link, is_current(Move)).join(Link, Link.seq == Move.link_seq)
    rows = db.session.execute(chosen.where(Move.item == item).order_by(Move.id.desc()).limit(limit))
    return [(move, link, bool(stands)) for move, link, stands in rows]


def cylinders() -> list[Cylinder]:
    """What was last said about each cylinder."""
    rows = db.session.scalars(current(Cylinder).order_by(Cylinder.happened_at, Cylinder.id))
    return list({row.code: row for row in rows}.values())


def levels(code: str, limit: int = 100) -> list[tuple[Cylinder, Link, bool]]:
    """What was said about a cylinder, newest first, each with its entry and whether it still stands."""
    chosen = select(Cylinder, Link, is_current(Cylinder)).join(Link, Link.seq == Cylinder.link_seq)
    order = (Cylinder.happened_at.desc(), Cylinder.id.desc())
    rows = db.session.execute(chosen.where(Cylinder.code == code).order_by(*order).limit(limit))
    return [(row, link, bool(stands)) for row, link, stands in rows]


def entry(ref: str) -> Entry:
    """An entry that stands, by the ref people say."""
    found: Entry | None = db.session.scalar(
        current(Entry).where(Entry.ref == ref).order_by(Entry.id.desc()).limit(1)
    )
    if found is None:
        raise Unknown(N_("There is no supplies entry %(ref)s."), ref=ref)
    return found


def visit_is_known(ref: str) -> bool:
    """Whether a visit of this ref was ever entered."""
    told = select(Link.seq).where(Link.subject == ref, Link.kind.startswith("visit.")).limit(1)
    return db.session.scalar(told) is not None


def warns(now: datetime) -> Sequence[Warn]:
    """What the bar warns of; read again when something was entered or the site's day changed."""
    today = site.calendar().day_of(now)
    return remembered(_KEPT, (trail.last_seq(), today), lambda: _warns(today))


def _warns(today: date) -> list[Warn]:
    book = site.book()
    levels = {row.code: (row.state, row.percent) for row in cylinders()}
    days, low = book.limit("expiry_warning_days"), book.limit("oxygen_warning_percent")
    # What a response needs comes first: the bar has room for one.
    urgent = sorted(_items(), key=lambda item: "micrograms" not in item.data)
    stock = balance.standing()
    shelved = rules.stock_warns(urgent, stock.lots(), stock.items_kept(), today, days)
    return [*rules.oxygen_warns(levels, low), *shelved]


def at_hand(now: datetime) -> list[AtHand]:
    """What a response needs, and whatever the bar warns of, of what is received or counted here."""
    about: dict[str, list[Warn]] = defaultdict(list)
    for warn in warns(now):
        about[warn.of].append(warn)
    stock = balance.standing()
    kept = stock.items_kept()
    items = [shelf for shelf in _shelved(stock.lots()) if shelf.item.code in kept]
    shown = [one for one in items if "micrograms" in one.item.data or one.item.code in about]
    drawn = [AtHand(one.item.label, one.on_hand, about[one.item.code]) for one in shown]
    return drawn + [AtHand(row.code, row.percent, about[row.code], percent=True) for row in cylinders()]


def _items() -> list[Choice]:
    return site.book().choices("supply")
