"""Whole responses from records kept elsewhere, recognised to closed: the links the single verbs make."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.days import check_not_ahead
from sitelog.ground.errors import about
from sitelog.responses import queries, rules
from sitelog.responses.case import Done, Measured
from sitelog.responses.models import Closing, PathwayChange, Response
from sitelog.responses.step_verbs import beginning, step_row, vitals_row
from sitelog.responses.steps import KINDS
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail.actions import Entry, append_many
from sitelog.trail.queries import next_number


@dataclass(frozen=True, slots=True)
class WholeResponse:
    """A response that is closed. `entries` are its steps and measurements; instants are aware.

    `note` is kept where it can be erased; `token` makes the second of two equal ones the first.
    """

    recognised_at: datetime
    closed_at: datetime
    outcome: str
    area: str = "elsewhere"
    place_code: str | None = None
    visit_id: int | None = None
    pathway: str | None = None
    entries: tuple[Done | Measured, ...] = ()
    plan: str | None = None
    note: str | None = None
    token: str | None = None


def enter_responses(wholes: Iterable[WholeResponse], *, by: Actor, at: datetime) -> int:
    """Enter responses that are closed, as late entries; they get consecutive numbers, this is the first.

    Refused at the first that the single verbs would refuse, and then none is entered. The doses take nothing
    from the stock: what is on the shelf now was counted after they were given.
    """
    with transaction():
        first = next_number(Response)
        append_many(_told(wholes, first, at), by=by, at=at)
        return first


def check_response(whole: WholeResponse, at: datetime) -> None:
    """Refused, with the field, if the single verbs would refuse it; entries are checked by `check_entry`."""
    for field in ("recognised_at", "closed_at"):
        with about(field):
            check_not_ahead(getattr(whole, field), at)
    with about("place"):
        rules.check_area(whole.area)
        if whole.place_code is not None:
            site.book().place(whole.place_code)
    if whole.pathway is not None:
        rules.check_pathway(whole.pathway)
    check_choice(site.book_for(whole.recognised_at), "outcome", whole.outcome, "outcome")
    rules.check_plan(whole.plan)


def check_entry(entry: Done | Measured, at: datetime) -> None:
    """Refused, with the field, if the single verbs would refuse this step or measurement."""
    with about("happened_at"):
        check_not_ahead(entry.happened_at, at)
    if isinstance(entry, Done):
        rules.check_step(entry, queries.device_codes(), at)
    else:
        rules.check_vitals(entry, at)


def _told(wholes: Iterable[WholeResponse], first: int, at: datetime) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        check_response(whole, at)
        for entry in whole.entries:
            check_entry(entry, at)
        yield from _entries(whole, number)


def _entries(whole: WholeResponse, number: int) -> Iterator[Entry]:
    made, began = Response(id=number, number=number, ref=f"R{number:04d}"), whole.recognised_at
    area = "place" if whole.place_code else whole.area
    where = {"happened_at": began, "area": area}
    where |= {"place_code": whole.place_code, "visit_id": whole.visit_id}
    rows = [made, *beginning(number, where, began)]
    yield Entry("response.started", made.ref, rows, began, whole.token, whole.note)
    if whole.pathway is not None:
        row = PathwayChange(response_id=number, happened_at=began, pathway=whole.pathway)
        yield Entry("response.pathway_set", made.ref, [row], began)
    for entry in sorted(whole.entries, key=lambda entry: entry.happened_at):
        yield _step(entry, made)
    end = Closing(response_id=number, happened_at=whole.closed_at, outcome=whole.outcome, plan=whole.plan)
    yield Entry("response.closed", made.ref, [end], whole.closed_at)


def _step(entry: Done | Measured, made: Response) -> Entry:
    if isinstance(entry, Done):
        kind, row = f"response.{KINDS[entry.kind].past}", [step_row(made.id, entry)]
        return Entry(kind, made.ref, row, entry.happened_at)
    return Entry("response.vitals_recorded", made.ref, [vitals_row(made.id, entry)], entry.happened_at)
