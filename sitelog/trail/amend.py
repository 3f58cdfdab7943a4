"""Amend and strike: both versions stay, the later one says which it replaces, who, when and why."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from sitelog.ground.access import Actor, Permission
from sitelog.ground.errors import Conflict, Forbidden, Refused
from sitelog.ground.words import N_
from sitelog.store.recorded import Recorded
from sitelog.store.transaction import transaction
from sitelog.trail import queries
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link

Row = TypeVar("Row", bound=Recorded)

# Why an entry is amended or struck; the words may be translated, the codes are in the chain.
REASONS = {
    "wrong_time": N_("wrong time"),
    "wrong_place": N_("wrong place or person"),
    "wrong_amount": N_("wrong amount or kind"),
    "did_not_happen": N_("did not happen"),
    "entered_twice": N_("entered twice"),
    "undone": N_("undone at once"),
    "other": N_("other reason, see note"),
}

# Built once a table: putting a condition together costs more than asking it.
_STANDING: dict[type[Recorded], ColumnElement[bool]] = {}


def is_current(model: type[Row]) -> ColumnElement[bool]:
    """Condition: no later link amends or strikes the link this row hangs on."""
    if model not in _STANDING:
        later = aliased(Link)
        _STANDING[model] = ~exists(select(later.seq).where(later.amends == model.link_seq))
    return _STANDING[model]


def current(model: type[Row]) -> Select[Any]:
    """The rows of a table that still stand."""
    return select(model).where(is_current(model))


def check_amendable(seq: int) -> Link:
    """The link, if it still stands; a Conflict that names the newer entry otherwise."""
    old = queries.link(seq)
    later = queries.amended_by([seq]).get(seq)
    if later is not None:
        raise Conflict(
            N_("That entry was already changed, by entry %(seq)s. Look at it before you change it again."),
            seq=later.seq,
        )
    if old.verb == "struck":
        raise Conflict(N_("That entry is itself a striking; make the entry again instead."))
    return old


def check_words_kept(seq: int) -> None:
    """Conflict if an entry that was nothing but words has lost them: nothing is left to say anew."""
    if queries.erased([seq]):
        raise Conflict(N_("The words of that entry were erased for good. Write a new note instead."))


def _check_words(seq: int, note: str | None) -> None:
    check_words_kept(seq)
    if not note and queries.notes([seq]):
        raise Refused(N_("Write the note anew, or strike it."), field="note")


def check_own(link: Link, by: Actor) -> None:
    """Forbidden to change somebody else's entry, but for a person who may change any."""
    if link.actor != by.ref and not by.can(Permission.AMEND_ANY):
        raise Forbidden(N_("Only the site lead changes what somebody else entered."))


def check_changeable(seq: int, noun: str, by: Actor) -> Link:
    """The entry, if it is about this noun and this person may change it: their own, or anybody's."""
    old = queries.link(seq)
    if old.noun != noun:
        raise Refused(N_("Entry %(seq)s is about something else."), seq=seq)
    check_own(old, by)
    return old


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry out of what counts; it stays readable, struck through."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_amendable(seq)
        words: dict[str, Any] = {"by": by, "happened_at": old.happened_at, "at": at, "token": token}
        return append(f"{old.noun}.struck", old.subject, amends=seq, reason=reason, note=note, **words)


def amend(
    seq: int,
    *rows: Recorded,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Replace an entry's rows by `rows`; the old ones stay readable."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_amendable(seq)
        if not rows:
            _check_words(seq, note)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        kind = f"{old.noun}.amended"
        return append(kind, old.subject, *rows, amends=seq, reason=reason, note=note, **words)
