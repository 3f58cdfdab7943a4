"""Incidents: what happened, the answers its kind asks for, the steps that followed, and how it ended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.imports import cells
from sitelog.imports.cells import Listed, OneOf, Reading
from sitelog.imports.nouns import Check, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Sheet
from sitelog.incidents import actions as incidents
from sitelog.incidents.actions import WholeIncident
from sitelog.incidents.rules import STEP_OUTCOMES, Answer, Happening, Step, answers_of, fields_of
from sitelog.site.rules import ELSEWHERE, SiteBook

# How a step went of which nothing else is said.
DONE = "done"


class Where:
    """A place, or a part of the house that is none."""

    def allowed(self, book: SiteBook) -> list[str]:
        """The codes."""
        return [*(place.code for place in book.places), *ELSEWHERE]

    def __call__(self, text: str, reading: Reading) -> str:
        """The code, or a refusal."""
        return OneOf(tuple(self.allowed(reading.every_word)))(text, reading)


class Answers:
    """Answers to what the kind asks: `field:answer`, with spaces between them; which fit, its rules know."""

    def allowed(self, book: SiteBook) -> list[str]:
        """Each field with each answer from a list."""
        kinds = [kind.code for kind in book.choices("incident_kind")]
        asked = {one.code: one for kind in kinds for one in fields_of(book, kind)}
        return [f"{code}:{one.code}" for code, field in asked.items() for one in answers_of(book, field)]

    def __call__(self, text: str, reading: Reading) -> dict[str, tuple[Answer, ...]]:
        """The answers by field."""
        said: dict[str, tuple[Answer, ...]] = {}
        for part in text.split():
            field, colon, answer = part.partition(":")
            if not colon or not answer:
                words = N_("“%(said)s” has no answer: it is said like field:answer.")
                raise Refused(words, said=part[:40])
            number = answer.isascii() and answer.isdecimal() and len(answer) < 10
            said[field] = (*said.get(field, ()), int(answer) if number else answer)
        return said


class Steps:
    """Steps that followed, `step@time` or `step:outcome@time`, with spaces between them."""

    def allowed(self, book: SiteBook) -> list[str]:
        """The steps; the outcome "done" need not be said."""
        return [f"{step}@…" for step in Listed("incident_step").allowed(book)]

    def __call__(self, text: str, reading: Reading) -> tuple[tuple[str, str, datetime], ...]:
        """Each step with its outcome and instant."""
        return tuple(self._one(part, reading) for part in text.split())

    def words(self, value: tuple[tuple[str, str, datetime], ...]) -> Iterator[tuple[str, str]]:
        """The steps with their list."""
        return (("incident_step", step) for step, _, _ in value)

    def _one(self, part: str, reading: Reading) -> tuple[str, str, datetime]:
        said, at, when = part.partition("@")
        if not at:
            words = N_("“%(said)s” has no time: it is said like step@2025-03-09T14:02.")
            raise Refused(words, said=part[:40])
        step, _colon, outcome = said.partition(":")
        code = Listed("incident_step")(step, reading)
        how = OneOf(tuple(STEP_OUTCOMES))(outcome or DONE, reading)
        return code, how, cells.moment(when, reading)


SHEET = Sheet(
    "incidents.csv",
    "Something else that happened; what a kind asks and which steps follow is set in the site's lists",
    (
        Column("id", cells.source_id, "What this incident is called where it comes from", "example-i2"),
        Column(
            "visit",
            cells.source_id,
            "In which visit: an id of visits.csv, or V1187",
            "example-v100",
            names="visit",
        ),
        Column("response", cells.source_id, "With which response: an id, or R0412", names="response"),
        Column("happened_at", cells.moment, "When", "2025-03-04 14:20", needed=True),
        Column("kind", Listed("incident_kind"), "What happened", "*", needed=True),
        Column("where", Where(), "Where: a place, or a part of the house", "*"),
        Column("answers", Answers(), "What the kind asks, as field:answer with spaces between"),
        Column(
            "steps",
            Steps(),
            "What was done then, as step@2025-03-04T15:00 with spaces between; what was not, with its "
            f"outcome ({', '.join(outcome for outcome in STEP_OUTCOMES if outcome != DONE)}), as "
            "step:not_needed@2025-03-04T15:00",
        ),
        Column("closed_at", cells.moment, "When it was closed", "2025-03-04 15:10"),
        Column("end", Listed("incident_end"), "How it ended; empty: it is still open", "*"),
        Column("note", cells.note, "Free words; they can be erased", erasable=True),
    ),
)
_COLUMNS = {"kind": "answers", "step": "steps", "outcome": "steps", "witness": "steps"}


def joined(unit: Unit) -> Iterator[Wrong]:
    """What is wrong with how an incident's columns fit together."""
    if unit.row["closed_at"] is not None and unit.row["end"] is None:
        yield Wrong(unit.row, "end", "“closed_at” is said, so this is needed.")


def make(unit: Unit, names: Names) -> WholeIncident:
    """The incident a row tells of; one that ended and does not say when was settled at once."""
    row = unit.row
    known = [names.get(noun, row[noun]) for noun in ("visit", "response")]
    ties = [one.ref for one in known if one is not None]
    what = Happening(row["kind"], row["where"], row["answers"] or {}, ties)
    ended = (row["end"], row["closed_at"] or row["happened_at"]) if row["end"] else None
    steps = [(Step(step, outcome), when) for step, outcome, when in row["steps"] or ()]
    return WholeIncident(what, row["happened_at"], steps, ended, row["note"], unit.token)


def checking(reading: Reading) -> Check:
    """Refuse what the single verbs of an incident refuse."""
    staff = incidents.staff_refs()

    def check(unit: Unit, whole: WholeIncident) -> Iterator[Wrong]:
        columns = _COLUMNS | {f"ask_{field}": "answers" for field in whole.what.answers}
        yield from refused(unit.row, lambda: incidents.check_incident(whole, staff, reading.at), columns)

    return check


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return incidents.enter_incidents(wholes, **words)


NOUN = Noun("incident", SHEET, "I{:04d}", make, checking, enter, joined=joined)
