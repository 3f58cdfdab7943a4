"""How many places were in use, moment by moment, and since when a place is free."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

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


def given_back(now: datetime) -> dict[str, tuple[datetime, str]]:
    """When each place that was used in the last day was given back, and who (ref) entered it.

    A place in which somebody still is has not been. Three reads, of one stay a place.
    """
    nth = func.row_number().over(
        partition_by=Stay.place_code, order_by=(Stay.happened_at.desc(), Stay.id.desc())
    )
    used = select(Stay.visit_id, Stay.place_code, Stay.turn, nth.label("nth"))
    used = used.where(Stay.area == "place", Stay.happened_at >= now - _BEFORE, is_current(Stay))
    newest = used.subquery()
    last = db.session.execute(select(newest).where(newest.c.nth == 1)).all()
    visits = {row.visit_id for row in last}
    left = _after(Departure, visits)
    stays = _after(Stay, visits)
    found = {}
    for row in last:
        after = [step for step in stays.get(row.visit_id, []) if step.turn > row.turn]
        if steps := after[:1] or left.get(row.visit_id, []):
            found[row.place_code] = (steps[0].happened_at, steps[0].by)
    return found


def _after(model: Any, visits: Iterable[int]) -> dict[int, list[Any]]:
    rows = db.session.scalars(select(model).where(model.visit_id.in_(sorted(visits)), is_current(model)))
    found: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.happened_at, row.id)):
        found.setdefault(row.visit_id, []).append(row)
    return found


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
