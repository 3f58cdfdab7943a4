"""Reads of what was published: releases, versions, and every figure that was ever printed."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from sitelog.disclosure.difference import Released
from sitelog.ground.days import Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.reports.catalog import REPORTS
from sitelog.reports.models import CellTruth, Release, ReleaseCell
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence
from sitelog.trail.walks import Witness


def release(id: int) -> Release:
    """One release; Unknown if there is none of that number."""
    found = db.session.get(Release, id)
    if found is None:
        raise Unknown(N_("There is no such report."))
    return found


def latest(kind: str, audience: str, on: date) -> Release | None:
    """The version that is on top of the shelf, if any is."""
    return next(iter(versions(kind, audience, on)), None)


def standing(kind: str, audience: str, on: date) -> Release:
    """The version that is on top of the shelf; Unknown if none was published."""
    found = latest(kind, audience, on)
    if found is None:
        raise Unknown(N_("There is no such report."))
    return found


def versions(kind: str, audience: str, on: date) -> Sequence[Release]:
    """Every version of one report, the newest first."""
    mine = (Release.kind == kind, Release.audience == audience, Release.first_on == on)
    return db.session.scalars(select(Release).where(*mine).order_by(Release.version.desc())).all()


def newest(kind: str, audience: str) -> Release | None:
    """The release of the latest period, if anything was published."""
    mine = select(Release).where(Release.kind == kind, Release.audience == audience)
    return db.session.scalar(mine.order_by(Release.first_on.desc(), Release.version.desc()).limit(1))


def shown(release: Release) -> Sequence[str]:
    """How each figure of a release was printed: exact, range, not_recorded, does_not_apply, withheld."""
    return db.session.scalars(select(ReleaseCell.shown).where(ReleaseCell.link_seq == release.link_seq)).all()


def on_top(kind: str, audience: str, first: date | None = None, last: date | None = None) -> list[Release]:
    """The newest version of each report of an audience whose period begins within these dates, by date."""
    chosen = select(Release).where(Release.kind == kind, Release.audience == audience, is_current(Release))
    if first is not None:
        chosen = chosen.where(Release.first_on >= first)
    if last is not None:
        chosen = chosen.where(Release.first_on <= last)
    return list(db.session.scalars(chosen.order_by(Release.first_on)))


def first_day() -> date | None:
    """The site day of the earliest thing that ever happened; None before there is any."""
    earliest = db.session.scalar(select(func.min(Link.happened_at)))
    return site.calendar().day_of(earliest) if earliest else None


def record() -> Callable[[Window], bool]:
    """Whether a window is on record: from the day the site was set up every one is, with nobody in it too; of
    the past that was entered later only what has an entry. Of windows in order it reads once for each gap."""
    begun = trail.begun()
    begins = site.calendar().day(site.calendar().day_of(begun)).start if begun else None
    # The stretch that the last read looked at: from where, and up to the next entry.
    looked: list[tuple[datetime, datetime | None]] = []

    def is_on_record(window: Window) -> bool:
        if begins is not None and begins < window.end:
            return True
        if not looked or not (looked[-1][0] <= window.start <= (looked[-1][1] or window.start)):
            later = select(func.min(Link.happened_at)).where(Link.happened_at >= window.start)
            looked[:] = [(window.start, db.session.scalar(later))]
        entry = looked[-1][1]
        return entry is not None and entry < window.end

    return is_on_record


def newest_release() -> int:
    """The link of the last release of all, whatever its report and audience; 0 if there is none."""
    return db.session.scalar(select(func.max(Release.link_seq))) or 0


def released_around(first: date, last: date) -> list[Released]:
    """Every figure printed for a period that overlaps this one, or overlaps one that does, and so on.

    For all audiences together: recipients may share what they were sent.
    """
    while True:
        overlap = and_(Release.first_on <= last, Release.last_on >= first)
        edges = select(func.min(Release.first_on), func.max(Release.last_on)).where(overlap)
        low, high = (edge or first for edge in db.session.execute(edges).one())
        if low >= first and high <= last:
            return list(figures(overlap))
        first, last = min(first, low), max(last, high)


def figures(*where: Any) -> Iterator[Released]:
    """The printed figures of the releases that meet a condition, each with what it hides."""
    place = (ReleaseCell.table_id, ReleaseCell.row_code, ReleaseCell.column_code)
    hidden = and_(
        CellTruth.link_seq == ReleaseCell.link_seq,
        *(getattr(CellTruth, column.key) == column for column in place),
    )
    columns = (Release.kind, Release.first_on, Release.version, Release.audience, *place, *_PRINTED, *_HIDDEN)
    chosen = select(*columns).join(ReleaseCell, ReleaseCell.link_seq == Release.link_seq)
    ordered = chosen.outerjoin(CellTruth, hidden).where(*where).order_by(ReleaseCell.id)
    for row in db.session.execute(ordered):
        yield _released(*row)


_PRINTED = (
    ReleaseCell.measure,
    ReleaseCell.kind,
    ReleaseCell.dims,
    ReleaseCell.start_on,
    ReleaseCell.end_on,
    ReleaseCell.shown,
    ReleaseCell.cell,
)
_HIDDEN = (CellTruth.truth, CellTruth.people, CellTruth.protected, CellTruth.width)


def _released(
    report: str, on: date, version: int, audience: str, table: str, row: str, column: str, *rest: Any
) -> Released:
    measure, kind, dims, start, end, shown, cell, truth, people, protected, width = rest
    values: dict[str, Any] = {"release": f"{report}-{on.isoformat()}-v{version}", "audience": audience}
    values |= {"where": [table, row, column], "measure": measure, "kind": kind, "shown": shown}
    values |= {"dims": json.loads(dims), "cell": json.loads(cell)}
    values |= {"start": start.isoformat(), "end": end.isoformat(), "truth": truth, "people": people}
    return Released.from_dict(values | {"protected": bool(protected), "width": width or 0})


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """What was published, each in its report's own words."""
    rows = db.session.scalars(select(Release).where(Release.link_seq.in_([link.seq for link in links])))
    return {row.link_seq: sentence(row) for row in rows}


def sentence(row: Release) -> Sentence:
    """One version in words; a report the catalog has no more keeps its releases, and those their names."""
    values: dict[str, Any] = {"on": row.first_on.isoformat(), "until": row.last_on.isoformat()}
    values |= {"audience": row.audience, "version": row.version, "name": row.name}
    report = REPORTS.get(row.kind)
    return Sentence(report.sentence if report else N_("Report %(name)s for %(audience)s"), values)


def witnesses() -> Iterator[Witness]:
    """The digest of the chain that each version was published with, and is printed on it."""
    noted = select(Release.through_seq, Release.digest, Release.file_name).where(Release.through_seq > 0)
    for seq, digest, file_name in db.session.execute(noted):
        yield Witness(seq, digest, file_name)
