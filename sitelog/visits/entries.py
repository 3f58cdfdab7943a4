"""What is common to entering and correcting: rows made of what was said, and the checks that read."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook, check_alone, check_choice
from sitelog.visits import queries, rules
from sitelog.visits.models import Arrival, Declared, Departure, Stay
from sitelog.visits.rules import Asked, Course, Item, Step


def check_asked(book: SiteBook, asked: Asked) -> None:
    """Refuse words that are on none of the site's lists."""
    rules.check_purpose(asked)
    check_items(book, asked.items)
    for name in ("help_reason", "where_else"):
        if (code := getattr(asked, name)) is not None:
            check_choice(book, name, code, name)
    rules.check_answers(asked)


def check_items(book: SiteBook, items: Collection[Item]) -> None:
    """Refuse substances and routes that are not on the site's lists, and "Not said" beside one that was."""
    check_alone(book.choices("substance"), [item.substance for item in items], "substances")
    for item in items:
        check_choice(book, "substance", item.substance, "substances")
        if item.route is not None:
            check_choice(book, "route", item.route, "route")


def check_position(course: Course) -> None:
    """Conflict if the person would now sit where somebody else sits, or where nobody may."""
    rules.check_course(course)
    code = course.here.place_code
    if code is None:
        return
    place = site.book().place(code)
    outage = site.out_of_service().get(code)
    if outage is not None and course.here.seq == 0 and course.here.happened_at >= outage.since:
        raise Conflict(N_("%(place)s is out of service."), place=place.label)
    taken = queries.occupant(code, but=course.visit_id)
    rules.check_free(place, taken, queries.free_places() if taken else (), site.calendar())


def step_of(row: Stay | Departure) -> Step:
    """A row as a step of a course."""
    if isinstance(row, Departure):
        return Step("left", row.happened_at, rules.LAST_TURN)
    return Step(row.area, row.happened_at, row.turn, row.place_code, row.episode)


def arrival_of(asked: Asked, visit_id: int, happened_at: datetime, by: Actor, **who: int | None) -> Arrival:
    """The row of an arrival."""
    names = ("purpose", "help", "help_reason", "splitting", "drug_check", "step_free", "where_else")
    answers = {name: getattr(asked, name) for name in (*names, "alone", "last_use")}
    return Arrival(visit_id=visit_id, happened_at=happened_at, by=by.ref, **who, **answers)


def declared_rows(visit_id: int, episode: int, items: Iterable[Item]) -> list[Declared]:
    """The rows of what was declared, each substance once."""
    once = {item.substance: item for item in items}.values()
    return [
        Declared(visit_id=visit_id, episode=episode, substance=item.substance, route=item.route)
        for item in once
    ]


def check_not_here(person_id: int, but: int | None = None) -> None:
    """Conflict if a person is in the house already, in a visit other than `but`."""
    came = queries.visit_here(person_id)
    if came is not None and came.id != but:
        who = queries.who(came.person_id, came.anonymous_number)
        time = site.calendar().local(came.arrived_at).strftime("%H:%M")
        raise Conflict(
            N_("%(who)s is already here, since %(time)s (%(ref)s)."), who=who, time=time, ref=came.ref
        )
