"""Reads of the directory: its entries, how often each was offered, what is left of its seats."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import func, inspect, select

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.referrals import rules
from sitelog.referrals.models import Referral, Rung, Service
from sitelog.referrals.rules import Step
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_ENTRY = tuple(a.key for a in inspect(Service).column_attrs if a.key not in ("id", "link_seq"))


def directory(retired: bool = False) -> list[Service]:
    """The services in the site's order, each in its newest version."""
    newest = select(func.max(Service.id)).where(is_current(Service)).group_by(Service.code)
    chosen = select(Service).where(Service.id.in_(newest)).order_by(Service.position, Service.id)
    return [entry for entry in db.session.scalars(chosen) if retired or not entry.retired]


def service(code: str, retired: bool = False) -> Service:
    """One entry, by default one that can be offered; Unknown if there is none."""
    for entry in directory(retired):
        if entry.code == code:
            return entry
    raise Unknown(N_("The directory has no service “%(code)s”."), code=code[:40])


def by_code() -> dict[str, Service]:
    """Every entry ever listed, retired ones too, by its code."""
    return {entry.code: entry for entry in directory(retired=True)}


def retired_at() -> dict[str, datetime]:
    """Since when each entry that is retired now has been out of the directory, by its code."""
    chosen = select(Service.code, Service.retired, Link.happened_at).join(Link, Link.seq == Service.link_seq)
    found: dict[str, datetime] = {}
    for code, retired, at in db.session.execute(chosen.where(is_current(Service)).order_by(Service.id)):
        if retired:
            found.setdefault(code, at)
        else:
            found.pop(code, None)
    return found


def as_values(entry: Service) -> dict[str, object]:
    """An entry as the columns of its next version."""
    return {name: getattr(entry, name) for name in _ENTRY}


def offered() -> Counter[str]:
    """How many referrals of each service stand, by its code."""
    chosen = select(Referral.service_code, func.count()).where(is_current(Referral))
    return Counter({code: n for code, n in db.session.execute(chosen.group_by(Referral.service_code))})


def seats_left() -> dict[str, int]:
    """What is left of the seats or beds of each service that has some to give; below zero if overbooked."""
    seats = {entry.code: entry.seats for entry in directory() if entry.seats is not None}
    chosen = select(Referral.service_code, Rung.ref, Rung.rung, Rung.happened_at, Rung.link_seq)
    chosen = chosen.join(Rung, Rung.ref == Referral.ref).where(is_current(Referral), is_current(Rung))
    climbed: dict[tuple[str, str], list[Step]] = defaultdict(list)
    if seats:
        for code, ref, rung, at, seq in db.session.execute(chosen.where(Referral.service_code.in_(seats))):
            climbed[code, ref].append(Step(rung, at, seq=seq))
    taken = Counter(code for (code, _), steps in climbed.items() if rules.holds_a_seat(steps))
    return {code: number - taken[code] for code, number in seats.items()}
