"""The tables a report is put together from, and the categories they break down by, in printed order."""

from sitelog.disclosure import lines
from sitelog.ground.words import N_
from sitelog.incidents.rules import CLASSES as INCIDENT_CLASSES
from sitelog.site.rules import SiteBook
from sitelog.tally.rollup import NOT_RECORDED, Breakdown, Column, Domains, Line, Listing

BANDS = Breakdown(
    "bands",
    N_("By part of the day"),
    N_("Part of the day"),
    "band",
    (
        Column("accesses", N_("Accesses")),
        Column("episodes", N_("Episodes")),
        Column("consumptions", N_("Consumptions")),
    ),
    N_("All day"),
)
CLASSES = Breakdown(
    "classes",
    N_("Consumptions by substance class, as declared"),
    N_("Substance class"),
    "substance_class",
    (Column("consumptions", N_("Consumptions")),),
)
ROUTES = Breakdown(
    "routes",
    N_("Consumptions by route"),
    N_("Route"),
    "route",
    (Column("consumptions", N_("Consumptions")),),
)
TIERS = Breakdown(
    "tiers",
    N_("Responses by tier"),
    N_("Highest step taken"),
    "tier",
    (Column("responses", N_("Responses")),),
)
PATHWAYS = Breakdown(
    "pathways",
    N_("Responses by pathway"),
    N_("Pathway"),
    "pathway",
    (Column("responses", N_("Responses")),),
)
REFERRALS = Listing(
    "referrals",
    N_("Referrals to another service"),
    N_("Rung"),
    N_("Referrals"),
    (
        Line("offered", "referrals_offered", N_("Offered")),
        Line("accepted", "referrals_accepted", N_("Accepted")),
        Line("made", "referrals_made", N_("Made")),
    ),
)
SUPPLIES = Listing(
    "supplies",
    N_("On-site services and supplies"),
    N_("Item"),
    N_("Count"),
    (
        Line("on_site_services", "on_site_services", N_("On-site services, all kinds")),
        Line("group_attendances", "group_attendances", N_("People attending groups")),
        Line("syringes_given", "syringes_given", N_("Needles and syringes given")),
        Line("syringes_returned", "syringes_returned", N_("Needles and syringes returned")),
        Line("naloxone_kits_given", "naloxone_kits_given", N_("Naloxone kits given")),
    ),
)
ALSO = Listing(
    "also",
    N_("Also counted that day"),
    N_("Kind"),
    N_("Count"),
    (
        Line("naloxone_doses", "naloxone_doses", N_("Doses of naloxone given by staff")),
        Line("late_entries", "late_entries", N_("Entries made after the day had ended")),
    ),
)
# Few rows of what befell people, by classes of incident, and each of them a range. A death has its own
# protocol and no row; what the house itself had is a measure of its own, and exact.
INCIDENT_ROWS = {
    "violence": (N_("Violence, threats or theft"), ("violence",)),
    "exposure": (N_("Needlestick or body-fluid exposure"), ("exposure",)),
    "medical": (N_("Medical emergency, no overdose"), ("medical",)),
    "police": (N_("Police attendance or request"), ("police",)),
    "neighbourhood": (N_("Trouble in the neighbourhood"), ("neighbourhood",)),
    "other": (N_("Other incidents"), ("substance", "complaint", "privacy", "other")),
}
INCIDENTS = Listing(
    "incidents",
    N_("Counts for the day"),
    N_("Kind"),
    N_("Events"),
    (
        *(
            Line(code, "incidents", label, (("incident_class", classes),))
            for code, (label, classes) in INCIDENT_ROWS.items()
        ),
        Line("entered_late", "incidents_entered_late", N_("Of earlier days, entered late")),
        Line("house", "house_incidents", N_("House, equipment, staffing or closure")),
        Line("left_before_service", "left_before_service", N_("Left before being served (people)")),
        Line("sharps_picked_up", "sharps_picked_up", N_("Public sharps picked up")),
        Line("out_of_service", "minutes_out_of_service"),
    ),
)

TIER_LABELS = {
    "1": N_("1 Monitored or stimulated"),
    "2": N_("2 Oxygen"),
    "3": N_("3 Assisted breathing"),
    "4": N_("4 Naloxone by staff"),
    "5": N_("5 Ambulance transport or CPR"),
}
ROUTE_LABELS = {
    "injected": N_("Injected"),
    "inhaled": N_("Smoked or inhaled"),
    "other": N_("Snorted, swallowed, other"),
}
PATHWAY_LABELS = {
    "opioid": N_("Opioid"),
    "prolonged_sedation": N_("Prolonged sedation"),
    "stimulant": N_("Stimulant"),
    "mixed": N_("Mixed"),
    "unknown": N_("Unknown"),
    "other_medical": N_("Other medical"),
}
NOT_ANSWERED = {NOT_RECORDED: N_("Not recorded")}


def domains(book: SiteBook) -> Domains:
    """Every category of every dimension that a report breaks down by, with its label, in printed order."""
    return {
        "band": {band.code: band.label for band in book.bands},
        "substance_class": {**lines.CLASSES, **NOT_ANSWERED},
        "route": {**ROUTE_LABELS, **NOT_ANSWERED},
        "tier": TIER_LABELS,
        "pathway": PATHWAY_LABELS,
        "incident_class": INCIDENT_CLASSES,
    }
