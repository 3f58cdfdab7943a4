"""Whose response it is: the one file of this feature that asks the visits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.errors import Conflict, Unknown
from sitelog.site import queries as site
from sitelog.visits import queries as visits
from sitelog.visits.queries import Present
from sitelog.visits.rules import Item, Step


@dataclass(frozen=True)
class Person:
    """Somebody's visit, as a response shows it. `classes` are the coarse classes of what was declared;
    `place_code` and `since` are where they are now, if they are still in the house."""

    visit_id: int
    visit_ref: str
    person_id: int | None
    who: str
    items: tuple[Item, ...]
    classes: frozenset[str]
    area: str | None = None
    place_code: str | None = None
    since: datetime | None = None

    @property
    def words(self) -> list[str]:
        """Labels of the substances, then of the routes, each once."""
        book = site.book()
        substances = [book.label("substance", item.substance) for item in self.items]
        routes = [book.label("route", item.route) for item in self.items if item.route]
        return list(dict.fromkeys([*substances, *routes]))


def of(visit_ids: Collection[int], placed: bool = False) -> dict[int, Person]:
    """Whose visits these are, in a few queries; `placed` also says where they are now."""
    if not visit_ids:
        return {}
    here = visits.positions() if placed else {}
    return {one: _person(present, here.get(one)) for one, present in visits.people_of(visit_ids).items()}


def _person(one: Present, step: Step | None) -> Person:
    return Person(
        visit_id=one.visit_id,
        visit_ref=one.ref,
        person_id=one.person_id,
        who=one.who,
        items=one.items,
        classes=classes_of(one.items),
        area=step.area if step else None,
        place_code=step.place_code if step else None,
        since=step.happened_at if step else None,
    )


def visits_of(person_ids: Collection[int]) -> set[int]:
    """Every visit of these registrations of the register."""
    return visits.visit_ids(person_ids)


def classes_of(items: Iterable[Item]) -> frozenset[str]:
    """The coarse classes (opioid, stimulant, other) of what was declared; "not said" says nothing."""
    book = site.book()
    said = [item.substance for item in items if item.substance != "not_said"]
    return frozenset(book.choice("substance", code).group or "other" for code in said)


def id_of(visit_ref: str) -> int | None:
    """The visit's id; None where there is none such, or no longer: a response does not wait for that."""
    try:
        return visits.visit(visit_ref).id
    except (Unknown, Conflict):
        return None


def id_at(place_code: str) -> int | None:
    """Whose visit is in a place now."""
    found = visits.occupant(place_code)
    return found.visit_id if found else None


def seated_ref(visit_id: int) -> str | None:
    """The ref of a visit whose person still is in a place, on the waiting list or with a service."""
    step = visits.positions().get(visit_id)
    if step is None or step.area == "aftercare":
        return None
    present = visits.people_of([visit_id]).get(visit_id)
    return present.ref if present else None
