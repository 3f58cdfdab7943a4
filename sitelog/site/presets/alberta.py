"""Alberta.

- Groups of fewer than 5 are not shown: policy `ca-ab`.
- Places and minutes are the common starter; the province licenses each site and its plan of the house.
- Zone: IANA time zone database, America/Edmonton.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset

PRESET = Preset(
    code="alberta",
    label=N_("Alberta"),
    zone="America/Edmonton",
    languages=("en", "fr"),
    audience="ca-ab",
    least_k=5,
)
