"""What a new site starts with for its shifts: their times, who does what, and the opening check."""

from typing import Any

from sitelog.ground.words import N_
from sitelog.site.defaults.words import word

# A shift that ends when it starts, or before, ends on the next day. Shifts may overlap.
SHIFT_TIMES = [
    {"code": "day", "label": N_("Day"), "starts": "07:00", "ends": "19:00"},
    {"code": "night", "label": N_("Night"), "starts": "19:00", "ends": "07:00"},
]
# What is ticked when a shift begins; `unit` is asked for where a number is read off.
OPENING_CHECKS = [
    word("oxygen", N_("Oxygen cylinder in use"), unit="%"),
    word("oxygen_spare", N_("Spare oxygen cylinder"), unit="%"),
    word("naloxone", N_("Naloxone at the desk"), unit=N_("doses")),
    word("aed", N_("AED: green light, pads in date")),
    word("booths", N_("Booths clean and stocked"), unit=N_("booths")),
    word("air_exchange", N_("Air exchange in the inhalation room")),
]
SHIFT_ROLES = [
    word("lead", N_("lead")),
    word("booths", N_("booths")),
    word("inhalation", N_("inhalation room")),
    word("aftercare", N_("aftercare")),
    word("door", N_("door")),
    word("float", N_("where needed")),
]
WORDS: dict[str, list[dict[str, Any]]] = {"opening_check": OPENING_CHECKS, "shift_role": SHIFT_ROLES}
