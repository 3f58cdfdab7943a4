"""Take a thing up, finish it, or say how it failed; each is one write, and only its owner may finish."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sitelog.jobs.due import LEASE, LONGEST_PAUSE, Owed, Trace, pause
from sitelog.jobs.models import Receipt
from sitelog.store.db import db
from sitelog.store.transaction import transaction


def claim(thing: Owed, now: datetime) -> str | None:
    """Take a thing up: the owner's word to finish it with, or None if it is done, held or resting."""
    owner = secrets.token_hex(8)
    with transaction():
        taken: str | None = db.session.scalar(_claim(thing, owner, now))
    return taken


def finish(thing: Owed, owner: str, now: datetime) -> bool:
    """Say that a thing is done; False if the lease lapsed and somebody else has it now."""
    return _settle(thing, owner, {"done_at": now, "lease_until": None, "error": None, "retry_at": None})


def fail(thing: Owed, owner: str, error: str, now: datetime) -> bool:
    """Say how a thing failed, and let it rest a while; the others go on."""
    with transaction():
        attempts = db.session.scalar(select(Receipt.attempts).where(*_of(thing))) or 1
        values = {
            "error": error[:300],
            "failed_at": now,
            "retry_at": now + pause(attempts),
            "lease_until": None,
        }
        return _settle(thing, owner, values)


def traces() -> dict[tuple[str, str], Trace]:
    """What is known of every thing ever taken up, by job and period."""
    columns = select(Receipt.job, Receipt.period, Receipt.done_at, Receipt.lease_until, Receipt.retry_at)
    return {
        (row.job, row.period): Trace(row.done_at is not None, row.lease_until, row.retry_at)
        for row in db.session.execute(columns)
    }


def _claim(thing: Owed, owner: str, now: datetime) -> Any:
    held = {"owner": owner, "claimed_at": now, "lease_until": now + LEASE}
    fresh = {"job": thing.job, "period": thing.period, "attempts": 1, **held}
    # The condition is `due.free`, said once more where two processes meet.
    lapsed = _past(Receipt.lease_until, now, LEASE)
    rested = _past(Receipt.retry_at, now, LONGEST_PAUSE)
    upsert = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert(Receipt).values(fresh)
    taken = upsert.on_conflict_do_update(
        index_elements=["job", "period"],
        set_={**held, "attempts": Receipt.attempts + 1},
        where=and_(Receipt.done_at.is_(None), lapsed, rested),
    )
    # Not how many rows: that of such a statement is known on one of the two databases only.
    return taken.returning(Receipt.owner)


def _past(column: Any, now: datetime, longest: Any) -> Any:
    return or_(column.is_(None), column <= now, column > now + 2 * longest)


def _settle(thing: Owed, owner: str, values: Mapping[str, Any]) -> bool:
    with transaction():
        mine = update(Receipt).where(*_of(thing), Receipt.owner == owner, Receipt.done_at.is_(None))
        settled = db.session.execute(mine.values(values).execution_options(synchronize_session=False))
        return bool(settled.rowcount)  # type: ignore[attr-defined]


def _of(thing: Owed) -> tuple[Any, Any]:
    return Receipt.job == thing.job, Receipt.period == thing.period
