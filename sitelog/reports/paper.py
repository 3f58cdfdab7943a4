"""The words around the numbers: head, footer, definitions, method, and what a new version changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date

from sitelog.disclosure.printed import SafeRelease
from sitelog.ground.days import Window
from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.reports.catalog import Report
from sitelog.site.rules import SiteBook
from sitelog.tally.rollup import Words

# What is true of every daily report, whatever its numbers: (term, meaning).
METHOD = (
    (
        N_("Counters"),
        N_(
            "Accesses, episodes, consumptions and responses count different things and are never added "
            "together."
        ),
    ),
    (
        N_("Exact or range"),
        N_(
            "Operational facts of the day are exact. What befell people is a range: 0–%(below)s for fewer "
            "than %(k)s events, zero included, else %(k)s+, since all of them may be one person's. Ages and "
            "genders appear from the monthly report on; numbers of people, named substances and ambulance "
            "calls from the weekly one."
        ),
    ),
    (
        N_("Incident lines"),
        N_(
            "A line says no more than fits at least %(k)s people who were here that day. Fewer details are "
            "shown on days or at sites with fewer visitors. A death has no line and no number here."
        ),
    ),
    (
        N_("Versions"),
        N_(
            "A later entry or correction makes a new version, which lists what changed. Lines and ranges "
            "never change once printed. Earlier versions are kept."
        ),
    ),
    (
        N_("Counted from"),
        N_(
            "The site's own record of each entry, by the time it happened. Nothing is typed into this report."
        ),
    ),
)


@dataclass(frozen=True)
class Head:
    """What identifies one version of a report."""

    report: Report
    safe: SafeRelease
    book: SiteBook
    window: Window
    as_of: datetime
    words: Words
    locale: str = "en"

    @property
    def day(self) -> str:
        """The day in words, "Tuesday 17 November 2026", or the first and the last of a longer period."""
        days = (self.safe.start, self.safe.end) if self.safe.end > self.safe.start else (self.safe.start,)
        return " – ".join(format_date(on, "EEEE d MMMM y", locale=self.locale) for on in days)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """The block beside the title: what is covered, as of when, which version, how many places."""
        last = self.window.end - timedelta(minutes=1)
        version = f"{self.safe.version} ({self._replaces()})"
        return (
            (
                self.words(N_("Covers")),
                f"{self._short(self.window.start)} – {self._short(last)} {self._zone(last)}",
            ),
            (self.words(N_("As of")), f"{self._instant(self.as_of)} {self._zone(self.as_of)}"),
            (self.words(N_("Version")), version),
        )

    def version(self) -> str:
        """The version in words."""
        return self.words(N_("Version %(n)s")) % {"n": self.safe.version}

    def footer(self) -> str:
        """One line at the foot of every page."""
        parts = (
            self.book.name,
            self.words(self.report.title).lower(),
            format_date(self.safe.start, "d MMM y", locale=self.locale),
            f"v{self.safe.version}",
            self.words(N_("as of")) + f" {self._short(self.as_of)} {self._zone(self.as_of)}",
        )
        return " · ".join(parts)

    def _replaces(self) -> str:
        if self.safe.version == 1:
            return self.words(N_("no earlier version"))
        return self.words(N_("replaces version %(n)s")) % {"n": self.safe.version - 1}

    def _short(self, instant: datetime) -> str:
        local = self.book.calendar.local(instant)
        return f"{format_date(local, 'd MMM', locale=self.locale)} {local:%H:%M}"

    def _instant(self, instant: datetime) -> str:
        local = self.book.calendar.local(instant)
        return f"{format_date(local, 'EEE d MMM y', locale=self.locale)}, {local:%H:%M}"

    def _zone(self, instant: datetime) -> str:
        return self.book.calendar.local(instant).tzname() or self.book.zone


def definitions(report: Report, measures: Mapping[str, Measure], words: Words) -> Iterator[tuple[str, str]]:
    """What each measure means, in the measure's own words."""
    for code in report.defined:
        yield words(measures[code].label), words(measures[code].definition)


def method(safe: SafeRelease, head: Head, words: Words) -> Iterator[tuple[str, str]]:
    """How the numbers were made, and what was hidden or kept in this one."""
    yield words(N_("The day")), the_day(head)
    for term, meaning in METHOD:
        yield words(term), words(meaning) % {"k": safe.k, "below": safe.k - 1}
    hidden = " ".join(hidden_words(safe, words))
    yield words(N_("Hidden here")), hidden or words(N_("Nothing was hidden in the tables of this report."))


def the_day(head: Head) -> str:
    """When the site's day begins and ends."""
    last = head.window.end - timedelta(minutes=1)
    local = head.book.calendar.local
    text = head.words(
        N_("Starts at %(start)s and ends at %(end)s the next morning, so that one night belongs to one day.")
    )
    return text % {"start": f"{local(head.window.start):%H:%M}", "end": f"{local(last):%H:%M}"}


def hidden_words(safe: SafeRelease, words: Words) -> Iterable[str]:
    """What was hidden or carried over and why, one sentence each."""
    return (words(note.text) % dict(note.values) for note in safe.notes)
