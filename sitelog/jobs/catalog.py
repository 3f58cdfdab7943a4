"""The jobs as a table: what each is called, what it owes and how one of it is done.

Every report of the catalog is a job for each audience it is made for, and each audience has its corrections.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sitelog.ground.access import SCHEDULER
from sitelog.ground.days import AHEAD, SiteCalendar, Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.jobs.due import Owed, Trace, next_ready, periods_owed, ready_at, settled_until
from sitelog.reports import actions as reports
from sitelog.reports import audiences, corrections, queries
from sitelog.reports.catalog import REPORTS
from sitelog.reports.shape import CORRECTIONS, Report
from sitelog.site import queries as site

Traces = Mapping[tuple[str, str], Trace]
"""What the receipts say, by job and period."""


@dataclass(frozen=True)
class Job:
    """One kind of work for one audience. `owed` lists it oldest first, done things left out; `next_at` says
    when something falls due that is not owed yet, if a clock decides that."""

    code: str
    label: str
    audience: str
    owed: Callable[["Job", datetime, Traces], Iterator[Owed]]
    do: Callable[[str, str, datetime], None]
    next_at: Callable[[datetime], datetime | None] = lambda now: None

    def run(self, period: str, at: datetime) -> None:
        """Do what is owed for one period; doing it twice is doing it once."""
        self.do(period, self.audience, at)


def jobs() -> list[Job]:
    """Every job of this site."""
    book = site.book()
    return [
        *(_report(one, name) for one in REPORTS.values() for name in audiences.of_report(one, book)),
        *(_corrected(name) for name in audiences.names(book)),
    ]


def job(code: str) -> Job:
    """The job of that code; Unknown if there is none."""
    for found in jobs():
        if found.code == code:
            return found
    raise Unknown(N_("There is no job “%(code)s”."), code=code)


def owed(now: datetime, traces: Traces) -> list[Owed]:
    """Everything that is owed, by all jobs together, oldest first."""
    return sorted(thing for one in jobs() for thing in one.owed(one, now, traces))


# ── each report once its period is over ──
def _report(report: Report, audience: str) -> Job:
    return Job(
        f"{report.kind}.{audience}",
        report.title,
        audience,
        partial(_periods, report),
        partial(_publish, report.kind),
        partial(_next, report),
    )


def _periods(report: Report, job: Job, now: datetime, traces: Traces) -> Iterator[Owed]:
    done = {date.fromisoformat(period) for (code, period), t in traces.items() if code == job.code and t.done}
    first, is_on_record = queries.first_day(), queries.record()
    for on, since in periods_owed(site.calendar(), report.period, first, _grace(), done, now):
        if is_on_record(report.period(site.calendar(), on)):
            yield Owed(since, job.code, on.isoformat())


def _publish(kind: str, period: str, audience: str, at: datetime) -> None:
    reports.publish(kind, date.fromisoformat(period), audience, by=SCHEDULER, at=at)


def _next(report: Report, now: datetime) -> datetime:
    return next_ready(site.calendar(), report.period, _grace(), now)


def _grace() -> timedelta:
    return timedelta(minutes=site.book().grace_minutes)


# ── a new version where an entry touched what was counted ──
def _corrected(audience: str) -> Job:
    label = N_("New versions of corrected reports")
    return Job(f"{CORRECTIONS}.{audience}", label, audience, _corrections, _publish_again, _next_look)


def _next_look(now: datetime) -> datetime:
    return next_ready(site.calendar(), SiteCalendar.day, _grace(), now)


def _corrections(job: Job, now: datetime, traces: Traces) -> Iterator[Owed]:
    # One look for each newest entry that touches what was published, whether or not it changes a figure.
    calendar, grace = site.calendar(), _grace()
    # What is dated further ahead was entered by a clock that has since jumped back.
    waiting = Window(settled_until(calendar, grace, now), now + AHEAD)
    mine = [kind for kind, report in REPORTS.items() if audiences.gets(report, job.audience)]
    for kind in mine:
        for release, touch in corrections.to_check(queries.on_top(kind, job.audience), waiting):
            period = f"{kind}-{release.first_on.isoformat()}@{touch.seq}"
            known = traces.get((job.code, period))
            if known is None or not known.done:
                yield Owed(ready_at(calendar.day(calendar.day_of(touch.at)), grace), job.code, period)


def _publish_again(period: str, audience: str, at: datetime) -> None:
    kind, _, on = period.partition("@")[0].partition("-")
    _publish(kind, on, audience, at)
