"""What incidents count: how many happened, by kind and class. No answer, place or person is ever counted.

What befell people is a protected count. Only what went wrong with the house itself (class `HOUSE`) is public.
"""

from collections.abc import Iterator

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.incidents.models import Incident
from sitelog.incidents.rules import CLASSES
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

# Fire, ventilation, equipment, staffing, closure: nobody is in them.
HOUSE = "site"
DEATH = "death"
MEASURES: tuple[Measure, ...] = (
    Measure(
        "incidents",
        N_("Incidents"),
        N_(
            "Incidents other than overdose responses that happened in the period and were not struck, open "
            "or closed, by kind and class of the site's list; each once, however many people were part of it."
        ),
        kind="person",
    ),
    Measure(
        "incidents_entered_late",
        N_("Incidents entered late"),
        N_(
            "Incidents that happened before the period and were entered or corrected in it; their own day "
            "does not change for them once it is out. Deaths and those of the house are not among them."
        ),
        kind="person",
    ),
    Measure(
        "house_incidents",
        N_("Incidents of the house"),
        N_("Fire, ventilation, equipment, too few staff and closures, by when they happened."),
    ),
)


def unrecorded(window: Window) -> frozenset[str]:
    """What a site that had never entered anything of the house says of it. The protected counts are never
    *not recorded*: the first day on which they were a range would tell that something had happened."""
    kinds = [kind for kind, group in _classes(site.book_of(window)).items() if group == HOUSE]
    entered = select(Incident.id).where(Incident.kind.in_(kinds), Incident.happened_at < window.end)
    none = db.session.scalar(entered.limit(1)) is None
    return frozenset({"house_incidents"}) if none else frozenset()


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per incident that stands, at the instant it happened."""
    groups = _classes(site.book_of(window))
    within = (Incident.happened_at >= window.start, Incident.happened_at < window.end, is_current(Incident))
    chosen = select(Incident.kind, Incident.happened_at).where(*within).order_by(Incident.id)
    for kind, happened_at in db.session.execute(chosen):
        group = groups.get(kind, "other")
        yield grain.fact("incidents", happened_at, {"incident_kind": kind, "incident_class": group})
        if group == HOUSE:
            yield grain.fact("house_incidents", happened_at)
    yield from _late(window, grain, groups)


def _late(window: Window, grain: Grain, groups: dict[str, str]) -> Iterator[Fact]:
    entered = (Link.at >= window.start, Link.at < window.end, Incident.happened_at < window.start)
    chosen = select(Incident.kind, Link.at).join(Link, Link.seq == Incident.link_seq)
    for kind, at in db.session.execute(chosen.where(*entered, is_current(Incident)).order_by(Incident.id)):
        if groups.get(kind, "other") not in (HOUSE, DEATH):
            yield grain.fact("incidents_entered_late", at)


def _classes(book: SiteBook) -> dict[str, str]:
    """The class of every kind the site ever had; one that is none of ours counts among the others."""
    kinds = book.choices("incident_kind", retired=True)
    return {one.code: one.group if one.group in CLASSES else "other" for one in kinds}
