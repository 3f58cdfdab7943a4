"""The lists of supplies a new site starts with: items, kits, ways of counting, reasons."""

from sitelog.ground.words import N_
from sitelog.site.defaults.words import word

# `group` is the class that is counted; `reorder` the number on hand at which the bar warns;
# `micrograms` and `route` say which dose of a response uses the item up.
SUPPLIES = [
    word("needle_1ml", N_("Needle and syringe 1 ml"), "syringe", reorder=200),
    word("needle_3ml", N_("Needle and syringe 3 ml"), "syringe", reorder=50),
    word("cooker", N_("Cooker"), "injecting", reorder=100),
    word("filter", N_("Filter"), "injecting", reorder=100),
    word("water", N_("Sterile water 2 ml"), "injecting", reorder=100),
    word("tourniquet", N_("Tourniquet"), "injecting", reorder=50),
    word("swab", N_("Alcohol swab"), "injecting", reorder=200),
    word("straight_stem", N_("Straight stem"), "inhalation", reorder=40),
    word("bowl_pipe", N_("Bowl pipe"), "inhalation", reorder=40),
    word("foil", N_("Foil sheet"), "inhalation", reorder=50),
    word("screen", N_("Brass screen"), "inhalation", reorder=50),
    word("condom", N_("Condom"), "safer_sex", reorder=100),
    word("lubricant", N_("Lubricant sachet"), "safer_sex", reorder=50),
    word("sharps_box", N_("Personal sharps box"), "disposal", reorder=20),
    word("naloxone_nasal_kit", N_("Naloxone kit, nasal"), "naloxone_kit", reorder=10),
    word("naloxone_im_kit", N_("Naloxone kit, IM"), "naloxone_kit", reorder=10),
    word(
        "naloxone_ampoule",
        N_("Naloxone 0.4 mg ampoule"),
        "naloxone",
        reorder=6,
        micrograms=400,
        route="intramuscular",
    ),
    word(
        "naloxone_spray",
        N_("Naloxone 4 mg nasal spray"),
        "naloxone",
        reorder=6,
        micrograms=4000,
        route="intranasal",
    ),
]
# A kit is handed out as one and counted as what is in it.
SUPPLY_KITS = [
    word(
        "injection_kit",
        N_("Injection kit"),
        items={"needle_1ml": 10, "cooker": 5, "filter": 5, "water": 10, "swab": 10, "tourniquet": 1},
    ),
    word("inhalation_kit", N_("Inhalation kit"), items={"straight_stem": 1, "screen": 5, "swab": 2}),
    word("safer_sex_kit", N_("Safer sex kit"), items={"condom": 10, "lubricant": 5}),
]
RETURN_METHODS = [
    word("counted", N_("Counted")),
    word("said", N_("Person's word")),
    word("container", N_("Container size")),
    word("weight", N_("By weight")),
]
NALOXONE_FORMS = [
    word("nasal", N_("Nasal"), item="naloxone_nasal_kit"),
    word("im", N_("Injectable (IM)"), item="naloxone_im_kit"),
]
RESUPPLY_REASONS = [
    word("first", N_("First kit")),
    word("used_on_other", N_("Used on somebody else")),
    word("used_on_self", N_("Used on the person themselves")),
    word("lost", N_("Lost or taken")),
    word("expired", N_("Expired")),
    word("not_said", N_("Not said")),
]
PICK_UP_KINDS = [
    word("public", N_("Public pick-up")),
    word("bin_emptied", N_("Sharps bin emptied")),
    word("bin_collected", N_("Sharps bins collected by the carrier")),
]
STOCK_REASONS = [
    word("expired", N_("Expired")),
    word("damaged", N_("Damaged or opened")),
    word("not_entered", N_("Given out and not entered")),
    word("miscounted", N_("Counted wrong before")),
    word("lost", N_("Missing, not explained")),
    word("other", N_("Other")),
]

WORDS = {
    "supply": SUPPLIES,
    "supply_kit": SUPPLY_KITS,
    "return_method": RETURN_METHODS,
    "naloxone_form": NALOXONE_FORMS,
    "resupply_reason": RESUPPLY_REASONS,
    "pick_up_kind": PICK_UP_KINDS,
    "stock_reason": STOCK_REASONS,
}
LIMITS = {
    # 281 syringes a pound of 453.6 g, a published factor; each site weighs its own.
    "syringes_per_kilogram": 620,
    "expiry_warning_days": 30,
    "oxygen_warning_percent": 25,
}
