"""Drafts of the handover: each line somebody typed, kept as it is typed. Only signing makes an entry."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.people import rules as people
from sitelog.shifts import rules
from sitelog.shifts.models import Draft, SignOff
from sitelog.staff import queries as staff
from sitelog.store import erasure
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail.models import Link

# What the same person types on within this goes into the same row.
ONE_EDIT = timedelta(minutes=10)


def drafts(ref: str) -> dict[str, Draft]:
    """The newest words of every line of a handover that somebody typed in: one read."""
    newest = select(func.max(Draft.id)).where(Draft.ref == ref).group_by(Draft.line)
    rows = db.session.scalars(select(Draft).where(Draft.id.in_(newest)).order_by(Draft.id))
    return {row.line: row for row in rows}


def typed_since(signed: Iterable[int]) -> dict[int, dict[str, str]]:
    """The lines that somebody typed after these versions were signed, by the version's id: one read."""
    newest = select(func.max(Draft.id)).group_by(Draft.ref, Draft.line)
    chosen = select(SignOff.id, Draft).join(Draft, Draft.ref == SignOff.ref)
    chosen = chosen.join(Link, Link.seq == SignOff.link_seq).where(Draft.at > Link.at, Draft.id.in_(newest))
    found: dict[int, dict[str, str]] = {}
    for one, row in db.session.execute(chosen.where(SignOff.id.in_(signed)).order_by(Draft.id)):
        found.setdefault(one, {})[row.line] = row.text
    return found


def in_lines(ref: str, lines: Sequence[tuple[str, str]]) -> dict[str, int | None]:
    """Which lines of a handover were typed: by key, the number of the line; None where it was left out."""
    said = {line: n for n, line in enumerate(line for line in lines if line[1])}
    return {key: said.get((key[0], row.text)) for key, row in drafts(ref).items()}


def stamp(draft: Draft | None) -> str:
    """Which words of a line somebody has seen; "" where nobody has typed yet."""
    return f"{draft.id}.{draft.edits}" if draft else ""


def keep(ref: str, line: str, text: str, drafted: str, seen: str, *, by: Actor, at: datetime) -> Draft:
    """Keep a line as it is now; `seen` is the stamp of the words it was typed over.

    A Conflict where somebody else has typed there meanwhile: their words stay, and are in its message.
    """
    words = rules.check_line(line, text)
    with transaction():
        newest = drafts(ref).get(line)
        if newest is not None and newest.by != by.ref and stamp(newest) != seen:
            said = N_(
                "%(name)s changed this line meanwhile to: “%(text)s”. Yours is still here; save it again."
            )
            raise Conflict(said, name=staff.name_of(newest.by), text=newest.text or "–")
        if newest is not None and newest.text == words and newest.drafted == drafted:
            return newest
        if newest is not None and stamp(newest) == seen and _goes_on(newest, by, at):
            newest.text, newest.drafted, newest.at, newest.edits = words, drafted, at, newest.edits + 1
            return newest
        row = Draft(ref=ref, line=line, text=words, drafted=drafted, edits=1, at=at, by=by.ref)
        db.session.add(row)
        db.session.flush()
        return row


def calling(called: people.Calling) -> list[str]:
    """The shifts in whose drafts somebody is called by name, once for each line."""
    return [row.ref for row in _all() if row.text in called]


def unname(called: people.Calling, ref: str, *, at: datetime) -> None:
    """Put a person's number wherever a line calls them by name: whoever typed it, and in older words too."""
    for row in _all():
        words, drafted = (called.replaced(text, ref) for text in (row.text, row.drafted))
        if (words, drafted) != (row.text, row.drafted):
            # Who still sees the line as it was is asked before they save it again.
            row.text, row.drafted, row.edits = words, drafted, row.edits + 1
            erasure.owe(at)


def _all() -> Sequence[Draft]:
    return db.session.scalars(select(Draft).order_by(Draft.ref, Draft.id)).all()


def _goes_on(draft: Draft, by: Actor, at: datetime) -> bool:
    return draft.by == by.ref and at - draft.at < ONE_EDIT
