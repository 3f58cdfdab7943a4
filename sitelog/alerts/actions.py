"""The verbs of drug alerts: write, read, end, and their corrections."""

import secrets
from datetime import datetime
from typing import Any

from sitelog.alerts import queries, rules
from sitelog.alerts.models import AlertEnded, AlertRead, AlertWords, DrugAlert
from sitelog.alerts.rules import Alert
from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import chain
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link


def write(
    alert: Alert, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> DrugAlert:
    """Warn everybody at the desk."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, DrugAlert)[0]
        number = trail.next_number(DrugAlert)
        row = _row(number, f"A{number:04d}", alert, at)
        append("alert.written", row.ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def read(
    ref: str, version_seq: int, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Link:
    """Say that one has read an alert as it stood on the screen; a second time is the same reading.

    Conflict where it says something else by now.
    """
    with transaction():
        if first := seen(token, by=by):
            return first
        if queries.alert(ref).link_seq != version_seq:
            raise Conflict(N_("Drug alert %(ref)s was changed meanwhile. Read it again."), ref=ref)
        if before := queries.reading(version_seq, by.ref):
            return before
        receipt = AlertRead(ref=ref, version_seq=version_seq)
        return append("alert.read", ref, receipt, by=by, happened_at=happened_at, at=at, token=token)


def end(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Link:
    """Take an alert off every screen; it stays readable on the page of alerts."""
    with transaction():
        if first := seen(token, by=by):
            return first
        if queries.is_over(queries.alert(ref), at):
            raise Conflict(N_("Drug alert %(ref)s has ended already."), ref=ref)
        gone = AlertEnded(ref=ref, happened_at=happened_at)
        return append("alert.ended", ref, gone, by=by, happened_at=happened_at, at=at, token=token)


def amend(
    seq: int,
    alert: Alert,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
) -> Link:
    """Write an alert anew; everybody reads it again. Both versions stay."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        rows = trail.rows_of(old, DrugAlert)
        if not rows:
            raise Refused(N_("Entry %(seq)s is no text of a drug alert; it can only be struck."), seq=seq)
        row = _row(rows[0].number, rows[0].ref, alert, at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        return amending.amend(seq, row, reason=reason, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry back: an alert, that it was read, or that it ended."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def check_changeable(seq: int, by: Actor) -> Link:
    """The entry, if it is about a drug alert and this person may change it."""
    return amending.check_changeable(seq, "alert", by)


def _row(number: int, ref: str, alert: Alert, at: datetime) -> DrugAlert:
    """The row of a version; its words are put where they can be erased."""
    calendar = site.calendar()
    rules.check(alert, calendar.day_of(at))
    text = f"{rules.one_line(alert.what)}\n{alert.advice.strip()}"
    key, salt = secrets.token_hex(16), secrets.token_bytes(16)
    db.session.add(AlertWords(words_key=key, text=text, salt=salt))
    row = DrugAlert(number=number, ref=ref, since_on=alert.since_on, words_key=key)
    row.words_seal = chain.seal(salt, text.encode())
    row.ends_at = calendar.day(alert.ends_on).end if alert.ends_on else None
    return row
