"""The verbs of incidents: log, take a step, tie, note, close, and their corrections."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.incidents import queries
from sitelog.incidents.entered import About, as_entered, rows_of, staff_refs
from sitelog.incidents.models import Incident
from sitelog.incidents.rules import Closing, Happening, Step, Tie, What, Words
from sitelog.incidents.whole import WholeIncident, check_incident, enter_incidents
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link

__all__ = ["WholeIncident", "check_incident", "enter_incidents", "staff_refs"]


def log(
    what: Happening,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Incident:
    """Something happened; only its kind has to be said, the rest may come later."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Incident)[0]
        number = trail.next_number(Incident)
        about = About(number, f"I{number:04d}", by, happened_at)
        rows = rows_of(what, about)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("incident.logged", about.ref, *rows, **words)
        return queries.incident(about.ref)


def take_step(ref: str, what: Step, **words: Any) -> Link:
    """A step of the incident's protocol was taken, was not needed, or was declined."""
    return _about(ref, "step_taken", what, **words)


def tie(ref: str, what: Tie, **words: Any) -> Link:
    """The incident belongs to a visit, a response or another incident."""
    return _about(ref, "tied", what, **words)


def write(ref: str, what: Words, **words: Any) -> Link:
    """Something to know about an incident, in words that can be erased."""
    return _about(ref, "noted", what, **{**words, "note": what.text.strip()})


def close(ref: str, what: Closing, **words: Any) -> Link:
    """Nobody has to do anything about it any more. Whatever is missing, this is never refused."""
    return _about(ref, "closed", what, **words)


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
    """Say an entry anew; both versions stay."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        if type(as_entered(old)) is not type(what):
            raise Refused(N_("Entry %(seq)s says something else than that."), seq=seq)
        rows = rows_of(what, About(queries.number(old.subject), old.subject, by, happened_at))
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        kept = what.text.strip() if isinstance(what, Words) else note
        return amending.amend(seq, *rows, reason=reason, note=kept, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry back: a struck closing opens the incident again, a struck incident is none."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def check_changeable(seq: int, by: Actor) -> Link:
    """The entry, if it is about an incident and this person may change it."""
    return amending.check_changeable(seq, "incident", by)


def _about(
    ref: str,
    verb: str,
    what: Step | Tie | Words | Closing,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    with transaction():
        if first := seen(token, by=by):
            return first
        one = queries.incident(ref)
        if isinstance(what, Closing) and not queries.is_open(ref):
            raise Conflict(N_("%(ref)s is closed already."), ref=ref)
        rows = rows_of(what, About(one.number, ref, by, happened_at))
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return append(f"incident.{verb}", ref, *rows, **words)
