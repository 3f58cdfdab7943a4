"""Reads of the trail: links, their rows, their notes, and what is said about them."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, or_, select

from sitelog.ground.days import Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.store.db import db
from sitelog.store.recorded import Recorded
from sitelog.store.remembered import followed
from sitelog.store.transaction import connection, memo, writing
from sitelog.trail.models import Link, Note, NoteSeal

Row = TypeVar("Row", bound=Recorded)
_AT_ONCE = 500
_BEGUN = "sitelog.trail.begun"
# Built once: putting a statement together costs more than running it.
_LAST = select(func.max(Link.seq))
_MADE = select(Link.at, Link.actor).where(Link.seq == bindparam("seq"))
_EARLIEST = select(func.max(Link.seq), func.min(Link.at)).where(Link.seq > bindparam("seq"))
_LAST_OF = _LAST.where(Link.kind >= bindparam("first"), Link.kind < bindparam("end"))


@dataclass(frozen=True)
class Sentence:
    """An entry in words: a translatable template and its values; `was` is the value it replaced.

    A `final` one cannot be changed any more: its words were erased, so there is nothing to say anew.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    was: str | None = None
    final: bool = False


def link(seq: int) -> Link:
    """One link by its sequence; Unknown if the chain is not that long."""
    found = db.session.get(Link, seq)
    if found is None:
        raise Unknown(N_("There is no entry number %(seq)s."), seq=seq)
    return found


def links(seqs: Sequence[int]) -> Sequence[Link]:
    """Several links by their sequence, oldest first."""
    if not seqs:
        return []
    return db.session.scalars(select(Link).where(Link.seq.in_(seqs)).order_by(Link.seq)).all()


def last() -> Link | None:
    """The chain's last link, or None while it is empty."""
    return db.session.scalar(select(Link).order_by(Link.seq.desc()).limit(1))


def last_seq() -> int:
    """The number of links: the cursor of the live stream."""
    # A transaction that has appended knows.
    known = memo().get("tail") if writing() else None
    return known[0] if known else connection().scalar(_LAST) or 0


def begun() -> datetime | None:
    """When the earliest link was written, which is not always the first: a simulated past is written after
    the accounts that were made today. None while the chain is empty."""
    return followed(_BEGUN, _begun_by)[1]


def _begun_by(known: tuple[int, datetime | None] | None) -> tuple[int, datetime | None]:
    seq, earliest = known or (0, None)
    upto, since = connection().execute(_EARLIEST, {"seq": seq}).one()
    return upto or seq, min(filter(None, (earliest, since)), default=None)


def last_seq_of(noun: str) -> int:
    """The newest link about one noun; 0 if there is none."""
    return connection().scalar(_LAST_OF, {"first": f"{noun}.", "end": f"{noun}/"}) or 0


def links_since(seq: int, limit: int = 500) -> Sequence[Link]:
    """The links after `seq`, oldest first."""
    return db.session.scalars(select(Link).where(Link.seq > seq).order_by(Link.seq).limit(limit)).all()


def recent(
    limit: int, nouns: Sequence[str] = (), *, after: int = 0, before: int | None = None
) -> Sequence[Link]:
    """The newest links, newest first, about the given nouns (all, if none is named), between two others."""
    chosen = select(Link).where(Link.seq > after).order_by(Link.seq.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(Link.seq < before)
    if nouns:
        chosen = chosen.where(or_(*(Link.kind.startswith(f"{noun}.") for noun in nouns)))
    return db.session.scalars(chosen).all()


def walked_back(
    limit: int, *, noun: str = "", actor: str = "", window: Window | None = None, before: int | None = None
) -> Sequence[Link]:
    """The newest links, newest first: about a noun, by somebody, written in a window, before another."""
    chosen = select(Link).order_by(Link.seq.desc()).limit(limit)
    if noun:
        chosen = chosen.where(Link.kind.startswith(f"{noun}."))
    if actor:
        chosen = chosen.where(Link.actor == actor)
    if window is not None:
        chosen = chosen.where(Link.seq >= first_seq_at(window.start), Link.seq < first_seq_at(window.end))
    if before is not None:
        chosen = chosen.where(Link.seq < before)
    return db.session.scalars(chosen).all()


def first_seq_at(instant: datetime) -> int:
    """The first link written at or after an instant; links are in the order they were written."""

    def written(seq: int) -> datetime:
        at: datetime = connection().execute(_MADE, {"seq": seq}).one().at
        return at

    return bisect_left(range(1, last_seq() + 1), instant, key=written) + 1


def of_kind(kind: str, limit: int) -> Sequence[Link]:
    """The newest links of one kind, newest first."""
    chosen = select(Link).where(Link.kind == kind).order_by(Link.seq.desc()).limit(limit)
    return db.session.scalars(chosen).all()


def first_with(last: Link) -> int:
    """The first of the links that one transaction made at once, of which this is the last: so many lie
    between them that they are not walked through, but halved."""
    made = (last.at, last.actor)

    def together(seq: int) -> bool:
        row = connection().execute(_MADE, {"seq": seq}).one()
        return (row.at, row.actor) == made

    seqs = range(1, last.seq + 1)
    return seqs[bisect_left(seqs, True, key=together)]


def rows_of(link: Link, model: type[Row]) -> list[Row]:
    """The rows of one table that hang on a link, in the order they were written."""
    hung = select(model).where(model.link_seq == link.seq).order_by(model.id)
    return list(db.session.scalars(hung))


def amended_by(seqs: Sequence[int]) -> dict[int, Link]:
    """For each of these links that was amended or struck: the link that did it."""
    found = db.session.scalars(select(Link).where(Link.amends.in_(seqs)))
    return {later.amends: later for later in found if later.amends is not None}


def notes(seqs: Sequence[int]) -> dict[int, str]:
    """The words still kept for these links."""
    return {
        note.link_seq: note.text for note in db.session.scalars(select(Note).where(Note.link_seq.in_(seqs)))
    }


def erased(seqs: Sequence[int]) -> set[int]:
    """Those of these links with which words were written that are not kept any more."""
    sealed = select(NoteSeal.link_seq).outerjoin(Note, Note.link_seq == NoteSeal.link_seq)
    gone = db.session.scalars(sealed.where(NoteSeal.link_seq.in_(seqs), Note.link_seq.is_(None)))
    return set(gone)


def count_notes(subjects: Iterable[str]) -> dict[str, int]:
    """How many notes about each of these subjects have their words still; none: left out."""
    chosen = select(Note.subject, func.count()).where(Note.subject.in_(sorted(set(subjects))))
    return {subject: count for subject, count in db.session.execute(chosen.group_by(Note.subject))}


def tokens(prefix: str) -> dict[str, str]:
    """The tokens that begin with `prefix`, each with the subject of the entry it made."""
    chosen = select(Link.token, Link.subject).where(Link.token.startswith(prefix, autoescape=True))
    return {token: subject for token, subject in db.session.execute(chosen) if token is not None}


def in_parts(chosen: Select[*tuple[Any, ...]], column: Any, values: Collection[Any]) -> Iterator[Any]:
    """The rows of a statement whose `column` is one of these values, of which there may be any number."""
    # A statement may name only so many.
    wanted = sorted(values)
    for start in range(0, len(wanted), _AT_ONCE):
        yield from db.session.execute(chosen.where(column.in_(wanted[start : start + _AT_ONCE])))


def next_number(model: Any) -> int:
    """The next free `number` of a table; asked inside a write transaction, so no two get the same."""
    return (connection().scalar(_highest(model)) or 0) + 1


@cache
def _highest(model: Any) -> Select[Any]:
    return select(func.max(model.number))
