"""The rows of each kind of supplies entry, made from what was said; stock moves along."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook, check_choice
from sitelog.store.recorded import Recorded
from sitelog.supplies import queries, rules
from sitelog.supplies.models import Cylinder, Entry, Given, KitGiven, Move, PickUp, Returned
from sitelog.supplies.rules import (
    Count,
    Exchange,
    Level,
    Lot,
    NaloxoneKits,
    Receipt,
    SharpsPickUp,
    Taken,
    Waste,
    What,
    check_count,
)
from sitelog.trail import queries as trail

Rows = list[Recorded]
# What is handed out or taken back, in or out of the house: the rest is about the shelf.
Passed = Exchange | NaloxoneKits | SharpsPickUp
# What each entry leaves in the trail.
PAST: dict[type[Any], str] = {
    Exchange: "exchanged",
    NaloxoneKits: "naloxone_kits_given",
    SharpsPickUp: "sharps_picked_up",
    Receipt: "stock_received",
    Count: "stock_counted",
    Waste: "stock_wasted",
    Level: "cylinder_checked",
}


def head_of(number: int, what: What, happened_at: datetime) -> Entry:
    """The head of an entry."""
    visit = getattr(what, "visit", None)
    return Entry(number=number, ref=f"X{number:04d}", visit_ref=visit, happened_at=happened_at)


def rows_of(what: What, happened_at: datetime, without: int | None = None) -> Rows:
    """The rows of an entry; Refused where it is impossible. `without` is the entry it replaces."""
    if isinstance(what, Passed):
        # A correction says what was given then, so its kits are made up as they were then.
        rows = rows_passed(what, queries.lists_of(trail.link(without)) if without else site.book())
        return [*rows, *_handed_out(rows, happened_at, without)]
    return _OF_SHELF[type(what)](what, happened_at, without)


def rows_passed(what: Passed, book: SiteBook) -> Rows:
    """The rows of what was handed out or taken back, without the stock it moves; Refused as `rows_of`."""
    return _PASSED[type(what)](what, book)


def moves_of_dose(
    micrograms: int | None, route: str | None, happened_at: datetime, without: int | None = None
) -> list[Move]:
    """The moves of a dose given in a response; it never refuses, whatever the stock says."""
    if micrograms is None or route is None:
        return []
    found = rules.used_by_dose(site.book().choices("supply"), micrograms, route)
    if found is None:
        return []
    item, count = found
    before = queries.taken(without) if without else []
    if without and not before:  # a dose of the past: the shelf was counted after it
        return []
    # A dose whose time alone is corrected stays with the lot it was drawn from.
    drawn = [part for part in before if part.item == item]
    same = sum(part.on_hand for part in drawn) == count
    parts = [_of(lot) for lot in drawn] if same else rules.take(queries.lots(item, without), count)
    return [_move(item, "used", -part.count, happened_at, part) for part in parts]


def _exchange(what: Exchange, book: SiteBook) -> Rows:
    rows: Rows = list(_given(what, book))
    if what.method == "weight" and (what.returned or what.grams is not None):
        rows.append(_weighed(what, book))
    elif what.returned:
        check_choice(book, "return_method", what.method, "method")
        rows.append(Returned(count=check_count(what.returned, "returned"), method=what.method))
    if not rows:
        raise Refused(N_("Say what was given or taken back."), field="returned")
    return rows


def _weighed(what: Exchange, book: SiteBook) -> Returned:
    if what.grams is None:
        raise Refused(N_("Type what the scale showed, or choose how the pieces are known."), field="grams")
    if what.returned:
        text = N_("The scale says how many: empty this, or choose how the pieces are known.")
        raise Refused(text, field="returned")
    grams = check_count(what.grams, "grams")
    count = rules.syringes_of(grams, book.limit("syringes_per_kilogram"))
    return Returned(count=count, method=what.method, grams=grams)


def _given(what: Exchange, book: SiteBook) -> Iterator[Given]:
    for item, count in what.items.items():
        check_choice(_list_with("supply", item, book), "supply", item, "items")
        yield Given(item=item, count=check_count(count, "items"))
    for kit, count in what.kits.items():
        known = _list_with("supply_kit", kit, book)
        check_choice(known, "supply_kit", kit, "kits")
        check_count(count, "kits")
        for item, each in rules.expand(known.choice("supply_kit", kit), count).items():
            yield Given(item=item, kit=kit, count=each)


def _list_with(kind: str, code: str, book: SiteBook) -> SiteBook:
    # What a correction adds may have come on the list since.
    return book if any(one.code == code for one in book.choices(kind)) else site.book()


def _kits(what: NaloxoneKits, book: SiteBook) -> Rows:
    check_choice(book, "naloxone_form", what.form, "form")
    check_choice(book, "resupply_reason", what.reason, "reason")
    count = check_count(what.count, "count")
    return [KitGiven(form=what.form, count=count, trained=what.trained, reason=what.reason)]


def _pick_up(what: SharpsPickUp, book: SiteBook) -> Rows:
    check_choice(book, "pick_up_kind", what.kind, "kind")
    if what.count is None and what.litres is None:
        raise Refused(N_("Say how many, or how many litres."), field="count")
    for value, name in ((what.count, "count"), (what.litres, "litres")):
        if value is not None:
            check_count(value, name)
    return [PickUp(kind=what.kind, count=what.count, litres=what.litres)]


def _receipt(what: Receipt, happened_at: datetime, without: int | None) -> Rows:
    _check_item(what.item)
    return [_move(what.item, "received", check_count(what.count, "count"), happened_at, what)]


def _waste(what: Waste, happened_at: datetime, without: int | None) -> Rows:
    _check_item(what.item)
    check_choice(site.book(), "stock_reason", what.reason, "reason")
    count = check_count(what.count, "count")
    return [_move(what.item, "wasted", -count, happened_at, what, reason=what.reason)]


def _count(what: Count, happened_at: datetime, without: int | None) -> Rows:
    _check_item(what.item)
    check_count(what.counted, "counted", least=0)
    known = queries.lots(what.item, without)
    lot = rules.lot_counted(what, known)
    here = sum(x.on_hand for x in known if (x.lot, x.expires_on) == (lot.lot, lot.expires_on))
    reason = what.reason or None
    if reason or what.counted != here:
        check_choice(site.book(), "stock_reason", reason or "", "reason")
    values = {"counted": what.counted, "reason": reason}
    return [_move(what.item, "counted", what.counted - here, happened_at, lot, **values)]


def _level(what: Level, happened_at: datetime, without: int | None) -> Rows:
    if not what.code.strip() or len(what.code) > 16:
        raise Refused(N_("Say which cylinder, in at most 16 characters."), field="code")
    if what.state not in rules.CYLINDER_STATES:
        raise Refused(N_("Say whether it is in use, spare or empty."), field="state")
    if not 0 <= what.percent <= 100:
        raise Refused(N_("Between 0 and 100 percent, please."), field="percent")
    level = {"code": what.code.strip(), "state": what.state, "percent": what.percent}
    return [Cylinder(**level, happened_at=happened_at)]


def _handed_out(rows: Sequence[Recorded], happened_at: datetime, without: int | None) -> list[Move]:
    out: dict[str, int] = {}
    for item, count in _taken_along(rows):
        out[item] = out.get(item, 0) + count
    # Only what a site counts is taken off its stock: nobody has to keep stock of condoms.
    known = queries.lots(without=without) if out else []
    kept = {lot.item for lot in known} - (_untouched(without) if without else set())
    moves = []
    for item, count in out.items():
        if item in kept:
            parts = rules.take([lot for lot in known if lot.item == item], count)
            moves += [_move(item, "given", -part.count, happened_at, part) for part in parts]
    return moves


def _untouched(without: int) -> set[str]:
    """What an entry handed out and took off no stock, since none was kept or it was of the past: the shelf
    was counted after it, so a correction of it takes nothing either."""
    handed_out = {item for item, _ in _taken_along(queries.handed_out(without))}
    return handed_out - {lot.item for lot in queries.taken(without)}


def _taken_along(rows: Sequence[Recorded]) -> Iterator[tuple[str, int]]:
    for row in rows:
        if isinstance(row, Given):
            yield row.item, row.count
        elif isinstance(row, KitGiven):
            item = site.book().choice("naloxone_form", row.form).data.get("item")
            if item:
                yield item, row.count


def _of(lot: Lot) -> Taken:
    return Taken(lot.lot, lot.expires_on, lot.on_hand)


def _move(item: str, kind: str, change: int, happened_at: datetime, of: Any, **values: Any) -> Move:
    lot = {"lot": of.lot, "expires_on": of.expires_on}
    return Move(item=item, kind=kind, change=change, happened_at=happened_at, **lot, **values)


def _check_item(item: str) -> None:
    check_choice(site.book(), "supply", item, "item")


_PASSED: dict[type[Any], Callable[[Any, SiteBook], Rows]] = {
    Exchange: _exchange,
    NaloxoneKits: _kits,
    SharpsPickUp: _pick_up,
}
_OF_SHELF: dict[type[Any], Callable[[Any, datetime, int | None], Rows]] = {
    Receipt: _receipt,
    Waste: _waste,
    Count: _count,
    Level: _level,
}
