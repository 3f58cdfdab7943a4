"""Scotland.

- The Thistle in Glasgow publishes people, times accessed, injecting episodes, emergencies and substances in
  per cent every month (glasgowcity.hscp.scot/thistle-service-data); its places are for injecting.
- Groups of fewer than 8 are not shown and the rest is rounded to the nearest 5: practice of the NHS, policy
  `uk-nhs`.
- Zone: IANA time zone database, Europe/London.
"""

from sitelog.ground.words import N_
from sitelog.site.presets.shape import Preset, places

PRESET = Preset(
    code="scotland",
    label=N_("Scotland"),
    zone="Europe/London",
    languages=("en",),
    audience="uk-nhs",
    least_k=8,
    places=places("injection"),
)
