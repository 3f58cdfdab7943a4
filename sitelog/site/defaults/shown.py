"""How Settings shows each list: its title, its classes and the columns its words carry, as data.

A list that is not named here shows all the same: its title is its code in words, its columns are read off
the starter words.
"""

from typing import NamedTuple

from sitelog.ground.words import N_
from sitelog.site.columns import Column


class Shown(NamedTuple):
    """One list in Settings: `groups` are its classes by code, where its words have one."""

    title: str
    hint: str = ""
    groups: dict[str, str] | None = None
    columns: tuple[Column, ...] = ()
    keys: bool = False


def _number(name: str, label: str, low: int = 0, high: int = 9999, needed: bool = False) -> Column:
    return Column(name, label, "number", low, high, needed=needed, data=True)


# A word of a list of which several are chosen, that says there is nothing to choose.
ALONE = Column("alone", N_("Not with others"), "yes", data=True)
DOSE_ROUTES = {"intramuscular": N_("into a muscle"), "intranasal": N_("nasal")}
CLASSES = {"opioid": N_("Opioid"), "stimulant": N_("Stimulant"), "other": N_("Other")}
TABLES = {
    "opioids": N_("Opioids"),
    "methamphetamine": N_("Methamphetamine"),
    "cocaine": N_("Cocaine"),
    "benzodiazepines": N_("Benzodiazepines"),
    "other": N_("Other"),
    "not_recorded": N_("Not recorded"),
}
ROUTE_CLASSES = {"injected": N_("Injected"), "inhaled": N_("Inhaled"), "other": N_("Other")}
OUTCOMES = {
    "recovered": N_("Recovered"),
    "treated": N_("Treated by EMS"),
    "transported": N_("Transported"),
    "left": N_("Left"),
    "death": N_("Death"),
    "unknown": N_("Unknown"),
}
REFERRALS = {"treatment": N_("Treatment"), "health": N_("Health"), "social": N_("Social")}
GENDERS = {
    "male": N_("Male"),
    "female": N_("Female"),
    "trans": N_("Trans"),
    "other": N_("Other"),
    "not_specified": N_("Not specified"),
}
SUPPLIES = {
    "syringe": N_("Syringes"),
    "injecting": N_("Injecting"),
    "inhalation": N_("Inhalation"),
    "safer_sex": N_("Safer sex"),
    "disposal": N_("Disposal"),
    "naloxone_kit": N_("Naloxone kits"),
    "naloxone": N_("Naloxone for use here"),
}
SERVICES = {
    "education": N_("Education"),
    "support": N_("Support"),
    "health": N_("Health"),
    "drug_checking": N_("Drug checking"),
    "basics": N_("Basics"),
}
TOPICS = {"service_test": N_("Tests"), "vaccine": N_("Vaccines")}
ASKS = {
    "topic": N_("topic"),
    "attending": N_("how many attended"),
    "result_given": N_("result given"),
    "expected": N_("expected substance"),
    "strips": N_("strips"),
    "found": N_("components found"),
    "did": N_("what the person did then"),
}
INCIDENTS = {
    "violence": N_("Violence"),
    "medical": N_("Medical"),
    "death": N_("Death"),
    "exposure": N_("Exposure"),
    "substance": N_("Substance left behind"),
    "police": N_("Police"),
    "complaint": N_("Complaint"),
    "neighbourhood": N_("Neighbourhood"),
    "site": N_("The site"),
    "privacy": N_("Privacy"),
    "other": N_("Other"),
}
PROTOCOLS = {"exposure": N_("After an exposure"), "custody": N_("Custody of a substance")}
ANSWERED = {
    "one": N_("one of the answers"),
    "some": N_("some of the answers"),
    "number": N_("a number"),
    "person": N_("a person of the desk"),
}

LISTS: dict[str, Shown] = {
    "substance": Shown(
        N_("Substances"),
        N_("The first words with a digit are the keys of the arrival sheet."),
        CLASSES,
        (Column("table", N_("Row in reports"), "choice", of=TABLES, needed=True, data=True), ALONE),
        keys=True,
    ),
    "route": Shown(N_("Routes"), groups=ROUTE_CLASSES, keys=True),
    "help_reason": Shown(N_("Why help is needed")),
    "where_else": Shown(N_("Where otherwise")),
    "looks": Shown(N_("How somebody looks")),
    "left_reason": Shown(N_("Why people leave early")),
    "out_reason": Shown(N_("Why a place is closed")),
    "oxygen_device": Shown(
        N_("Oxygen devices"),
        columns=(_number("litres_per_minute", N_("Litres a minute"), 1, 25, needed=True),),
    ),
    "naloxone_dose": Shown(
        N_("Naloxone doses"),
        N_("What one tap gives in a response. The medical lead sets them."),
        columns=(
            _number("micrograms", N_("Micrograms"), 1, 20000, needed=True),
            Column("route", N_("Way"), "choice", of=DOSE_ROUTES, needed=True, data=True),
        ),
    ),
    "outcome": Shown(N_("Outcomes of a response"), groups=OUTCOMES),
    "referral_kind": Shown(N_("Kinds of referral"), groups=REFERRALS),
    "gender": Shown(N_("Gender"), groups=GENDERS),
    "agreement": Shown(N_("Versions of the agreement"), N_("People are asked to sign the last one in use.")),
    "person_alert": Shown(N_("Alerts about a person")),
    "restriction_reason": Shown(N_("Why somebody is restricted")),
    "let_in_reason": Shown(N_("Why somebody was let in all the same")),
    "on_site_service": Shown(
        N_("Services on site"),
        groups=SERVICES,
        columns=(
            Column("frequent", N_("One tap"), "yes", data=True),
            Column("on_board", N_("Words on the board"), longest=32, data=True, shown=False),
            Column("topics", N_("Topics from the list"), "choice", of=TOPICS, data=True, shown=False),
            Column("asks", N_("Asks for"), "choices", of=ASKS, data=True, shown=False),
            Column("needs", N_("Cannot do without"), "choices", of=ASKS, data=True, shown=False),
        ),
    ),
    "incident_kind": Shown(
        N_("Kinds of incident"),
        groups=INCIDENTS,
        columns=(
            Column("stays_open", N_("Open until closed"), "yes", data=True),
            Column("asks", N_("Asks for"), "choices", of="incident_field", data=True, shown=False),
            Column("steps", N_("Steps afterwards"), "choice", of=PROTOCOLS, data=True, shown=False),
        ),
    ),
    "incident_field": Shown(
        N_("What incidents ask for"),
        columns=(
            Column("answer", N_("Answer"), "choice", of=ANSWERED, needed=True, data=True),
            Column("offers", N_("Offers the answers of"), longest=32, data=True, shown=False),
        ),
    ),
    "incident_answer": Shown(N_("Answers about incidents"), columns=(ALONE,)),
    "incident_step": Shown(
        N_("Steps after an incident"),
        groups=PROTOCOLS,
        columns=(
            _number("within_hours", N_("Within hours"), 1, 720),
            Column("witness", N_("Needs a witness"), "yes", data=True),
            Column("one_of", N_("One of these is enough"), longest=32, data=True, shown=False),
        ),
    ),
    "incident_end": Shown(N_("Ways an incident ends")),
    "session_place": Shown(N_("Places of sessions")),
    "service_test": Shown(N_("Tests")),
    "vaccine": Shown(N_("Vaccines")),
    "strip": Shown(N_("Test strips")),
    "component": Shown(N_("Components found"), columns=(ALONE,)),
    "did_then": Shown(N_("What a person did then")),
    "opening_check": Shown(
        N_("Opening check"),
        N_("What is ticked when a shift begins; with a unit, a number is read off."),
        columns=(Column("unit", N_("Unit"), longest=16, data=True),),
    ),
    "shift_role": Shown(N_("Roles of a shift")),
    "supply": Shown(
        N_("Supplies"),
        groups=SUPPLIES,
        columns=(
            _number("reorder", N_("Reorder at")),
            Column("micrograms", N_("Micrograms"), "number", 1, 20000, data=True, shown=False),
            Column("route", N_("Way"), "choice", of=DOSE_ROUTES, data=True, shown=False),
        ),
    ),
    "supply_kit": Shown(
        N_("Kits"),
        N_("A kit is handed out as one and counted as what is in it."),
        columns=(Column("items", N_("What is in it"), "amounts", 0, 999, of="supply", data=True),),
    ),
    "return_method": Shown(N_("How returns are counted")),
    "naloxone_form": Shown(
        N_("Forms of naloxone kits"),
        columns=(Column("item", N_("Item of the stock"), "choice", of="supply", data=True),),
    ),
    "resupply_reason": Shown(N_("Why a kit is given again")),
    "pick_up_kind": Shown(N_("Kinds of pick-up")),
    "stock_reason": Shown(N_("Why stock differs")),
}
