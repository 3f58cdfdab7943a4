"""What incidents count: how many happened, by kind and class. No answer, place or person is ever counted."""

from collections.abc import Iterator

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.incidents.models import Incident
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.amend import is_current

MEASURES: tuple[Measure, ...] = (
    Measure(
        "incidents",
        N_("Incidents, by kind"),
        N_(
            "Incidents other than overdose responses that happened in the period and were not struck, open "
            "or closed, by kind and class of the site's list; each once, however many people were part of it."
        ),
    ),
)


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per incident that stands, at the instant it happened."""
    book = site.book()
    within = (Incident.happened_at >= window.start, Incident.happened_at < window.end, is_current(Incident))
    chosen = select(Incident.kind, Incident.happened_at).where(*within).order_by(Incident.id)
    for kind, happened_at in db.session.execute(chosen):
        group = book.choice("incident_kind", kind).group or "other"
        yield grain.fact("incidents", happened_at, {"incident_kind": kind, "incident_class": group})
