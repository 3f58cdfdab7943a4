"""Referrals that are offered in passing and climb their ladder over days."""

from datetime import datetime, timedelta
from typing import Any

from sitelog.demo.clockwork import Life
from sitelog.demo.crowd import Guest
from sitelog.demo.world import World
from sitelog.referrals import actions, queries

OFFICE_HOURS = range(9, 17)
# How the agency is told, how often; and what comes of it.
HOW = {"warm_handover": 0.38, "phone": 0.32, "letter": 0.14, "self": 0.16}
CAME = {"attended": 0.54, "unknown": 0.3, "did_not_attend": 0.16}
NOTES = ("Call after ten.", "Wants somebody to walk along.", "Call back promised.", "Needs an ID first.")


def maybe(world: World, share: float, guest: Guest, visit_ref: str, response_ref: str | None = None) -> None:
    """Offer something to a person, this often."""
    if world.chance(share):
        world.clock.start(_ladder(world, guest, visit_ref, response_ref))


def _ladder(world: World, guest: Guest, visit_ref: str, response_ref: str | None) -> Life:
    services = [entry for entry in queries.directory() if not entry.on_site]
    if not services:
        return
    entry = world.rng.choice(services)
    asks = {"follow_up_on": _day(world, 1)} if world.chance(0.15) else {}
    ref = actions.offer(entry.code, visit=visit_ref, response=response_ref, **world.words(), **asks).ref
    yield world.minutes(1, 6)
    if world.chance(0.27):
        actions.decline(ref, **world.words())
        return
    if world.chance(0.08):
        yield from _given_up(world, ref)  # never decided
        return
    actions.accept(ref, **world.words(), **({"follow_up_on": _day(world, 1)} if world.chance(0.2) else {}))
    yield world.minutes(5, 60) if world.chance(0.5) else _office(world, world.rng.uniform(0.2, 2.5))
    if world.chance(0.12):
        yield from _given_up(world, ref)
        return
    yield from _made(world, ref, guest)


def _made(world: World, ref: str, guest: Guest) -> Life:
    how = world.rng.choices(list(HOW), list(HOW.values()))[0]
    note = {"note": world.rng.choice(NOTES)} if world.chance(0.35) else {}
    days = world.rng.randint(1, 4)
    actions.make(ref, how, **world.words(), **note, follow_up_on=_day(world, days))
    # Most follow-ups are made when they are due, some are late.
    yield _office(world, days + world.rng.uniform(-0.7, 0.6) + 3 * world.chance(0.12))
    came = world.rng.choices(list(CAME), list(CAME.values()))[0]
    if came == "unknown" and world.chance(0.6):
        days = world.rng.randint(1, 3)
        actions.follow_up(ref, _day(world, days), **world.words())
        yield _office(world, days + world.rng.uniform(-0.4, 0.5))
    verbs: dict[str, Any] = {"attended": actions.attend, "did_not_attend": actions.did_not_attend}
    verbs.get(came, actions.not_known)(ref, **world.words())
    yield _office(world, world.rng.uniform(2, 9))
    if world.chance(0.6):
        actions.close(ref, **world.words())


def _given_up(world: World, ref: str) -> Life:
    yield _office(world, world.rng.uniform(3, 9))
    actions.close(ref, **world.words())


def _day(world: World, days: int) -> Any:
    return world.book.calendar.day_of(world.now) + timedelta(days=days)


def _office(world: World, days: float) -> timedelta:
    """A pause of about so many days that ends while offices are open."""
    calendar = world.book.calendar
    at = world.now + timedelta(seconds=round(days * 86400))
    while calendar.local(at).hour not in OFFICE_HOURS:
        at += timedelta(minutes=world.rng.randint(20, 60))
    return _pause(world.now, at)


def _pause(now: datetime, then: datetime) -> timedelta:
    return max(then - now, timedelta(minutes=1))
