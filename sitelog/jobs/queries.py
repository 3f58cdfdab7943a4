"""The jobs as they stand: what each owes, what it did last, what failed and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from sitelog.jobs import catalog, receipts
from sitelog.jobs.catalog import Job
from sitelog.jobs.due import Owed
from sitelog.jobs.models import Receipt
from sitelog.reports import audiences
from sitelog.reports.catalog import REPORTS
from sitelog.site import queries as site
from sitelog.store.db import db

# A reader needs the newest failures; a job that fails for a year of days has one cause.
MOST_FAILURES = 20


@dataclass(frozen=True)
class Standing:
    """One job at one moment. `state`: "failing", "working", "owed" or "done" (nothing is owed)."""

    code: str
    label: str
    audience: str
    state: str
    owed: tuple[str, ...]
    last: Receipt | None
    failing: tuple[Receipt, ...]
    next_at: datetime | None

    def __str__(self) -> str:
        done = f"last done {self.last.period}" if self.last else "never done"
        words = f"{self.code:<24} {self.state:<8} owes {len(self.owed)}, {done}"
        return words + (f", {self.failing[0].period}: {self.failing[0].error}" if self.failing else "")


@dataclass(frozen=True)
class Unsent:
    """A report that is made for an audience the site does not report to, so that no job owes it."""

    kind: str
    title: str
    audience: str

    def __str__(self) -> str:
        return f"{f'{self.kind}.{self.audience}':<24} nobody   the site does not report to “{self.audience}”"


def unsent() -> list[Unsent]:
    """Every report that waits for an audience the site does not have."""
    book = site.book()
    return [
        Unsent(one.kind, one.title, name) for one in REPORTS.values() for name in audiences.missing(one, book)
    ]


def listing(now: datetime) -> list[Standing]:
    """Every job of the site."""
    owed = catalog.owed(now, receipts.traces())
    return [_standing(job, [thing for thing in owed if thing.job == job.code], now) for job in catalog.jobs()]


def _standing(job: Job, owed: list[Owed], now: datetime) -> Standing:
    mine = select(Receipt).where(Receipt.job == job.code).execution_options(populate_existing=True)
    # The newest period, not the one that was done last: catching up goes back in time.
    done = mine.where(Receipt.done_at.is_not(None)).order_by(Receipt.period.desc(), Receipt.done_at.desc())
    open_ones = mine.where(Receipt.done_at.is_(None)).order_by(Receipt.claimed_at.desc()).limit(MOST_FAILURES)
    unfinished = list(db.session.scalars(open_ones))
    periods = tuple(thing.period for thing in owed)
    # What failed and is owed no more (a newer entry asks for it, its audience gets no such report) is over.
    failing = tuple(receipt for receipt in unfinished if receipt.error and receipt.period in periods)
    working = any(receipt.lease_until and receipt.lease_until > now for receipt in unfinished)
    state = "working" if working else "failing" if failing else "owed" if owed else "done"
    last = db.session.scalar(done.limit(1))
    return Standing(job.code, job.label, job.audience, state, periods, last, failing, job.next_at(now))
