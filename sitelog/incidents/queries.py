"""Reads of incidents: one whole, those that are open, those about a visit or a response."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from sitelog.ground.days import Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.incidents import rules
from sitelog.incidents.models import Answer, Ended, Incident, StepTaken, Tied
from sitelog.incidents.rules import Taken, Todo
from sitelog.incidents.said import sentences
from sitelog.people.queries import Mention
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

__all__ = ["sentences"]
_KEPT = "sitelog.incidents.open"


@dataclass(frozen=True)
class Item:
    """An incident on a list: `missing` counts the steps nobody has said anything about."""

    incident: Incident
    kind: Choice
    where: str
    todo: Sequence[Todo]
    ended: Ended | None = None

    @property
    def ref(self) -> str:
        """What people say."""
        return self.incident.ref

    @property
    def happened_at(self) -> datetime:
        """When it happened."""
        return self.incident.happened_at

    @property
    def missing(self) -> int:
        """How many steps are missing."""
        return sum(one.missing for one in self.todo)

    def late(self, now: datetime) -> list[Todo]:
        """The steps whose time is over."""
        return [one for one in self.todo if one.is_late(now)]


@dataclass(frozen=True)
class Entry:
    """One entry about an incident, in words; `later` amended or struck it."""

    link: Link
    said: Sentence
    note: str | None
    later: Link | None


def incident(ref: str) -> Incident:
    """The incident people call by this ref; Unknown if there is none or it was struck."""
    found: Incident | None = db.session.scalar(current(Incident).where(Incident.ref == ref))
    if found is None:
        raise Unknown(N_("There is no incident %(ref)s."), ref=ref[:16])
    return found


def stands(ref: str) -> bool:
    """Whether there is such an incident and it was not struck."""
    return db.session.scalar(select(current(Incident).where(Incident.ref == ref).exists())) or False


def number(ref: str) -> int:
    """The number of an incident, struck or not."""
    found = db.session.scalar(select(Incident.number).where(Incident.ref == ref).limit(1))
    if found is None:
        raise Unknown(N_("There is no incident %(ref)s."), ref=ref[:16])
    return found


def is_known(noun: str, ref: str) -> bool:
    """Whether anything was ever entered about this visit, response or incident."""
    told = select(Link.seq).where(Link.subject == ref, Link.kind.startswith(f"{noun}.")).limit(1)
    return db.session.scalar(told) is not None


def is_open(ref: str) -> bool:
    """Whether nobody has closed it yet."""
    return db.session.scalar(select(_open().where(Incident.ref == ref).exists())) or False


def item(ref: str) -> Item:
    """One incident with what is done and missing."""
    return _items([incident(ref)])[0]


def open_items() -> list[Item]:
    """The incidents nobody has closed, oldest first: what a shift hands over."""
    return _items(db.session.scalars(_open().order_by(Incident.happened_at, Incident.id)))


def closed_items(limit: int = 50) -> list[Item]:
    """The incidents that were closed, the newest first."""
    chosen = current(Incident).where(~_is_open()).order_by(Incident.happened_at.desc(), Incident.id.desc())
    return _items(db.session.scalars(chosen.limit(limit)))


def within(window: Window) -> list[Item]:
    """The incidents that happened in a window, oldest first."""
    when = (Incident.happened_at >= window.start, Incident.happened_at < window.end)
    return _items(db.session.scalars(current(Incident).where(*when).order_by(Incident.happened_at)))


def about(ref: str) -> list[Item]:
    """The incidents tied to a visit, a response or another incident; oldest first."""
    ties = select(Tied.ref).where(Tied.to_ref == ref, is_current(Tied))
    chosen = current(Incident).where(Incident.ref.in_(ties)).order_by(Incident.number)
    return _items(db.session.scalars(chosen))


def mentions(refs: Iterable[str]) -> list[Mention]:
    """The incidents that belong to these visits and responses, as was said last; struck ones too."""
    last = select(func.max(Incident.id)).group_by(Incident.ref)
    # What a struck incident belonged to was struck with it.
    struck = Tied.link_seq.in_(select(Incident.link_seq).where(Incident.id.in_(last)))
    theirs = select(Tied.ref).where(Tied.to_ref.in_(sorted(refs)), or_(is_current(Tied), struck))
    chosen = select(Incident.ref, Incident.happened_at, is_current(Incident).label("stands"))
    rows = db.session.execute(chosen.where(Incident.id.in_(last), Incident.ref.in_(theirs)))
    return [Mention("incident", *row) for row in rows]


def open_count() -> int:
    """How many incidents are open; read again only after an entry about one."""
    return remembered(_KEPT, trail.last_seq_of("incident"), _count_open)


def answers(ref: str) -> dict[str, list[Answer]]:
    """What was answered about an incident, by field."""
    found: dict[str, list[Answer]] = {}
    for row in db.session.scalars(current(Answer).where(Answer.ref == ref).order_by(Answer.id)):
        found.setdefault(row.field, []).append(row)
    return found


def ties(ref: str) -> list[str]:
    """The refs an incident is tied to, and of the incidents that are tied to it."""
    own = select(Tied.to_ref.label("ref"), Tied.id).where(Tied.ref == ref, is_current(Tied))
    other = select(Tied.ref, Tied.id).where(Tied.to_ref == ref, is_current(Tied))
    rows = db.session.execute(own.union_all(other).order_by("id"))
    return list(dict.fromkeys(row.ref for row in rows))


def entries(ref: str) -> list[Entry]:
    """Every entry about an incident, oldest first, those it was corrected by in their own place."""
    links = list(db.session.scalars(select(Link).where(Link.subject == ref).order_by(Link.seq)))
    seqs = [link.seq for link in links]
    said, notes, later = sentences(links), trail.notes(seqs), trail.amended_by(seqs)
    shown = [link for link in links if link.verb != "struck"]
    return [Entry(one, said[one.seq], notes.get(one.seq), later.get(one.seq)) for one in shown]


def _is_open() -> Any:
    done = aliased(Ended)
    return ~exists(select(done.id).where(done.ref == Incident.ref, is_current(done)))


def _count_open() -> int:
    return db.session.scalar(select(func.count()).select_from(_open().subquery())) or 0


def _open() -> Any:
    return current(Incident).where(_is_open())


def _items(rows: Iterable[Incident]) -> list[Item]:
    kept, book = list(rows), site.book()
    refs = [row.ref for row in kept]
    taken, ended = _taken(refs), _ended(refs)
    return [
        Item(
            row,
            book.choice("incident_kind", row.kind),
            rules.where_words(book, row.where_code),
            rules.protocol(book, row.kind, row.happened_at, taken[row.ref]),
            ended.get(row.ref),
        )
        for row in kept
    ]


def _taken(refs: Collection[str]) -> Mapping[str, list[Taken]]:
    found: dict[str, list[Taken]] = {ref: [] for ref in refs}
    if not refs:
        return found
    chosen = select(StepTaken, Link.actor).join(Link, Link.seq == StepTaken.link_seq)
    rows = db.session.execute(chosen.where(StepTaken.ref.in_(refs), is_current(StepTaken)))
    for row, actor in rows:
        values = (row.step, row.outcome, row.witness_ref, row.happened_at, actor)
        found[row.ref].append(Taken(row.link_seq, *values))
    return found


def _ended(refs: Collection[str]) -> dict[str, Ended]:
    if not refs:
        return {}
    rows = db.session.scalars(current(Ended).where(Ended.ref.in_(refs)).order_by(Ended.id))
    return {row.ref: row for row in rows}
