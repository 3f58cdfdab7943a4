"""What the desk sees at one instant, as plain values: places by room, waits, aftercare, what runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitelog.board import rules
from sitelog.board.rules import Seen, Sitting, Watch
from sitelog.people.queries import Signs
from sitelog.referrals.queries import Ask
from sitelog.responses.queries import OpenResponse
from sitelog.site.queries import Outage
from sitelog.site.rules import Place, SiteBook
from sitelog.visits.queries import Present

# The parts of the board that change with the clock.
REGIONS = ("places", "waiting", "aftercare")


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
        """Whether the last check was made during this use, here or in the place before."""
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
class Unnamed:
    """Somebody in aftercare of whom only the response is known, because no visit was said to be theirs."""

    response: OpenResponse
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
    unnamed: tuple[Unnamed, ...]
    service: tuple[Present, ...]
    running: tuple[Running, ...]
    to_close: tuple[OpenResponse, ...]
    responded: Mapping[int, Sequence[str]]
    initials: Mapping[str, str]
    asks: Mapping[int, Ask]
    signs: Mapping[int, Signs]
    day_ends: datetime | None

    def ask_of(self, present: Present) -> Ask | None:
        """What to ask somebody while they are here: a follow-up of theirs that is due."""
        return self.asks.get(present.person_id or 0)

    def signs_of(self, present: Present) -> Signs:
        """What staff should know of somebody in the house."""
        return self.signs.get(present.person_id or 0, Signs())

    def running_of(self, present: Present) -> Running | None:
        """The response that runs for somebody here, wherever in the house it began."""
        return next((one for one in self.running if one.response.visit_ref == present.ref), None)

    def to_close_of(self, present: Present) -> tuple[OpenResponse, ...]:
        """The responses of somebody here that are over and wait for their closing."""
        return tuple(one for one in self.to_close if one.visit_ref == present.ref)

    @property
    def to_close_besides(self) -> tuple[OpenResponse, ...]:
        """Those of nobody in aftercare: whoever it was has left, or sits again."""
        watched = {None, *(after.present.ref for after in self.aftercare)}
        return tuple(one for one in self.to_close if one.visit_ref not in watched)

    def initials_of(self, ref: str | None) -> str:
        """Who that was, in two letters."""
        return self.initials.get(ref or "", "")

    def next_change(self, region: str) -> datetime | None:
        """When the words or the look of a region change next, though nothing happens."""
        seen = {
            "places": [card.seen for room in self.rooms for card in room.cards],
            "waiting": [wait.seen for wait in self.waiting],
            "aftercare": [*(after.seen for after in self.aftercare), *(one.seen for one in self.unnamed)],
        }
        # A change of the site's lists that is planned shows on an open board too, and a restriction's end.
        turns = [one.next_change(self.now) for one in seen[region]]
        return rules.earliest([*turns, self.book.until, self.day_ends])

    def holds(self, seq: int, now: datetime) -> bool:
        """Whether reading everything again at `now` would show the same; `seq` is the chain's length."""
        if seq != self.seq or now < self.now:
            return False
        until = rules.earliest(self.next_change(region) for region in REGIONS)
        return until is None or now < until
