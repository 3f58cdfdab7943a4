"""What drug alerts count: how many were written. What they say is never counted."""

from collections.abc import Iterator

from sqlalchemy import select

from sitelog.alerts.models import DrugAlert
from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

MEASURES: tuple[Measure, ...] = (
    Measure(
        "drug_alerts",
        N_("Drug alerts"),
        N_("Drug alerts written for the desk in the period and not struck; one that was reworded is one."),
    ),
)


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per alert that stands, at the instant its newest version was written."""
    chosen = select(Link.happened_at).join(DrugAlert, DrugAlert.link_seq == Link.seq)
    within = (Link.happened_at >= window.start, Link.happened_at < window.end, is_current(DrugAlert))
    for happened_at in db.session.scalars(chosen.where(*within).order_by(DrugAlert.id)):
        yield grain.fact("drug_alerts", happened_at)
