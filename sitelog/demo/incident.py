"""What else happens: incidents of every kind now and then, what follows them, who is asked to stay away."""

from collections.abc import Sequence
from datetime import timedelta

from sitelog.demo.clockwork import Life
from sitelog.demo.world import World
from sitelog.ground.access import Role
from sitelog.incidents import actions, rules
from sitelog.incidents.rules import Answer, Closing, Happening, Step, Tie, Words
from sitelog.people import actions as people
from sitelog.people import queries as register
from sitelog.site.rules import ELSEWHERE, Choice, SiteBook
from sitelog.visits import queries as visits

# How many of each kind happen in a thousand visits. A death on site has never been reported.
PER_THOUSAND = {
    **{"verbal": 4.0, "physical": 0.7, "weapon": 0.2, "theft": 0.8, "complaint": 0.9, "neighbourhood": 2.0},
    **{"seizure": 0.5, "allergy": 0.15, "fall": 0.6, "chest_pain": 0.25, "mental_health": 1.1},
    **{"exposure": 0.15, "substance_left": 1.4, "police_attendance": 1.2, "police_request": 0.15},
    **{"sharps_outside": 1.5, "equipment": 0.7, "ventilation": 0.15, "staffing": 0.6, "closure": 0.05},
    **{"fire": 0.05, "privacy": 0.08, "death_notified": 0.1, "other": 0.4},
}
# Kinds that are about somebody who is here, and after which some are asked to stay away.
OF_SOMEBODY = {"verbal", "physical", "weapon", "theft", "seizure", "fall", "chest_pain", "mental_health"}
RESTRICTED = {"physical": 0.6, "weapon": 0.7, "theft": 0.3, "verbal": 0.06}
# How an incident of a class ends here, or one of a kind where the rest of its class ends otherwise.
ENDS = {
    "violence": ("settled", "nothing_more", "authority"),
    "medical": ("settled", "nothing_more"),
    "death": ("handed_on", "authority"),
    "exposure": ("handed_on", "nothing_more"),
    "substance": ("authority", "handed_on"),
    "police": ("handed_on", "nothing_more"),
    "complaint": ("answered", "settled", "handed_on"),
    "neighbourhood": ("settled", "authority"),
    "site": ("repaired",),
    "fire": ("settled", "handed_on"),
    "staffing": ("settled", "nothing_more"),
    "closure": ("settled", "nothing_more"),
    "privacy": ("answered", "handed_on"),
}
ANSWERED, TIED, NOTED, LEFT_OPEN = 0.75, 0.7, 0.3, 0.1
WORDS = ("Talked it over at once.", "Calm again by the end of the hour.", "To be said at the handover.")


def day(world: World, visits_per_day: int, day_ends: timedelta) -> Life:
    """What happens on one day, while the doors are open."""
    opens = timedelta(hours=3)
    drawn = [kind for kind in _kinds(world) if world.chance(PER_THOUSAND[kind] * visits_per_day / 1000)]
    at = sorted((world.rng.uniform(0.0, 1.0), kind) for kind in drawn)
    begun = world.now
    for share, kind in at:
        yield begun + opens + (day_ends - opens - timedelta(hours=1)) * share - world.now
        world.clock.start(_incident(world, kind))


def in_custody(world: World) -> Life:
    """A bag that somebody left behind, locked away and waiting to be handed over."""
    what = Happening("substance_left", "waiting", {"looks_like": ["powder"], "packed_in": ["pack_bag"]})
    if what.kind not in _kinds(world):
        return
    ref = actions.log(what, **world.words()).ref
    for step in ("bagged", "sealed", "stored"):
        yield world.minutes(1, 4)
        by, witness, *_ = world.cast.on(world.now)
        actions.take_step(ref, Step(step, witness=witness.ref), **world.words(by))


def _kinds(world: World) -> list[str]:
    return [word.code for word in world.book.choices("incident_kind") if word.code in PER_THOUSAND]


def _incident(world: World, kind: str) -> Life:
    """One incident: logged, answered as far as somebody knew, followed up, closed or left open."""
    about = _somebody(world, kind)
    at_once = None if world.book.choice("incident_kind", kind).data.get("stays_open") else "settled"
    places = [*(place.code for place in world.book.places), *ELSEWHERE]
    what = Happening(kind, world.rng.choice(places), _answers(world, kind), end=at_once)
    ago = world.minutes(0.5, 9)
    note = world.rng.choice(WORDS) if world.chance(NOTED) else None
    ref = actions.log(what, note=note, **world.words(ago=ago)).ref
    if about and world.chance(TIED):
        actions.tie(ref, Tie(about.ref), **world.words())
    if about and about.person_id and world.chance(RESTRICTED.get(kind, 0.0)):
        _restrict(world, register.whole(about.person_id).ref, kind)
    yield from _steps(world, ref, kind)
    if at_once is None:
        yield from _ended(world, ref, kind)


def _somebody(world: World, kind: str) -> visits.Present | None:
    """Whom of those who are here it is about."""
    here = visits.in_house(world.now) if kind in OF_SOMEBODY else []
    return world.rng.choice(here) if here else None


def _answers(world: World, kind: str) -> dict[str, Sequence[Answer]]:
    asked = [one for one in rules.fields_of(world.book, kind) if world.chance(ANSWERED)]
    return {one.code: [_answer(world, one)] for one in asked}


def _answer(world: World, asked: Choice) -> Answer:
    if asked.data.get("answer") == "number":
        return world.rng.randint(1, 6)
    if asked.data.get("answer") == "person":
        return world.cast.anyone(world.now).ref
    return world.rng.choice(rules.answers_of(world.book, asked)).code


def _steps(world: World, ref: str, kind: str) -> Life:
    """The steps of its protocol, one after the other; one or the other is forgotten."""
    spared: set[str] = set()
    for todo in rules.protocol(world.book, kind, world.now, ()):
        one_of = str(todo.step.data.get("one_of", ""))
        if one_of in spared or world.chance(0.08):
            continue
        yield world.minutes(1, 25)
        spared |= {one_of} - {""}
        by, *others = world.cast.on(world.now)
        witness = others[0].ref if todo.step.data.get("witness") and others else None
        outcome = "done" if world.chance(0.9) else "not_needed"
        actions.take_step(ref, Step(todo.step.code, outcome, witness), **world.words(by))


def ends_of(book: SiteBook, kind: str) -> list[str]:
    """The ways an incident of a kind may end, of those that are on the site's list; all where none fits."""
    known = [word.code for word in book.choices("incident_end")]
    fits = ENDS.get(kind) or ENDS.get(book.choice("incident_kind", kind).group, ("settled", "nothing_more"))
    return [code for code in known if code in fits] or known


def _ended(world: World, ref: str, kind: str) -> Life:
    """Closed within hours or days, most of them."""
    if world.chance(LEFT_OPEN):
        return
    yield world.about(9 * 60, 1.2, 30, 6 * 24 * 60)
    if world.chance(NOTED):
        actions.write(ref, Words(world.rng.choice(WORDS)), **world.words())
    actions.close(ref, Closing(world.rng.choice(ends_of(world.book, kind))), **world.words())


def _restrict(world: World, person: str, kind: str) -> None:
    """Asked to stay away for some days, by the lead if one is there."""
    reasons = {word.code for word in world.book.choices("restriction_reason")}
    reason = next((one for one in ("violence" if kind != "theft" else kind, "other") if one in reasons), None)
    if reason is None:
        return
    on = world.book.calendar.day_of(world.now)
    days = world.rng.choice((1, 3, 7, 14))
    leads = [actor for actor in world.cast.on(world.now) if actor.role is Role.LEAD]
    by = leads[0] if leads else None
    review = on + timedelta(days=1) if days > 3 else None
    people.restrict(person, reason, on, on + timedelta(days=days), review_on=review, **world.words(by))
