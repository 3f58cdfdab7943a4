"""Whom a report is for and how small a group may show: the presets, and how a site may be stricter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.words import N_

Ages = tuple[tuple[int, int | None], ...]

AGES: Ages = ((0, 29), (30, 49), (50, None))
"""Three age bands: on small sites finer ones are mostly ranges."""

WIDTHS = (5, 10, 20, 50, 100)
"""How many values a widened cell may span; bands start at a multiple of their width."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`k`: the smallest group that may show. `rounding` > 1: person facts are printed as the values that
    round to the same multiple. `lines`: whether incident lines may be printed at all. `ages` in completed
    years."""

    name: str
    label: str
    k: int
    public: bool = False
    rounding: int = 1
    widths: tuple[int, ...] = WIDTHS
    ages: Ages = AGES

    @property
    def lines(self) -> bool:
        return not self.public


PRESETS: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("partner", N_("Partner"), 5),
        Policy("public", N_("Public"), 11, public=True),
        Policy("ca-health-canada", N_("Health Canada"), 10),
        Policy("ca-on-partner", N_("Ontario, partner"), 6),
        Policy("ca-on-public", N_("Ontario, public"), 20, public=True),
        Policy("ca-bc", N_("British Columbia"), 5),
        Policy("ca-ab", N_("Alberta"), 5),
        Policy("us-cms", N_("United States, CMS"), 11),
        Policy("us-wa", N_("Washington State"), 10),
        Policy("uk-nhs", N_("NHS"), 8, rounding=5),
        Policy("uk-ndtms", N_("England, NDTMS"), 5),
        Policy("au-aihw", N_("Australia, AIHW"), 5),
        Policy("nz", N_("New Zealand"), 6),
        Policy("eu", N_("Europe, partner"), 5),
        Policy("eu-public", N_("Europe, public"), 11, public=True),
    )
}


def preset(name: str) -> Policy:
    """The preset of that name; Unknown if there is none."""
    if name not in PRESETS:
        raise Unknown(
            N_("There is no audience %(name)s; there are %(all)s."), name=name, all=", ".join(PRESETS)
        )
    return PRESETS[name]


def stricter(policy: Policy, k: int) -> Policy:
    """The policy with a larger smallest group; Refused if it would be a smaller one."""
    if k < policy.k:
        raise Refused(N_("The smallest group must be at least %(k)s here."), field="k", k=policy.k)
    return replace(policy, k=k)
