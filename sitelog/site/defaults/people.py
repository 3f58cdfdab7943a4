"""The words a new site starts with about people: gender, agreement, alerts, restrictions."""

from sitelog.ground.words import N_
from sitelog.site.defaults.words import word

# `group` is the row of published reports: male, female, trans, other, not_specified.
GENDERS = [
    word("male", N_("Male"), "male"),
    word("female", N_("Female"), "female"),
    word("trans_male", N_("Trans male"), "trans"),
    word("trans_female", N_("Trans female"), "trans"),
    word("other", N_("Other"), "other"),
    word("not_specified", N_("Not specified"), "not_specified"),
]
# Versions of the site's agreement; the last that is not retired is the one people are asked to sign now.
AGREEMENTS = [word("first", N_("First version"))]
PERSON_ALERTS = [
    word("hard_to_rouse", N_("Hard to rouse, breathing fine")),
    word("strong_reaction", N_("Has reacted strongly before")),
    word("allergy", N_("Allergy")),
    word("seizures", N_("Seizures")),
    word("approach", N_("How to approach")),
    word("other", N_("Other, see the words")),
]
RESTRICTION_REASONS = [
    word("violence", N_("Violence or threats")),
    word("weapon", N_("Weapon")),
    word("dealing", N_("Dealing on site")),
    word("theft", N_("Theft")),
    word("rules", N_("House rules, repeatedly")),
    word("other", N_("Other")),
]
# Why somebody came in although a restriction was in force.
LET_IN_REASONS = [
    word("safety", N_("Safer in than out")),
    word("emergency", N_("Emergency")),
    word("lead_agreed", N_("Site lead agreed")),
    word("service_only", N_("For a service only")),
    word("not_said", N_("Not said")),
]
WORDS = {
    "gender": GENDERS,
    "agreement": AGREEMENTS,
    "person_alert": PERSON_ALERTS,
    "restriction_reason": RESTRICTION_REASONS,
    "let_in_reason": LET_IN_REASONS,
}
