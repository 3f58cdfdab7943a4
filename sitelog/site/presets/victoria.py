"""Victoria.

- A medically supervised injecting centre is licensed under the Drugs, Poisons and Controlled Substances Act
  1981, Part IIA; so all places are for injecting.
- Groups of fewer than 5 are not shown: Australian Institute of Health and Welfare, policy `au-aihw`.
- Zone: IANA time zone database, Australia/Melbourne.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, places

PRESET = Preset(
    code="victoria",
    label=N_("Victoria"),
    zone="Australia/Melbourne",
    languages=("en",),
    audience="au-aihw",
    least_k=5,
    ages=(18, 30, 50),
    places=places("injection"),
)
