"""Reads of the register: who is who, and who is meant by what was typed."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, and_, bindparam, func, or_, select, union_all

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people.merges import root, roots, together
from sitelog.people.models import Code, Handle, Merge, Person
from sitelog.people.names import check_spellings, handle_of, with_names
from sitelog.people.notices import (
    Notices,
    Restricted,
    Signs,
    Warned,
    agreement_now,
    alerts_of,
    has_ended,
    notices,
    restrictions_ending,
    restrictions_of,
    signed_by,
    signs,
)
from sitelog.people.rules import MOST_MISSING, letters_missing, normalise, one_slip, spellings_of, words_of
from sitelog.people.said import Line, sentences, timeline
from sitelog.people.traits import Traits, ages_advised, traits
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.trail.amend import is_current
from sitelog.trail.queries import in_parts

__all__ = [
    "Known",
    "Line",
    "Mention",
    "Notices",
    "Restricted",
    "Signs",
    "Traits",
    "Warned",
    "ages_advised",
    "agreement_now",
    "alerts_of",
    "by_handle",
    "check_spellings",
    "find",
    "handle_of",
    "has_ended",
    "known_as",
    "mentioned_by",
    "mentions",
    "nearly",
    "notices",
    "person",
    "restrictions_ending",
    "restrictions_of",
    "root",
    "roots",
    "sentences",
    "signed_by",
    "signs",
    "timeline",
    "together",
    "traits",
    "with_names",
]

# Sorts after every letter a handle can begin to go on with.
_LAST = "\U0010ffff"
_REF = re.compile(r"\s*[Pp](\d{1,9})\s*")
_MENTIONED = "sitelog.people.mentioned"


@dataclass(frozen=True)
class Known:
    """A person of the register; `handle` and `code` are None where they have none, or asked to be forgotten.

    `also` are the handles of registrations that turned out to be theirs.
    """

    id: int
    ref: str
    handle: str | None
    code: str | None = None
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What staff call them."""
        return self.handle or self.ref


@dataclass(frozen=True)
class Mention:
    """Where else somebody is written of: a visit, a response, a referral. `stands`: it was not struck."""

    noun: str
    ref: str
    at: datetime
    stands: bool = True


Reader = Callable[[Collection[int]], Iterable[Mention]]

# Built once: putting a statement together costs more than running it.
_WHO = (
    select(Person.id, Person.ref, Handle.text.label("handle"), Code.text.label("code"))
    .outerjoin(Handle, Handle.person_id == Person.id)
    .outerjoin(Code, Code.person_id == Person.id)
    .where(is_current(Person), Person.id.in_(bindparam("ids", expanding=True)))
)
_OWNER: dict[Any, Select[Any]] = {
    words: select(words.person_id)
    .where(words.normalised.in_(bindparam("spelled", expanding=True)))
    .order_by(func.length(words.normalised).desc())
    .limit(1)
    for words in (Handle, Code)
}
_OF_REF = select(Person.id).where(Person.ref == bindparam("ref"), is_current(Person))
# Everything somebody may be found by.
_SPELLED = union_all(
    select(Handle.person_id, Handle.normalised), select(Code.person_id, Code.normalised)
).subquery()


def person(ref: str) -> Known:
    """The person people call by this ref, or whom it was merged into; Unknown if there is none."""
    found = connection().scalar(_OF_REF, {"ref": ref})
    known = _known([found]) if found is not None else []
    if not known:
        raise Unknown(N_("There is no person %(ref)s."), ref=ref[:16])
    return known[0]


def ids_of(refs: Collection[str]) -> dict[str, int]:
    """The ids of these people of the register, by ref; one that is not there is left out."""
    chosen = select(Person.ref, Person.id).where(is_current(Person))
    return {ref: person_id for ref, person_id in in_parts(chosen, Person.ref, refs)}


def spellings() -> dict[str, str]:
    """Every handle that is taken, as it is compared, with its person's ref."""
    rows = select(Handle.normalised, Person.ref).join(Person, Person.id == Handle.person_id)
    return {spelled: ref for spelled, ref in db.session.execute(rows)}


def by_handle(text: str) -> Known | None:
    """The person whose handle this is, however it is spelled."""
    return _spelled_so(Handle, text)


def by_code(text: str) -> Known | None:
    """The person whose code this is, however it is spelled."""
    return _spelled_so(Code, text)


def known_as(text: str) -> Known | None:
    """The person whose handle or code this is, however it is spelled."""
    return by_handle(text) or by_code(text)


def meant(text: str) -> Known | None:
    """The one person whose handle, code or number this is."""
    numbered = _by_ref(text)
    return known_as(text) or (whole(numbered[0]) if numbered else None)


def people_of(person_ids: Iterable[int]) -> dict[int, Known]:
    """The people these registrations count as now, by registration."""
    wanted = set(person_ids)
    found = {one.id: one for one in _known(sorted(wanted))}
    return {one: found[root(one)] for one in wanted if root(one) in found}


def find(text: str, limit: int = 8) -> list[Known]:
    """People whose handle or code begins with what was typed, then those where it stands further in.

    Words may come in any order. Their ref finds them too.
    """
    typed = normalise(text)
    if not typed:
        return []
    spelled, length = _SPELLED.c.normalised, func.length(_SPELLED.c.normalised)
    # One run of letters, or all of its words wherever each stands.
    words = and_(*(spelled.contains(word, autoescape=True) for word in words_of(text)))
    anywhere = or_(spelled.contains(typed, autoescape=True), words)
    # Those that begin with it come first, shorter ones before longer ones.
    begins = spelled.between(typed, typed + _LAST)
    standing = select(_SPELLED.c.person_id).join(Person, Person.id == _SPELLED.c.person_id)
    chosen = standing.where(anywhere, is_current(Person)).order_by(begins.desc(), length, spelled)
    # Somebody may be found twice: by the code too, or by what a merged registration was called.
    ids = [*_by_ref(text), *db.session.scalars(chosen.limit(limit * 3))]
    return _known(ids)[:limit]


def nearly(text: str, limit: int = 8) -> list[Known]:
    """People whose handle or code was typed with a slip of the finger or a few letters left out."""
    typed = normalise(text)
    close = func.length(_SPELLED.c.normalised).between(len(typed) - 1, len(typed) + MOST_MISSING)
    rows = db.session.execute(select(_SPELLED).where(close).order_by(_SPELLED.c.normalised)).all()
    slips = [row.person_id for row in rows if one_slip(typed, row.normalised)]
    short = [row.person_id for row in rows if letters_missing(typed, row.normalised)]
    return _known([*slips, *short])[:limit]


def newest(limit: int = 20) -> list[Known]:
    """The people registered last, newest first."""
    merged = select(Merge.person_id).where(is_current(Merge))
    chosen = select(Person.id).where(is_current(Person), Person.id.not_in(merged))
    return _known(db.session.scalars(chosen.order_by(Person.number.desc()).limit(limit)).all())


def mentioned_by(app: Flask, *readers: Reader) -> None:
    """Let the floors above say where else somebody is written of; each takes ids of one person."""
    app.extensions[_MENTIONED] = readers


def mentions(person_ids: Collection[int]) -> list[Mention]:
    """Every visit, response and referral of these registrations, newest first, struck ones too."""
    readers: tuple[Reader, ...] = current_app.extensions.get(_MENTIONED, ())
    found = [mention for read in readers for mention in read(person_ids)]
    return sorted(found, key=lambda one: (one.at, one.ref), reverse=True)


def refs_of(person_ids: Collection[int]) -> list[str]:
    """The numbers of these registrations."""
    chosen = select(Person.ref).where(Person.id.in_(person_ids)).order_by(Person.number)
    return list(db.session.scalars(chosen))


def subjects_of(person_ids: Collection[int]) -> list[str]:
    """The subjects of everything that is written about these registrations, their own entries first."""
    return list(dict.fromkeys([*refs_of(person_ids), *(mention.ref for mention in mentions(person_ids))]))


def owner_of(words: type[Handle] | type[Code], text: str) -> int | None:
    """The registration that holds these words, merged or not."""
    found: int | None = connection().scalar(_OWNER[words], {"spelled": spellings_of(text)})
    return found


def whole(person_id: int) -> Known:
    """The person a registration counts as now."""
    return _known([person_id])[0]


def _spelled_so(words: type[Handle] | type[Code], text: str) -> Known | None:
    found = owner_of(words, text) if normalise(text) else None
    return next(iter(_known([found])), None) if found is not None else None


def _by_ref(text: str) -> list[int]:
    said = _REF.fullmatch(text)
    if said is None:
        return []
    return list(db.session.scalars(select(Person.id).where(Person.number == int(said[1]))))


def _known(ids: Sequence[int]) -> list[Known]:
    """These people in this order, each once, merged registrations as the person they are."""
    wanted = list(dict.fromkeys(root(one) for one in ids))
    whole = together(wanted)
    found = connection().execute(_WHO, {"ids": list(whole)}) if whole else ()
    rows = {row.id: row for row in found}
    also: dict[int, list[Any]] = {}
    for old, new in whole.items():
        if old != new and old in rows:
            also.setdefault(new, []).append(rows[old])
    return [_one(rows[one], also.get(one, [])) for one in wanted if one in rows]


def _one(row: Any, also: Sequence[Any]) -> Known:
    others = tuple(other.handle for other in also if other.handle)
    code = row.code or next((other.code for other in also if other.code), None)
    return Known(row.id, row.ref, row.handle, code, others)
