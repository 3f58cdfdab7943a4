"""The verbs of referrals: offer, climb the ladder, promise to ask again, amend, strike; the directory's."""

from datetime import date, datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.referrals import queries, rules
from sitelog.referrals.directory_verbs import add_service, change_service, list_services
from sitelog.referrals.models import FollowUp, Referral, Rung
from sitelog.referrals.whole import (
    KINDS,
    WholeReferral,
    check_referral,
    enter_referrals,
    services_by_code,
)
from sitelog.site import queries as site
from sitelog.store.recorded import Recorded
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link
from sitelog.visits import queries as visits

__all__ = [
    "WholeReferral",
    "add_service",
    "change_service",
    "check_referral",
    "enter_referrals",
    "list_services",
    "services_by_code",
]


def offer(
    service: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    person: str | None = None,
    visit: str | None = None,
    response: str | None = None,
    follow_up_on: date | None = None,
    note: str | None = None,
) -> Referral:
    """Offer a service: to a visit's person, to a person by ref, or to nobody named."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Referral)[0]
        entry = queries.service(service)
        came = visits.visit(visit) if visit else None
        person_id = came.person_id if came else people.person(person).id if person else None
        number = trail.next_number(Referral)
        ref = f"F{number:04d}"
        row = Referral(
            number=number, ref=ref, service_code=entry.code, kind=entry.kind, on_site=entry.on_site
        )
        row.person_id, row.visit_id, row.response_ref = person_id, came.id if came else None, response
        rung = Rung(ref=ref, rung="offered", happened_at=happened_at, by=by.ref)
        asks = _follow_ups(ref, follow_up_on, by, happened_at, at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("referral.offered", ref, row, rung, *asks, **words)
        return row


def accept(ref: str, **words: Any) -> Rung:
    """The person said yes."""
    return _climb(ref, "accepted", **words)


def decline(ref: str, **words: Any) -> Rung:
    """The person said no."""
    return _climb(ref, "declined", **words)


def make(ref: str, how: str, **words: Any) -> Rung:
    """The agency was told, in one of the ways of `rules.HOW`."""
    return _climb(ref, "made", how=how, **words)


def attend(ref: str, **words: Any) -> Rung:
    """The person presented for assessment at the agency."""
    return _climb(ref, "attended", **words)


def did_not_attend(ref: str, **words: Any) -> Rung:
    """The agency says they did not come."""
    return _climb(ref, "did_not_attend", **words)


def not_known(ref: str, **words: Any) -> Rung:
    """Nobody can say whether they came."""
    return _climb(ref, "unknown", **words)


def close(ref: str, **words: Any) -> Rung:
    """Nothing more is to be done about it."""
    return _climb(ref, "closed", **words)


def follow_up(
    ref: str,
    due_on: date,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> FollowUp:
    """Promise to ask again on a site date; settles the follow-up that was due."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, FollowUp)[0]
        queries.referral(ref)
        row = _follow_ups(ref, due_on, by, happened_at, at)[0]
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("referral.follow_up_set", ref, row, **words)
        return row


def note(
    ref: str, words: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Link:
    """Leave words for the team; they can be erased and are never printed in a report."""
    with transaction():
        if first := seen(token, by=by):
            return first
        queries.referral(ref)
        if not words.strip():
            raise Refused(N_("Write a note first."), field="note")
        meta: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        return append("referral.noted", ref, note=words, **meta)


def print_letter(
    ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Link:
    """A hand-over letter was printed for the person to carry; its words are kept nowhere."""
    with transaction():
        if first := seen(token, by=by):
            return first
        queries.referral(ref)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        return append("referral.letter_printed", ref, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry out of what counts. Without its offer, a referral as a whole does not count."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def amend(
    seq: int,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
    how: str | None = None,
    due_on: date | None = None,
    service: str | None = None,
) -> Link:
    """Correct an entry: its time, how it was made, when to ask again, or which service it was."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        rows: list[Recorded] = [
            *(_offer_again(row, service) for row in trail.rows_of(old, Referral)),
            *(_rung_again(row, how, happened_at) for row in trail.rows_of(old, Rung)),
            *(_ask_again(row, due_on, happened_at, at) for row in trail.rows_of(old, FollowUp)),
        ]
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return amending.amend(seq, *rows, reason=reason, **words)


def check_changeable(seq: int, by: Actor) -> Link:
    """The referral entry, if this person may change it: their own, or anybody's with that permission."""
    return amending.check_changeable(seq, "referral", by)


def _climb(
    ref: str,
    rung: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    how: str | None = None,
    follow_up_on: date | None = None,
    note: str | None = None,
) -> Rung:
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Rung)[0]
        queries.referral(ref)
        rules.check_how(rung, how)
        rules.check_step(queries.steps(ref), rules.Step(rung, happened_at))
        row = Rung(ref=ref, rung=rung, how=how, happened_at=happened_at, by=by.ref)
        asks = _follow_ups(ref, follow_up_on, by, happened_at, at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append(f"referral.{KINDS.get(rung, rung)}", ref, row, *asks, **words)
        return row


def _follow_ups(
    ref: str, due_on: date | None, by: Actor, happened_at: datetime, at: datetime
) -> list[FollowUp]:
    if due_on is None:
        return []
    rules.check_due_on(due_on, site.calendar().day_of(at))
    return [FollowUp(ref=ref, due_on=due_on, happened_at=happened_at, by=by.ref)]


def _offer_again(row: Referral, service: str | None) -> Referral:
    entry = queries.service(service) if service and service != row.service_code else None
    again = Referral(number=row.number, ref=row.ref, person_id=row.person_id, visit_id=row.visit_id)
    again.response_ref = row.response_ref
    again.service_code = entry.code if entry else row.service_code
    again.kind = entry.kind if entry else row.kind
    again.on_site = entry.on_site if entry else row.on_site
    return again


def _rung_again(row: Rung, how: str | None, happened_at: datetime) -> Rung:
    chosen = (how or row.how) if row.rung == "made" else None
    rules.check_how(row.rung, chosen)
    others = [step for step in queries.steps(row.ref) if step.seq != _root(row)]
    rules.check_step(others, rules.Step(row.rung, happened_at, seq=_root(row)))
    return Rung(
        ref=row.ref, rung=row.rung, how=chosen, happened_at=happened_at, by=row.by, root_seq=_root(row)
    )


def _ask_again(row: FollowUp, due_on: date | None, happened_at: datetime, at: datetime) -> FollowUp:
    if due_on and due_on != row.due_on:
        with about("due_on"):
            rules.check_due_on(due_on, site.calendar().day_of(at))
    words = {"happened_at": happened_at, "by": row.by, "root_seq": _root(row)}
    return FollowUp(ref=row.ref, due_on=due_on or row.due_on, **words)


def _root(row: Rung | FollowUp) -> int:
    return row.root_seq or row.link_seq
