"""The jobs as a table: what each is called, what it owes and how one of it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitelog.ground.access import SCHEDULER
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.jobs.due import Owed, Trace, days_owed, ready_at
from sitelog.reports import actions as reports
from sitelog.reports import audiences, corrections, queries
from sitelog.site import queries as site

Traces = Mapping[tuple[str, str], Trace]
"""What the receipts say, by job and period."""


@dataclass(frozen=True)
class Job:
    """One kind of work for one audience. `owed` lists it oldest first, done things left out."""

    code: str
    label: str
    audience: str
    owed: Callable[["Job", datetime, Traces], Iterator[Owed]]
    do: Callable[[str, str, datetime], None]

    def run(self, period: str, at: datetime) -> None:
        """Do what is owed for one period; doing it twice is doing it once."""
        self.do(period, self.audience, at)


def jobs() -> list[Job]:
    """Every job of this site."""
    kinds = (
        ("daily", N_("Daily incident report"), _days, _publish_day),
        ("corrections", N_("New versions of corrected days"), _corrections, _publish_again),
    )
    names = audiences.names(site.book())
    return [Job(f"{code}.{name}", label, name, owed, do) for code, label, owed, do in kinds for name in names]


def job(code: str) -> Job:
    """The job of that code; Unknown if there is none."""
    for found in jobs():
        if found.code == code:
            return found
    raise Unknown(N_("There is no job “%(code)s”."), code=code)


def owed(now: datetime, traces: Traces) -> list[Owed]:
    """Everything that is owed, by all jobs together, oldest first."""
    return sorted(thing for one in jobs() for thing in one.owed(one, now, traces))


def _days(job: Job, now: datetime, traces: Traces) -> Iterator[Owed]:
    book = site.book()
    grace = timedelta(minutes=book.grace_minutes)
    done = {date.fromisoformat(period) for (code, period), t in traces.items() if code == job.code and t.done}
    for on in days_owed(book.calendar, queries.first_day(), grace, done, now):
        yield Owed(ready_at(book.calendar, on, grace), job.code, on.isoformat())


def _publish_day(period: str, audience: str, at: datetime) -> None:
    reports.publish("daily", date.fromisoformat(period), audience, by=SCHEDULER, at=at)


def _corrections(job: Job, now: datetime, traces: Traces) -> Iterator[Owed]:
    # One look for each newest entry that touches a published day, whether or not it changes a figure.
    for release, touch in corrections.to_check(queries.on_top("daily", job.audience)):
        period = f"{release.first_on.isoformat()}@{touch.seq}"
        known = traces.get((job.code, period))
        if known is None or not known.done:
            yield Owed(touch.at, job.code, period)


def _publish_again(period: str, audience: str, at: datetime) -> None:
    _publish_day(period.partition("@")[0], audience, at)
