"""The life of one visit: door, list, place, checks, aftercare, gone."""

from dataclasses import dataclass
from datetime import timedelta

from sitelog.demo import emergency, exchange, ladder, service, upkeep
from sitelog.demo.clockwork import Life
from sitelog.demo.crowd import Guest
from sitelog.demo.world import MINUTE, World
from sitelog.people import queries as people
from sitelog.site.rules import Place
from sitelog.visits import actions as visits
from sitelog.visits.rules import Asked, Item

# How long people stay in a place: median and spread; beyond the site's limit is over time.
LENGTHS = {"injection": (16.0, 0.42, 5.0, 40.0), "inhalation": (7.5, 0.42, 3.0, 20.0)}
LOOKS = {"well": 0.9, "drowsy": 0.06, "agitated": 0.02, "asleep": 0.02}


@dataclass(frozen=True)
class Plan:
    """A visit whose course is settled beforehand, for the last scene; None: as it comes."""

    items: tuple[Item, ...] | None = None
    place: str | None = None
    stays: timedelta | None = None
    aftercare: timedelta | None = None
    patience: timedelta | None = None
    calm: bool = False


def visit(world: World, guest: Guest, plan: Plan | None = None) -> Life:
    """Somebody comes in, and everything that happens until they are gone."""
    # At once, not when the life begins: the next to be sought in this second is somebody else.
    guest.inside = True
    return _stay(world, guest, plan or Plan())


def _stay(world: World, guest: Guest, plan: Plan) -> Life:
    asked = _asked(world, guest, plan)
    ref = _check_in(world, guest, asked)
    if asked.purpose == "service":
        yield from _served(world, ref, guest)
    else:
        yield from _consume(world, ref, guest, asked.items, plan)
    guest.inside = False


def _asked(world: World, guest: Guest, plan: Plan) -> Asked:
    if plan.items is None and world.chance(0.13):
        return Asked(purpose="service")
    items = plan.items or world.crowd.items(guest)
    helped = world.chance(0.08)
    return Asked(
        items,
        help=helped,
        help_reason=world.rng.choice(_codes(world, "help_reason")) if helped else None,
        splitting=world.chance(0.1),
        drug_check=world.chance(0.05),
        step_free=world.chance(0.02),
    )


def _check_in(world: World, guest: Guest, asked: Asked) -> str:
    new = guest.handle is not None and guest.ref is None
    # Said only where somebody who was asked to stay away comes all the same.
    why = "service_only" if asked.purpose == "service" else "safety"
    handle = guest.handle if new else None
    row = visits.check_in(asked, person=guest.ref, handle=handle, let_in=why, **world.words())
    if new:
        found = people.by_handle(guest.handle or "")
        guest.ref = found.ref if found else None
    return row.ref


def _served(world: World, ref: str, guest: Guest) -> Life:
    """Here for wound care, a talk, a test; some get tired of waiting for it."""
    yield world.minutes(4, 35)
    if world.chance(0.06):
        visits.leave_before_service(ref, _reason(world), **world.words())
        return
    service.give(world, ref)
    ladder.maybe(world, 0.22, guest, ref)
    exchange.maybe(world, ref)
    visits.leave(ref, **world.words())


def _consume(world: World, ref: str, guest: Guest, items: tuple[Item, ...], plan: Plan) -> Life:
    been_served = False
    while True:
        code = yield from _place(world, ref, items, plan)
        if code is None:
            _walk_out(world, ref, been_served)
            return
        been_served = True
        went_on = yield from _episode(world, ref, guest, code, items, plan)
        if not went_on:
            return
        items = world.crowd.items(guest)
        visits.declare_again(ref, items, **world.words())
        visits.to_waiting(ref, **world.words())


def _place(world: World, ref: str, items: tuple[Item, ...], plan: Plan) -> Life:
    """Get a place, at once or from the list; None for somebody who would not wait."""
    if plan.place:
        world.taken.add(plan.place)
        yield world.minutes(0.3, 0.8)
        return plan.place
    routes = [item.route for item in items if item.route]
    code = world.take(routes)
    if code is None:
        waiting = world.wait(routes)
        code = yield plan.patience or _patience(world)
        if code is None:
            world.give_up(waiting)
            return None
    yield world.minutes(0.5, 2.5)
    return code


def _walk_out(world: World, ref: str, been_served: bool) -> None:
    """Tired of waiting: for the first place, or for another one."""
    if been_served:
        visits.leave(ref, **world.words())
    else:
        visits.leave_before_service(ref, _reason(world), **world.words())


def _patience(world: World) -> timedelta:
    patience = world.about(13, 0.6, 4, 60)
    # The list is not empty in the last scene: whoever waits then waits on.
    return patience + 30 * MINUTE if world.is_near_end(patience) else patience


def _episode(world: World, ref: str, guest: Guest, code: str, items: tuple[Item, ...], plan: Plan) -> Life:
    """One use of a place; whether the person wants another."""
    place = world.place(code)
    visits.seat(ref, code, **world.words())
    length = plan.stays or _length(world, place)
    onset = None if plan.calm else emergency.onset(world, items, length)
    yield from _watched(world, ref, place, onset or length)
    if onset is not None:
        yield from emergency.at_place(world, ref, code, items, guest)
        return False
    if plan.aftercare is None and world.chance(0.42):
        return (yield from _done(world, ref, place, guest))
    visits.to_aftercare(ref, **world.words())
    world.release(code)
    yield from _aftercare(world, ref, plan.aftercare or world.minutes(8, 24))
    if plan.aftercare is None and world.chance(0.07) and not world.is_near_end(40 * MINUTE):
        return True
    ladder.maybe(world, 0.05, guest, ref)
    exchange.maybe(world, ref)
    visits.leave(ref, **world.words())
    return False


def _done(world: World, ref: str, place: Place, guest: Guest) -> Life:
    """Straight out of the door; the place is wiped before the next."""
    ladder.maybe(world, 0.03, guest, ref)
    exchange.maybe(world, ref)
    visits.leave(ref, **world.words())
    yield world.minutes(0.5, 3)
    world.release(place.code)
    return False


def _length(world: World, place: Place) -> timedelta:
    length = world.about(*LENGTHS.get(place.kind, LENGTHS["injection"]))
    # In the last scene the inhalation room is full, so that somebody waits.
    ends_too_soon = world.is_near_end(length) is False and world.is_near_end(length + 9 * MINUTE)
    return length + 12 * MINUTE if place.kind == "inhalation" and ends_too_soon else length


def _watched(world: World, ref: str, place: Place, length: timedelta) -> Life:
    """Checks about when they are due, until the time is over."""
    until = world.now + length
    while True:
        pause = timedelta(minutes=place.check_minutes) + world.minutes(-1.2, 2.5)
        if world.now + pause >= until:
            yield max(until - world.now, timedelta())
            return
        yield pause
        _check(world, ref, place.code)


def _aftercare(world: World, ref: str, length: timedelta) -> Life:
    until = world.now + length
    every = timedelta(minutes=world.book.limit("aftercare_check_minutes"))
    while world.now + every < until:
        yield every + world.minutes(-1, 2)
        _check(world, ref)
    yield max(until - world.now, timedelta())


def _check(world: World, ref: str, code: str | None = None) -> None:
    looks = world.rng.choices(list(LOOKS), list(LOOKS.values()))[0]
    by = world.cast.anyone(world.now)
    # Some checks are written a moment later than they were made.
    ago = world.minutes(0.2, 0.9) if world.chance(0.06) else timedelta()
    row = visits.check(ref, looks, **world.words(by, ago))
    upkeep.maybe_mistaken(world, row.link_seq, by)


def _reason(world: World) -> str:
    codes = _codes(world, "left_reason")
    return "wait" if "wait" in codes and world.chance(0.7) else world.rng.choice(codes)


def _codes(world: World, kind: str) -> list[str]:
    return [word.code for word in world.book.choices(kind)]
