"""Who was on and what was ticked, frozen with a signed summary and read from it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sitelog.shifts.models import Tick
from sitelog.shifts.queries import Point
from sitelog.shifts.rules import OnDuty
from sitelog.site.rules import SiteBook


def freeze_roster(roster: Sequence[OnDuty]) -> list[list[Any]]:
    """Staff, role, since and until of each, as plain values."""
    return [
        [one.staff, one.role, one.since.isoformat(), one.until.isoformat() if one.until else None, one.seq]
        for one in roster
    ]


def thaw_roster(kept: Sequence[Sequence[Any]]) -> list[OnDuty]:
    """The roster as it was when it was signed."""
    return [
        OnDuty(
            staff, role, datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None, seq
        )
        for staff, role, since, until, seq in kept
    ]


def freeze_opening(points: Sequence[Point]) -> list[list[Any]]:
    """Each point's code, and whether it was in order, its number, by whom and when; None: it was missing."""
    return [[point.item.code, _ticked(point.tick)] for point in points]


def thaw_opening(kept: Sequence[Sequence[Any]], book: SiteBook) -> list[Point]:
    """The opening check as it was when it was signed."""
    return [Point(book.choice("opening_check", code), _tick(code, said)) for code, said in kept]


def _ticked(tick: Tick | None) -> list[Any] | None:
    return [tick.fine, tick.number, tick.by, tick.happened_at.isoformat()] if tick else None


def _tick(code: str, said: Sequence[Any] | None) -> Tick | None:
    if said is None:
        return None
    fine, number, by, at = said
    return Tick(item=code, fine=fine, number=number, by=by, happened_at=datetime.fromisoformat(at))
