"""New South Wales.

- A licensed injecting centre: Drug Misuse and Trafficking Act 1985, Part 2A; so all places are for injecting.
- Nobody under 18 is admitted there (the same Part): the first age band ends at 17, where nobody should be.
- Naloxone 0.8 mg into a muscle after five minutes of airway and oxygen: the Sydney centre's protocol, in the
  protocol record of Roxburgh and others, and Jauncey and others; that dose stands first.
- Groups of fewer than 5 are not shown: Australian Institute of Health and Welfare, policy `au-aihw`.
- Zone: IANA time zone database, Australia/Sydney.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, doses_first, places

PRESET = Preset(
    code="new_south_wales",
    label=N_("New South Wales"),
    zone="Australia/Sydney",
    languages=("en",),
    audience="au-aihw",
    least_k=5,
    ages=(18, 30, 50),
    places=places("injection"),
    words={"naloxone_dose": doses_first("im_0_8")},
)
