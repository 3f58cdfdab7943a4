"""Ontario.

- Parts of the day, age bands and the participant's code (4 letters, birth year, gender): CAMH, ONHRDBKB,
  "CTS Monthly Report Calculations". One part wraps midnight, so the site's day starts at 03:00, where another
  part does.
- Groups of fewer than 6 are not shown to a partner, nor fewer than 20 to the public: policies `ca-on-partner`
  and `ca-on-public` of `disclosure/policy.py`.
- English and French: French Language Services Act, R.S.O. 1990, c. F.32.
- Zone: IANA time zone database, America/Toronto.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset

PRESET = Preset(
    code="ontario",
    label=N_("Ontario"),
    zone="America/Toronto",
    day_starts="03:00",
    languages=("en", "fr"),
    audience="ca-on-partner",
    least_k=6,
    ages=(20, 30, 40, 50, 60),
    bands=(
        {"code": "early", "label": N_("Early 03:00–06:59"), "starts": "03:00"},
        {"code": "morning", "label": N_("Morning 07:00–11:59"), "starts": "07:00"},
        {"code": "afternoon", "label": N_("Afternoon 12:00–16:59"), "starts": "12:00"},
        {"code": "evening", "label": N_("Evening 17:00–21:59"), "starts": "17:00"},
        {"code": "overnight", "label": N_("Overnight 22:00–02:59"), "starts": "22:00"},
    ),
    policies={"person_code": "ontario"},
)
