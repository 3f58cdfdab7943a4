"""What responses count, in words a report can print."""

from collections.abc import Iterator, Sequence

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.responses import persons
from sitelog.responses.case import Case, response_class, tier_of, totals
from sitelog.responses.cases import began_in
from sitelog.responses.models import Response, Whereabouts
from sitelog.responses.persons import Person
from sitelog.store.db import db
from sitelog.trail.amend import current

# An ambulance is seen from the street: what it did is not told of a day.
A_WEEK = 7
MEASURES = (
    Measure(
        "responses",
        N_("Overdose and drug emergency responses"),
        N_(
            "Responses recognised in the period and not struck. Tier: 1 monitored or stimulated, 2 oxygen, "
            "3 assisted breathing, 4 naloxone by staff, 5 EMS transport or CPR. Pathway and substance class: "
            "as set by staff and as declared, each filled in by the other where nothing was said. Response "
            "class: breaths count as oxygen. Outcome: as closed; none while the response is not closed."
        ),
    ),
    Measure(
        "naloxone_doses",
        N_("Naloxone doses by staff"),
        N_("Doses given by staff in these responses; one device or one injection is one dose."),
    ),
    Measure(
        "ems_naloxone_doses",
        N_("Naloxone doses by EMS"),
        N_("Doses given by EMS on site in these responses; never added to staff's."),
        least_days=A_WEEK,
    ),
    Measure(
        "ems_calls",
        N_("EMS calls"),
        N_("Responses in which EMS was called, once each. Counted by the week only: an ambulance is seen."),
        least_days=A_WEEK,
    ),
)
# What the pathway says of the substance where nothing was declared.
_BY_PATHWAY = {"opioid": "opioid", "prolonged_sedation": "opioid", "stimulant": "stimulant"}


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per response and measure, at the instant it was recognised."""
    for case, person in _of(window):
        yield from _facts(case, person, grain)


def substance_class(case: Case, person: Person | None) -> str:
    """The class of what was declared; opioid before stimulant where both were."""
    classes = person.classes if person else frozenset()
    for known in ("opioid", "stimulant"):
        if known in classes:
            return known
    return _BY_PATHWAY.get(case.pathway, "other")


def _of(window: Window) -> Iterator[tuple[Case, Person | None]]:
    found = began_in(window, with_vitals=False)
    people = _people([response for response, _ in found])
    for response, case in found:
        yield case, people.get(response.id)


def _people(found: Sequence[Response]) -> dict[int, Person]:
    ids = [one.id for one in found]
    chosen = current(Whereabouts).where(Whereabouts.response_id.in_(ids))
    rows = db.session.scalars(chosen.order_by(Whereabouts.happened_at, Whereabouts.id))
    visit_of = {row.response_id: row.visit_id for row in rows}
    people = persons.of({visit_id for visit_id in visit_of.values() if visit_id})
    return {one: people[visit_id] for one, visit_id in visit_of.items() if visit_id in people}


def _facts(case: Case, person: Person | None, grain: Grain) -> Iterator[Fact]:
    at = case.recognised_at
    yield grain.fact("responses", at, _dims(case, person))
    for measure, kind in (("naloxone_doses", "naloxone"), ("ems_naloxone_doses", "ems_naloxone")):
        if count := totals(case, kind).count:
            yield grain.fact(measure, at, amount=count)
    if case.first("ems_called"):
        yield grain.fact("ems_calls", at)


def _dims(case: Case, person: Person | None) -> dict[str, str]:
    dims = {
        "tier": str(tier_of(case)),
        "pathway": case.pathway,
        "substance_class": substance_class(case, person),
        "response_class": response_class(case),
    }
    return dims | ({"outcome": case.closed.outcome} if case.closed else {})
