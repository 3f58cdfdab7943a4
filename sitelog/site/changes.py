"""Who changed what in Settings: each change in words, before and after, and whether it can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.site import history, topics
from sitelog.site.columns import Topic
from sitelog.site.differences import Difference, differences
from sitelog.site.versions import History, Version
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link

KINDS = {
    "site.configured": N_("Set up by the command"),
    "site.started_from_preset": N_("Started from a preset"),
    "site.changed": N_("Changed"),
    "site.change_undone": N_("Change taken back"),
}
UNDOABLE = ("site.changed", "site.change_undone")


@dataclass(frozen=True)
class Change:
    """One change of one setting: `lines` say before and after; `planned` while its day is still to come."""

    seq: int
    at: datetime
    by: str
    how: str
    titles: tuple[str, ...]
    lines: tuple[Difference, ...]
    valid_from: datetime
    planned: bool
    undoable: bool


def changes(now: datetime, topic: Topic | None = None) -> list[Change]:
    """Every change, newest first; of one page only, if it is named."""
    found = history.versions()
    by_link: dict[int, list[Version]] = {}
    for version in found.versions:
        if topic is None or version.name == topic.setting:
            by_link.setdefault(version.seq, []).append(version)
    links = {link.seq: link for link in _links()}
    told = (_change(links[seq], rows, found, now, topic) for seq, rows in by_link.items())
    return sorted((one for one in told if one.lines or topic is None), key=lambda one: -one.seq)


def since(topic: Topic, seq: int, now: datetime) -> list[Change]:
    """What was changed of a page after an entry, newest first."""
    return [change for change in changes(now, topic) if change.seq > seq]


def planned(topic: Topic, now: datetime) -> list[Change]:
    """What will change on a page on a day to come and was not taken back."""
    found = history.versions()
    days = found.ahead(topic.setting, found.present(now))
    return [one for day in days if (one := _ahead(topic, found, day, now))]


def _ahead(topic: Topic, found: History, day: datetime, now: datetime) -> Change | None:
    version = found.holding(day)[topic.setting]
    before, after = history.values_of(found, day - day.resolution), history.values_of(found, day)
    lines = tuple(differences(topic, before, after))
    if not lines:
        return None
    link = trail.link(version.seq)
    return Change(link.seq, link.at, link.actor, "", (topic.title,), lines, day, True, False)


def _links() -> Sequence[Link]:
    return db.session.scalars(select(Link).where(Link.kind.startswith("site."))).all()


def _change(link: Link, rows: list[Version], found: History, now: datetime, only: Topic | None) -> Change:
    lines: list[Difference] = []
    titles: list[str] = []
    if link.seq != found.versions[0].seq:
        for title, said in _told(rows, found, only):
            titles, lines = [*titles, title], [*lines, *said]
    starts = rows[0].valid_from
    later = any(found.since(row.name, link.seq) for row in rows)
    undoable = link.kind in UNDOABLE and not later
    words = KINDS.get(link.kind, KINDS["site.changed"])
    ahead = starts > found.present(now)
    return Change(link.seq, link.at, link.actor, words, tuple(titles), tuple(lines), starts, ahead, undoable)


def _told(rows: list[Version], found: History, only: Topic | None) -> Iterator[tuple[str, list[Difference]]]:
    # What a link wrote for later days repeats the same change, on what was planned.
    starts = rows[0].valid_from
    before = history.values_of(found, starts, before=rows[0].seq)
    after: dict[str, Any] = history.values_of(found, starts, before=rows[0].seq + 1)
    touched = {row.name for row in rows}
    for topic in topics.topics(after):
        asked = topic.setting in touched and (only is None or topic == only) and topic.setting in before
        if asked and (said := list(differences(topic, before, after))):
            yield topic.title, said
