"""The verbs of supplies: exchange, give kits, pick up, receive, count, waste, and their corrections."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.store.transaction import transaction
from sitelog.supplies import queries
from sitelog.supplies.entered import PAST, head_of, moves_of_dose, rows_of
from sitelog.supplies.models import Entry, Move
from sitelog.supplies.rules import Count, Exchange, Level, NaloxoneKits, Receipt, SharpsPickUp, Waste, What
from sitelog.supplies.whole import WholeSupply, check_supply, enter_supplies
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link

__all__ = ["WholeSupply", "check_supply", "enter_supplies"]


def exchange(what: Exchange, **words: Any) -> Entry:
    """Hand out and take back in one entry; more may come back than was given."""
    return _enter(what, **words)


def give_naloxone_kits(what: NaloxoneKits, **words: Any) -> Entry:
    """Naloxone kits to take along."""
    return _enter(what, **words)


def pick_up(what: SharpsPickUp, **words: Any) -> Entry:
    """Sharps picked up in public, or a bin emptied or collected."""
    return _enter(what, **words)


def receive(what: Receipt, **words: Any) -> Entry:
    """Stock came."""
    return _enter(what, **words)


def count(what: Count, **words: Any) -> Entry:
    """A lot was counted; what differs is a move of its own, explained."""
    return _enter(what, **words)


def waste(what: Waste, **words: Any) -> Entry:
    """Stock was thrown away."""
    return _enter(what, **words)


def set_cylinder(what: Level, **words: Any) -> Entry:
    """An oxygen cylinder was looked at, changed or emptied."""
    return _enter(what, **words)


def use_up(
    micrograms: int | None, route: str | None, happened_at: datetime, instead_of: int | None = None
) -> list[Move]:
    """The stock a dose uses, as rows to hang on the dose's own link, so that it is amended and struck
    with it; `instead_of` is the dose's entry that is being amended."""
    return moves_of_dose(micrograms, route, happened_at, instead_of)


def amend(
    seq: int,
    what: What,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Say an entry anew; what it had moved is moved back and the new amounts are moved."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        before = trail.rows_of(old, Entry)[0]
        head = _head(before.number, what, happened_at)
        rows = rows_of(what, happened_at, without=seq)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return amending.amend(seq, head, *rows, reason=reason, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry out of what counts, its moves of stock with it."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def check_changeable(seq: int, by: Actor) -> Link:
    """The supplies entry, if this person may change it: their own, or anybody's with that permission."""
    return amending.check_changeable(seq, "supply", by)


def _enter(
    what: What,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Entry:
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Entry)[0]
        head = _head(trail.next_number(Entry), what, happened_at)
        rows = rows_of(what, happened_at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append(f"supply.{PAST[type(what)]}", head.ref, head, *rows, **words)
        return head


def _head(number: int, what: What, happened_at: datetime) -> Entry:
    visit = getattr(what, "visit", None)
    if visit and not queries.visit_is_known(visit):
        raise Refused(N_("There is no visit %(ref)s."), field="visit", ref=visit)
    return head_of(number, what, happened_at)
