"""A visit's own log: every entry of it, and of what else was done for the person while they were here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import select

from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence
from sitelog.visits.said import entries_of, sentences

_BESIDE = "sitelog.visits.beside"


@dataclass(frozen=True)
class Beside:
    """A feature whose entries stand in a visit's log, too: the refs of what was made within a visit, its
    entries in words, and where one is amended (its seq in place of %d)."""

    within: Callable[[str], Iterable[str]]
    sentences: Callable[[Sequence[Link]], dict[int, Sentence]]
    amended_at: str


@dataclass(frozen=True)
class Line:
    """One entry of a visit's own page; `later` is the entry that changed or struck it, if one did."""

    link: Link
    said: Sentence
    amended_at: str
    later: Link | None = None
    note: str | None = None


def told_beside(app: Flask, *beside: Beside) -> None:
    """Let other features say what they did within a visit."""
    app.extensions[_BESIDE] = beside


def timeline(ref: str) -> list[Line]:
    """What happened in one visit, by when it happened; strikings stand with the entry they struck."""
    lines = _lines(entries_of(ref), sentences, "/visits/entries/%d/amend")
    beside: tuple[Beside, ...] = current_app.extensions.get(_BESIDE, ())
    for one in beside:
        if refs := sorted(one.within(ref)):
            links = db.session.scalars(select(Link).where(Link.subject.in_(refs)).order_by(Link.seq)).all()
            lines += _lines(links, one.sentences, one.amended_at)
    return sorted(lines, key=lambda line: (line.link.happened_at, line.link.seq))


def _lines(
    links: Sequence[Link], tell: Callable[[Sequence[Link]], dict[int, Sentence]], amended_at: str
) -> list[Line]:
    seqs = [link.seq for link in links]
    said, later, notes = tell(links), trail.amended_by(seqs), trail.notes(seqs)
    return [
        Line(one, said[one.seq], amended_at % one.seq, later.get(one.seq), notes.get(one.seq))
        for one in links
        if one.verb != "struck"
    ]
