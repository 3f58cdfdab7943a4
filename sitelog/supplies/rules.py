"""What can be handed out and counted, which lot goes first, and when the bar warns. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site.rules import Choice

MOVES = {
    "received": N_("Received"),
    "counted": N_("Counted"),
    "wasted": N_("Thrown away"),
    "given": N_("Handed out"),
    "used": N_("Used in a response"),
}
CLASSES = {
    "kit": N_("Kits"),
    "syringe": N_("Needles and syringes"),
    "injecting": N_("For injecting"),
    "inhalation": N_("For smoking"),
    "safer_sex": N_("Safer sex"),
    "disposal": N_("Disposal"),
    "naloxone_kit": N_("Naloxone to take along"),
}
# The class of what responses use up: it is kept in stock and handed out to nobody.
RESPONSES = "naloxone"
KITS = "naloxone_kit"
CYLINDER_STATES = {"in_use": N_("In use"), "spare": N_("Spare"), "empty": N_("Empty")}
MOST = 100_000
# More than this taken back at once is said again: grams may have been typed for pieces.
MANY_RETURNED = 1_000


@dataclass(frozen=True)
class Exchange:
    """What is handed out by item and by kit, and the syringes taken back with how that is known.

    `grams` is asked for where they are weighed; the site's factor then says how many.
    """

    items: Mapping[str, int] = field(default_factory=dict)
    kits: Mapping[str, int] = field(default_factory=dict)
    returned: int | None = None
    method: str = "counted"
    grams: int | None = None
    visit: str | None = None


@dataclass(frozen=True)
class NaloxoneKits:
    """Kits for one person to take along."""

    form: str
    count: int
    reason: str
    trained: bool = False
    visit: str | None = None


@dataclass(frozen=True)
class SharpsPickUp:
    """Sharps picked up in public, or bins emptied: a count, litres, or both."""

    kind: str
    count: int | None = None
    litres: int | None = None


@dataclass(frozen=True)
class Receipt:
    """Stock that came."""

    item: str
    count: int
    lot: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Waste:
    """Stock that was thrown away, and why."""

    item: str
    count: int
    reason: str
    lot: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Count:
    """What somebody counted of one lot; `reason` explains a difference from what was known."""

    item: str
    counted: int
    reason: str | None = None
    lot: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Level:
    """How full a cylinder is, in percent, and whether it is in use, spare or empty."""

    code: str
    state: str
    percent: int


What = Exchange | NaloxoneKits | SharpsPickUp | Receipt | Waste | Count | Level


@dataclass(frozen=True)
class Lot:
    """What is on hand of one lot of an item; a lot nobody named has neither number nor expiry."""

    item: str
    lot: str | None
    expires_on: date | None
    on_hand: int


@dataclass(frozen=True)
class Taken:
    """A part of what is taken, and the lot it is taken from."""

    lot: str | None
    expires_on: date | None
    count: int


@dataclass(frozen=True)
class Warn:
    """One warning of the bar: a translatable text and its values; `short` says it beside the name of what it
    is `of`, an item's code or a cylinder's."""

    text: str
    values: Mapping[str, object]
    of: str = ""
    short: str = ""

    @property
    def in_short(self) -> "Warn":
        """The same beside the name of what it is of."""
        return replace(self, text=self.short)


def lot_counted(what: Count, known: Iterable[Lot]) -> Lot | Count:
    """The lot a count is of. Nobody types the number of an item's only lot, or a lot's expiry a second time;
    Refused where it could be any of several."""
    held = [lot for lot in known if lot.on_hand]
    if what.lot is None and what.expires_on is None:
        if len(held) > 1 and all(lot.lot or lot.expires_on for lot in held):
            lots = ", ".join(f"{lot.lot or lot.expires_on} ({lot.on_hand})" for lot in held)
            words = N_("There are several lots on hand: %(lots)s. Count each and say which it was.")
            raise Refused(words, field="lot", lots=lots)
        return held[0] if len(held) == 1 else what
    same = [lot for lot in held if lot.lot == what.lot and what.expires_on in (None, lot.expires_on)]
    return same[0] if what.lot and len(same) == 1 else what


def returned_advice(count: int, grams: int | None, how: str) -> Iterator[Warn]:
    """How a large number of needles and syringes taken back was understood, and how to put it right."""
    if count <= MANY_RETURNED:
        return
    if grams is None:
        text = N_("Taken back: %(n)s pieces (%(how)s). If it was grams, undo it, or amend it to the weight.")
        yield Warn(text, {"n": count, "how": how})
    else:
        text = N_("Taken back: %(grams)s g, which is %(n)s pieces. If that is too many, undo it or amend it.")
        yield Warn(text, {"n": count, "grams": grams})


def overdrawn(item: Choice, lot: Lot) -> Warn:
    """That more went of a lot than ever came: perhaps it was another one."""
    values = {"item": item.label, "lot": lot.lot or "", "n": -lot.on_hand}
    if lot.lot:
        text = N_("%(item)s, lot %(lot)s: %(n)s more went than came. Was it another lot? Amend it, or count.")
        return Warn(text, values)
    return Warn(N_("%(item)s: %(n)s more went than came; a count puts it right."), values)


def check_count(count: int | None, field: str, least: int = 1) -> int:
    """A whole number that somebody could have counted."""
    if count is None or not least <= count <= MOST:
        raise Refused(N_("Between %(least)s and %(most)s, please."), field, least=least, most=MOST)
    return count


def syringes_of(grams: int, per_kilogram: int) -> int:
    """How many syringes weigh so much, by the site's factor, to the nearest whole one."""
    return (grams * per_kilogram + 500) // 1000


def expand(kit: Choice, count: int) -> dict[str, int]:
    """What is in so many of a kit."""
    return {item: each * count for item, each in kit.data.get("items", {}).items()}


def take(lots: Iterable[Lot], count: int) -> list[Taken]:
    """From which lots `count` is taken: the earliest expiry first; what no lot holds, from none."""
    parts, left = [], count
    for lot in sorted((lot for lot in lots if lot.on_hand > 0), key=_expiry):
        some = min(left, lot.on_hand)
        if some:
            parts.append(Taken(lot.lot, lot.expires_on, some))
        left -= some
    return [*parts, Taken(None, None, left)] if left else parts


def used_by_dose(items: Sequence[Choice], micrograms: int, route: str) -> tuple[str, int] | None:
    """The item a dose uses up and how many of it; None where no item of the list can make the dose."""
    fits = [item for item in items if item.data.get("route") == route and _micrograms(item)]
    if not fits or micrograms <= 0:
        return None
    made = [item for item in fits if micrograms % _micrograms(item) == 0]
    # A dose between two sizes opens one more of the smallest: a part of an ampoule is an ampoule gone.
    best = max(made, key=_micrograms) if made else min(fits, key=_micrograms)
    return best.code, -(-micrograms // _micrograms(best))


def stock_warns(
    items: Iterable[Choice], lots: Sequence[Lot], kept: Collection[str], today: date, days: int
) -> list[Warn]:
    """What has to be ordered, what runs out of date, what was used beyond what stock knew.

    `kept` are the items somebody ever received or counted here; of the others nothing can be said.
    """
    warns = []
    for item in items:
        mine = [lot for lot in lots if lot.item == item.code]
        if item.code not in kept:
            continue
        warns += _of_number(item, sum(lot.on_hand for lot in mine))
        dates = [lot.expires_on for lot in mine if lot.on_hand > 0 and lot.expires_on]
        warns += _of_expiry(item, min(dates, default=None), today, days)
    return warns


def oxygen_warns(levels: Mapping[str, tuple[str, int]], low: int) -> list[Warn]:
    """The cylinders in use that are nearly empty; and that no spare is there, where cylinders are kept."""
    nearly = [(code, percent) for code, (state, percent) in levels.items() if state == "in_use"]
    text = N_("O₂ %(code)s at %(percent)s %%")
    short = N_("at most %(low)s %%")
    said = [(code, {"code": code, "percent": n, "low": low}) for code, n in nearly if n <= low]
    warns = [Warn(text, values, code, short) for code, values in said]
    if levels and not any(state == "spare" for state, _percent in levels.values()):
        warns.append(Warn(N_("No spare O₂"), {}))
    return warns


def _micrograms(item: Choice) -> int:
    """What one of an item holds; 0 where the site's list does not say it as a whole number above zero."""
    said = item.data.get("micrograms")
    return said if isinstance(said, int) and said > 0 else 0


def _of_number(item: Choice, on_hand: int) -> list[Warn]:
    level = int(item.data.get("reorder", 0))
    values = {"item": item.label, "n": abs(on_hand), "level": level}
    if on_hand < 0:
        text, short = N_("%(item)s: %(n)s more used than stock knew"), N_("more used than known")
        return [Warn(text, values, item.code, short)]
    text, short = N_("%(item)s: %(n)s left, reorder"), N_("reorder at %(level)s")
    return [Warn(text, values, item.code, short)] if on_hand <= level else []


def _of_expiry(item: Choice, first: date | None, today: date, days: int) -> list[Warn]:
    if first is None or first - today > timedelta(days=days):
        return []
    text, short = N_("%(item)s: expires %(on)s"), N_("expires %(on)s")
    if first < today:
        text, short = N_("%(item)s: expired %(on)s"), N_("expired %(on)s")
    return [Warn(text, {"item": item.label, "on": first}, item.code, short)]


def _expiry(lot: Lot) -> tuple[bool, date]:
    return lot.expires_on is None, lot.expires_on or date.max
