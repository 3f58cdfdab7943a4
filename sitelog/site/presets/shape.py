"""What a jurisdiction's preset is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sitelog.site import defaults


@dataclass(frozen=True)
class Preset:
    """What a new site of one jurisdiction starts with; what it leaves out is the common starter.

    `audience` is the small-number policy of the funder, `least_k` the smallest group any audience may be
    shown. `words` replaces whole lists; `limits` and `policies` change only what they name.
    """

    code: str
    label: str
    zone: str
    languages: tuple[str, ...]
    audience: str
    least_k: int
    day_starts: str = "04:00"
    ages: tuple[int, ...] = (30, 50)
    places: Sequence[Mapping[str, Any]] = tuple(defaults.PLACES)
    bands: Sequence[Mapping[str, Any]] = tuple(defaults.BANDS)
    limits: Mapping[str, int] = field(default_factory=dict)
    policies: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def places(kind: str | None = None, **minutes: int) -> list[dict[str, Any]]:
    """The common places, of one kind only if it is named, with `injection` and `inhalation` limits."""
    chosen = [place for place in defaults.PLACES if kind in (None, place["kind"])]
    return [
        {**place, "limit_minutes": minutes.get(place["kind"], place["limit_minutes"])} for place in chosen
    ]


def doses_first(*codes: str) -> list[dict[str, Any]]:
    """The common naloxone doses, these first."""
    doses = defaults.WORDS["naloxone_dose"]
    return sorted(doses, key=lambda dose: codes.index(dose["code"]) if dose["code"] in codes else len(codes))
