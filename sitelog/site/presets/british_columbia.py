"""British Columbia.

- Naloxone 0.4 mg into a muscle, again after 3 minutes without an answer: Toward the Heart, BC Centre for
  Disease Control (towardtheheart.com), SAVE ME steps.
- 15 minutes at a booth: as published of a site in Vancouver.
- Groups of fewer than 5 are not shown: policy `ca-bc`.
- Zone: IANA time zone database, America/Vancouver.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, doses_first, places

PRESET = Preset(
    code="british_columbia",
    label=N_("British Columbia"),
    zone="America/Vancouver",
    languages=("en", "fr"),
    audience="ca-bc",
    least_k=5,
    places=places(injection=15),
    limits={"dose_interval_seconds.intramuscular": 180},
    words={"naloxone_dose": doses_first("im_0_4")},
)
