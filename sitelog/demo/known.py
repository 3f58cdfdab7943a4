"""What the desk tells one another: drug alerts that all read, and what staff should know of a few people."""

from datetime import timedelta

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.board import actions as board
from sitelog.demo.clockwork import Life
from sitelog.demo.world import World
from sitelog.people import actions as people

# A day: a drug alert, somebody of whom something should be known, a note on the board.
DRUG_ALERT, PERSON_ALERT, BOARD_NOTE = 0.2, 0.6, 0.8
READ = 0.9
# What is about, and what to do; the samples of many cities in turn.
DRUGS = (
    ("Purple “down”: medetomidine", "Slow pulse, long sedation. Oxygen first, count breaths."),
    ("Green pressed pills sold as oxycodone", "Nitazene on the strip. Expect a second dose of naloxone."),
    ("Light brown powder, sold as heroin", "Twice as strong as last week. Start with a third."),
    ("Pink crystals sold as MDMA", "Long and hot. Cool room, water in sips, look at the temperature."),
)
NOTES = ("The left door sticks.", "Laundry comes at nine.", "New gloves are on the second shelf.")
OF_PEOPLE = {
    "hard_to_rouse": "Breathing fine; give time.",
    "strong_reaction": "Went blue within two minutes last time.",
    "allergy": "Latex.",
    "seizures": "Short ones, lay on the side.",
    "approach": "By name, from the front.",
}


def day(world: World, day_ends: timedelta) -> Life:
    """What is written on one day."""
    yield day_ends * 0.3 + world.minutes(-60, 60)
    if world.chance(DRUG_ALERT):
        world.clock.start(_drug_alert(world))
    if world.chance(BOARD_NOTE):
        board.note(world.rng.choice(NOTES), **world.words())
    yield world.minutes(30, 200)
    if world.chance(PERSON_ALERT):
        world.clock.start(_of_somebody(world))


def just_written(world: World) -> Life:
    """A drug alert of the last half hour that one person has read."""
    on = world.book.calendar.day_of(world.now)
    what, advice = DRUGS[0]
    row = alerts.write(Alert(what, advice, on, on + timedelta(days=3)), **world.words())
    yield world.minutes(2, 9)
    alerts.read(row.ref, row.link_seq, **world.words())


def _drug_alert(world: World) -> Life:
    """Written, read by those who are on now and by those who come later; some are ended by hand."""
    on = world.book.calendar.day_of(world.now)
    last = on + timedelta(days=world.book.limit("drug_alert_days")) if world.chance(0.8) else None
    what, advice = world.rng.choice(DRUGS)
    row = alerts.write(Alert(what, advice, on, last), **world.words())
    ref, version = row.ref, row.link_seq
    read: set[str] = set()
    for _ in range(6):
        yield world.minutes(3, 25) if not read else timedelta(hours=4)
        for actor in world.cast.on(world.now):
            if actor.ref not in read and world.chance(READ):
                read.add(actor.ref)
                alerts.read(ref, version, **world.words(actor))
    if last is None:
        yield timedelta(days=world.rng.randint(1, 3))
        alerts.end(ref, **world.words())


def _of_somebody(world: World) -> Life:
    """Something staff should know about a regular; now and then it is true no more."""
    known = [guest.ref for guest in world.crowd.guests if guest.ref]
    kinds = [word.code for word in world.book.choices("person_alert") if word.code in OF_PEOPLE]
    if not known or not kinds:
        return
    kind = world.rng.choice(kinds)
    note = OF_PEOPLE[kind] if world.chance(0.7) else None
    seq = people.set_alert(world.rng.choice(known), kind, note=note, **world.words()).link_seq
    if world.chance(0.25):
        yield timedelta(days=world.rng.randint(1, 6))
        people.end_alert(seq, **world.words())
