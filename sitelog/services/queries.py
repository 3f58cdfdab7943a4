"""Reads of on-site services: those of a window, with what strips and FTIR showed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from sitelog.ground.days import Window
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.people.queries import Mention
from sitelog.services.models import Component, Given, Strip
from sitelog.services.planned import Planned as Planned
from sitelog.services.planned import open_items as open_items
from sitelog.services.planned import planned_in as planned_in
from sitelog.services.planned import session as session
from sitelog.services.planned import sessions as sessions
from sitelog.services.rules import Details
from sitelog.services.said import sentences as sentences
from sitelog.services.said import session_sentences as session_sentences
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link
from sitelog.visits import queries as visits


@dataclass(frozen=True)
class Shown:
    """One service that stands, with its strips (kind to result) and components, as codes."""

    given: Given
    strips: dict[str, str]
    found: tuple[str, ...]


def given(window: Window) -> list[Shown]:
    """The services of a window, newest first: three reads for any number."""
    inside = (Given.happened_at >= window.start, Given.happened_at < window.end)
    rows = db.session.scalars(
        current(Given).where(*inside).order_by(Given.happened_at.desc(), Given.id)
    ).all()
    refs = [row.ref for row in rows]
    strips: dict[str, dict[str, str]] = defaultdict(dict)
    for ref, strip, result in _of(refs, Strip, Strip.ref, Strip.strip, Strip.result):
        strips[ref][strip] = result
    found: dict[str, list[str]] = defaultdict(list)
    for ref, component in _of(refs, Component, Component.ref, Component.component):
        found[ref].append(component)
    return [Shown(row, strips[row.ref], tuple(found[row.ref])) for row in rows]


def any_before(end: datetime) -> bool:
    """Whether any service was given before an instant: a site that enters none has no count of them."""
    return db.session.scalar(select(Given.id).where(Given.happened_at < end).limit(1)) is not None


def mentions(person_ids: Collection[int]) -> list[Mention]:
    """The services given to these registrations, or in their visits; struck ones too."""
    theirs = or_(Given.person_id.in_(person_ids), Given.visit_id.in_(visits.visit_ids(person_ids)))
    last = select(func.max(Given.id)).group_by(Given.ref)
    chosen = select(Given.ref, Given.happened_at, is_current(Given).label("stands"))
    rows = db.session.execute(chosen.where(Given.id.in_(last), theirs))
    return [Mention("service", *row) for row in rows]


def within_visit(ref: str) -> set[str]:
    """What was given within a visit, struck ones too."""
    came = visits.whose([ref]).get(ref)
    chosen = select(Given.ref).where(Given.visit_id == came[0]) if came else None
    return set(db.session.scalars(chosen)) if chosen is not None else set()


def as_entered(link: Link) -> tuple[str, Details]:
    """The kind and the details one entry said, whether it still stands or not."""
    rows = trail.rows_of(link, Given)
    if not rows:
        raise Conflict(N_("That entry is itself a striking; make the entry again instead."))
    said = {
        name: getattr(rows[0], name) for name in ("attending", "topic", "result_given", "expected", "did")
    }
    strips = tuple((row.strip, row.result) for row in trail.rows_of(link, Strip))
    found = tuple(row.component for row in trail.rows_of(link, Component))
    return rows[0].kind, Details(strips=strips, found=found, **said)


def instead_of(link: Link, kind: str) -> list[Choice]:
    """The kinds an entry may be corrected to beside `kind`: none where it was a planned session."""
    if any(row.session_ref for row in trail.rows_of(link, Given)):
        return []
    return [choice for choice in site.book().choices("on_site_service") if choice.code != kind]


def frequent() -> list[Choice]:
    """The kinds that one tap logs."""
    return [choice for choice in site.book().choices("on_site_service") if choice.data.get("frequent")]


def tests() -> set[str]:
    """The kinds that are tests, retired ones too: those that ask whether the result was given."""
    kinds = site.book().choices("on_site_service", retired=True)
    return {choice.code for choice in kinds if "result_given" in choice.data.get("asks", ())}


def _of(refs: Sequence[str], model: Any, *columns: Any) -> Sequence[Any]:
    return db.session.execute(select(*columns).where(model.ref.in_(refs), is_current(model))).all()
