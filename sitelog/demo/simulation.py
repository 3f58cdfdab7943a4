"""Run the simulation: day by day, hour by hour, one transaction an hour."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sitelog.demo import (
    cast,
    crowd,
    emergency,
    exchange,
    finale,
    incident,
    known,
    service,
    shift,
    stay,
    upkeep,
    waves,
)
from sitelog.demo.clockwork import Clockwork, Life
from sitelog.demo.world import World
from sitelog.ground.access import OPERATOR
from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.referrals import actions as referrals
from sitelog.referrals import queries as directory
from sitelog.referrals.defaults import SERVICES
from sitelog.site import queries as site
from sitelog.staff.actions import FreshAccount
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail

HOUR = timedelta(hours=1)


def check_empty() -> None:
    """Usage if the instance holds visits already: nothing is simulated beside what happened."""
    if trail.last_seq_of("visit"):
        raise Usage(N_("This instance already holds visits; the demo needs an empty one (“sitelog init”)."))


def run(
    days: int,
    seed: int,
    visits_per_day: int,
    end: datetime,
    progress: Callable[[int], None] = lambda done: None,
    hired: Sequence[FreshAccount] = (),
) -> list[FreshAccount]:
    """Simulate `days` whole site days and the one that holds `end`; `progress` is told each day that is done.

    `hired`: accounts of the demo that were made before, whose PINs are known. Gives back the accounts that
    were made, with passwords and PINs that are shown once. Usage if the instance holds visits already.
    """
    check_empty()
    book = site.book()
    today = book.calendar.day_of(end)
    first = today - timedelta(days=days)
    start = book.calendar.day(first).start
    accounts = cast.hire(start)
    rng = Random(seed)
    substances = [word.code for word in book.choices("substance")]
    people = crowd.gather(rng, visits_per_day, substances)
    world = World(rng, book, Clockwork(start), cast.gather(rng, book.calendar), people, end)
    world.pins = {one.ref: one.pin for one in (*hired, *accounts) if one.pin}
    _fill_directory(start)
    finale.prepare(world)
    for on in book.calendar.days(first, today):
        _day(world, on, visits_per_day)
        if on != today:
            progress(1)
    return accounts


def _day(world: World, on: date, visits_per_day: int) -> None:
    window = world.book.calendar.day(on)
    world.clock.start(_door(world, waves.arrivals(world.rng, world.book.calendar, on, visits_per_day)))
    world.clock.start(upkeep.outages(world, window.end - window.start))
    world.clock.start(exchange.day(world, visits_per_day, window.end - window.start))
    world.clock.start(service.group(world, window.end - window.start))
    world.clock.start(_elsewhere(world, visits_per_day))
    world.clock.start(incident.day(world, visits_per_day, window.end - window.start))
    world.clock.start(known.day(world, window.end - window.start))
    shift.day(world, on)
    until = world.now
    while until < min(window.end, world.end):
        until = min(until + HOUR, window.end, world.end)
        with transaction():
            world.clock.run(until)
        # The session would go on holding every row of the hour.
        db.session.expunge_all()


def _door(world: World, times: list[datetime]) -> Life:
    for at in times:
        if at > world.now:
            yield at - world.now
        world.clock.start(stay.visit(world, world.crowd.next()))


def _elsewhere(world: World, visits_per_day: int) -> Life:
    """Responses that belong to no place, about as many a day as their share says."""
    expected = visits_per_day * emergency.PER_USE * emergency.ELSEWHERE
    yield world.minutes(60 * 5, 60 * 21)
    if world.chance(min(1.0, expected)) and not world.is_near_end(emergency.QUIET):
        world.clock.start(emergency.elsewhere(world))


def _fill_directory(at: datetime) -> None:
    if not directory.directory():
        referrals.list_services(SERVICES, by=OPERATOR, happened_at=at, at=at)
