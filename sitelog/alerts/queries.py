"""Reads of drug alerts: what stands, who has read what, what was said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, select

from sitelog.alerts.models import AlertEnded, AlertRead, AlertWords, DrugAlert
from sitelog.alerts.rules import Alert, Standing
from sitelog.alerts.said import ERASED, sentences
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link

__all__ = ["sentences"]
_KEPT, _KEPT_OPEN = "sitelog.alerts.standing", "sitelog.alerts.open"


@dataclass(frozen=True)
class Told:
    """An alert on the page of alerts, and when it ended, by hand or by itself."""

    alert: Standing
    ended_at: datetime | None


def standing(seq: int, now: datetime) -> list[Standing]:
    """The alerts that stand, oldest first; `seq` is the chain's length, which every page knows.

    While the chain does not grow this asks the database nothing; while no alert is entered, hardly anything.
    """
    alerts = remembered(_KEPT, seq, lambda: remembered(_KEPT_OPEN, trail.last_seq_of("alert"), _not_ended))
    return [one for one in alerts if one.holds(now)]


def alert(ref: str) -> DrugAlert:
    """An alert in its newest version, ended or not; Unknown if there is none or it was struck."""
    found: DrugAlert | None = db.session.scalar(current(DrugAlert).where(DrugAlert.ref == ref))
    if found is None:
        raise Unknown(N_("There is no drug alert %(ref)s."), ref=ref[:16])
    return found


def is_over(row: DrugAlert, now: datetime) -> bool:
    """Whether an alert ended, by itself or by hand."""
    return (row.ends_at is not None and row.ends_at <= now) or bool(_ended([row.ref]))


def reading(version_seq: int, who: str) -> Link | None:
    """The entry with which somebody said they had read a version."""
    mine = (AlertRead.version_seq == version_seq, Link.actor == who, is_current(AlertRead))
    chosen = select(Link).join(AlertRead, AlertRead.link_seq == Link.seq).where(*mine)
    found: Link | None = db.session.scalar(chosen.limit(1))
    return found


def told(now: datetime, limit: int = 100) -> list[Told]:
    """Every alert that was not struck, the newest first, with who has read it and when."""
    found = _standing(_VERSIONS.order_by(DrugAlert.number.desc()).limit(limit))
    ended = _ended([one.ref for one in found])
    return [Told(one, ended.get(one.ref) or (None if one.holds(now) else one.ends_at)) for one in found]


def as_written(link: Link) -> Alert | None:
    """What an entry said, for a form; None where it is no alert's text."""
    rows = trail.rows_of(link, DrugAlert)
    if not rows:
        return None
    text = db.session.scalar(select(AlertWords.text).where(AlertWords.words_key == rows[0].words_key)) or ""
    what, _, advice = text.partition("\n")
    ends_at = rows[0].ends_at
    last = site.calendar().day_of(ends_at - timedelta.resolution) if ends_at else None
    return Alert(what, advice, rows[0].since_on, last)


# Each alert's newest version, its words and its entry. Built once, like everything that is asked often.
_VERSIONS = (
    select(DrugAlert, AlertWords.text, Link.at, Link.actor)
    .join(Link, Link.seq == DrugAlert.link_seq)
    .outerjoin(AlertWords, AlertWords.words_key == DrugAlert.words_key)
    .where(is_current(DrugAlert))
)


def _not_ended() -> tuple[Standing, ...]:
    by_hand = exists(select(AlertEnded.id).where(AlertEnded.ref == DrugAlert.ref, is_current(AlertEnded)))
    return tuple(_standing(_VERSIONS.where(~by_hand).order_by(DrugAlert.number)))


def _standing(versions: Select[*tuple[Any, ...]]) -> list[Standing]:
    rows = db.session.execute(versions).all()
    read = _readings([row.link_seq for row, *_ in rows])
    found = []
    for row, text, at, actor in rows:
        what, _, advice = (text or ERASED).partition("\n")
        when = (row.since_on, row.ends_at, at)
        found.append(
            Standing(row.ref, row.link_seq, what, advice, *when, actor, tuple(read.get(row.link_seq, ())))
        )
    return found


def _readings(versions: Collection[int]) -> dict[int, list[tuple[str, datetime]]]:
    chosen = select(AlertRead.version_seq, Link.actor, Link.at).join(Link, Link.seq == AlertRead.link_seq)
    stand = (AlertRead.version_seq.in_(versions), is_current(AlertRead))
    found: dict[int, list[tuple[str, datetime]]] = {}
    for version, who, at in db.session.execute(chosen.where(*stand).order_by(AlertRead.id)):
        found.setdefault(version, []).append((who, at))
    return found


def _ended(refs: Sequence[str]) -> dict[str, datetime]:
    rows = db.session.scalars(current(AlertEnded).where(AlertEnded.ref.in_(refs)))
    return {row.ref: row.happened_at for row in rows}
