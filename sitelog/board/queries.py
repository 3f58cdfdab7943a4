"""The board read in a few batches: places by room, waits, aftercare; as many reads for any crowd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from flask import current_app
from flask_babel import get_locale

from sitelog.board import rules
from sitelog.board.rules import Seen, Sitting, Watch
from sitelog.people import queries as people
from sitelog.referrals import queries as referrals
from sitelog.referrals.queries import Ask
from sitelog.responses import queries as responses
from sitelog.responses.queries import OpenResponse
from sitelog.site import queries as site
from sitelog.site.queries import Outage
from sitelog.site.rules import PLACE_KINDS, Place, SiteBook
from sitelog.staff import queries as staff
from sitelog.store.transaction import writing
from sitelog.trail import queries as trail
from sitelog.visits import queries as visits
from sitelog.visits.queries import Present
from sitelog.visits.rules import AREAS

# The keys that open a running response, in the order they began.
RESPONSE_KEYS = ("F2", "F4")
# The parts of the board that change with the clock.
REGIONS = ("places", "waiting", "aftercare")
_KEPT = "sitelog.board.house"
Of = TypeVar("Of")


@dataclass(frozen=True)
class Running:
    """A running response and the key that opens it, if one is left."""

    response: OpenResponse
    key: str = ""


@dataclass(frozen=True)
class Freed:
    """Since when a place is free, and who (ref) said so."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Card:
    """One place as it is now."""

    place: Place
    seen: Seen
    present: Present | None = None
    sitting: Sitting | None = None
    running: Running | None = None
    outage: Outage | None = None
    next: Present | None = None
    freed: Freed | None = None

    @property
    def checked(self) -> bool:
        """Whether the last check was made during this stay."""
        return self.sitting is not None and self.sitting.checked_at is not None


@dataclass(frozen=True)
class Room:
    """The places of one kind; minutes are named only where all its places share them."""

    kind: str
    label: str
    cards: tuple[Card, ...]

    @property
    def open(self) -> int:
        """Places that can be used."""
        return sum(card.outage is None or card.present is not None for card in self.cards)

    @property
    def used(self) -> int:
        """Places in which somebody is."""
        return sum(card.present is not None for card in self.cards)

    @property
    def limit_minutes(self) -> int | None:
        """The minutes all its places allow."""
        said = {card.place.limit_minutes for card in self.cards}
        return said.pop() if len(said) == 1 else None

    @property
    def check_minutes(self) -> int | None:
        """How often all its places are checked."""
        said = {card.place.check_minutes for card in self.cards}
        return said.pop() if len(said) == 1 else None


@dataclass(frozen=True)
class Wait:
    """Somebody who waits, and the place that would suit."""

    present: Present
    seen: Seen
    seat: Place | None = None


@dataclass(frozen=True)
class After:
    """Somebody in aftercare."""

    present: Present
    seen: Seen
    watch: Watch


@dataclass(frozen=True)
class House:
    """Everything the desk sees at one instant."""

    book: SiteBook
    seq: int
    now: datetime
    rooms: tuple[Room, ...]
    waiting: tuple[Wait, ...]
    aftercare: tuple[After, ...]
    service: tuple[Present, ...]
    running: tuple[Running, ...]
    to_close: tuple[OpenResponse, ...]
    initials: Mapping[str, str]
    asks: Mapping[int, Ask]
    alerts: Mapping[int, tuple[str, ...]]

    def ask_of(self, present: Present) -> Ask | None:
        """What to ask somebody while they are here: a follow-up of theirs that is due."""
        return self.asks.get(present.person_id or 0)

    def alerts_of(self, present: Present) -> tuple[str, ...]:
        """What staff should know of somebody in the house: kinds, words of the list."""
        return self.alerts.get(present.person_id or 0, ())

    def to_close_of(self, present: Present) -> tuple[OpenResponse, ...]:
        """The responses of somebody here that are over and wait for their closing."""
        return tuple(one for one in self.to_close if one.visit_ref == present.ref)

    @property
    def to_close_besides(self) -> tuple[OpenResponse, ...]:
        """Those of nobody in aftercare: whoever it was has left, sits again, or was never named."""
        watched = {after.present.ref for after in self.aftercare}
        return tuple(one for one in self.to_close if one.visit_ref not in watched)

    def initials_of(self, ref: str | None) -> str:
        """Who that was, in two letters."""
        return self.initials.get(ref or "", "")

    def next_change(self, region: str) -> datetime | None:
        """When the words or the look of a region change next, though nothing happens."""
        seen = {
            "places": [card.seen for room in self.rooms for card in room.cards],
            "waiting": [wait.seen for wait in self.waiting],
            "aftercare": [after.seen for after in self.aftercare],
        }
        # A change of the site's lists that is planned shows on an open board too.
        return rules.earliest([*(one.next_change(self.now) for one in seen[region]), self.book.until])

    def holds(self, seq: int, now: datetime) -> bool:
        """Whether reading everything again at `now` would show the same; `seq` is the chain's length."""
        if seq != self.seq or now < self.now:
            return False
        until = rules.earliest(self.next_change(region) for region in REGIONS)
        return until is None or now < until


def house(now: datetime) -> House:
    """Who is where, what runs, and how it looks at `now`: read once for all screens until it changes."""
    seq = trail.last_seq()
    # What was said last in a response is words already, so each language has its own.
    slot = f"{_KEPT}.{get_locale()}"
    kept: House | None = current_app.extensions.get(slot)
    if kept is None or not kept.holds(seq, now):
        kept = _read(seq, now)
        if not writing():  # what a transaction has entered so far may yet be taken back
            current_app.extensions[slot] = kept
    return kept


def _read(seq: int, now: datetime) -> House:
    book = site.book()
    present = visits.in_house(now)
    by_area = {area: [one for one in present if one.area == area] for area in AREAS}
    responded = responses.responded([one.visit_id for one in by_area["aftercare"]])
    unclosed = responses.unclosed()
    running = _running([one for one in unclosed if one.state == "open"])
    outages = site.out_of_service()
    cards = _cards(book, by_area["place"], running, outages, now)
    cards = _with_freed(cards, visits.given_back(now), site.put_back())
    seats = _seats(by_area["waiting"], cards)
    return House(
        book=book,
        seq=seq,
        now=now,
        rooms=_rooms(_with_next(cards, seats, by_area["waiting"])),
        waiting=tuple(_wait(one, book, seats, now) for one in by_area["waiting"]),
        aftercare=tuple(_after(one, book, one.visit_id in responded, now) for one in by_area["aftercare"]),
        service=tuple(by_area["service"]),
        running=tuple(running),
        to_close=tuple(one for one in unclosed if one.state != "open"),
        initials=staff.initials(),
        asks=_of_those_here(referrals.asks_of_people(now), present),
        alerts=_of_those_here(people.alert_kinds(), present),
    )


def _of_those_here(known: Mapping[int, Of], present: Sequence[Present]) -> dict[int, Of]:
    """What is known of the people in the house, whichever of their registrations it is known of."""
    if not known:
        return {}
    whole = {people.root(one): said for one, said in known.items()}
    here = {one.person_id: people.root(one.person_id) for one in present if one.person_id}
    return {one: whole[root] for one, root in here.items() if root in whole}


def _running(found: Sequence[OpenResponse]) -> list[Running]:
    """What runs, first come first, with its key."""
    return [Running(one, key) for one, key in zip(found, (*RESPONSE_KEYS, *[""] * 99), strict=False)]


def _cards(
    book: SiteBook,
    seated: Sequence[Present],
    running: Sequence[Running],
    outages: Mapping[str, Outage],
    now: datetime,
) -> list[Card]:
    sits = {one.place_code: one for one in seated}
    runs = {one.response.place_code: one for one in reversed(running) if one.response.place_code}
    return [
        _card(place, sits.get(place.code), runs.get(place.code), outages.get(place.code), now)
        for place in book.places_with([*sits, *runs])
    ]


def _card(
    place: Place, present: Present | None, running: Running | None, outage: Outage | None, now: datetime
) -> Card:
    sitting = _sitting(place, present) if present else None
    seen = rules.place_state(sitting, out=outage is not None, response=running is not None, now=now)
    return Card(place, seen, present, sitting, running, outage)


def _sitting(place: Place, present: Present) -> Sitting:
    return Sitting(present.since, _looked_at(present), place.limit_minutes, place.check_minutes)


def _looked_at(present: Present) -> datetime | None:
    # A check before this stay, in another place, is none of this one.
    check = present.last_check
    return check.at if check is not None and check.at >= present.since else None


def _seats(waiting: Sequence[Present], cards: Sequence[Card]) -> dict[str, str]:
    free = [(card.place.code, card.place.routes) for card in cards if card.seen.state == "free"]
    return rules.next_seats([(one.ref, one.routes) for one in waiting], free)


def _with_next(cards: Sequence[Card], seats: Mapping[str, str], waiting: Sequence[Present]) -> list[Card]:
    who = {seats[one.ref]: one for one in waiting if one.ref in seats}
    return [replace(card, next=who.get(card.place.code)) for card in cards]


def _with_freed(cards: Sequence[Card], *since: Mapping[str, tuple[datetime, str]]) -> list[Card]:
    """A free place is free since the last person left it, or since it came back in service after that."""
    told = {
        card.place.code: max(one[card.place.code] for one in since if card.place.code in one)
        for card in cards
        if card.seen.state == "free" and any(card.place.code in one for one in since)
    }
    return [
        replace(card, freed=Freed(*told[card.place.code])) if card.place.code in told else card
        for card in cards
    ]


def _rooms(cards: Sequence[Card]) -> tuple[Room, ...]:
    by_kind = {kind: tuple(card for card in cards if card.place.kind == kind) for kind in PLACE_KINDS}
    return tuple(Room(kind, PLACE_KINDS[kind], found) for kind, found in by_kind.items() if found)


def _wait(one: Present, book: SiteBook, seats: Mapping[str, str], now: datetime) -> Wait:
    seat = book.place(seats[one.ref]) if one.ref in seats else None
    return Wait(one, rules.waiting_state(one.since, book.limit("wait_minutes"), now), seat)


def _after(one: Present, book: SiteBook, responded: bool, now: datetime) -> After:
    minutes = book.limit("aftercare_after_response_minutes" if responded else "aftercare_minutes")
    watch = Watch(one.since, _looked_at(one), minutes, book.limit("aftercare_check_minutes"), responded)
    return After(one, rules.aftercare_state(watch, now), watch)
