"""What reports ask of people, as it was said last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from sitelog.people.merges import root, together
from sitelog.people.models import Person, Trait
from sitelog.people.rules import age_advice
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link


@dataclass(frozen=True)
class Traits:
    """What reports ask of a person; `gender` is a word of the site's list. None is: never said."""

    birth_year: int | None
    gender: str | None
    registered_at: datetime


def traits(person_ids: Iterable[int]) -> dict[int, Traits]:
    """Birth year and gender of these people, and when they were registered first.

    The last entry of a registration counts whole; what it leaves out, one merged with it may say.
    """
    wanted = set(person_ids)
    if not wanted:
        return {}
    whole = together(wanted)
    chosen = select(Person.id, Link.happened_at, Trait.birth_year, Trait.gender)
    chosen = chosen.join(Link, Link.seq == Person.link_seq)
    chosen = chosen.outerjoin(Trait, and_(Trait.person_id == Person.id, is_current(Trait)))
    rows = db.session.execute(chosen.where(Person.id.in_(whole)).order_by(Trait.id))
    # Dropped before it is put back: those that were said last come last.
    last: dict[int, Any] = {}
    for row in rows:
        last.pop(row.id, None)
        last[row.id] = row
    found: dict[int, Traits] = {}
    for one, at, year, gender in last.values():
        before = found.get(whole[one], Traits(None, None, at))
        year = before.birth_year if year is None else year
        gender = gender or before.gender
        found[whole[one]] = Traits(year, gender, min(at, before.registered_at))
    return {one: found[root(one)] for one in wanted if root(one) in found}


def ages_advised(person_ids: Iterable[int], now: datetime) -> dict[int, str]:
    """What is to be said of those of these people who may be very young this year."""
    return advised(person_ids, site.calendar().local(now).year)


def advised(person_ids: Iterable[int], this_year: int) -> dict[int, str]:
    """As `ages_advised`, in a year of the site's calendar."""
    found = {one: age_advice(said.birth_year, this_year) for one, said in traits(person_ids).items()}
    return {one: words for one, words in found.items() if words is not None}
