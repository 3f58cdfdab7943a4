"""The words around the numbers: head, footer, definitions, method, and what a new version changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date

from sitelog.disclosure.printed import SafeRelease
from sitelog.ground.days import Window
from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.reports.shape import Report
from sitelog.site.rules import SiteBook
from sitelog.tally.rollup import Words


@dataclass(frozen=True)
class Sentence:
    """One sentence of the method; with `when`, only of what prints such a thing."""

    text: str
    when: Callable[[SafeRelease], bool] = lambda safe: True


def has_lines(safe: SafeRelease) -> bool:
    """Whether it prints incident lines, or says why there are none."""
    return safe.lines is not None


def has_ranges(safe: SafeRelease) -> bool:
    """Whether it shows anything that befell people, and so may print it as a range."""
    return any(figure.kind == "person" for figure in safe.figures())


# What is true of every report, whatever its numbers: term and sentences. A sentence about what a report does
# not have is not printed, nor a term without any.
METHOD = (
    (
        N_("Counters"),
        (
            Sentence(
                N_(
                    "Accesses, episodes, consumptions and responses count different things and are never "
                    "added together."
                )
            ),
        ),
    ),
    (
        N_("Exact or range"),
        (
            Sentence(N_("Operational facts are exact.")),
            Sentence(
                N_(
                    "What befell people is a range: 0–%(below)s for fewer than %(k)s events, zero included, "
                    "else %(k)s+, since all of them may be one person's."
                ),
                has_ranges,
            ),
        ),
    ),
    (
        N_("Incident lines"),
        (
            Sentence(
                N_(
                    "A line says no more than fits at least %(k)s people who were here that day. Fewer "
                    "details are shown on days or at sites with fewer visitors. A death has no line and no "
                    "number here."
                ),
                has_lines,
            ),
        ),
    ),
    (
        N_("Versions"),
        (
            Sentence(N_("A later entry or correction makes a new version, which lists what changed.")),
            Sentence(N_("Lines never change once printed."), has_lines),
            Sentence(N_("Ranges never change once printed."), has_ranges),
            Sentence(N_("Earlier versions are kept.")),
        ),
    ),
    (
        N_("Counted from"),
        (
            Sentence(
                N_(
                    "The site's own record of each entry, by the time it happened. Nothing is typed into "
                    "this report."
                )
            ),
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
        return " – ".join(format_date(on, "EEEE d MMMM y", locale=self.locale) for on in self._edges)

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
            " – ".join(format_date(on, "d MMM y", locale=self.locale) for on in self._edges),
            f"v{self.safe.version}",
            self.words(N_("as of")) + f" {self._short(self.as_of)} {self._zone(self.as_of)}",
        )
        return " · ".join(parts)

    @property
    def _edges(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys((self.safe.start, self.safe.end)))

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
    group = {"k": safe.k, "below": safe.k - 1}
    for term, sentences in METHOD:
        if said := [words(one.text) % group for one in sentences if one.when(safe)]:
            yield words(term), " ".join(said)
    if head.report.later:
        yield words(N_("Not for so short a time")), words(head.report.later)
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
