"""Whole services from records kept elsewhere: the links and rows the single verb makes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.services import rules
from sitelog.services.entered import rows_of
from sitelog.services.models import Given
from sitelog.services.rules import Details
from sitelog.site import queries as site
from sitelog.store.transaction import transaction
from sitelog.trail.actions import Entry, append_many
from sitelog.trail.queries import next_number


@dataclass(frozen=True, slots=True)
class WholeService:
    """A service that was given: within a visit, to a person, or to nobody named; an instant is aware.

    `note` is kept where it can be erased; `token` makes the second of two equal ones the first.
    """

    kind: str
    happened_at: datetime
    details: Details = Details()
    person_id: int | None = None
    visit_id: int | None = None
    note: str | None = None
    token: str | None = None


def enter_services(wholes: Iterable[WholeService], *, by: Actor, at: datetime) -> int:
    """Enter services as late entries; they get consecutive numbers, of which this is the first.

    Refused at the first that the single verb would refuse, and then none is entered.
    """
    with transaction():
        first = next_number(Given)
        append_many(_told(wholes, first, by, at), by=by, at=at)
        return first


def check_service(whole: WholeService, at: datetime) -> None:
    """Refused, with the field, if the single verb would refuse it."""
    if whole.happened_at > at:
        with about("happened_at"):
            raise Refused(N_("That time is still to come."))
    rules.check_details(site.book_for(whole.happened_at), whole.kind, whole.details)


def _told(wholes: Iterable[WholeService], first: int, by: Actor, at: datetime) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        check_service(whole, at)
        row = Given(number=number, ref=f"T{number:04d}", visit_id=whole.visit_id, person_id=whole.person_id)
        rows = rows_of(row, whole.kind, whole.details, whole.happened_at, by.ref)
        yield Entry("service.given", row.ref, rows, whole.happened_at, whole.token, whole.note)
