"""The words a new site starts with: lists of the door, the desk, responses and referrals."""

from typing import Any

from sitelog.ground.words import N_


def word(code: str, label: str, group: str = "", key: str = "", **data: Any) -> dict[str, Any]:
    """One word of a list, in the shape of `site.rules.Choice`; `data` is what its kind of list needs."""
    return {"code": code, "label": label, "group": group, "key": key, "data": data}


# `group` is the coarse class of published reports; `table` the row of the daily report's table.
SUBSTANCES = [
    word("down", N_("Down"), "opioid", "1", table="opioids"),
    word("crystal", N_("Crystal"), "stimulant", "2", table="methamphetamine"),
    word("crack", N_("Crack"), "stimulant", "3", table="cocaine"),
    word("cocaine", N_("Cocaine"), "stimulant", "4", table="cocaine"),
    word("heroin", N_("Heroin"), "opioid", "5", table="opioids"),
    word("hydromorphone", N_("Dilaudid"), "opioid", "6", table="opioids"),
    word("benzodiazepine", N_("Benzos"), "other", "7", table="benzodiazepines"),
    word("not_said", N_("Not said"), "other", "8", table="not_recorded", alone=True),
    word("morphine", N_("Morphine"), "opioid", table="opioids"),
    word("oxycodone", N_("Oxycodone"), "opioid", table="opioids"),
    word("methadone", N_("Methadone"), "opioid", table="opioids"),
    word("methylphenidate", N_("Ritalin"), "stimulant", table="other"),
    word("mdma", N_("MDMA"), "stimulant", table="other"),
    word("ketamine", N_("Ketamine"), "other", table="other"),
    word("ghb", N_("GHB"), "other", table="other"),
    word("other", N_("Other"), "other", table="other"),
]
ROUTES = [
    word("inject", N_("Inject"), "injected", "I"),
    word("smoke", N_("Smoke"), "inhaled", "M"),
    word("snort", N_("Snort"), "other", "O"),
    word("swallow", N_("Swallow"), "other", "W"),
    word("other", N_("Other way"), "other"),
]
HELP_REASONS = [
    word("knowledge", N_("Does not know how")),
    word("physical", N_("Physical limitation")),
    word("other", N_("Other reason")),
]
LOOKS = [
    word("well", N_("looks well, talking")),
    word("drowsy", N_("drowsy, rouses to voice")),
    word("agitated", N_("agitated")),
    word("asleep", N_("asleep, breathing fine")),
]
LEFT_REASONS = [
    word("wait", N_("would not wait")),
    word("changed_mind", N_("changed their mind")),
    word("no_fitting_place", N_("no fitting place")),
    word("not_said", N_("not said")),
]
OUT_REASONS = [
    word("cleaning", N_("Cleaning")),
    word("sharps_bin", N_("Sharps bin")),
    word("ventilation", N_("Ventilation")),
    word("broken", N_("Broken")),
    word("staffing", N_("Not enough staff")),
    word("other", N_("Other")),
]
WHERE_ELSE = [
    word("private", N_("private place")),
    word("public", N_("public place")),
    word("semi_public", N_("semi-public place")),
    word("not_said", N_("not said")),
]
OXYGEN_DEVICES = [
    word("non_rebreather", N_("NRB mask"), litres_per_minute=15),
    word("bag_valve_mask", N_("BVM"), litres_per_minute=15),
    word("simple_mask", N_("Simple"), litres_per_minute=10),
    word("nasal_cannula", N_("Nasal"), litres_per_minute=4),
]
NALOXONE_DOSES = [
    word("im_0_4", N_("0.4 mg IM"), micrograms=400, route="intramuscular"),
    word("im_0_8", N_("0.8 mg IM"), micrograms=800, route="intramuscular"),
    word("nasal_4", N_("4 mg nasal"), micrograms=4000, route="intranasal"),
]
OUTCOMES = [
    word("recovered", N_("Recovered in the site"), "recovered"),
    word("declined_ems", N_("Recovered, declined EMS"), "recovered"),
    word("treated_by_ems", N_("Treated by EMS in the site"), "treated"),
    word("transported", N_("Transported to hospital"), "transported"),
    word("left", N_("Left before assessed"), "left"),
    word("death", N_("Death"), "death"),
    word("unknown", N_("Unknown"), "unknown"),
]
REFERRAL_KINDS = [
    word("oat", N_("Opioid agonist treatment"), "treatment"),
    word("withdrawal", N_("Withdrawal management"), "treatment"),
    word("rehab", N_("Residential rehab"), "treatment"),
    word("scholarship", N_("Rehab scholarship"), "treatment"),
    word("housing", N_("Housing"), "social"),
    word("employment", N_("Job training and placement"), "social"),
    word("mental_health", N_("Mental health"), "health"),
    word("primary_care", N_("Primary care"), "health"),
    word("specialist", N_("Specialist or BBV treatment"), "health"),
    word("dental", N_("Dental"), "health"),
    word("legal", N_("Legal"), "social"),
    word("income", N_("Income"), "social"),
    word("recovery_community", N_("Peer and community recovery"), "social"),
    word("activities", N_("Therapeutic activities"), "social"),
    word("other", N_("Other"), "social"),
]
