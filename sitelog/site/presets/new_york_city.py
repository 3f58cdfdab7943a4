"""New York City.

- Groups of fewer than 11 are not shown: the cell size suppression policy of the Centers for Medicare and
  Medicaid Services, policy `us-cms`; stricter than the common 5.
- English and Spanish are the languages most spoken in the city: US Census Bureau, American Community Survey.
- The nasal dose of 4 mg stands first: a choice of ours, the medical lead's to change.
- Zone: IANA time zone database, America/New_York.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, doses_first

PRESET = Preset(
    code="new_york_city",
    label=N_("New York City"),
    zone="America/New_York",
    languages=("en", "es"),
    audience="us-cms",
    least_k=11,
    words={"naloxone_dose": doses_first("nasal_4")},
)
