"""Who is in the house and how they are: one batch of six queries, however many visits there ever were."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from sitelog.people import queries as people
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.visits import here
from sitelog.visits.came import CAME_IDS, Came, declared, read_row, visit
from sitelog.visits.desk import positions
from sitelog.visits.models import Check, Stay
from sitelog.visits.rules import Item, unnamed

FLAGS = ("help", "splitting", "drug_check", "step_free")


@dataclass(frozen=True)
class Looked:
    """The latest check of somebody: when, by whom (ref), looks, SpO2 in %, breaths a minute."""

    at: datetime
    by: str
    looks: str | None = None
    spo2: int | None = None
    respirations: int | None = None


@dataclass(frozen=True)
class Present:
    """Somebody in the house. `area` is waiting, place, aftercare or service; `since` and `by` are of the
    stay there, `using_since` of the whole episode in places; `items` what was declared for the last episode;
    `flags` the words of FLAGS that are ticked."""

    visit_id: int
    ref: str
    who: str
    person_id: int | None
    purpose: str
    area: str
    place_code: str | None
    since: datetime
    by: str
    arrived_at: datetime
    episodes: int
    after_response: bool = False
    using_since: datetime | None = None
    items: tuple[Item, ...] = ()
    flags: tuple[str, ...] = ()
    help_reason: str | None = None
    last_check: Looked | None = None

    @property
    def substances(self) -> tuple[str, ...]:
        """The codes of what was declared, each once."""
        return tuple(dict.fromkeys(item.substance for item in self.items))

    @property
    def routes(self) -> tuple[str, ...]:
        """The codes of how, each once."""
        return tuple(dict.fromkeys(item.route for item in self.items if item.route))


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STAYS = select(Stay).where(Stay.visit_id.in_(_IDS), is_current(Stay)).order_by(Stay.happened_at, Stay.turn)
_CHECKS = select(Check).where(Check.visit_id.in_(_IDS), is_current(Check)).order_by(Check.happened_at)


def in_house(now: datetime | None = None) -> list[Present]:
    """Everybody in the house, longest in their area first; six queries, however many people there are.

    `now` hides nobody: a stay that is said to begin in a moment is shown already.
    """
    return _present(here.ids())


def present(ref: str) -> Present | None:
    """One visit as it is in the house; None if it is over."""
    came = visit(ref)
    return next(iter(_present(here.ids() & {came.id})), None)


def people_of(visit_ids: Iterable[int]) -> dict[int, Present]:
    """These visits as they last were, over or not: by visit id."""
    return {one.visit_id: one for one in _present(frozenset(visit_ids))}


def at_place(code: str) -> Present | None:
    """Who is in a place."""
    inside = [one for one, step in positions().items() if step.place_code == code]
    return next(iter(_present(frozenset(inside))), None)


def _present(ids: frozenset[int]) -> list[Present]:
    if not ids:
        return []
    wanted = {"ids": sorted(ids)}
    came = [read_row(row) for row in db.session.execute(CAME_IDS, wanted)]
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in db.session.scalars(_STAYS, wanted):
        stays[stay.visit_id].append(stay)
    checks = {check.visit_id: check for check in db.session.scalars(_CHECKS, wanted)}
    items = declared(ids)
    known = people.handle_of(one.person_id for one in came if one.person_id)
    found = [
        _one(one, stays[one.id], items.get(one.id, {}), checks.get(one.id), known)
        for one in came
        if stays[one.id]
    ]
    return sorted(found, key=lambda one: (one.since, one.visit_id))


def _one(
    came: Came,
    stays: Sequence[Stay],
    items: dict[int, tuple[Item, ...]],
    check: Check | None,
    known: dict[int, str],
) -> Present:
    last, asked = stays[-1], came.asked
    return Present(
        visit_id=came.id,
        ref=came.ref,
        who=known.get(came.person_id or 0, unnamed(came.anonymous_number)),
        person_id=came.person_id,
        purpose=came.purpose,
        area=last.area,
        place_code=last.place_code,
        since=last.happened_at,
        by=last.by,
        arrived_at=came.arrived_at,
        after_response=last.after_response,
        using_since=_using_since(stays),
        episodes=max((stay.episode or 0 for stay in stays), default=0),
        items=items[max(items)] if items else (),
        flags=tuple(flag for flag in FLAGS if getattr(asked, flag)),
        help_reason=asked.help_reason,
        last_check=_looked(check),
    )


def _using_since(stays: Sequence[Stay]) -> datetime | None:
    """When the episode in a place began that still goes on there: a move to another place is part of it."""
    last, since = stays[-1], None
    for stay in reversed(stays):
        if stay.area != "place" or stay.episode != last.episode:
            break
        since = stay.happened_at
    return since


def _looked(check: Check | None) -> Looked | None:
    if check is None:
        return None
    return Looked(check.happened_at, check.by, check.looks, check.spo2, check.respirations)
