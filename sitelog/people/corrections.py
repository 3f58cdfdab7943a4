"""Amend and strike entries of the register: the old version stays readable, but for words that are erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect

from sitelog.ground.access import Actor, Permission
from sitelog.ground.errors import Conflict, Forbidden, Refused
from sitelog.ground.words import N_
from sitelog.people import merges, queries, rules
from sitelog.people.models import (
    Agreement,
    Alert,
    Code,
    Coding,
    Ending,
    Handle,
    LetIn,
    Merge,
    Person,
    Restriction,
    Trait,
)
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store import erasure
from sitelog.store.recorded import Recorded
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import seen
from sitelog.trail.models import Link

# What can be said anew of an entry, column by column. What is not here is struck and entered again.
AMENDED: Mapping[type[Any], tuple[str, ...]] = {
    Trait: ("birth_year", "gender"),
    Agreement: ("version", "signed_on"),
    Alert: ("kind",),
    Restriction: ("reason", "starts_on", "ends_on", "review_on", "decided_by"),
    LetIn: ("reason",),
}


def amend(
    seq: int,
    said: Mapping[str, Any],
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Say an entry anew: `said` holds the columns of AMENDED that change; `note` is its words from now on."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        rows = _rows(old, *AMENDED)
        if len(rows) != 1 or old.verb == "registered":
            raise Refused(N_("That entry cannot be said anew. Strike it, or change the person's page."))
        new = _anew(rows[0], said)
        _check(new, happened_at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return amending.amend(seq, new, reason=reason, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry out of what counts. A struck merge makes two people again; a struck code is erased."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        for person in _rows(old, Person):
            _check_unused(person)
            theirs = (delete(words).where(words.person_id == person.id) for words in (Handle, Code))
            erasure.erase(*theirs, at=at)
        for coding in _rows(old, Coding):
            erasure.erase(delete(Code).where(Code.code_key == coding.code_key), at=at)
        struck = amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)
        merges.forget_kept()
        return struck


def check_changeable(seq: int, by: Actor) -> Link:
    """The register's entry, if it still stands, is this actor's to change, and took no words away."""
    old = amending.check_amendable(seq)
    if old.noun != "person":
        raise Refused(N_("Entry %(seq)s is not about a person."), seq=seq)
    amending.check_own(old, by)
    if old.kind in rules.FINAL or merges.forgotten_since([old]):
        raise Conflict(N_("The words of before were erased for good and cannot come back."))
    if _rows(old, Merge) or _lifts(old):
        check_lead(by)
    return old


def check_lead(by: Actor) -> None:
    """Forbid what only the site lead does, and takes back."""
    if not by.can(Permission.MANAGE_PEOPLE):
        raise Forbidden(
            N_("Only the site lead merges registrations, lifts restrictions and forgets a person.")
        )


def _lifts(link: Link) -> bool:
    ended = [trail.link(row.entry_seq) for row in _rows(link, Ending)]
    return any(_rows(one, Restriction) for one in ended)


def _rows(link: Link, *models: Any) -> list[Any]:
    return [row for model in models for row in trail.rows_of(link, model)]


def _anew(row: Any, said: Mapping[str, Any]) -> Recorded:
    kept = {a.key: getattr(row, a.key) for a in inspect(type(row)).column_attrs}
    kept = {name: value for name, value in kept.items() if name not in ("id", "link_seq")}
    if "root_seq" in kept:
        kept["root_seq"] = row.root_seq or row.link_seq
    changes = {name: value for name, value in said.items() if name in AMENDED[type(row)]}
    new: Recorded = type(row)(**{**kept, **changes})
    return new


def _check(row: Any, happened_at: datetime) -> None:
    book, today = site.book(), site.calendar().day_of(happened_at)
    lists = {Agreement: ("agreement", "version"), Alert: ("person_alert", "kind")}
    lists |= {Restriction: ("restriction_reason", "reason"), LetIn: ("let_in_reason", "reason")}
    if type(row) in lists:
        kind, name = lists[type(row)]
        check_choice(book, kind, getattr(row, name), name)
    if isinstance(row, Trait):
        rules.check_birth_year(row.birth_year, site.calendar().local(happened_at).year)
        if row.gender:
            check_choice(book, "gender", row.gender, "gender")
    if isinstance(row, Agreement):
        rules.check_signed_on(row.signed_on, today)
    if isinstance(row, Restriction):
        rules.check_restriction(row.starts_on, row.ends_on, row.review_on)


def _check_unused(person: Person) -> None:
    """A registration somebody came under, or that others were merged into, is more than a slip."""
    others = [old for old, new in merges.roots().items() if person.id in (old, new)]
    used = [one for one in queries.mentions([person.id]) if one.stands]
    if others or used:
        raise Conflict(
            N_("%(ref)s has visits, referrals or a merge. Correct those first, or forget the person."),
            ref=person.ref,
        )
