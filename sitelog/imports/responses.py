"""Responses: recognised, where, how it ended; and every step and measurement of theirs."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import Listed, OneOf, Place, Reading
from sitelog.imports.nouns import Check, Known, Names, Noun, Part, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Row, Sheet
from sitelog.responses import actions as responses
from sitelog.responses import queries, rules
from sitelog.responses.actions import WholeResponse
from sitelog.responses.rules import AFTERCARE_PLANS, AREAS, KINDS, PATHWAYS, ROUTES, SCALES, Done, Measured

VITALS = "vitals"
SHEET = Sheet(
    "responses.csv",
    "An overdose or drug emergency that is closed",
    (
        Column("id", cells.source_id, "What steps.csv and referrals.csv call this response", "example-r7"),
        Column(
            "visit", cells.source_id, "Whose: an id of visits.csv, or V1187", "example-v100", names="visit"
        ),
        Column("recognised_at", cells.moment, "When it was recognised", "2025-03-04 14:08", needed=True),
        Column("place", Place(), "The place it happened in", "*"),
        Column("where", OneOf(tuple(area for area in AREAS if area != "place")), "Where, if in no place"),
        Column("pathway", OneOf(tuple(PATHWAYS)), "The pathway worked by", "opioid"),
        Column("closed_at", cells.moment, "When it was over", "2025-03-04 14:25", needed=True),
        Column("outcome", Listed("outcome"), "How it ended", "*", needed=True),
        Column("plan", OneOf(tuple(AFTERCARE_PLANS)), "What was planned for afterwards", "observed_here"),
        Column("note", cells.note, "Free words; they can be erased", erasable=True),
    ),
)
STEPS = Sheet(
    "steps.csv",
    "One step or one set of measurements of a response",
    (
        Column("response", cells.source_id, "An id of responses.csv", "example-r7", needed=True),
        Column("kind", OneOf((VITALS, *KINDS)), "What was done or seen", "oxygen", needed=True),
        Column("happened_at", cells.moment, "When", "2025-03-04 14:09", needed=True),
        Column("device", Listed("oxygen_device"), "oxygen: by which device", "*"),
        Column("litres_per_minute", cells.number, "oxygen: the flow", "10"),
        Column("micrograms", cells.number, "naloxone: the dose (0.4 mg is 400)"),
        Column("route", OneOf(tuple(ROUTES)), "naloxone: how it was given"),
        Column("word", cells.source_id, "adjunct, ems_left: which"),
        Column("spo2", cells.number, "vitals: oxygen saturation in %"),
        Column("respirations", cells.number, "vitals: breaths a minute"),
        Column("pulse", cells.number, "vitals: beats a minute"),
        Column("sedation_scale", OneOf(tuple(SCALES)), "vitals: the scale of the score"),
        Column("sedation_score", cells.number, "vitals: the score"),
        Column("pupils", OneOf(tuple(rules.PUPILS)), "vitals: the pupils"),
        Column("skin", OneOf(tuple(rules.SKIN)), "vitals: the skin"),
        Column("glucose", cells.tenths, "vitals: mmol/L"),
        Column("temperature", cells.tenths, "vitals: °C"),
        Column("systolic", cells.number, "vitals: blood pressure, mmHg"),
        Column("diastolic", cells.number, "vitals: blood pressure, mmHg"),
    ),
)
_CARRIED = ("device", "litres_per_minute", "micrograms", "route", "word")
# Column of the file -> what a measurement calls it.
_MEASURED = {column.name: column.name for column in STEPS.columns[8:]}
_MEASURED |= {"glucose": "glucose_tenths", "temperature": "temperature_tenths"}
_COLUMNS = {field: column for column, field in _MEASURED.items()} | {"milligrams": "micrograms"}


def joined(unit: Unit) -> Iterator[Wrong]:
    """What is wrong with how a response's columns, and those of its steps, fit together."""
    if unit.row["place"] is not None and unit.row["where"] is not None:
        yield Wrong(unit.row, "where", "Only where it happened in no place.")
    for step in unit.parts:
        kind = step["kind"]
        may = tuple(_MEASURED) if kind == VITALS else KINDS[kind].carries
        for name in (*_CARRIED, *_MEASURED):
            if step[name] is not None and name not in may:
                yield Wrong(step, name, f"A step “{kind}” does not say this.")
        if step["sedation_scale"] is not None and step["sedation_score"] is None:
            yield Wrong(step, "sedation_score", "The scale is said, so this is needed.")


def make(unit: Unit, names: Names) -> WholeResponse:
    """The response a row tells of."""
    row = unit.row
    return WholeResponse(
        row["recognised_at"],
        row["closed_at"],
        row["outcome"],
        row["where"] or "elsewhere",
        row["place"],
        names.id_of("visit", row["visit"]),
        row["pathway"],
        tuple(map(_entry, unit.parts)),
        row["plan"],
        row["note"],
        unit.token,
    )


def _entry(step: Row) -> Done | Measured:
    if step["kind"] == VITALS:
        return Measured(step["happened_at"], **{field: step[name] for name, field in _MEASURED.items()})
    return Done(step["kind"], step["happened_at"], **{name: step[name] for name in _CARRIED})


def checking(reading: Reading) -> Check:
    """Refuse what the single verbs of a response refuse."""

    def check(unit: Unit, whole: WholeResponse) -> Iterator[Wrong]:
        yield from refused(unit.row, lambda: responses.check_response(whole, reading.at))
        for step, entry in zip(unit.parts, whole.entries, strict=True):
            yield from refused(step, partial(responses.check_entry, entry, reading.at), _COLUMNS)

    return check


def refs(known: Collection[str]) -> Mapping[str, Known]:
    """Responses on record."""
    return {ref: Known(number, ref) for ref, number in queries.ids_of(known).items()}


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return responses.enter_responses(wholes, **words)


NOUN = Noun("response", SHEET, "R{:04d}", make, checking, enter, refs, (Part(STEPS, "response"),), joined)
