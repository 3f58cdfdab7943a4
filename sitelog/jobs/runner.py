"""Do one owed thing at a time, oldest first; a thing that fails rests and keeps nobody waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import extract_tb

from sitelog.ground.errors import SitelogError
from sitelog.jobs import catalog, receipts
from sitelog.jobs.due import Owed, free
from sitelog.store import erasure
from sitelog.store.db import db


@dataclass(frozen=True)
class Outcome:
    """What became of one owed thing; `error` is empty if it was done."""

    job: str
    period: str
    error: str = ""

    def __str__(self) -> str:
        return f"{self.job} {self.period}: {self.error or 'done'}"


def run_one(now: datetime) -> Outcome | None:
    """Do the oldest thing that is owed and free; None if there was nothing to do."""
    known = receipts.traces()
    for thing in catalog.owed(now, known):
        trace = known.get((thing.job, thing.period))
        if trace is not None and not free(trace, now):
            continue
        if owner := receipts.claim(thing, now):
            return _run(thing, owner, now)
    return None


def run_all(
    clock: Callable[[], datetime], told: Callable[[Outcome], None] = lambda outcome: None
) -> list[Outcome]:
    """Do everything that is owed and free; `told` hears of each as it ends.

    At the end the files are scrubbed of erased words, if that had to wait when they were erased.
    """
    done: list[Outcome] = []
    while outcome := run_one(clock()):
        told(outcome)
        done.append(outcome)
    erasure.scrub()
    return done


def _run(thing: Owed, owner: str, now: datetime) -> Outcome:
    try:
        catalog.job(thing.job).run(thing.period, now)
    except Exception as error:
        db.session.rollback()
        words = said(error)
        receipts.fail(thing, owner, words, now)
        return Outcome(thing.job, thing.period, words)
    receipts.finish(thing, owner, now)
    return Outcome(thing.job, thing.period)


def said(error: Exception) -> str:
    """An error in words: its kind and where, never the values that were being worked on."""
    frame = extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    where = f" ({Path(frame.filename).name}:{frame.lineno})" if frame else ""
    if isinstance(error, SitelogError):
        return f"{type(error).__name__}: {error.message}{where}"
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}{where}"
    return f"{type(error).__name__}{where}"
