"""The vitals pad: one tap per value, and what was measured last in words. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.words import N_
from sitelog.responses.case import Case, Measured, sets
from sitelog.responses.steps import SCALE_NAMES, SCALES

# Values that a glance at the person or the monitor gives; "<" and "+" mark a limit, kept as such.
KEYS: dict[str, tuple[str, ...]] = {
    "spo2": ("<75", "80", "85", "88", "91", "94", "97+"),
    "respirations": ("0", "3", "6", "9", "12", "16", "20+"),
    "pulse": ("<50", "60", "80", "95", "110", "130", "150+"),
}
STIMULANT_KEYS = KEYS | {"pulse": ("<60", "80", "100", "120", "140", "160", "180+")}
ROWS = {
    "spo2": (N_("SpO₂"), "%"),
    "respirations": (N_("Breaths"), N_("per min")),
    "pulse": (N_("Pulse"), N_("per min")),
}
BOUNDS = {"below": "<", "above": "+"}


@dataclass(frozen=True)
class PadKey:
    """One key: what it shows, what it sends, and whether it is the last set's value."""

    label: str
    value: str
    pressed: bool


@dataclass(frozen=True)
class PadRow:
    """One row of keys."""

    column: str
    label: str
    unit: str
    keys: tuple[PadKey, ...]


@dataclass(frozen=True)
class Pad:
    """The pad, how many sets were taken, and when the last one was."""

    rows: tuple[PadRow, ...]
    sets: int
    last_at: datetime | None


def pad(case: Case, scale: str) -> Pad:
    """The pad of a case; `scale` is the site's sedation scale."""
    taken = sets(case.vitals)
    last = taken[-1] if taken else []
    return Pad(tuple(_rows(case, scale, last)), len(taken), last[-1].happened_at if last else None)


def _rows(case: Case, scale: str, last: Sequence[Measured]) -> Iterator[PadRow]:
    keys = STIMULANT_KEYS if case.pathway == "stimulant" else KEYS
    for column, (label, unit) in ROWS.items():
        shown = _nearest(keys[column], _value(last, column))
        found = tuple(PadKey(key, key, key == shown) for key in keys[column])
        yield PadRow(column, label, unit, found)
    score = _value([one for one in last if one.sedation_scale == scale], "sedation_score")
    found = tuple(PadKey(name, str(code), code == score) for code, name in SCALES[scale].items())
    yield PadRow("sedation_score", SCALE_NAMES[scale], N_("sedation"), found)


def _value(last: Sequence[Measured], column: str) -> int | None:
    known: list[int] = [value for one in last if (value := getattr(one, column)) is not None]
    return known[-1] if known else None


def _nearest(keys: Sequence[str], value: int | None) -> str | None:
    if value is None:
        return None
    return min(keys, key=lambda key: abs(int(key.strip("<+")) - value))
