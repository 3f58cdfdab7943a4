"""Rhode Island.

- Harm reduction centers are licensed under 216-RICR-40-10-25, which does not let a center ask for a person's
  identification: so no code is asked for beside a handle.
- Groups of fewer than 11 are not shown: the cell size suppression policy of the Centers for Medicare and
  Medicaid Services, policy `us-cms`; stricter than the common 5.
- The nasal dose of 4 mg stands first: a choice of ours, the medical lead's to change.
- Zone: IANA time zone database, America/New_York.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, doses_first

PRESET = Preset(
    code="rhode_island",
    label=N_("Rhode Island"),
    zone="America/New_York",
    languages=("en", "es"),
    audience="us-cms",
    least_k=11,
    policies={"person_code": "none"},
    words={"naloxone_dose": doses_first("nasal_4")},
)
