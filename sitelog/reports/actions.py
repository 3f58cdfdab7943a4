"""Publish a report: once per version, in the ledger before it is handed out, in the trail like everything."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from sitelog.ground.access import Actor
from sitelog.reports import making, queries, shelf
from sitelog.reports.making import Draft
from sitelog.reports.models import CellTruth, Release
from sitelog.store.db import db
from sitelog.store.transaction import transaction, writing
from sitelog.trail.actions import append, lock_chain


def publish(kind: str, on: date, audience: str, *, by: Actor, at: datetime) -> Release:
    """See that the report that covers a site date is on the shelf and up to date; the version that stands.

    The first time this makes version 1. Later it makes a new version only if a printed number reads
    otherwise; else the one that is there is the answer, so that asking twice publishes once. Refused while
    its period runs; Unknown for a kind or an audience the site does not have.
    """
    if writing():
        # The figures would count as handed out while they could still be rolled back.
        raise RuntimeError("a report is published in a transaction of its own")
    on = making.begins(kind, on)
    while True:
        before = queries.latest(kind, audience, on)
        if before is not None:
            shelf.adopt(before.file_name, before.sha256)
        draft = making.draft(kind, on, audience, before, at)
        if draft is None:
            return queries.standing(kind, audience, on)
        if published := _publish(draft, by, at):
            return published


def file_of(release: Release) -> Path:
    """The published file; Unknown if it is not on this machine, Broken if it was changed."""
    shelf.read(release.file_name, release.sha256)
    return shelf.folder() / release.file_name


def _publish(draft: Draft, by: Actor, at: datetime) -> Release | None:
    waiting = shelf.put_by(draft.release.file_name, draft.content)
    published = _commit(draft, by, at)
    if published is draft.release:
        shelf.hand_out(waiting, draft.release.file_name)
        return published
    shelf.drop(waiting)
    if published is not None:
        shelf.adopt(published.file_name, published.sha256)
    return published


def _commit(draft: Draft, by: Actor, at: datetime) -> Release | None:
    """The ledger: once it is written the figures count as printed. Whoever was faster has the last word; None
    if something else was released meanwhile, which these figures were not protected against."""
    new = draft.release
    with transaction():
        lock_chain()
        standing = queries.latest(new.kind, new.audience, new.first_on)
        if standing is not None and standing.version >= new.version:
            return standing
        if queries.newest_release() > new.through_seq:
            return None
        cells = [*map(making.cell_of, draft.ledger)]
        words: dict[str, Any] = {"by": by, "happened_at": at, "at": at, "parts": cells}
        if draft.before is not None:
            words |= {"amends": draft.before.link_seq, "reason": "corrected"}
        link = append("report.published", new.file_name.removesuffix(".pdf"), new, **words)
        db.session.execute(insert(CellTruth), [making.truth_of(entry, link.seq) for entry in draft.ledger])
    return new
