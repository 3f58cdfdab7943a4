"""The timeline of one response: every entry, with what it replaced, who made it and what is odd about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.responses.case import SET_LASTS, Case, Done, Measured, measures
from sitelog.responses.models import DutyAssignment, Recognition, Step, Vitals
from sitelog.responses.rules import Advice, advice, vitals_advice
from sitelog.responses.sentences import entry_words, rows_by_link, spoken, vitals_words
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence


@dataclass(frozen=True)
class Line:
    """One line. `members` are the entries it stands for: a set of vitals tapped one by one is one line."""

    seq: int
    happened_at: datetime
    at: datetime
    said: Sentence
    by: str
    noun: str
    was: Sentence | None = None
    was_at: datetime | None = None
    struck_by: str | None = None
    reason: str | None = None
    note: str | None = None
    advice: tuple[Advice, ...] = ()
    members: tuple[int, ...] = ()
    measured: tuple[Measured, ...] = ()

    @property
    def struck(self) -> bool:
        """Whether the entry was taken back."""
        return self.struck_by is not None

    @property
    def began(self) -> bool:
        """Whether this is where it all began."""
        return self.noun == "recognition"


def timeline(case: Case, intervals: Mapping[str, int]) -> list[Line]:
    """Every entry of a response, newest first; an amended one once, with what it said before."""
    links = list(db.session.scalars(select(Link).where(Link.subject == case.ref).order_by(Link.seq)))
    seqs = [link.seq for link in links]
    rows, notes = rows_by_link(seqs), trail.notes(seqs)
    by_seq = {link.seq: link for link in links}
    replaced = {link.amends: link for link in links if link.amends}
    lines = []
    for link in links:
        newer = replaced.get(link.seq)
        if link.verb == "struck" or (newer is not None and newer.verb != "struck"):
            continue
        lines.append(_line(link, newer, by_seq, rows, notes, case, intervals))
    return sorted(lines, key=lambda line: (line.happened_at, line.seq), reverse=True)


def grouped(lines: Sequence[Line]) -> list[Line]:
    """The timeline with neighbouring vitals of one person drawn together, as one set."""
    found: list[Line] = []
    for line in lines:
        if found and _same_set(found[-1], line):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
    return found


def _line(
    link: Link,
    struck: Link | None,
    by_seq: Mapping[int, Link],
    rows: Mapping[int, list[Any]],
    notes: Mapping[int, str],
    case: Case,
    intervals: Mapping[str, int],
) -> Line:
    here, note = rows.get(link.seq, []), notes.get(link.seq)
    old = by_seq.get(link.amends or 0)
    said = _numbered(entry_words(link, here, note), link, case)
    was = entry_words(old, rows.get(old.seq, []), notes.get(old.seq)) if old else None
    return Line(
        seq=link.seq,
        happened_at=link.happened_at,
        at=link.at,
        said=said,
        by=link.actor,
        noun=_noun(here),
        was=was if was != said else None,
        was_at=old.happened_at if old and old.happened_at != link.happened_at else None,
        struck_by=struck.actor if struck else None,
        reason=struck.reason if struck else link.reason,
        note=note if here else None,
        advice=tuple(_advice(here, case, intervals)) if struck is None else (),
        members=(link.seq,),
        measured=tuple(_measured(row) for row in here if isinstance(row, Vitals)),
    )


def _numbered(said: Sentence, link: Link, case: Case) -> Sentence:
    for n, dose in enumerate(case.all("naloxone"), 1):
        if dose.seq == link.seq:
            return Sentence(N_("%(what)s, dose %(n)s"), {"what": spoken(said), "n": n})
    return said


def _noun(rows: Sequence[Any]) -> str:
    if not rows:
        return "note"
    kinds = {Recognition: "recognition", Step: "step", Vitals: "vitals", DutyAssignment: "duty"}
    return kinds.get(type(rows[0]), "other")


def _advice(rows: Sequence[Any], case: Case, intervals: Mapping[str, int]) -> list[Advice]:
    steps = {step.seq: step for step in case.steps}
    done: Sequence[Done | None] = [steps.get(row.link_seq) for row in rows if isinstance(row, Step)]
    odd = [found for step in done if step for found in advice(step, case, intervals)]
    measured = [_measured(row) for row in rows if isinstance(row, Vitals)]
    return odd + [found for one in measured for found in vitals_advice(one)]


def _measured(row: Vitals) -> Measured:
    names = [name for name in Measured.__dataclass_fields__ if name != "seq"]
    return Measured(**{name: getattr(row, name) for name in names}, seq=row.link_seq)


def _same_set(newer: Line, older: Line) -> bool:
    plain = all(line.measured and not line.struck and not line.was for line in (newer, older))
    if not plain or newer.by != older.by or newer.happened_at - older.happened_at > SET_LASTS:
        return False
    said = set().union(*(measures(one) for one in newer.measured))
    return not said & set().union(*(measures(one) for one in older.measured))


def _joined(newer: Line, older: Line) -> Line:
    measured = (*older.measured, *newer.measured)
    words = ", ".join(vitals_words(one) for one in measured)
    said = Sentence(newer.said.text, {"vitals": words})
    changed = {"said": said, "members": (*newer.members, *older.members), "measured": measured}
    changed |= {"advice": (*newer.advice, *older.advice)}
    return Line(**{**vars(newer), **changed})
