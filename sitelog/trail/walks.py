"""When the chain was walked last, and whether it held: kept so that it can be read without walking again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from sitelog.ground.errors import Broken
from sitelog.ground.words import N_
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail.models import Link, Walk
from sitelog.trail.queries import in_parts
from sitelog.trail.verify import Verified, verify

_WITNESSES = "sitelog.trail.witnesses"
_CHECKS = "sitelog.trail.checks"
# An earlier walk says no more than a later one of a longer chain.
MOST = 100


@dataclass(frozen=True)
class Walked(Verified):
    """A chain that holds; `kept` says whether that could be written down here."""

    kept: bool


@dataclass(frozen=True)
class Witness:
    """What was noted apart from the chain: that its link `seq` had this digest; `noted` says where."""

    seq: int
    digest: str
    noted: str


def witnessed_by(app: Flask, witnesses: Callable[[], Iterable[Witness]], *checks: Callable[[], None]) -> None:
    """Let the floors above say what they noted of the chain, where links that are cut off its end are missed,
    and check what they keep beside it; a check raises Broken."""
    app.extensions[_WITNESSES], app.extensions[_CHECKS] = witnesses, checks


def walk(*, at: datetime) -> Walked:
    """Walk the chain and keep how it went; Broken names the first link that does not hold, or that somebody
    has noted and that is gone."""
    try:
        found = verify()
        _ask_witnesses()
        for check in current_app.extensions.get(_CHECKS, ()):
            check()
    except Broken as broken:
        _keep(Walk(at=at, broken_at=broken.values["seq"]))
        raise
    kept = _keep(Walk(at=at, links=found.count, digest=found.digest))
    return Walked(found.count, found.digest, kept)


def link_of(digest: str) -> Link | None:
    """The link with this digest, as it is printed on a report or by an earlier walk."""
    try:
        return db.session.scalar(select(Link).where(Link.mac == bytes.fromhex(digest)))
    except ValueError:
        return None


def _ask_witnesses() -> None:
    others: Callable[[], Iterable[Witness]] = current_app.extensions.get(_WITNESSES, lambda: ())
    noted = sorted([*_earlier_walks(), *others()], key=lambda one: one.seq)
    found = in_parts(select(Link.seq, Link.mac), Link.seq, {one.seq for one in noted})
    there = {seq: mac.hex() for seq, mac in found}
    for one in noted:
        if there.get(one.seq) != one.digest:
            words = N_("The chain is broken at link %(seq)s: it is not the one that %(noted)s has noted.")
            raise Broken(words, seq=one.seq, noted=one.noted)


def _earlier_walks() -> Iterator[Witness]:
    held = select(Walk).where(Walk.digest.is_not(None), Walk.links > 0).order_by(Walk.id.desc()).limit(MOST)
    for one in db.session.scalars(held):
        yield Witness(one.links or 0, one.digest or "", f"the walk of {one.at:%Y-%m-%d %H:%M} UTC")


def last() -> Walk | None:
    """The last walk, if there was one."""
    return db.session.scalar(select(Walk).order_by(Walk.id.desc()).limit(1))


def _keep(row: Walk) -> bool:
    # A copy that may not be written, as a court's, is walked all the same.
    try:
        with transaction():
            db.session.add(row)
    except DBAPIError:
        return False
    return True
