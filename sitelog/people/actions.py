"""The verbs of the register: register, rename, give a code, describe, sign; the others are named here too."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.people import queries, rules
from sitelog.people.corrections import amend, strike
from sitelog.people.identity_verbs import forget, merge
from sitelog.people.models import Agreement, Code, Coding, Handle, Naming, Person, Trait
from sitelog.people.notice_verbs import end_alert, let_in, lift, restrict, set_alert
from sitelog.people.rules import NOTHING, About
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store import erasure
from sitelog.store.recorded import Recorded, insert_many
from sitelog.store.transaction import transaction
from sitelog.trail import chain
from sitelog.trail import queries as trail
from sitelog.trail.actions import Entry, append, append_many, seen

__all__ = [
    "amend",
    "end_alert",
    "forget",
    "let_in",
    "lift",
    "merge",
    "restrict",
    "set_alert",
    "strike",
]


def register(
    handle: str | None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    about: About = NOTHING,
) -> Person:
    """Give somebody new a number and keep what they are called by: a handle, a code, or both.

    Conflict if one of these is somebody else's.
    """
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Person)[0]
        about = _whole(about, happened_at)
        text = _free(handle) if handle else None
        if text is None and about.code is None:
            raise Refused(N_("Type a handle, or leave the person without one."), field="who")
        number = trail.next_number(Person)
        row = Person(id=number, number=number, ref=f"P{number:04d}")
        rows = [row, *([_name(row.id, text)] if text else []), *_about(row.id, about, happened_at)]
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.registered", row.ref, *rows, **words)
        return row


@dataclass(frozen=True, slots=True)
class WholePerson:
    """Somebody who was registered elsewhere; `token` makes the second of two equal ones the first."""

    handle: str
    registered_at: datetime
    token: str | None = None


def enter_people(wholes: Sequence[WholePerson], *, by: Actor, at: datetime) -> int:
    """Register people from records kept elsewhere; they get consecutive numbers, of which this is the first.

    Conflict at the first handle that is somebody else's, and then nobody is registered.
    """
    with transaction():
        first, taken = trail.next_number(Person), queries.spellings()
        append_many(_registrations(wholes, first, taken), by=by, at=at)
        return first


def check_person(whole: WholePerson, taken: dict[str, str]) -> str:
    """The tidied handle. Conflict, without a word of it, if it is one of those `taken` (see `spellings`)."""
    text = rules.check_handle(whole.handle)
    if other := taken.get(rules.normalise(text)):
        raise Conflict(N_("This is already the handle of %(ref)s."), ref=other)
    return text


def _registrations(wholes: Sequence[WholePerson], first: int, taken: dict[str, str]) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        text = check_person(whole, taken)
        row = Person(id=number, number=number, ref=f"P{number:04d}")
        taken[rules.normalise(text)] = row.ref
        naming, words = _named(number, text)
        kind, rows = "person.registered", [row, naming]
        yield Entry(kind, row.ref, rows, whole.registered_at, whole.token, beside=[words])


def rename(
    ref: str, handle: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> None:
    """Give a person another handle; the old words are erased."""
    with transaction():
        if seen(token, by=by):
            return
        known = queries.person(ref)
        text = _free(handle, but=known.id)
        erasure.erase(delete(Handle).where(Handle.person_id == known.id), at=at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.renamed", known.ref, _name(known.id, text), **words)


def give_code(
    ref: str, code: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> None:
    """Note a person's code, where the site wants one; the words of an older one are erased."""
    with transaction():
        if seen(token, by=by):
            return
        known = queries.person(ref)
        text = _free_code(code, happened_at, but=known.id)
        erasure.erase(delete(Code).where(Code.person_id == known.id), at=at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.code_given", known.ref, _code(known.id, text), **words)


def describe(
    ref: str,
    birth_year: int | None,
    gender: str | None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Trait:
    """Note birth year and gender as the person says them; what is left out is no longer said."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Trait)[0]
        known = queries.person(ref)
        row = _trait(known.id, birth_year, gender, happened_at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.described", known.ref, row, **words)
        return row


def sign(
    ref: str,
    version: str,
    signed_on: date | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Agreement:
    """Note that a person signed a version of the agreement, on the day it happened unless another is said."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Agreement)[0]
        known = queries.person(ref)
        row = _agreement(known.id, version, signed_on, happened_at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.signed", known.ref, row, **words)
        return row


def _whole(about: About, happened_at: datetime) -> About:
    """What was told, the code checked, and what the code itself tells filled in."""
    if about.code is None:
        return about
    code = _free_code(about.code, happened_at)
    year, gender = about.birth_year, about.gender
    if site.book().policy("person_code") == "ontario":
        told_year, told_gender = rules.told_by_code(code)
        known = {word.code for word in site.book().choices("gender")}
        year = told_year if year is None else year
        gender = told_gender if gender is None and told_gender in known else gender
    return About(code, year, gender, about.agreement)


def _about(person_id: int, about: About, happened_at: datetime) -> list[Recorded]:
    rows: list[Recorded] = [_code(person_id, about.code)] if about.code else []
    if about.birth_year is not None or about.gender:
        rows.append(_trait(person_id, about.birth_year, about.gender, happened_at))
    if about.agreement:
        rows.append(_agreement(person_id, about.agreement, None, happened_at))
    return rows


def _trait(person_id: int, birth_year: int | None, gender: str | None, happened_at: datetime) -> Trait:
    rules.check_birth_year(birth_year, site.calendar().local(happened_at).year)
    if gender:
        check_choice(site.book(), "gender", gender, "gender")
    return Trait(person_id=person_id, birth_year=birth_year, gender=gender or None)


def _agreement(person_id: int, version: str, signed_on: date | None, happened_at: datetime) -> Agreement:
    check_choice(site.book(), "agreement", version, "version")
    today = site.calendar().day_of(happened_at)
    rules.check_signed_on(signed_on or today, today)
    return Agreement(person_id=person_id, version=version, signed_on=signed_on or today)


def _free(handle: str, but: int | None = None) -> str:
    text = rules.check_handle(handle)
    owner = queries.owner_of(Handle, text)
    if owner is None or owner == but:
        return text
    other = queries.whole(owner)
    if other.id == but:
        raise Conflict(N_("“%(handle)s” is a handle of this person already, by a merge."), handle=text)
    raise Conflict(
        N_("“%(handle)s” is already the handle of %(ref)s. Choose that person, or another handle."),
        handle=other.label,
        ref=other.ref,
    )


def _free_code(code: str, happened_at: datetime, but: int | None = None) -> str:
    policy, year = site.book().policy("person_code", "none"), site.calendar().local(happened_at).year
    text = rules.check_code(code, policy, year)
    owner = queries.owner_of(Code, text)
    if owner is None or owner == but:
        return text
    other = queries.whole(owner)
    if other.id == but:
        raise Conflict(N_("This is a code of this person already, by a merge."))
    raise Conflict(
        N_("This code is already that of %(who)s. Choose that person, or leave the code out."),
        who=other.label,
        ref=other.ref,
    )


def _name(person_id: int, text: str) -> Naming:
    naming, handle = _named(person_id, text)
    insert_many([handle])
    return naming


def _named(person_id: int, text: str) -> tuple[Naming, Handle]:
    """What the chain keeps of a handle, and its words."""
    key, salt = secrets.token_hex(16), secrets.token_bytes(16)
    spelled = rules.normalise(text)
    words = Handle(handle_key=key, person_id=person_id, text=text, normalised=spelled, salt=salt)
    return Naming(person_id=person_id, handle_key=key, handle_seal=chain.seal(salt, text.encode())), words


def _code(person_id: int, text: str) -> Coding:
    key, salt = secrets.token_hex(16), secrets.token_bytes(16)
    spelled = rules.normalise(text)
    insert_many([Code(code_key=key, person_id=person_id, text=text, normalised=spelled, salt=salt)])
    return Coding(person_id=person_id, code_key=key, code_seal=chain.seal(salt, text.encode()))
