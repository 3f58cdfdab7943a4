"""The reports, as data: the one place to look for what each shows, in which words, and when it is owed.

The daily incident report holds operational facts of one day, the incident lines, and ranges for what else
befell people. Ages and genders are for no period shorter than a month, numbers of people and ambulance calls
for none shorter than a week; a report of such a period is not among these yet. Tables and their categories
are in `tables`, what a report is made of in `shape`.
"""

from sitelog.ground.days import SiteCalendar
from sitelog.ground.words import N_
from sitelog.reports.measures import MEASURES
from sitelog.reports.shape import Key, Part, Rate, Report, Sentence, checked
from sitelog.reports.tables import (
    ALSO,
    BANDS,
    CLASSES,
    INCIDENTS,
    PATHWAYS,
    REFERRALS,
    ROUTES,
    SUPPLIES,
    TIERS,
)
from sitelog.tally.rollup import ALL

DOSES = Sentence(
    N_(
        "Doses of naloxone given by staff: %(doses)s. Of ambulances a report of a single day tells "
        "the highest tier alone."
    ),
    (("doses", ("also", "naloxone_doses", "count")),),
)
DAILY = Report(
    kind="daily",
    period=SiteCalendar.day,
    title=N_("Daily incident report"),
    short=N_("Daily"),
    sentence=N_("Daily report of %(on)s for %(audience)s, version %(version)s"),
    subject=N_("Anonymized counts of one day, with definitions"),
    about=N_("One report for every day of the site, quiet and closed days too."),
    never=N_("Names, handles, places, exact times, ages, genders and notes are never in a daily report."),
    tables=(TIERS, PATHWAYS, BANDS, CLASSES, ROUTES, SUPPLIES, REFERRALS, ALSO, INCIDENTS),
    keys=(
        Key(N_("Accesses"), ("bands", ALL, "accesses"), N_("came in for anything")),
        Key(N_("Episodes"), ("bands", ALL, "episodes"), N_("used a booth or seat")),
        Key(N_("Consumptions"), ("bands", ALL, "consumptions"), N_("each substance counted")),
        Key(N_("Left"), ("incidents", "left_before_service", "count"), N_("before service")),
        Key(
            N_("Overdose responses"),
            ("tiers", ALL, "responses"),
            N_("%(rate)s per 1,000 episodes"),
            "responses_per_episodes",
        ),
    ),
    parts=(
        Part(N_("Responses"), (("tiers", "pathways"),), lines=True, note=DOSES),
        Part(N_("Use of the site"), (("bands",), ("classes", "routes")), chart=N_("Accesses by part of day")),
        Part(N_("Services, supplies, referrals"), (("supplies", "referrals"), ("also",))),
        Part(N_("Other incidents and surroundings"), (("incidents",),)),
    ),
    defined=(
        "accesses",
        "episodes",
        "consumptions",
        "left_before_service",
        "responses",
        "naloxone_doses",
        "on_site_services",
        "group_attendances",
        "syringes_given",
        "syringes_returned",
        "naloxone_kits_given",
        "referrals_offered",
        "referrals_accepted",
        "referrals_made",
        "late_entries",
        "incidents",
        "incidents_entered_late",
        "house_incidents",
        "sharps_picked_up",
        "minutes_out_of_service",
    ),
    rates=(
        Rate(
            "responses_per_episodes",
            N_("Responses per 1,000 episodes"),
            "responses_per_1000_episodes",
            ("tiers", ALL, "responses"),
            ("bands", ALL, "episodes"),
            1000,
        ),
    ),
    later=N_(
        "Ages and genders are in no report of less than a month; how many different people came, named "
        "substances and how often an ambulance was called are in none of less than a week."
    ),
)

# Every report that is published: a new one is a Report above, and its name here.
REPORTS: dict[str, Report] = {report.kind: checked(report, MEASURES) for report in (DAILY,)}
