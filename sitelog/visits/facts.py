"""What visits count: accesses, episodes, consumptions, people, checks, and who left without being served."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook
from sitelog.store.transaction import connection
from sitelog.trail.amend import is_current
from sitelog.visits import queries
from sitelog.visits.models import Arrival, Check, Departure, Stay
from sitelog.visits.rules import UNSAID, Item

MEASURES: tuple[Measure, ...] = (
    Measure(
        "accesses", N_("Accesses"), N_("An access is a person coming in for anything, by the time they came.")
    ),
    Measure(
        "episodes",
        N_("Episodes"),
        N_("An episode is one use of a place, from sitting down on, places changed in between included."),
    ),
    Measure(
        "consumptions",
        N_("Consumptions"),
        N_(
            "A consumption is one substance in one episode, as the person declared it, by the time they sat "
            "down; an episode for which nothing was declared is one consumption, not recorded."
        ),
    ),
    Measure(
        "left_before_service",
        N_("Left before service"),
        N_("People who came and left again before they were served, by the time they left."),
    ),
    Measure(
        "visitors",
        N_("People"),
        N_("Distinct people who came; a visit without a handle counts as one person."),
        kind="person",
    ),
    Measure("checks", N_("Checks"), N_("Looks at a person by staff, in a place, waiting or in aftercare.")),
)

# Visit and episode -> when it began, in which place, by whom (id).
Begun = dict[tuple[int, int], tuple[datetime, str, int | None]]
# What was declared: visit -> episode -> items.
Declarations = Mapping[int, Mapping[int, tuple[Item, ...]]]


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """Everything of a window; entries that were struck or replaced are not in it."""
    book = site.book_of(window)
    came, begun = _came(window), _begun(window)
    declared = _declared({*(row.visit_id for row in came), *(visit_id for visit_id, _ in begun)})
    yield from _arrivals(came, declared, grain, book)
    yield from _uses(begun, declared, grain, book)
    for at in connection().scalars(_when(Check, window)):
        yield grain.fact("checks", at)
    for at in connection().scalars(_when(Departure, window).where(Departure.how == "left_before_service")):
        yield grain.fact("left_before_service", at)


def person_key(person_id: int | None) -> str | None:
    """The key the tally makes a pseudonym of: one a person, however often registered; None for nobody."""
    return None if person_id is None else f"person-{people.root(person_id)}"


def dims_of(item: Item | None, book: SiteBook) -> dict[str, str]:
    """Class, table row and route class of a declared substance; what was not said has no category."""
    if item is None:
        return {}
    word = book.choice("substance", item.substance)
    table = str(word.data.get("table", "other"))
    said = {} if table == UNSAID else {"substance_class": word.group or "other", "substance": table}
    return said | ({"route": book.choice("route", item.route).group or "other"} if item.route else {})


def _when(model: Any, window: Window) -> Any:
    within = (model.happened_at >= window.start, model.happened_at < window.end)
    return select(model.happened_at).where(*within, is_current(model))


def _came(window: Window) -> Sequence[Any]:
    chosen = _when(Arrival, window).add_columns(Arrival.visit_id, Arrival.person_id, Arrival.purpose)
    rows: Sequence[Any] = connection().execute(chosen).all()
    return rows


def _arrivals(came: Sequence[Any], declared: Declarations, grain: Grain, book: SiteBook) -> Iterator[Fact]:
    for at, visit_id, person_id, purpose in came:
        key = person_key(person_id)
        yield grain.fact("accesses", at, {"purpose": purpose}, key)
        items = [item for said in declared.get(visit_id, {}).values() for item in said]
        classes = dict.fromkeys(dims_of(item, book).get("substance_class") for item in items) or {None: None}
        # Somebody without a handle is one person, whatever they declared.
        for name in list(classes)[: None if key else 1]:
            yield grain.fact("visitors", at, {"substance_class": name} if name else {}, key)


def _uses(begun: Begun, declared: Declarations, grain: Grain, book: SiteBook) -> Iterator[Fact]:
    for (visit_id, episode), (at, code, person_id) in begun.items():
        key = person_key(person_id)
        yield grain.fact("episodes", at, {"place_kind": _kind(code, book)}, key)
        for item in declared.get(visit_id, {}).get(episode) or (None,):
            yield grain.fact("consumptions", at, dims_of(item, book), key)


def _begun(window: Window) -> Begun:
    """The episodes that began in a window."""
    touched = select(Stay.visit_id).where(
        Stay.area == "place", Stay.happened_at >= window.start, Stay.happened_at < window.end
    )
    chosen = select(Stay.visit_id, Stay.episode, Stay.happened_at, Stay.place_code, Arrival.person_id)
    chosen = chosen.join(Arrival, Arrival.visit_id == Stay.visit_id)
    # Asked by visit: an area of all times would be the wrong index to look it up by.
    standing = (is_current(Stay), is_current(Arrival), Stay.episode.is_not(None), Stay.visit_id.in_(touched))
    first: Begun = {}
    rows: Iterable[Any] = connection().execute(chosen.where(*standing).order_by(Stay.happened_at, Stay.turn))
    for visit_id, episode, at, code, person_id in rows:
        first.setdefault((visit_id, episode), (at, code, person_id))
    return {key: value for key, value in first.items() if value[0] in window}


def _declared(visit_ids: Iterable[int]) -> Declarations:
    wanted = sorted(set(visit_ids))
    found: dict[int, dict[int, tuple[Item, ...]]] = defaultdict(dict)
    # A quarter holds more visits than a statement may name.
    for start in range(0, len(wanted), 5000):
        found.update(queries.declared(wanted[start : start + 5000]))
    return found


def _kind(code: str, book: SiteBook) -> str:
    return next((place.kind for place in book.places if place.code == code), "other")
