"""What the register counts: new registrations, restrictions, who came in despite one. Nobody is in it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.people.models import LetIn, Person, Restriction
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

MEASURES: tuple[Measure, ...] = (
    Measure(
        "people_registered",
        N_("New registrations"),
        N_("People given a number for the first time; one who was registered twice counts twice."),
    ),
    Measure(
        "restrictions_set",
        N_("Restrictions entered"),
        N_("Restrictions entered in the period, whatever days they are for."),
    ),
    Measure(
        "let_in_despite_restriction",
        N_("Let in despite a restriction"),
        N_("Arrivals of people while a restriction held, with whatever reason was given."),
    ),
)
_COUNTED = {
    "people_registered": Person,
    "restrictions_set": Restriction,
    "let_in_despite_restriction": LetIn,
}


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact an entry that stands, on the day it happened."""
    for measure, model in _COUNTED.items():
        for at in db.session.scalars(_when(model, window)):
            yield grain.fact(measure, at)


def _when(model: Any, window: Window) -> Any:
    chosen = select(Link.happened_at).join(model, model.link_seq == Link.seq).where(is_current(model))
    return chosen.where(Link.happened_at >= window.start, Link.happened_at < window.end)
