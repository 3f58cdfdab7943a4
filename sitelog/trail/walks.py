"""When the chain was walked last, and whether it held: kept so that it can be read without walking again."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from sitelog.ground.errors import Broken
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail.models import Walk
from sitelog.trail.verify import Verified, verify


def walk(*, at: datetime) -> Verified:
    """Walk the chain and keep how it went; Broken names the first link that does not hold."""
    try:
        found = verify()
    except Broken as broken:
        _keep(Walk(at=at, broken_at=broken.values["seq"]))
        raise
    _keep(Walk(at=at, links=found.count, digest=found.digest))
    return found


def last() -> Walk | None:
    """The last walk, if there was one."""
    return db.session.scalar(select(Walk).order_by(Walk.id.desc()).limit(1))


def _keep(row: Walk) -> None:
    # A copy that may not be written, as a court's, is walked all the same.
    with suppress(DBAPIError), transaction():
        db.session.add(row)
