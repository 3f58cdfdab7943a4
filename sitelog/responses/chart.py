"""The trend as geometry: two measurements over time, told apart by dash and marker. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.words import N_
from sitelog.responses.case import Case, Measured

# As high as the column has room for on a desk's screen, below the dose clock and the pad.
LEFT, RIGHT, TOP, BOTTOM = 30.0, 394.0, 12.0, 76.0
# Seconds between two ticks, the first that gives at most five of them is taken.
_TICKS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400)


@dataclass(frozen=True)
class Quantity:
    """What a line shows: a column, its words and unit, and the usual range of its axis."""

    column: str
    label: str
    unit: str
    low: int
    high: int
    tenths: bool = False


SPO2 = Quantity("spo2", N_("SpO₂ %"), "%", 60, 100)
BREATHS = Quantity("respirations", N_("breaths/min"), "/min", 0, 20)
PULSE = Quantity("pulse", N_("pulse/min"), "/min", 40, 180)
TEMPERATURE = Quantity("temperature_tenths", N_("temperature °C"), "°C", 340, 420, tenths=True)


@dataclass(frozen=True)
class Point:
    """A measured value at its place in the picture."""

    x: float
    y: float
    value: str


@dataclass(frozen=True)
class Line:
    """One quantity's points, and its axis as (y, number) pairs."""

    quantity: Quantity
    points: tuple[Point, ...]
    axis: tuple[tuple[float, str], ...]

    @property
    def path(self) -> str:
        """The line as SVG path data."""
        return " ".join(f"{'L' if n else 'M'}{p.x:.1f} {p.y:.1f}" for n, p in enumerate(self.points))

    @property
    def last(self) -> Point | None:
        """The newest point."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class Trend:
    """The picture: a solid line with dots, a dashed one with squares, marks of what was given, ticks."""

    solid: Line
    dashed: Line
    marks: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def drawn(self) -> bool:
        """Whether there is a line at all: it takes two values."""
        return max(len(self.solid.points), len(self.dashed.points)) > 1


def trend(case: Case) -> Trend:
    """SpO2 and breaths; for a stimulant response pulse and temperature."""
    stimulant = case.pathway == "stimulant"
    solid, dashed = (PULSE, TEMPERATURE) if stimulant else (SPO2, BREATHS)
    instants = [*(one.happened_at for one in case.vitals), *(step.happened_at for step in case.steps)]
    seconds = max([0.0, *(_after(case, instant) for instant in instants)])
    tick = next((tick for tick in _TICKS if seconds / tick <= 5), _TICKS[-1])
    span = max(tick, -(-seconds // tick) * tick)
    return Trend(
        solid=_line(solid, case, span),
        dashed=_line(dashed, case, span),
        marks=tuple(_marks(case, span)),
        ticks=tuple((_x(n * tick, span), _clock(n * tick)) for n in range(int(span // tick) + 1)),
    )


def _line(quantity: Quantity, case: Case, span: float) -> Line:
    known = [(one, value) for one in case.vitals if (value := getattr(one, quantity.column)) is not None]
    low = min([quantity.low, *(value for _, value in known)])
    high = max([quantity.high, *(value for _, value in known)])
    points = tuple(
        Point(_x(_after(case, one.happened_at), span), _y(value, low, high), _shown(one, value, quantity))
        for one, value in known
    )
    middle = (low + high) / 2
    axis = tuple((_y(value, low, high), _number(value, quantity)) for value in (low, middle, high))
    return Line(quantity, points, axis)


def _marks(case: Case, span: float) -> Iterable[tuple[float, str]]:
    if first := case.first("oxygen"):
        yield _x(_after(case, first.happened_at), span), "O₂"
    for dose in case.all("naloxone"):
        yield _x(_after(case, dose.happened_at), span), f"Nal {(dose.micrograms or 0) / 1000:g}"


def _after(case: Case, instant: datetime) -> float:
    return max(0.0, (instant - case.recognised_at).total_seconds())


def _x(seconds: float, span: float) -> float:
    return LEFT + (RIGHT - LEFT) * seconds / span


def _y(value: float, low: float, high: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def _shown(one: Measured, value: int, quantity: Quantity) -> str:
    sign = {"below": "<", "above": "≥"}.get(one.bound or "", "")
    return f"{sign}{_number(value, quantity)}"


def _number(value: float, quantity: Quantity) -> str:
    return f"{value / 10:.1f}" if quantity.tenths else f"{value:g}"


def _clock(seconds: float) -> str:
    minutes = int(seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02}:00" if minutes >= 60 else f"{minutes}:00"


def values_of(points: Sequence[Point]) -> str:
    """The numbers of a line, for those who hear the picture."""
    return ", ".join(point.value for point in points)
