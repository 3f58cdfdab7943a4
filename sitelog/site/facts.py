"""What the house counts: how long places were out of service. Only of a window that is over."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.site import queries
from sitelog.site.models import PlaceService
from sitelog.store.db import db

MEASURES: tuple[Measure, ...] = (
    Measure(
        "minutes_out_of_service",
        N_("Places out of service"),
        N_(
            "How long places were out of service, all places added up; one that stays out beyond the end of "
            "the period counts up to it. Why is not said."
        ),
        unit="minutes",
    ),
)


def unrecorded(window: Window) -> frozenset[str]:
    """Everything, where no place had ever been taken out of service when the window ended."""
    entered = select(PlaceService.id).where(PlaceService.happened_at < window.end).limit(1)
    none = db.session.scalar(entered) is None
    return frozenset(measure.code for measure in MEASURES) if none else frozenset()


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact an outage and site day, at the instant it began there; its amount is minutes."""
    for outage in _outages(window):
        for part in _by_day(outage, grain.calendar):
            if minutes := round(part.seconds / 60):
                yield grain.fact("minutes_out_of_service", part.start, amount=minutes)


def _outages(window: Window) -> Iterator[Window]:
    """The stretches in which a place that the site had was out of service, clipped to the window."""
    known = {place.code for place in queries.book_of(window).places}
    since: dict[str, datetime] = {}
    for code, at, gone in queries.outages_in(window):
        if gone:
            since.setdefault(code, at)
        elif code in since:
            yield Window(since.pop(code), at)
    for code, at in since.items():
        if code in known:
            yield Window(at, window.end)


def _by_day(stretch: Window, calendar: SiteCalendar) -> Iterator[Window]:
    for on in calendar.days(*calendar.dates(stretch)):
        day = calendar.day(on)
        yield Window(max(day.start, stretch.start), min(day.end, stretch.end))
