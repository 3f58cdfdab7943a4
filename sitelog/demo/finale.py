"""The scene at the end: booths in use, people waiting and in aftercare, one overdose four minutes old."""

from dataclasses import replace
from datetime import timedelta

from sitelog.demo import incident, known, stay, upkeep
from sitelog.demo.clockwork import Life
from sitelog.demo.stay import Plan
from sitelog.demo.world import MINUTE, World
from sitelog.responses import actions as responses
from sitelog.responses.rules import Measured
from sitelog.visits import queries as visits
from sitelog.visits.rules import Item

# How long before the end each thing begins, in minutes.
CLEARED, RESTED, FILLED, ARRIVED, RECOGNISED = 75, 40, 13, 11, 4
FOUND, WARNED = 52, 25
LONG = timedelta(hours=2)
# Seconds after it was recognised, and what staff did.
STEPS = ((8, "voice"), (21, "head_tilt"), (36, "oxygen"), (62, "vitals"), (95, "breaths"), (131, "naloxone"))
MORE = ((176, "vitals"), (216, "vitals"))
BREATHING = {62: (81, 5, 58), 176: (86, 7, 64), 216: (90, 9, 71)}


def prepare(world: World) -> None:
    """Set the alarms for the last scene."""
    booth = _booth(world)
    world.held[booth] = world.end - CLEARED * MINUTE
    closed = _last_other(world, booth)
    if closed:
        world.held[closed] = world.end - CLEARED * MINUTE
        world.clock.start(_closed(world, closed), world.end - 22 * MINUTE)
    for _ in range(2):
        world.clock.start(_resting(world), world.end - RESTED * MINUTE)
    world.clock.start(_filled(world), world.end - FILLED * MINUTE)
    world.clock.start(incident.in_custody(world), world.end - FOUND * MINUTE)
    world.clock.start(known.just_written(world), world.end - WARNED * MINUTE)
    world.clock.start(_overdose(world, booth), world.end - ARRIVED * MINUTE)


def _booth(world: World) -> str:
    booths = [place.code for place in world.book.places if "inject" in place.routes]
    return "3" if "3" in booths else (booths or [world.book.places[0].code])[0]


def _last_other(world: World, booth: str) -> str | None:
    codes = [p.code for p in world.book.places if p.kind == "injection" and p.code != booth]
    return codes[-1] if len(codes) > 3 else None


def _closed(world: World, code: str) -> Life:
    if code not in world.taken:
        yield from upkeep.outage(world, code, LONG)


def _resting(world: World) -> Life:
    """Somebody who is in aftercare at the end."""
    guest = world.crowd.regular("inject")
    plan = Plan(items=(guest.main,), stays=RESTED * MINUTE - 12 * MINUTE, aftercare=LONG, calm=True)
    yield from stay.visit(world, guest, plan)


def _filled(world: World) -> Life:
    """Booths in use, the inhalation room full, and two people waiting for it."""
    for route, share in (("inject", 0.9), ("smoke", 1.0)):
        places = [p for p in world.book.places if route in p.routes]
        free = [p for p in places if p.code not in world.taken and p.code not in world.held]
        seats = len(free) - int(len(places) * (1 - share))
        for _ in range(max(0, seats)):
            _send(world, route, Plan(stays=LONG, calm=True))
            yield world.minutes(0.3, 0.9)
    for _ in range(2):
        _send(world, "smoke", Plan(patience=LONG, calm=True))
        yield world.minutes(0.8, 1.6)


def _send(world: World, route: str, plan: Plan) -> None:
    guest = world.crowd.regular(route)
    items = (Item(guest.main.substance, route),)
    world.clock.start(stay.visit(world, guest, replace(plan, items=items)))


def _overdose(world: World, booth: str) -> Life:
    """A regular sits down in the booth; four minutes before the end they stop responding."""
    guest = world.crowd.regular("inject")
    opioid = next((i for i in ("down", "heroin") if i in world.crowd.known), guest.main.substance)
    plan = Plan(items=(Item(opioid, "inject"),), place=booth, stays=LONG, calm=True)
    world.clock.start(stay.visit(world, guest, plan))
    yield (ARRIVED - RECOGNISED) * MINUTE
    sitting = visits.at_place(booth)
    ref = responses.start("elsewhere", booth, sitting.ref if sitting else None, **world.words()).ref
    responses.set_pathway(ref, "opioid", **world.words())
    since = 0
    for second, what in (*STEPS, *MORE):
        yield timedelta(seconds=second - since)
        since = second
        _do(world, ref, what, second)
    yield LONG


def _do(world: World, ref: str, what: str, second: int) -> None:
    words = world.words()
    if what == "voice":
        responses.stimulate(ref, "voice", **words)
    elif what == "head_tilt":
        responses.open_airway(ref, "head_tilt", **words)
    elif what == "oxygen":
        responses.give_oxygen(ref, "non_rebreather", 15, **words)
    elif what == "breaths":
        responses.assist_breathing(ref, "bag_breaths", **words)
    elif what == "naloxone":
        responses.give_naloxone(ref, 400, "intramuscular", **words)
    else:
        spo2, respirations, pulse = BREATHING[second]
        measured = Measured(world.now, spo2=spo2, respirations=respirations, pulse=pulse)
        responses.record_vitals(ref, measured, by=words["by"], at=world.now)
