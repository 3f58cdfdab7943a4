"""Germany.

- Drug consumption rooms need the state's permit: BtMG section 10a, with minimum standards for each state's
  decree; rooms for injecting and for inhaling are usual.
- A daily protocol by sex and age, with counselling offered to minors: Lower Saxony, DrogKVO section 10; so
  the first age band ends at 17.
- Groups of fewer than 5 are not shown: policy `eu`.
- Zone: IANA time zone database, Europe/Berlin.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset

PRESET = Preset(
    code="germany",
    label=N_("Germany"),
    zone="Europe/Berlin",
    languages=("de", "en"),
    audience="eu",
    least_k=5,
    ages=(18, 30, 50),
)
