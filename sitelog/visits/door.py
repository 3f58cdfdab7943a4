"""Who comes in: a person of the register, somebody new, or nobody named; and what the door notes of them."""

from typing import Any

from sitelog.people import actions as register
from sitelog.people import queries as people
from sitelog.people.rules import About
from sitelog.site import queries as site
from sitelog.visits import queries
from sitelog.visits.entries import check_not_here


def comes(
    person: str | None, handle: str | None, about: About, let_in: str | None, when: dict[str, Any]
) -> dict[str, int | None]:
    """The columns of an arrival that say who came; registers somebody new, and notes what the door noted."""
    if person is not None:
        known = people.person(person)
        check_not_here(known.id)
        _at_the_door(known, about, let_in, when)
        return {"person_id": known.id}
    if handle is not None or about.code is not None:
        return {"person_id": register.register(handle, about=about, **when).id}
    return {"anonymous_number": queries.next_anonymous(when["happened_at"])}


def _told(known: people.Known, about: About) -> tuple[int | None, str | None]:
    """Birth year and gender: at the door, what is left out was not asked and stays as it was said."""
    before = people.traits([known.id])[known.id]
    year = before.birth_year if about.birth_year is None else about.birth_year
    return year, about.gender or before.gender


def _at_the_door(known: people.Known, about: About, let_in: str | None, when: dict[str, Any]) -> None:
    """What is entered about somebody of the register as they come in: the agreement, a restriction passed."""
    if about.code and known.code is None:
        register.give_code(known.ref, about.code, **when)
    if about.birth_year is not None or about.gender:
        register.describe(known.ref, *_told(known, about), **when)
    if about.agreement:
        register.sign(known.ref, about.agreement, **when)
    today = site.calendar().day_of(when["happened_at"])
    if any(one.in_force(today) for one in people.restrictions_of([known.id]).get(known.id, ())):
        register.let_in(known.ref, let_in or "not_said", **when)
