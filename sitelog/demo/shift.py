"""The shifts of the simulated site: who is on, the opening check, the handover that is signed and read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sitelog.demo.clockwork import Life
from sitelog.demo.world import MINUTE, World
from sitelog.ground.access import Actor, Role
from sitelog.incidents import queries as incidents
from sitelog.shifts import actions, queries, rules
from sitelog.shifts.rules import Shift
from sitelog.site import queries as site
from sitelog.supplies import queries as supplies
from sitelog.visits import queries as visits

HOUR = timedelta(hours=1)
# The cylinder a check looks at, by its state; how often a check is fine, and how often it is forgotten.
CYLINDERS = {"oxygen": "in_use", "oxygen_spare": "spare"}
FINE, FORGOTTEN = 0.97, 0.02
DAYS = ("A queue at opening, then steady.", "Calm until the evening.", "Full for hours.")
ASSESSED = ("Nothing stands out.", "Two regulars are more drowsy than usual.", "The team needs a break.")


def day(world: World, on: date) -> None:
    """Set the alarms for the shifts that start on a date."""
    for time in world.book.shift_times:
        shift = rules.shift_on(time, on, world.book.calendar)
        world.clock.start(_shift(world, shift), shift.window.start - 4 * MINUTE)


def _shift(world: World, shift: Shift) -> Life:
    yield from _opened(world, shift)
    yield from _worked(world, shift)
    yield from _handed_over(world, shift)


def _opened(world: World, shift: Shift) -> Life:
    """Who is on comes on, and what must be there is looked at."""
    team = world.cast.on(shift.window.start + HOUR)
    for who, role in zip(team, _roles(world, team), strict=True):
        actions.come_on(shift.ref, who.ref, role, **world.words(who))
        yield world.minutes(0.2, 1.5)
    for check in world.book.choices("opening_check"):
        yield world.minutes(0.3, 2)
        if not world.chance(FORGOTTEN):
            by = world.rng.choice(team)
            number = _read_off(check.code)
            actions.tick(shift.ref, check.code, world.chance(FINE), number, **world.words(by))


def _read_off(check: str) -> int | None:
    """What the shelf and the house themselves say, so that the check agrees with stock and board."""
    if check in CYLINDERS:
        levels = [row.percent for row in supplies.cylinders() if row.state == CYLINDERS[check]]
        return levels[0] if levels else None
    if check == "naloxone":
        doses = [shelf.on_hand for shelf in supplies.shelves() if "micrograms" in shelf.item.data]
        return max(sum(doses), 0)
    if check == "booths":
        booths = {place.code for place in site.book().places if place.kind == "injection"}
        return len(booths - site.out_of_service().keys())
    return None


def _roles(world: World, team: Sequence[Actor]) -> list[str]:
    """The lead leads, or whoever is first; the others take what there is in turn."""
    known = [word.code for word in world.book.choices("shift_role")]
    others = [code for code in known if code != "lead"] or known
    first = next((actor for actor in team if actor.role is Role.LEAD), team[0])
    turns = iter(others * len(team))
    return ["lead" if actor is first and "lead" in known else next(turns) for actor in team]


def _worked(world: World, shift: Shift) -> Life:
    """Those who go home meanwhile go off, and those who come for them come on."""
    while world.now + HOUR < shift.window.end:
        here = world.cast.on(world.now)
        yield HOUR
        team = world.cast.on(world.now)
        if team is not here:
            _changed(world, shift, team)


def _changed(world: World, shift: Shift, team: Sequence[Actor]) -> None:
    on = {one.staff: one.role for one in queries.roster(shift.ref) if one.until is None}
    staying = {actor.ref for actor in team} & on.keys()
    roles = _roles(world, team)
    for ref in sorted(on.keys() - staying):
        actions.go_off(shift.ref, ref, **world.words())
    for who, role in zip(team, roles, strict=True):
        if who.ref not in staying:
            actions.come_on(shift.ref, who.ref, role, **world.words(who))


def _handed_over(world: World, shift: Shift) -> Life:
    """Signed by whoever leads when it ends, and read back by somebody who takes over."""
    yield max(shift.window.end - world.now, timedelta()) + world.minutes(2, 6)
    on = {one.staff: one.role for one in queries.roster(shift.ref) if one.until is None}
    everybody = {actor.ref: actor for team in world.cast.shifts.values() for actor in team}
    signer = next((everybody[ref] for ref, role in on.items() if role == "lead"), None)
    if signer is None:
        return
    actions.sign_off(shift.ref, _lines(world), **world.words(signer))
    yield world.minutes(1, 5)
    incoming = [a for a in world.cast.on(world.now + HOUR) if a.ref != signer.ref and a.ref in world.pins]
    if incoming:
        who = next((actor for actor in incoming if actor.role is Role.LEAD), incoming[0])
        actions.read_back(shift.ref, who.ref, world.pins[who.ref], **world.words(who))
    for ref in sorted(on):
        actions.go_off(shift.ref, ref, **world.words())


def _lines(world: World) -> list[tuple[str, str]]:
    """What is said at the handover, in the words of somebody who is tired."""
    areas = Counter(one.area for one in visits.in_house(world.now))
    here = f"{areas['place']} in places, {areas['waiting']} waiting, {areas['aftercare']} in aftercare."
    chase = f"{incidents.open_count()} incidents are still open."
    return [("S", here), ("B", world.rng.choice(DAYS)), ("A", world.rng.choice(ASSESSED)), ("R", chase)]
