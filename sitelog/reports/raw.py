"""The true numbers of one issue of a report, as `disclosure.protect` takes them. They stay in the house."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import func, or_, select

from sitelog.disclosure import lines
from sitelog.disclosure.tables import RawLine, RawLines, RawRate, RawRelease, RawVisitor
from sitelog.ground.days import Window
from sitelog.ground.facts import Band, Fact
from sitelog.reports import corrections, queries
from sitelog.reports.measures import LATE_ENTRIES, MEASURES
from sitelog.reports.shape import Report
from sitelog.reports.tables import domains
from sitelog.site.rules import SiteBook
from sitelog.store.db import db
from sitelog.tally import collect, count
from sitelog.tally.rollup import Words, roll_up
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.visits import facts as visits

_USUAL = "sitelog.usual_visitors"


def of_period(report: Report, on: date, version: int, book: SiteBook, words: Words = str) -> RawRelease:
    """Everything the report shows of the period that covers a site date."""
    window = report.period(book.calendar, on)
    first, last = book.calendar.dates(window)
    sources = (*collect.SOURCES, *collect.LASTING)
    facts, known = collect.collect(window, book, sources).facts, domains(book)
    unrecorded = collect.unrecorded(window, sources)
    counted = (*facts, *_late(first, window))
    tables = (roll_up(t, counted, MEASURES, known, words, unrecorded) for t in report.tables)
    rates = (RawRate(r.id, words(r.label), r.measure, r.of, r.over, r.per) for r in report.rates)
    crowd = _crowd(facts, first, book) if report.lines else None
    name = f"{report.kind}-{first.isoformat()}"
    return RawRelease(name, version, first, last, tuple(tables), crowd, tuple(rates))


# ── incident lines ──
def _crowd(facts: Sequence[Fact], on: date, book: SiteBook) -> RawLines:
    lines_of_day, visitors = tuple(_lines(facts, book)), tuple(_visitors(facts, book.bands))
    return RawLines(lines_of_day, visitors, _usual_visitors(on, book))


def _lines(facts: Sequence[Fact], book: SiteBook) -> Iterator[RawLine]:
    parts = parts_of_day(book.bands)
    for fact in count.matching(facts, "responses"):
        yield RawLine(
            parts[fact.band],
            _known(fact.dim("substance_class"), lines.CLASSES),
            _known(fact.dim("response_class"), lines.RESPONSES, "monitored"),
            outcome_on_line(fact.dim("outcome"), book),
        )


def _visitors(facts: Sequence[Fact], bands: Iterable[Band]) -> Iterator[RawVisitor]:
    # A person counts in a part of the day by what was declared in that part, not by what the day held.
    parts = parts_of_day(bands)
    for fact in count.matching(facts, "accesses"):
        yield RawVisitor(fact.person, parts[fact.band], ())
    for fact in count.matching(facts, "consumptions"):
        classes = (_known(fact.dim("substance_class"), lines.CLASSES),)
        yield RawVisitor(fact.person, parts[fact.band], classes)


def parts_of_day(bands: Iterable[Band]) -> dict[str, str]:
    """The part of the day, of three, that each of the site's bands begins in."""

    def part(band: Band) -> str:
        if 4 <= band.starts.hour < 12:
            return "morning"
        return "afternoon" if 12 <= band.starts.hour < 17 else "evening"

    return {band.code: part(band) for band in bands}


def _known(code: str | None, codes: Iterable[str], otherwise: str = "other") -> str:
    return code if code is not None and code in codes else otherwise


def outcome_on_line(code: str | None, book: SiteBook) -> str:
    """An outcome of the site's list as a line says it: a code of OUTCOMES, or DEATH, which gets no line."""
    group = book.choice("outcome", code or "unknown").group
    return lines.DEATH if group == lines.DEATH else _known(group, lines.OUTCOMES)


def _usual_visitors(on: date, book: SiteBook) -> float | None:
    """The median of daily visitors in the quarter before the one that holds `on`; counted once a quarter."""
    first, last = quarter_before(on)
    opened = queries.first_day()
    if opened is None or opened > last:
        return None
    kept: dict[tuple[date, date], float | None] = current_app.extensions.setdefault(_USUAL, {})
    first = max(first, opened)
    if (first, last) not in kept:
        window = Window(book.calendar.day(first).start, book.calendar.day(last).end)
        facts = collect.collect(window, book, (visits,)).facts
        kept[first, last] = count.usual(facts, "accesses", book.calendar.days(first, last))
    return kept[first, last]


def quarter_before(on: date) -> tuple[date, date]:
    """The first and the last date of the calendar quarter before the one that holds a date."""
    begins = on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1)
    last = begins - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


# ── late entries ──
def _late(on: date, window: Window) -> Iterator[Fact]:
    nouns = [noun for noun in corrections.NOUNS if noun not in corrections.UNTOLD]
    about = or_(*(Link.kind.startswith(f"{noun}.") for noun in nouns))
    within = (Link.happened_at >= window.start, Link.happened_at < window.end)
    chosen = select(func.count()).where(
        Link.seq >= trail.first_seq_at(window.end), Link.at >= window.end, *within
    )
    if amount := db.session.scalar(chosen.where(about)):
        yield Fact(LATE_ENTRIES.code, on, "", amount=amount)
