"""Which published days were touched by an entry made after they were counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select

from sitelog.ground.days import SiteCalendar, Window
from sitelog.reports.models import Release
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.models import Link

# What is counted hangs on links about these nouns; an entry about anything else changes no report.
NOUNS = ("visit", "response", "referral", "supply", "service", "incident", "place")
# Most of these are about people and printed as ranges: that one was entered late would tell that it was.
UNTOLD = ("incident",)
# What lasts changes every day from when it began until it was entered.
LASTING = ("place",)
_KEPT = "sitelog.touched"
_AT_ONCE = 500


@dataclass(frozen=True)
class Touch:
    """The newest entry that may have changed what is counted for a day."""

    seq: int
    at: datetime


@dataclass(frozen=True)
class Touched:
    """Every day that entries touched, read off the chain up to `through`."""

    through: int = 0
    days: Mapping[date, Touch] = field(default_factory=dict)


def touched() -> Mapping[date, Touch]:
    """The newest touch of each day. The chain only grows, so what was read once is kept."""
    kept: Touched = current_app.extensions.get(_KEPT, Touched())
    newest = db.session.scalar(select(func.max(Link.seq))) or 0
    if newest > kept.through:
        days = dict(kept.days)
        for on, touch in _touches(kept.through, newest, site.calendar()):
            if on not in days or touch.seq > days[on].seq:
                days[on] = touch
        kept = current_app.extensions[_KEPT] = Touched(newest, days)
    return kept.days


def to_check(releases: Iterable[Release], waiting: Window | None = None) -> Iterator[tuple[Release, Touch]]:
    """The releases of which a day was touched after they were counted, with the newest touch; not those whose
    newest was made in a time that still waits.

    A version holds all that was entered until it is made, and one that came a minute after an entry would
    tell whoever watches the shelf when somebody was treated.
    """
    days, calendar = touched(), site.calendar()
    for release in releases:
        covered = (days.get(on) for on in calendar.days(release.first_on, release.last_on))
        newest = max(filter(None, covered), key=lambda touch: touch.seq, default=None)
        if newest is not None and newest.seq > release.through_seq and not (waiting and newest.at in waiting):
            yield release, newest


def _touches(after: int, through: int, calendar: SiteCalendar) -> Iterator[tuple[date, Touch]]:
    about = or_(*(Link.kind.startswith(f"{noun}.") for noun in NOUNS))
    columns = (Link.seq, Link.kind, Link.subject, Link.at, Link.happened_at, Link.amends)
    chosen = select(*columns).where(Link.seq > after, Link.seq <= through, about).order_by(Link.seq)
    links = db.session.execute(chosen).all()
    begun = _happened(_first_links({link.subject for link in links if _noun(link.kind) not in LASTING}))
    amended = _happened({link.amends: link.amends for link in links if link.amends})
    for link in links:
        touch = Touch(link.seq, link.at)
        # Its own day, the day of what it changes, and the day its visit, response or referral began.
        instants = {link.happened_at, begun.get(link.subject), amended.get(link.amends)} - {None}
        days = {calendar.day_of(instant) for instant in instants if instant}
        if _noun(link.kind) in LASTING:
            days = set(calendar.days(min(days), calendar.day_of(link.at)))
        for on in days:
            yield on, touch


def _noun(kind: str) -> str:
    return kind.partition(".")[0]


def _first_links(subjects: Iterable[str]) -> dict[str, int]:
    first = select(Link.subject, func.min(Link.seq)).group_by(Link.subject)
    return {
        subject: seq
        for some in _chunks(sorted(subjects))
        for subject, seq in db.session.execute(first.where(Link.subject.in_(some)))
    }


def _happened(seqs: Mapping[Any, int]) -> dict[Any, datetime]:
    found: dict[int, datetime] = {}
    for some in _chunks(sorted(set(seqs.values()))):
        rows = db.session.execute(select(Link.seq, Link.happened_at).where(Link.seq.in_(some)))
        found |= {seq: happened_at for seq, happened_at in rows}
    return {key: found[seq] for key, seq in seqs.items() if seq in found}


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
