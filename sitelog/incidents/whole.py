"""Whole incidents from records kept elsewhere: the links and rows the single verbs make."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.incidents import rules
from sitelog.incidents.entered import About, happened, staff_refs
from sitelog.incidents.models import Ended, Incident, StepTaken, Tied
from sitelog.incidents.rules import Happening, Step
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail.actions import Entry, append_many
from sitelog.trail.queries import next_number


@dataclass(frozen=True, slots=True)
class WholeIncident:
    """An incident as far as it came; each instant is aware.

    `ended` is how and when it was closed, None if it is open; `note` is kept where it can be erased; `token`
    makes the second of two equal ones the first.
    """

    what: Happening
    happened_at: datetime
    steps: Sequence[tuple[Step, datetime]] = ()
    ended: tuple[str, datetime] | None = None
    note: str | None = None
    token: str | None = None


def enter_incidents(wholes: Iterable[WholeIncident], *, by: Actor, at: datetime) -> int:
    """Enter incidents as late entries; they get consecutive numbers, of which this is the first.

    Refused at the first that the single verbs would refuse, and then none is entered.
    """
    with transaction():
        first, staff = next_number(Incident), staff_refs()
        append_many(_told(wholes, first, staff, by, at), by=by, at=at)
        return first


def check_incident(whole: WholeIncident, staff: Sequence[str], at: datetime) -> None:
    """Refused, with the field, if the single verbs would refuse it; `staff` are the people of the desk."""
    book = site.book_for(whole.happened_at)
    with about("happened_at"):
        _check_past(whole.happened_at, at)
    rules.check_happening(book, whole.what, staff)
    for step, taken_at in whole.steps:
        with about("steps"):
            _check_past(taken_at, at)
            rules.check_step(book, whole.what.kind, step, "", staff)
            rules.check_after(taken_at, whole.happened_at)
    if whole.ended is not None:
        how, ended_at = whole.ended
        check_choice(book, "incident_end", how, "end")
        with about("closed_at"):
            _check_past(ended_at, at)
            rules.check_after(ended_at, whole.happened_at)


def _check_past(instant: datetime, at: datetime) -> None:
    if instant > at:
        raise Refused(N_("That time is still to come."))


def _told(
    wholes: Iterable[WholeIncident], first: int, staff: Sequence[str], by: Actor, at: datetime
) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        check_incident(whole, staff, at)
        yield from _entries(whole, About(number, f"I{number:04d}", by, whole.happened_at))


def _entries(whole: WholeIncident, head: About) -> Iterator[Entry]:
    ref, ends = head.ref, _ends(whole, head.ref)
    # What was settled at once is one entry, as at the desk.
    settled = [one for one in ends if one.happened_at == whole.happened_at]
    ties = [Tied(ref=ref, to_ref=to) for to in whole.what.ties]
    rows = [*happened(whole.what, head, site.book_for(whole.happened_at)), *ties, *settled]
    yield Entry("incident.logged", ref, rows, whole.happened_at, whole.token, whole.note)
    for step, when in whole.steps:
        taken = StepTaken(ref=ref, step=step.step, outcome=step.outcome, happened_at=when)
        yield Entry("incident.step_taken", ref, [taken], when)
    for end in ends if not settled else ():
        yield Entry("incident.closed", ref, [end], end.happened_at)


def _ends(whole: WholeIncident, ref: str) -> list[Ended]:
    if whole.ended is None:
        return []
    how, when = whole.ended
    return [Ended(ref=ref, how=how, happened_at=when)]
