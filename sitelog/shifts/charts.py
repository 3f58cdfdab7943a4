"""Two pictures of a shift as geometry: arrivals by hour, and places in use. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEFT, RIGHT, TOP, BOTTOM = 30.0, 554.0, 16.0, 136.0
# Steps between the lines of an axis; the first that needs at most four lines is taken.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_HOUR = 60
_MOST_TICKS = 8


@dataclass(frozen=True)
class Bar:
    """One hour: where it stands, how tall its two parts are, and what it says."""

    x: float
    width: float
    y: float
    lower: float
    upper: float
    total: int
    label: str

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Chart:
    """An axis as (height, number), marks along the bottom as (x, words), and what is drawn."""

    axis: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...] = ()
    used: str = ""
    area: str = ""
    places: str = ""
    ticks: tuple[tuple[float, str], ...] = ()


def arrivals(hours: Sequence[Sequence[Any]]) -> Chart:
    """A bar an hour: used a place below, other services above."""
    top, axis = _axis(max((used + other for _, used, other in hours), default=0))
    slot = (RIGHT - LEFT) / max(1, len(hours))
    bars = []
    for n, (label, used, other) in enumerate(hours):
        lower, upper = _height(used, top), _height(other, top)
        x = LEFT + (n + 0.17) * slot
        bars.append(Bar(x, 0.66 * slot, BOTTOM - lower - upper, lower, upper, used + other, label))
    return Chart(axis, tuple(bars))


def places(steps: Sequence[Sequence[int]], minutes: int, known: int, labels: Sequence[str]) -> Chart:
    """Places in use and places open over so many minutes, of which the first `known` have passed.

    `labels` are the hours from the first on.
    """
    top, axis = _axis(max((max(used, there) for _, used, there in steps), default=0))
    ends = [*(step[0] for step in steps[1:]), known]
    spans = [(start, end, used, there) for (start, used, there), end in zip(steps, ends, strict=False)]
    used = _path([(start, end, value) for start, end, value, _ in spans], minutes, top)
    there = _path([(start, end, value) for start, end, _, value in spans], minutes, top)
    every = max(1, -(-len(labels) // _MOST_TICKS))
    ticks = [(_x(n * _HOUR, minutes), label) for n, label in enumerate(labels) if n % every == 0]
    area = f"M{LEFT:.1f} {BOTTOM:.1f}L{used[1:]}V{BOTTOM:.1f}Z" if used else ""
    return Chart(axis, used=used, area=area, places=there, ticks=tuple(ticks))


def average(steps: Sequence[Sequence[int]], minutes: int) -> float:
    """The places in use on average, over the minutes that are known."""
    ends = [*(step[0] for step in steps[1:]), minutes]
    held = sum(used * (end - start) for (start, used, _), end in zip(steps, ends, strict=False))
    return held / minutes if minutes > 0 else 0.0


def _path(spans: Sequence[tuple[int, int, int]], minutes: int, top: int) -> str:
    points = []
    for start, end, value in spans:
        y = BOTTOM - _height(value, top)
        points.append(f"{_x(start, minutes):.1f} {y:.1f}H{_x(end, minutes):.1f}")
    return "M" + "L".join(points) if points else ""


def _axis(most: int) -> tuple[int, tuple[tuple[float, int], ...]]:
    step = next((step for step in _STEPS if most <= 4 * step), _STEPS[-1])
    top = step * max(1, -(-most // step))
    return top, tuple((BOTTOM - _height(n, top), n) for n in range(0, top + 1, step))


def _height(value: int, top: int) -> float:
    return (BOTTOM - TOP) * value / top


def _x(minute: float, minutes: int) -> float:
    return LEFT + (RIGHT - LEFT) * minute / max(1, minutes)
