"""The board read in a few batches: places by room, waits, aftercare; as many reads for any crowd."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from flask import current_app
from flask_babel import get_locale

from sitelog.board import rules
from sitelog.board.house import After, Card, Freed, Room, Running, Unnamed, Wait
from sitelog.board.house import House as House
from sitelog.board.rules import Sitting, Watch
from sitelog.people import queries as people
from sitelog.referrals import queries as referrals
from sitelog.responses import queries as responses
from sitelog.responses.queries import OpenResponse
from sitelog.responses.rules import opened_by
from sitelog.site import queries as site
from sitelog.site.queries import Outage
from sitelog.site.rules import PLACE_KINDS, Place, SiteBook
from sitelog.staff import queries as staff
from sitelog.store.transaction import writing
from sitelog.trail import queries as trail
from sitelog.visits import queries as visits
from sitelog.visits.queries import Present
from sitelog.visits.rules import AREAS

_KEPT = "sitelog.board.house"
Of = TypeVar("Of")


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
    responded = responses.responded([one.visit_id for one in present])
    unclosed = responses.unclosed()
    to_close = [one for one in unclosed if one.state != "open"]
    running = _running([one for one in unclosed if one.state == "open"])
    outages = site.out_of_service()
    cards = _cards(book, by_area["place"], running, outages, now)
    cards = _with_freed(cards, visits.given_back(now), site.put_back())
    treated = {one.response.visit_ref for one in running}
    # Nobody is called to a place while a response runs for them.
    seats = _seats([one for one in by_area["waiting"] if one.ref not in treated], cards)
    today = book.calendar.day_of(now)
    return House(
        book=book,
        seq=seq,
        now=now,
        rooms=_rooms(_with_next(cards, seats, by_area["waiting"])),
        waiting=tuple(_wait(one, book, seats, treated, now) for one in by_area["waiting"]),
        aftercare=tuple(
            _after(one, book, one.visit_id in responded, treated, now) for one in by_area["aftercare"]
        ),
        unnamed=_unnamed(to_close, book, now),
        service=tuple(by_area["service"]),
        running=tuple(running),
        to_close=tuple(to_close),
        responded=responded,
        initials=staff.initials(),
        asks=_of_those_here(referrals.asks_of_people(now), present),
        signs=_of_those_here(people.signs(today), present),
        day_ends=book.calendar.day(today).end if present else None,
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
    keys = opened_by([one.desk_key for one in found])
    return [Running(one, key) for one, key in zip(found, keys, strict=True)]


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
    # The minutes are those of the place; the look at the person is owed wherever they have moved to.
    watched = present.using_since or present.since
    looked = _looked_at(present, watched)
    return Sitting(present.since, looked, place.limit_minutes, place.check_minutes, watched)


def _looked_at(present: Present, since: datetime) -> datetime | None:
    # A check from before, of another use or before aftercare, is none of this.
    check = present.last_check
    return check.at if check is not None and check.at >= since else None


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


def _wait(
    one: Present, book: SiteBook, seats: Mapping[str, str], treated: Collection[str | None], now: datetime
) -> Wait:
    seat = book.place(seats[one.ref]) if one.ref in seats else None
    seen = rules.waiting_state(one.since, book.limit("wait_minutes"), now)
    return Wait(one, rules.person_in_response() if one.ref in treated else seen, seat)


def _after(
    one: Present, book: SiteBook, responded: bool, treated: Collection[str | None], now: datetime
) -> After:
    kind = "aftercare_after_response" if responded else "aftercare"
    minutes, often = book.limit(f"{kind}_minutes"), book.limit(f"{kind}_check_minutes")
    watch = Watch(one.since, _looked_at(one, one.since), minutes, often, responded)
    seen = rules.aftercare_state(watch, now)
    return After(one, rules.person_in_response() if one.ref in treated else seen, watch)


def _unnamed(to_close: Sequence[OpenResponse], book: SiteBook, now: datetime) -> tuple[Unnamed, ...]:
    """Of whom only the response is known: until it is closed and their time is done."""
    minutes = book.limit("aftercare_after_response_minutes")
    often = book.limit("aftercare_after_response_check_minutes")
    closed = responses.observed_unnamed(now - timedelta(minutes=minutes))
    found = []
    for one in (*(one for one in to_close if one.visit_ref is None), *closed):
        began, vitals = one.case.last("aftercare") or one.case.closed, one.case.vitals
        since = began.happened_at if began else one.recognised_at
        observed_at = vitals[-1].happened_at if vitals else None
        watch = Watch(since, observed_at, minutes, often, after_response=True)
        if watch.ends_at > now or one.state != "closed":
            found.append(Unnamed(one, rules.aftercare_state(watch, now), watch))
    return tuple(found)
