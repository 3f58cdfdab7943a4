"""Jurisdictions a new site can start from: each is data, every fact with its source in its docstring.

Clinical values are starting points for the medical lead. A site may be stricter with small numbers than its
preset, never looser.
"""

from collections.abc import Mapping
from typing import Any

from sitelog.disclosure.policy import preset as policy
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site.presets import (
    alberta,
    british_columbia,
    germany,
    new_south_wales,
    new_york_city,
    ontario,
    rhode_island,
    scotland,
    victoria,
)
from sitelog.site.presets.shape import Preset

_ROOMS = (
    ontario,
    british_columbia,
    alberta,
    new_york_city,
    rhode_island,
    new_south_wales,
    victoria,
    scotland,
    germany,
)
PRESETS: dict[str, Preset] = {room.PRESET.code: room.PRESET for room in _ROOMS}


def preset_of(code: str) -> Preset:
    """The preset of that code; Refused, with the ones there are, if there is none."""
    if code not in PRESETS:
        raise Refused(
            N_("There is no preset “%(code)s”; there are: %(all)s."),
            "preset",
            code=code,
            all=", ".join(PRESETS),
        )
    return PRESETS[code]


def settings_of(chosen: Preset, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The settings a preset changes, in whole; `raw` is every setting as it is. The site keeps its name."""
    k = max(policy(chosen.audience).k, chosen.least_k)
    policies = {
        "audiences": {"funder": {"preset": chosen.audience, "k": k}},
        "least_k": chosen.least_k,
        "ages": list(chosen.ages),
        "languages": list(chosen.languages),
        "jurisdiction": chosen.code,
    }
    return {
        "profile": {**raw["profile"], "zone": chosen.zone, "day_starts": chosen.day_starts},
        "places": [dict(place) for place in chosen.places],
        "bands": [dict(band) for band in chosen.bands],
        "limits": {**raw["limits"], **chosen.limits},
        "policies": {**raw["policies"], **policies, **chosen.policies},
        **{f"words.{kind}": [dict(word) for word in words] for kind, words in chosen.words.items()},
    }
