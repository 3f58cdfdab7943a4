"""Whole supplies entries from records kept elsewhere: what the single verbs make, but no stock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.store.transaction import transaction
from sitelog.supplies import models
from sitelog.supplies.entered import PAST, Passed, Rows, head_of, rows_passed
from sitelog.trail.actions import Entry, append_many
from sitelog.trail.queries import next_number


@dataclass(frozen=True, slots=True)
class WholeSupply:
    """What was handed out, taken back or picked up; its visit is on record, whoever makes it has looked.

    `note` is kept where it can be erased; `token` makes the second of two equal ones the first.
    """

    what: Passed
    happened_at: datetime
    note: str | None = None
    token: str | None = None


def enter_supplies(wholes: Iterable[WholeSupply], *, by: Actor, at: datetime) -> int:
    """Enter supplies as late entries; they get consecutive numbers, of which this is the first.

    Refused at the first that the single verbs would refuse, and then none is entered. Nothing is taken from
    the stock: what is on the shelf now was counted after it was handed out.
    """
    with transaction():
        first = next_number(models.Entry)
        append_many(_told(wholes, first, at), by=by, at=at)
        return first


def check_supply(whole: WholeSupply, at: datetime) -> Rows:
    """Its rows; Refused, with the field, if the single verbs would refuse it."""
    if whole.happened_at > at:
        with about("happened_at"):
            raise Refused(N_("That time is still to come."))
    return rows_passed(whole.what, site.book_for(whole.happened_at))


def _told(wholes: Iterable[WholeSupply], first: int, at: datetime) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        head = head_of(number, whole.what, whole.happened_at)
        rows, kind = [head, *check_supply(whole, at)], f"supply.{PAST[type(whole.what)]}"
        yield Entry(kind, head.ref, rows, whole.happened_at, whole.token, whole.note)
