"""What would be erased if a person were forgotten: listed before anybody confirms it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import select

from sitelog.people import queries, rules
from sitelog.people.models import Code, Handle
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Note

_DRAFTED = "sitelog.people.drafted"


@dataclass(frozen=True)
class Erased:
    """Notes about one subject whose words would go: its noun ("person", "visit", ...) and its ref."""

    noun: str
    ref: str
    count: int


@dataclass(frozen=True)
class Naming:
    """A note about something else, on the board or in a handover, that holds a handle or a code as a word."""

    seq: int
    subject: str
    text: str


@dataclass(frozen=True)
class WordsKept:
    """Every word that tells who somebody is, and how many alerts and restrictions would end with them.

    `drafts` are the refs of what is not signed yet and calls them by name, one for each line.
    """

    handles: tuple[str, ...]
    codes: tuple[str, ...]
    notes: tuple[Erased, ...]
    ends: int
    named: tuple[Naming, ...] = ()
    drafts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(one.count for one in self.notes)

    def __bool__(self) -> bool:
        return bool(self.handles or self.codes or self.notes or self.ends or self.named or self.drafts)


class Drafts(Protocol):
    """A feature's words that hang on no entry yet: a module that finds and changes them."""

    def calling(self, called: rules.Calling) -> Iterable[str]:
        """The refs of what calls somebody by name, one for each line."""

    def unname(self, called: rules.Calling, ref: str, *, at: datetime) -> None:
        """Put a person's number wherever a line calls them by name, within the open transaction."""


def drafted_by(app: Flask, *drafts: Drafts) -> None:
    """Let the floors above say where words about somebody may stand that are no entry."""
    app.extensions[_DRAFTED] = drafts


def unname(person_ids: Collection[int], ref: str, *, at: datetime) -> None:
    """In what is not signed yet, call these registrations by this number from now on."""
    called = _called(person_ids)
    for drafts in _drafts():
        drafts.unname(called, ref, at=at)


def _drafts() -> tuple[Drafts, ...]:
    found: tuple[Drafts, ...] = current_app.extensions.get(_DRAFTED, ())
    return found


def _called(person_ids: Collection[int]) -> rules.Calling:
    chosen = [select(model.text).where(model.person_id.in_(person_ids)) for model in (Handle, Code)]
    return rules.calling(word for one in chosen for word in db.session.scalars(one))


def words_kept(ref: str) -> WordsKept:
    """What `forget` would erase of a person and of the registrations merged into theirs."""
    known = queries.person(ref)
    ids = list(queries.together([known.id]))
    nouns = {mention.ref: mention.noun for mention in queries.mentions(ids)}
    subjects = queries.subjects_of(ids)
    counts = trail.count_notes(subjects)
    alerts = queries.alerts_of([known.id]).get(known.id, ())
    restrictions = queries.restrictions_of([known.id]).get(known.id, ())
    return WordsKept(
        handles=tuple(db.session.scalars(select(Handle.text).where(Handle.person_id.in_(ids)))),
        codes=tuple(db.session.scalars(select(Code.text).where(Code.person_id.in_(ids)))),
        notes=tuple(Erased(nouns.get(s, "person"), s, counts[s]) for s in subjects if s in counts),
        ends=len(alerts) + len(restrictions),
        named=tuple(naming(ids)),
        drafts=tuple(one for drafts in _drafts() for one in drafts.calling(_called(ids))),
    )


def naming(person_ids: Collection[int]) -> Iterable[Naming]:
    """The notes about anything else in which these registrations are called by handle or code. Reads all."""
    called = _called(person_ids)
    theirs = queries.subjects_of(person_ids)
    chosen = select(Note.link_seq, Note.subject, Note.text).where(Note.subject.not_in(theirs))
    for seq, subject, text in db.session.execute(chosen.order_by(Note.link_seq)):
        if text in called:
            yield Naming(seq, subject, text)
