"""Overdoses and drug emergencies, as often as at OnPoint NYC, and how staff respond to them step by step."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sitelog.demo import ladder, upkeep
from sitelog.demo.clockwork import Life
from sitelog.demo.crowd import SECOND, SECOND_SHARE, SUBSTANCES, Guest
from sitelog.demo.world import World
from sitelog.ground.access import Actor
from sitelog.responses import actions as responses
from sitelog.responses.rules import Done, Measured
from sitelog.visits import actions as visits
from sitelog.visits.rules import Item

# OnPoint NYC, first two months: 5,975 uses, 80 interventions, of which 19 with naloxone and 35 with oxygen.
PER_USE = 80 / 5975
NALOXONE, OXYGEN = 19 / 80, 35 / 80
# How much likelier than average each substance is; opioids carry most of it.
RISK = {"down": 1.7, "heroin": 1.7, "hydromorphone": 0.7, "morphine": 0.7, "benzodiazepine": 1.0}
OTHER_RISK = 0.35
# Of the responses, those that happen where nobody has a place: washroom, waiting, outside.
ELSEWHERE = 0.07
# None begins this shortly before the end, so that the one of the last scene is the only one.
QUIET = timedelta(minutes=150)


@dataclass
class Scene:
    """One response under way: who leads it, how bad it is, how the person breathes."""

    world: World
    ref: str
    by: Actor
    severity: str
    pathway: str
    spo2: int
    respirations: int

    def breathe(self, spo2: int, respirations: int) -> None:
        """Breathing gets better by so much, up to what is normal."""
        self.spo2 = min(99, self.spo2 + spo2)
        self.respirations = min(16, self.respirations + respirations)


def onset(world: World, items: tuple[Item, ...], length: timedelta) -> timedelta | None:
    """How long after sitting down it begins; None for nearly everybody."""
    risk = max(_risk(item.substance) for item in items)
    if not world.chance(PER_USE * (1 - ELSEWHERE) * risk / _MEAN_RISK):
        return None
    at = min(world.minutes(2, 11), length)
    return None if world.is_near_end(at + QUIET) else at


def at_place(world: World, visit_ref: str, code: str, items: tuple[Item, ...], guest: Guest) -> Life:
    """A response at a place, and aftercare or the ambulance after it."""
    scene = _begin(world, items, code, visit_ref)
    taken = yield from _respond(scene)
    if taken:
        _close(scene, "transported", "with_ems")
        visits.leave(visit_ref, **world.words())
        world.release(code)
        return
    responses.to_aftercare(scene.ref, **world.words())
    world.release(code)
    yield from _observe(scene, visit_ref)
    _close(scene, "declined_ems" if world.chance(0.06) else "recovered", "observed_here")
    ladder.maybe(world, 0.3, guest, visit_ref, scene.ref)
    yield world.minutes(1, 12)
    visits.leave(visit_ref, **world.words())


def elsewhere(world: World) -> Life:
    """A response in the washroom, the waiting room or outside."""
    where = world.rng.choice(["washroom", "waiting", "outside"])
    scene = _begin(world, (Item("down", "smoke"),), None, None, where)
    if world.chance(0.12):
        yield world.minutes(0.5, 2)
        responses.no_overdose(scene.ref, by=scene.by, at=world.now)
        return
    taken = yield from _respond(scene)
    _close(scene, "transported" if taken else "recovered", "with_ems" if taken else "left_alone")


def _begin(
    world: World, items: tuple[Item, ...], code: str | None, visit_ref: str | None, where: str = "elsewhere"
) -> Scene:
    by = world.cast.anyone(world.now)
    row = responses.start(where, code, visit_ref, **world.words(by))
    drawn = world.rng.random()
    severity = "naloxone" if drawn < NALOXONE else "oxygen" if drawn < OXYGEN else "monitored"
    low = {"naloxone": (70, 86), "oxygen": (82, 91), "monitored": (90, 96)}[severity]
    slow = {"naloxone": (3, 7), "oxygen": (7, 11), "monitored": (11, 18)}[severity]
    breath = (world.rng.randint(*low), world.rng.randint(*slow))
    return Scene(world, row.ref, by, severity, _pathway(world, items, severity), *breath)


def _pathway(world: World, items: tuple[Item, ...], severity: str) -> str:
    groups = {world.book.choice("substance", item.substance).group for item in items}
    if severity == "monitored" and "opioid" not in groups and "stimulant" in groups:
        return "stimulant"
    if len(groups & {"opioid", "stimulant"}) == 2:
        return "mixed"
    return "prolonged_sedation" if world.chance(0.14) else "opioid" if "opioid" in groups else "unknown"


def _respond(scene: Scene) -> Life:
    """Everything until the person is out of danger; whether the ambulance took them."""
    world = scene.world
    yield world.minutes(0.1, 0.4)
    if scene.pathway == "stimulant":
        yield from _calm_and_cool(scene)
        return False
    responses.set_pathway(scene.ref, scene.pathway, **world.words(scene.by))
    yield from _wake(scene)
    if scene.severity != "monitored":
        yield from _oxygen(scene)
    else:
        _step(scene, "recovery_position", 0.4)
    yield from _vitals(scene)
    ems = scene.severity == "naloxone" and world.chance(0.3)
    if ems:
        responses.call_ems(scene.ref, **world.words())
    if scene.severity == "naloxone":
        yield from _naloxone(scene)
    yield from _recover(scene)
    return (yield from _ambulance(scene)) if ems else False


def _wake(scene: Scene) -> Life:
    world = scene.world
    responses.stimulate(scene.ref, "voice", **world.words(scene.by))
    yield world.minutes(0.1, 0.4)
    if scene.severity != "monitored" or world.chance(0.4):
        responses.stimulate(scene.ref, "sternal_rub", **world.words(scene.by))
    yield world.minutes(0.1, 0.4)
    if scene.severity != "monitored":
        how = world.rng.choice(["head_tilt", "jaw_thrust", "head_tilt"])
        responses.open_airway(scene.ref, how, **world.words(scene.by))
        if world.chance(0.5):
            responses.assign_duty(scene.ref, "lead", scene.by.ref, **world.words(scene.by))


def _oxygen(scene: Scene) -> Life:
    world = scene.world
    yield world.minutes(0.3, 1.0)
    device = "non_rebreather" if world.chance(0.75) else "simple_mask"
    row = responses.give_oxygen(scene.ref, device, **world.words())
    if world.chance(0.06):
        upkeep.correct_step(world, row.link_seq)
    if scene.respirations < 7:
        yield world.minutes(0.3, 0.8)
        responses.assist_breathing(scene.ref, "bag_breaths", **world.words(scene.by))


def _naloxone(scene: Scene) -> Life:
    world = scene.world
    yield world.minutes(0.4, 1.8)
    doses = 1 + world.chance(0.36) + world.chance(0.08)
    nasal = world.chance(0.15)
    for n in range(doses):
        if n:
            yield world.minutes(2.8, 5)
        amount, route = (4000, "intranasal") if nasal else (400, "intramuscular")
        responses.give_naloxone(scene.ref, amount, route, **world.words())
        yield from _vitals(scene)


def _vitals(scene: Scene, alert: int = 2) -> Life:
    world = scene.world
    yield world.minutes(0.4, 1.2)
    measured = Measured(
        world.now,
        spo2=scene.spo2 if world.chance(0.95) else None,
        respirations=scene.respirations,
        pulse=world.rng.randint(52, 98) if world.chance(0.7) else None,
    )
    if world.chance(0.6):
        measured = replace(measured, sedation_scale="avpu", sedation_score=alert)
    responses.record_vitals(scene.ref, measured, by=world.cast.anyone(world.now), at=world.now)
    scene.breathe(world.rng.randint(1, 5), world.rng.randint(0, 3))


def _recover(scene: Scene) -> Life:
    """Measured every few minutes until breathing is good."""
    world = scene.world
    while scene.spo2 < 94 or scene.respirations < 11:
        yield world.minutes(1, 2.5)
        yield from _vitals(scene)
        scene.breathe(2, 1)
    if scene.severity != "monitored":
        _step(scene, "breathing_alone", 0.8)
        yield world.minutes(2, 6)
        _step(scene, "oxygen_stopped", 0.8)
    _step(scene, "responds", 0.9)
    yield world.minutes(2, 7)
    yield from _vitals(scene, alert=0)


def _calm_and_cool(scene: Scene) -> Life:
    world = scene.world
    responses.set_pathway(scene.ref, "stimulant", **world.words(scene.by))
    for kind in ("one_voice", "quiet_corner", "sips", "wet_cloths"):
        yield world.minutes(0.3, 1.5)
        _step(scene, kind, 0.7)
    measured = Measured(
        world.now,
        pulse=world.rng.randint(112, 148),
        temperature_tenths=world.rng.randint(371, 387),
        spo2=world.rng.randint(94, 98),
    )
    responses.record_vitals(scene.ref, measured, by=scene.by, at=world.now)
    yield world.minutes(8, 18)
    measured = Measured(
        world.now, pulse=world.rng.randint(88, 110), temperature_tenths=world.rng.randint(367, 376)
    )
    responses.record_vitals(scene.ref, measured, by=scene.by, at=world.now)


def _ambulance(scene: Scene) -> Life:
    world = scene.world
    yield world.minutes(1, 6)
    responses.ems_arrived(scene.ref, **world.words())
    if world.chance(0.1):
        responses.ems_gave_naloxone(scene.ref, 400, "intravenous", **world.words())
    yield world.minutes(4, 12)
    how = world.rng.choices(["transported", "declined", "treated"], [3, 5, 2])[0]
    responses.ems_left(scene.ref, how, **world.words())
    return how == "transported"


def _observe(scene: Scene, visit_ref: str) -> Life:
    """Watched in aftercare, longer after naloxone."""
    world = scene.world
    until = world.now + (world.minutes(45, 75) if scene.severity == "naloxone" else world.minutes(12, 35))
    while world.now < until:
        yield world.minutes(8, 12)
        breaths = world.rng.randint(12, 16)
        values = {"spo2": world.rng.randint(95, 99), "respirations": breaths} | world.words()
        visits.check(visit_ref, "well", **values)


def _step(scene: Scene, kind: str, share: float) -> None:
    world = scene.world
    if world.chance(share):
        done = Done(kind, world.now)
        responses.add_step(scene.ref, done, by=world.cast.anyone(world.now), at=world.now)


def _close(scene: Scene, outcome: str, plan: str) -> None:
    # Now and then nobody says what was planned: the checklist lists it, and nothing blocks.
    said = plan if scene.world.chance(0.94) else None
    responses.close(scene.ref, outcome, said, **scene.world.words())


def _mean_risk() -> float:
    """The average over what is declared, so that the rate comes out as published."""
    shares = [(share, _risk(code), _risk(SECOND.get(code, code))) for code, share in SUBSTANCES.items()]
    alone, both = 1 - SECOND_SHARE, SECOND_SHARE
    weighed = sum(share * (alone * one + both * max(one, two)) for share, one, two in shares)
    return weighed / sum(SUBSTANCES.values())


def _risk(substance: str) -> float:
    return RISK.get(substance, OTHER_RISK)


_MEAN_RISK = _mean_risk()
