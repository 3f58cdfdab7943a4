"""Make a version of a report, from the record to the file's bytes, without publishing it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sitelog.disclosure.difference import Released, stored_figure
from sitelog.disclosure.ledger import Entry
from sitelog.disclosure.printed import SafeRelease
from sitelog.disclosure.protect import Protection, protect
from sitelog.formats import pdf
from sitelog.formats.document import show
from sitelog.ground.days import Window
from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.words import N_
from sitelog.reports import audiences, document, queries, raw
from sitelog.reports.catalog import REPORTS
from sitelog.reports.measures import LATE_ENTRIES, MEASURES
from sitelog.reports.models import Release, ReleaseCell
from sitelog.reports.shape import Report
from sitelog.site import queries as site
from sitelog.store.db import one_snapshot
from sitelog.store.keys import key
from sitelog.trail import queries as trail


@dataclass(frozen=True)
class Draft:
    """A version that is made but not published; `before` is the one it would replace."""

    release: Release
    ledger: tuple[Entry, ...]
    content: bytes
    before: Release | None


def begins(kind: str, on: date) -> date:
    """The first site date of the period that a report of this kind covers with a date."""
    return report_of(kind).dates(site.calendar(), on)[0]


def draft(kind: str, on: date, audience: str, before: Release | None, at: datetime) -> Draft | None:
    """The next version, or None if no printed number would read otherwise. Refused while the period runs."""
    report = report_of(kind)
    audiences.check_gets(report, audience)
    one_snapshot()  # from here on, the chain's end first of all
    last = trail.last()
    digest, through = (last.mac.hex(), last.seq) if last else ("", 0)
    window = report.period(site.calendar(), on)
    dates = site.calendar().dates(window)
    _check_over(dates, window, at)
    version = before.version + 1 if before else 1
    made, content = make(report, on, audience, version, queries.released_around(*dates), at, digest)
    if before is not None and not says_something_new(made.safe):
        return None
    release = _release(made.safe, audience)
    release.as_of, release.digest, release.through_seq = at, digest, through
    release.sha256 = hashlib.sha256(content).hexdigest()
    return Draft(release, made.ledger, content, before)


def make(
    report: Report,
    on: date,
    audience: str,
    version: int,
    released: Sequence[Released],
    as_of: datetime,
    digest: str,
) -> tuple[Protection, bytes]:
    """What a version prints, and its file: the same bytes for the same record, ledger, instant and digest."""
    window = report.period(site.calendar(), on)
    # Words and bands are those of the day; how small a group may show is decided by what holds now.
    book, policy = site.book_of(window), audiences.policy_of(site.book(), audience)
    made = protect(raw.of_period(report, on, version, book), policy, released, key("lines"))
    issue = document.Issue(window, as_of, digest)
    page = document.compose(report, made.safe, issue, book=book, policy=policy, measures=MEASURES)
    return made, pdf.render(page)


def says_something_new(safe: SafeRelease) -> bool:
    """Whether a printed number reads otherwise; that an entry was late is no news by itself."""
    late = {row.label for table in safe.tables for row in table.rows if row.code == LATE_ENTRIES.code}
    return any(change.row not in late for change in safe.changes)


def cell_of(entry: Entry) -> ReleaseCell:
    """A printed figure as it is kept."""
    said = stored_figure(entry.figure)
    table, row, column = entry.figure.where
    return ReleaseCell(
        table_id=table,
        row_code=row,
        column_code=column,
        measure=entry.figure.measure,
        kind=entry.figure.kind,
        dims=_json(said["dims"]),
        start_on=entry.figure.start,
        end_on=entry.figure.end,
        shown=said["shown"],
        cell=_json(said["cell"]),
    )


def truth_of(entry: Entry, seq: int) -> dict[str, Any]:
    """What a printed figure hides: the columns of a CellTruth, kept beside it."""
    table, row, column = entry.figure.where
    place: dict[str, Any] = {"link_seq": seq, "table_id": table, "row_code": row, "column_code": column}
    hidden = {
        "truth": entry.truth,
        "people": entry.people,
        "protected": entry.protected,
        "width": entry.width,
    }
    return place | hidden


def report_of(kind: str) -> Report:
    """The report of that kind; Unknown, with the ones there are, if there is none."""
    if kind not in REPORTS:
        known = ", ".join(REPORTS)
        raise Unknown(N_("There is no report “%(kind)s”; there are: %(all)s."), kind=kind, all=known)
    return REPORTS[kind]


def _check_over(dates: tuple[date, date], window: Window, at: datetime) -> None:
    first, last = dates
    if at < window.end:
        day = N_("%(on)s is not over yet; its report can be made when the site's day has ended.")
        longer = N_(
            "%(on)s to %(until)s is not over yet; its report can be made when the last day has ended."
        )
        raise Refused(day if first == last else longer, on=first, until=last)
    if not queries.record()(window):
        day = N_("There is nothing on record from %(on)s.")
        longer = N_("There is nothing on record from %(on)s to %(until)s.")
        raise Refused(day if first == last else longer, on=first, until=last)


def _release(safe: SafeRelease, audience: str) -> Release:
    book = site.book()
    notes = [[note.code, note.text, dict(note.values)] for note in safe.notes]
    changes = [[c.table, c.row, c.column, show(c.before), show(c.now)] for c in safe.changes]
    return Release(
        kind=safe.name.partition("-")[0],
        audience=audience,
        policy=audiences.preset_of(book, audience),
        k=safe.k,
        first_on=safe.start,
        last_on=safe.end,
        starts_at=book.calendar.day(safe.start).start,
        ends_at=book.calendar.day(safe.end).end,
        version=safe.version,
        file_name=f"{safe.name}-{audience}-v{safe.version}.pdf",
        notes=_json(notes),
        changes=_json(changes),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
