"""What a report is made of, and what every report of the catalog has to keep."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sitelog.disclosure.tables import Where
from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.facts import Measure
from sitelog.tally.rollup import Listing, Table

LONGEST_KIND = 16
# The jobs of every audience that make new versions, of whatever report.
CORRECTIONS = "corrections"
# Two years of dates hold the shortest period of any report that a calendar knows.
_SAMPLE = (date(2023, 1, 1), date(2024, 12, 31))


@dataclass(frozen=True)
class Key:
    """One of the large figures at the top; `note` may hold %(rate)s, filled from the rate of that id."""

    label: str
    figure: Where
    note: str
    rate: str = ""


@dataclass(frozen=True)
class Rate:
    """So many of one printed figure for every `per` of another."""

    id: str
    label: str
    measure: str
    of: Where
    over: Where
    per: int


@dataclass(frozen=True)
class Sentence:
    """Words with printed figures in them, by name."""

    text: str
    figures: tuple[tuple[str, Where], ...]


@dataclass(frozen=True)
class Part:
    """One numbered section: its tables, two in a row; `chart` draws the first table beside it."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    lines: bool = False
    chart: str = ""
    note: Sentence | None = None


@dataclass(frozen=True)
class Report:
    """One kind of report. All that is said of it anywhere, and when it is owed, is said here.

    `kind` names its files and its job, and is never used again for another. `period` gives the window of the
    one that covers a site date; the scheduler publishes it when that window and the site's grace are over.
    """

    kind: str
    period: Callable[[SiteCalendar, date], Window]
    title: str
    short: str
    """A word or two for where the reader knows that it is a report: "Daily"."""
    sentence: str
    """What the trail says of a version: of %(on)s (to %(until)s) for %(audience)s, version %(version)s."""
    subject: str
    """What a reader of files is told is in it."""
    about: str
    """What stands over its list on the page of reports."""
    never: str
    """What is in none of them."""
    tables: tuple[Table, ...]
    keys: tuple[Key, ...]
    parts: tuple[Part, ...]
    defined: tuple[str, ...]
    """Whose definitions are printed, in this order."""
    rates: tuple[Rate, ...] = ()
    later: str = ""
    """Printed in its method: what no report of so short a period tells."""
    audiences: frozenset[str] = frozenset()
    """The site's audiences it is made for; none named: all of them."""

    @property
    def lines(self) -> bool:
        """Whether it has incident lines."""
        return any(part.lines for part in self.parts)

    @cached_property
    def days(self) -> int:
        """How many site days its shortest period has."""
        calendar = SiteCalendar("UTC")
        covered = (self.dates(calendar, on) for on in calendar.days(*_SAMPLE))
        return min((last - first).days + 1 for first, last in covered)

    def dates(self, calendar: SiteCalendar, on: date) -> tuple[date, date]:
        """The first and the last site date of the one that covers a date."""
        return calendar.dates(self.period(calendar, on))

    def measures(self) -> Iterator[str]:
        """The measures its tables show, as often as they are shown."""
        for table in self.tables:
            yield from (one.measure for one in (table.lines if isinstance(table, Listing) else table.columns))


def checked(report: Report, measures: Mapping[str, Measure]) -> Report:
    """The report itself; ValueError, and so no site that starts, where it shows what it may not."""
    said = report.kind
    if not said.isidentifier() or said != said.lower() or len(said) > LONGEST_KIND:
        raise ValueError(f"{said!r}: a kind is small letters, digits and _, at most {LONGEST_KIND}")
    if said == CORRECTIONS:
        raise ValueError(f"{said!r} is what the jobs call new versions of any report: name it otherwise")
    if unknown := {*report.measures(), *report.defined} - measures.keys():
        raise ValueError(f"{said}: no feature counts {', '.join(sorted(unknown))}")
    for measure in map(measures.__getitem__, report.measures()):
        if report.days < measure.least_days:
            raise ValueError(f"{said}: {measure.code} is for reports of {measure.least_days} days or more")
    if untold := [code for code in dict.fromkeys(report.measures()) if code not in report.defined]:
        raise ValueError(f"{said}: no definition of {', '.join(untold)}, which it shows")
    if report.lines and report.days > 1:
        raise ValueError(f"{said}: incident lines hide in the people of one day, so only a daily has them")
    placed = sorted(id for part in report.parts for row in part.rows for id in row)
    if placed != sorted(table.id for table in report.tables):
        raise ValueError(f"{said}: every table stands in one part, once")
    _check_words(report)
    return report


def _check_words(report: Report) -> None:
    """That what it names outside its tables, and what it is told, are there."""
    said = report.kind
    if nowhere := [where for where in _quoted(report) if not _is_figure(where, report.tables)]:
        raise ValueError(f"{said}: none of its tables has the figure {nowhere[0]}")
    if missing := {key.rate for key in report.keys} - {"", *(rate.id for rate in report.rates)}:
        raise ValueError(f"{said}: it has no rate {', '.join(sorted(missing))}")
    told = ("on", "until", "audience", "version")
    try:
        str(report.sentence % dict.fromkeys(told, ""))
    except (KeyError, ValueError, TypeError) as error:
        raise ValueError(f"{said}: its sentence is told only {', '.join(told)}") from error


def _quoted(report: Report) -> Iterator[Where]:
    """The printed figures that are named outside their table."""
    yield from (key.figure for key in report.keys)
    for rate in report.rates:
        yield from (rate.of, rate.over)
    for note in (part.note for part in report.parts if part.note):
        yield from (where for _, where in note.figures)


def _is_figure(where: Where, tables: tuple[Table, ...]) -> bool:
    id, row, column = where
    table = next((one for one in tables if one.id == id), None)
    if isinstance(table, Listing):
        return column == "count" and row in {line.code for line in table.lines}
    # Its rows are categories, of which a site may have others.
    return table is not None and column in {one.code or one.measure for one in table.columns}
