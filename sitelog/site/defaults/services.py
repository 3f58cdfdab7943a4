"""On-site services a new site starts with: what each asks for is data, so that a site can add its own."""

from sitelog.ground.words import N_
from sitelog.site.defaults.words import word

# `asks` names the fields of `services.rules.FIELDS` that a kind takes, `needs` those it cannot do without;
# `topics` is the list its topic is chosen from, `frequent` says that one tap is enough,
# `on_board` what the board says instead of the label. A kind that asks for `result_given` counts as a test.
ON_SITE_SERVICES = [
    word(
        "overdose_education",
        N_("Overdose prevention education"),
        "education",
        asks=["attending"],
        frequent=True,
    ),
    word("safer_use", N_("Safer use education"), "education", asks=["attending"], frequent=True),
    word("counselling", N_("Counselling"), "support", frequent=True),
    word("support_group", N_("Support group"), "support", asks=["attending"], needs=["attending"]),
    word("wound_care", N_("Wound care"), "health", frequent=True),
    word(
        "test",
        N_("HIV, HCV or STI test"),
        "health",
        asks=["topic", "result_given"],
        needs=["topic"],
        topics="service_test",
        on_board=N_("Test on site"),
    ),
    word("vaccination", N_("Vaccination"), "health", asks=["topic"], needs=["topic"], topics="vaccine"),
    word("drug_check", N_("Drug checking"), "drug_checking", asks=["expected", "strips", "found", "did"]),
    word("oat", N_("OAT on site"), "health", frequent=True),
    word("shower", N_("Shower"), "basics", frequent=True),
    word("food", N_("Food"), "basics", frequent=True),
    word("clothing", N_("Clothing"), "basics", frequent=True),
]
SERVICE_TESTS = [word("hiv", N_("HIV")), word("hcv", N_("HCV")), word("sti", N_("STI"))]
VACCINES = [
    word("hepatitis_a", N_("Hepatitis A")),
    word("hepatitis_b", N_("Hepatitis B")),
    word("influenza", N_("Influenza")),
    word("tetanus", N_("Tetanus")),
    word("other", N_("Other vaccine")),
]
STRIPS = [
    word("fentanyl", N_("Fentanyl strip")),
    word("benzodiazepine", N_("Benzodiazepine strip")),
    word("xylazine", N_("Xylazine strip")),
    word("nitazene", N_("Nitazene strip")),
]
COMPONENTS = [
    word("fentanyl", N_("Fentanyl")),
    word("heroin", N_("Heroin")),
    word("cocaine", N_("Cocaine")),
    word("methamphetamine", N_("Methamphetamine")),
    word("caffeine", N_("Caffeine")),
    word("sugar", N_("Sugar")),
    word("nothing_found", N_("Nothing identified"), alone=True),
    word("other", N_("Other component")),
]
DID_THEN = [
    word("used", N_("used as planned")),
    word("used_less", N_("used less")),
    word("used_with_others", N_("used with somebody near")),
    word("discarded", N_("threw it away")),
    word("kept", N_("kept it")),
    word("not_said", N_("not said")),
]
SESSION_PLACES = [
    word("group_room", N_("Group room")),
    word("aftercare", N_("Aftercare room")),
    word("office", N_("Office")),
    word("outside", N_("Outside")),
    word("elsewhere", N_("Elsewhere")),
]

WORDS = {
    "on_site_service": ON_SITE_SERVICES,
    "service_test": SERVICE_TESTS,
    "vaccine": VACCINES,
    "strip": STRIPS,
    "component": COMPONENTS,
    "did_then": DID_THEN,
    "session_place": SESSION_PLACES,
}
