"""What people who come for a service are given, and a group that meets in the evening."""

from datetime import timedelta

from sitelog.demo.clockwork import Life
from sitelog.demo.world import World
from sitelog.services import actions, queries
from sitelog.services.rules import Details, Plan

# Of those who come for a service: a drug check, a test; everybody else gets what one tap enters.
DRUG_CHECKS, TESTS = 0.14, 0.07
STRIPS = {"positive": 0.55, "negative": 0.42, "invalid": 0.03}
GROUP, GROUP_DAYS = "support_group", (1, 3)


def give(world: World, visit: str) -> None:
    """One service within a visit."""
    drawn = world.rng.random()
    if drawn < DRUG_CHECKS:
        actions.give("drug_check", _drug_check(world), visit=visit, **world.words())
    elif drawn < DRUG_CHECKS + TESTS:
        told = Details(topic=world.rng.choice(_codes(world, "service_test")), result_given=world.chance(0.8))
        actions.give("test", told, visit=visit, **world.words())
    else:
        kinds = [word.code for word in queries.frequent()]
        actions.give(world.rng.choice(kinds), visit=visit, **world.words())


def group(world: World, day_ends: timedelta) -> Life:
    """On some days: a group planned in the morning and held in the evening."""
    if world.book.calendar.day_of(world.now).weekday() not in GROUP_DAYS:
        return
    yield day_ends * 0.2
    starts = world.now + day_ends * 0.4
    plan = Plan(GROUP, starts, world.rng.choice(_codes(world, "session_place")))
    ref = actions.plan(plan, **world.words()).ref
    yield day_ends * 0.4 + world.minutes(50, 80)
    if world.chance(0.1):
        actions.cancel(ref, **world.words())
    else:
        actions.hold(ref, world.rng.randint(3, 12), **world.words())


def _drug_check(world: World) -> Details:
    strip = world.rng.choice(_codes(world, "strip"))
    result = world.rng.choices(list(STRIPS), list(STRIPS.values()))[0]
    expected = world.rng.choice(_codes(world, "substance"))
    return Details(
        expected=expected, strips=((strip, result),), did=world.rng.choice(_codes(world, "did_then"))
    )


def _codes(world: World, kind: str) -> list[str]:
    return [word.code for word in world.book.choices(kind)]
