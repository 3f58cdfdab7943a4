"""Referrals: a date for each rung that was climbed, and when to ask again."""

from collections.abc import Iterator
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import OneOf, Reading
from sitelog.imports.nouns import Check, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Sheet
from sitelog.referrals import actions as referrals
from sitelog.referrals.actions import WholeReferral
from sitelog.referrals.rules import HOW, RUNGS, Step, in_order

_RUNGS = {
    "offered": "When it was offered",
    "accepted": "When the person said yes",
    "declined": "When the person said no",
    "made": "When the agency was told",
    "attended": "When the person presented for assessment",
    "did_not_attend": "When the agency said that they did not come",
    "unknown": "When nobody could say whether they came",
    "closed": "When nothing more was to be done",
}
_EXAMPLES = {"offered": "2025-03-04 14:30", "accepted": "2025-03-04 14:31"}
SHEET = Sheet(
    "referrals.csv",
    "A referral, as far as it came",
    (
        Column("id", cells.source_id, "What this referral is called where it comes from", "example-f3"),
        Column(
            "person",
            cells.source_id,
            "Who, if not the visit's: an id of people.csv, or P0012",
            names="person",
        ),
        Column(
            "visit",
            cells.source_id,
            "In which visit: an id of visits.csv, or V1187",
            "example-v100",
            names="visit",
        ),
        Column("response", cells.source_id, "After which response: an id, or R0412", names="response"),
        Column("service", cells.source_id, "A service's code in the directory", "*", needed=True),
        *(
            Column(f"{rung}_at", cells.moment, words, _EXAMPLES.get(rung, ""), rung == "offered")
            for rung, words in _RUNGS.items()
        ),
        Column("how", OneOf(tuple(HOW)), "How the agency was told; needed with made_at"),
        Column("follow_up_on", cells.day, "When to ask again: today or later"),
        Column("note", cells.note, "Free words; they can be erased", erasable=True),
    ),
)


def joined(unit: Unit) -> Iterator[Wrong]:
    """What is wrong with how a referral's columns fit together."""
    if unit.row["how"] is not None and unit.row["made_at"] is None:
        yield Wrong(unit.row, "made_at", "“how” is said, so this is needed.")


def make(unit: Unit, names: Names) -> WholeReferral:
    """The referral a row tells of: its rungs by their time, and at one time in the order of the ladder."""
    row = unit.row
    visit, response = names.get("visit", row["visit"]), names.get("response", row["response"])
    own = names.id_of("person", row["person"])
    rungs = [
        Step(rung, row[f"{rung}_at"], how=row["how"] if rung == "made" else None, seq=n)
        for n, rung in enumerate(RUNGS)
        if row[f"{rung}_at"] is not None
    ]
    return WholeReferral(
        row["service"],
        tuple(in_order(rungs)),
        visit.person_id if visit and visit.person_id is not None else own,
        visit.id if visit else None,
        response.ref if response else None,
        row["follow_up_on"],
        row["note"],
        unit.token,
    )


def checking(reading: Reading) -> Check:
    """Refuse what the single verbs of a referral refuse."""
    services = referrals.services_by_code()

    def check(unit: Unit, whole: WholeReferral) -> Iterator[Wrong]:
        yield from refused(unit.row, lambda: referrals.check_referral(whole, services, reading.at))

    return check


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return referrals.enter_referrals(wholes, **words)


NOUN = Noun("referral", SHEET, "F{:04d}", make, checking, enter, joined=joined)
