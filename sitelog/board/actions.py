"""The board's own verbs: a note about the shift, and taking back one's last entry."""

from datetime import datetime
from typing import Any, Protocol

from sitelog.alerts import actions as alerts
from sitelog.board import feed
from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.incidents import actions as incidents
from sitelog.people import actions as people
from sitelog.referrals import actions as referrals
from sitelog.responses import actions as responses
from sitelog.responses import queries as running
from sitelog.services import actions as services
from sitelog.store.transaction import transaction
from sitelog.supplies import actions as supplies
from sitelog.trail import amend
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link
from sitelog.visits import actions as visits

SUBJECT = "board"
LONGEST_NOTE = 2000


class Strike(Protocol):
    """A feature's verb that takes one of its entries back."""

    def __call__(self, seq: int, *, by: Actor, at: datetime, reason: str, token: str | None) -> object:
        """Strike the entry `seq`."""


def note(words: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Link:
    """Write something down about the shift; the words are kept where they can be erased."""
    _check_words(words)
    with transaction():
        if first := seen(token, by=by):
            return first
        when: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at}
        return append("board.note_written", SUBJECT, **when, token=token, note=words.strip())


def amend_note(
    seq: int,
    words: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
) -> Link:
    """Write a note anew; the old one stays readable."""
    _check_words(words)
    when = {"happened_at": happened_at, "at": at}
    return amend.amend(seq, by=by, **when, reason=reason, token=token, note=words.strip())


def strike_note(seq: int, *, by: Actor, at: datetime, reason: str, token: str | None = None) -> Link:
    """Strike a note through."""
    return amend.strike(seq, by=by, at=at, reason=reason, token=token)


# Which verb takes back an entry about a noun.
STRIKES: dict[str, Strike] = {
    "visit": visits.strike,
    "response": responses.strike,
    "referral": referrals.strike,
    "supply": supplies.strike,
    "service": services.strike,
    "group": services.strike_session,
    "person": people.strike,
    "incident": incidents.strike,
    "alert": alerts.strike,
    "board": strike_note,
}


def undo(*, by: Actor, at: datetime, seq: int | None = None, token: str | None = None) -> Link | None:
    """Take back one's own newest entry, while it is young; `seq` is the one that was seen on the screen. What
    was taken back; None where the same press came before."""
    with transaction():
        if seen(token, by=by):
            return None
        mine = feed.my_last(by, at)
        if mine is None:
            raise Conflict(N_("Nothing of yours is young enough to undo. Amend the entry instead."))
        if seq is not None and mine.seq != seq:
            raise Conflict(N_("You made another entry since. Undo that one first, or amend this one."))
        if mine.noun == "response" and mine.subject in {one.ref for one in running.open_responses(at)}:
            raise Conflict(N_("Your last entry is of %(ref)s, which runs: undo it there."), ref=mine.subject)
        STRIKES[mine.noun](mine.seq, by=by, at=at, reason="undone", token=token)
        return mine


def _check_words(words: str) -> None:
    if not words.strip():
        raise Refused(N_("Write what the next shift should know."), field="words")
    if len(words) > LONGEST_NOTE:
        raise Refused(N_("At most %(n)s characters."), field="words", n=LONGEST_NOTE)
