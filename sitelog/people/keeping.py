"""What would be erased if a person were forgotten: listed before anybody confirms it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from sitelog.people import queries
from sitelog.people.models import Code, Handle
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Note


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
    """Every word that tells who somebody is, and how many alerts and restrictions would end with them."""

    handles: tuple[str, ...]
    codes: tuple[str, ...]
    notes: tuple[Erased, ...]
    ends: int
    named: tuple[Naming, ...] = ()

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(one.count for one in self.notes)

    def __bool__(self) -> bool:
        return bool(self.handles or self.codes or self.notes or self.ends or self.named)


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
    )


def naming(person_ids: Collection[int]) -> Iterable[Naming]:
    """The notes about anything else in which these registrations are called by handle or code. Reads all."""
    words = [
        word.casefold()
        for model in (Handle, Code)
        for word in db.session.scalars(select(model.text).where(model.person_id.in_(person_ids)))
    ]
    if not words:
        return
    called = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    theirs = queries.subjects_of(person_ids)
    chosen = select(Note.link_seq, Note.subject, Note.text).where(Note.subject.not_in(theirs))
    for seq, subject, text in db.session.execute(chosen.order_by(Note.link_seq)):
        if called.search(text.casefold()):
            yield Naming(seq, subject, text)
