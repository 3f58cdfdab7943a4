"""How many places were in use, moment by moment, over a stretch of time."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.visits.models import Departure, Stay

# Somebody who came longer than this before is not looked for: nobody stays in a place for a day.
_BEFORE = timedelta(days=1)


def in_use(window: Window) -> list[tuple[datetime, int]]:
    """From each instant on, how many places somebody was in; the first is the window's start. Two reads."""
    within = (Stay.happened_at >= window.start - _BEFORE, Stay.happened_at < window.end, is_current(Stay))
    stays = select(Stay.visit_id, Stay.happened_at, Stay.area).where(*within)
    rows = db.session.execute(stays.order_by(Stay.happened_at, Stay.turn)).all()
    gone = select(Departure.visit_id, Departure.happened_at).where(
        Departure.happened_at >= window.start - _BEFORE, is_current(Departure)
    )
    left = {visit_id: at for visit_id, at in db.session.execute(gone)}
    by_visit: dict[int, list[tuple[datetime, bool]]] = {}
    for visit_id, at, area in rows:
        by_visit.setdefault(visit_id, []).append((at, area == "place"))
    return _steps(window, (_held(steps, left.get(one)) for one, steps in by_visit.items()))


def _held(steps: Sequence[tuple[datetime, bool]], left: datetime | None) -> list[tuple[datetime, int]]:
    """When one visit took a place (+1) and gave it back (-1)."""
    ended = [(left, False)] if left else []
    course = [(steps[0][0], False), *sorted([*steps, *ended], key=lambda step: step[0])]
    changes = [(now[0], int(now[1]) - int(was[1])) for was, now in pairwise(course)]
    return [(at, change) for at, change in changes if change]


def _steps(window: Window, held: Iterable[list[tuple[datetime, int]]]) -> list[tuple[datetime, int]]:
    found, used = {window.start: 0}, 0
    for at, change in sorted(step for steps in held for step in steps):
        used += change
        if at < window.end:
            found[max(at, window.start)] = used
    return sorted(found.items())
