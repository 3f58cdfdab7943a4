"""What goes wrong and is put right: places out of service, entries made twice or at a wrong time."""

from datetime import timedelta

from sitelog.demo.clockwork import Life
from sitelog.demo.world import World
from sitelog.ground.access import Actor
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from sitelog.visits import actions as visits
from sitelog.visits.rules import Change

TWICE, WRONG_TIME = 0.004, 0.004
PER_DAY = 2


def outages(world: World, day_ends: timedelta) -> Life:
    """A place or two that cannot be used for a while, within one day."""
    for _ in range(PER_DAY):
        yield timedelta(seconds=round(day_ends.total_seconds() / (PER_DAY + 1))) + world.minutes(-90, 90)
        codes = [place.code for place in world.book.places if place.code not in world.taken]
        if codes and not world.is_near_end(timedelta(hours=2)):
            world.clock.start(outage(world, world.rng.choice(codes), world.minutes(10, 55)))


def outage(world: World, code: str, lasts: timedelta) -> Life:
    """One place out of service and back."""
    world.taken.add(code)
    reason = world.rng.choice([word.code for word in world.book.choices("out_reason")])
    site.take_out_of_service(code, reason, **world.words())
    yield lasts
    site.put_back_in_service(code, **world.words())
    world.release(code)


def maybe_mistaken(world: World, seq: int, by: Actor) -> None:
    """Now and then an entry was made twice or says a wrong time; whoever made it puts it right."""
    drawn = world.rng.random()
    if drawn < TWICE:
        world.clock.start(_strike(world, seq, by))
    elif drawn < TWICE + WRONG_TIME:
        world.clock.start(_amend(world, seq, by))


def correct_step(world: World, seq: int) -> None:
    """A lead puts a response's step at the time it really happened, afterwards."""
    lead = next(
        (actor for shift in world.cast.shifts.values() for actor in shift if actor.role == "lead"), None
    )
    if lead is not None:
        said = world.now - timedelta(seconds=20)
        words = {"happened_at": said, "reason": "wrong_time", "by": lead, "at": world.now}
        responses.amend(seq, **words)  # type: ignore[arg-type]


def _strike(world: World, seq: int, by: Actor) -> Life:
    yield world.minutes(0.2, 1.5)
    visits.strike(seq, by=by, at=world.now, reason="entered_twice")


def _amend(world: World, seq: int, by: Actor) -> Life:
    said = world.now - world.minutes(0.2, 0.9)
    yield world.minutes(0.2, 1.5)
    visits.amend(seq, Change(), by=by, happened_at=said, at=world.now, reason="wrong_time")
