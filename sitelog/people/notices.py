"""What staff should know of people when they come: alerts, restrictions, agreement. One query each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from sitelog.people import merges, rules
from sitelog.people.models import Agreement, Alert, Ending, Restriction, Trait
from sitelog.people.traits import advised, ages_advised
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.trail.models import Note


@dataclass(frozen=True)
class Warned:
    """An alert that stands: its entry, its kind (word of the list), its words if they are kept."""

    seq: int
    root_seq: int
    kind: str
    words: str | None
    since: datetime
    by: str


@dataclass(frozen=True)
class Restricted:
    """A restriction nobody lifted. Dates are the site's; `ends_on` is its last day; who decided is a ref."""

    seq: int
    root_seq: int
    person_id: int
    reason: str
    starts_on: date
    ends_on: date | None
    review_on: date | None
    decided_by: str
    words: str | None
    by: str

    def in_force(self, today: date) -> bool:
        """Whether it holds on a site date."""
        return rules.in_force(self.starts_on, self.ends_on, today)


@dataclass(frozen=True)
class Signs:
    """What stands beside somebody on the board: kinds of alerts (words of the list), whether restricted, and
    whether they may be very young."""

    alerts: tuple[str, ...] = ()
    restricted: bool = False
    young: bool = False


@dataclass(frozen=True)
class Notices:
    """Everything to be said about one person who comes: the `restrictions` that hold, the one that ends last
    first; `unsigned` is the version of the agreement they were not yet asked to sign (None: they were, or
    the site has none); `young` a word where they may be very young."""

    alerts: tuple[Warned, ...] = ()
    restrictions: tuple[Restricted, ...] = ()
    unsigned: str | None = None
    young: str | None = None

    def __bool__(self) -> bool:
        return bool(self.alerts or self.restrictions or self.unsigned or self.young)


def _root(model: Any) -> ColumnElement[int]:
    return func.coalesce(model.root_seq, model.link_seq)


def _standing(model: Any) -> ColumnElement[bool]:
    ended = exists(select(Ending.id).where(Ending.entry_seq == _root(model), is_current(Ending)))
    return is_current(model) & ~ended


_KEPT_SIGNS = "sitelog.people.signs"
# Built once: putting a statement together costs more than running it.
_IDS: Any = bindparam("ids", expanding=True)
_ALERTS = (
    select(Alert, Note.text)
    .outerjoin(Note, Note.link_seq == Alert.link_seq)
    .where(Alert.person_id.in_(_IDS), _standing(Alert))
    .order_by(Alert.happened_at, Alert.id)
)
_KINDS = select(Alert.person_id, Alert.kind).where(_standing(Alert)).order_by(Alert.happened_at, Alert.id)
_RESTRICTIONS = (
    select(Restriction, Note.text)
    .outerjoin(Note, Note.link_seq == Restriction.link_seq)
    .where(_standing(Restriction))
    .order_by(Restriction.starts_on, Restriction.id)
)
_SPANS = select(Restriction.person_id, Restriction.starts_on, Restriction.ends_on).where(
    _standing(Restriction)
)
# Whoever was ever said to be that young; what was said of them last decides.
_BORN = select(Trait.person_id).where(Trait.birth_year > bindparam("after")).distinct()
_RESTRICTIONS_OF = _RESTRICTIONS.where(Restriction.person_id.in_(_IDS))
_SIGNED = select(Agreement).where(Agreement.person_id.in_(_IDS), is_current(Agreement))
_SIGNED = _SIGNED.order_by(Agreement.signed_on, Agreement.id)


def signs(today: date) -> dict[int, Signs]:
    """What is a sign beside somebody on a site date, by person: kept until something is entered about one."""
    known = (trail.last_seq_of("person"), today.year)
    kinds, spans, young = remembered(_KEPT_SIGNS, known, lambda: _standing_signs(today.year))
    barred = {one for one, starts_on, ends_on in spans if rules.in_force(starts_on, ends_on, today)}
    marked = kinds.keys() | barred | young
    return {one: Signs(kinds.get(one, ()), one in barred, one in young) for one in marked}


def _standing_signs(
    this_year: int,
) -> tuple[dict[int, tuple[str, ...]], list[tuple[int, date, date | None]], set[int]]:
    kinds: dict[int, dict[str, None]] = {}
    for one, kind in db.session.execute(_KINDS):
        kinds.setdefault(merges.root(one), {})[kind] = None
    spans = [(merges.root(one), start, end) for one, start, end in db.session.execute(_SPANS)]
    told = db.session.scalars(_BORN, {"after": rules.young_after(this_year)}).all()
    young = {merges.root(one) for one in advised(told, this_year)}
    return {one: tuple(found) for one, found in kinds.items()}, spans, young


def alerts_of(person_ids: Iterable[int]) -> dict[int, tuple[Warned, ...]]:
    """The alerts that stand about these people, oldest first; who has none is left out."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    whole = merges.together(wanted)
    found: dict[int, list[Warned]] = {}
    for row, words in db.session.execute(_ALERTS, {"ids": sorted(whole)}):
        one = Warned(row.link_seq, row.root_seq or row.link_seq, row.kind, words, row.happened_at, row.by)
        found.setdefault(whole[row.person_id], []).append(one)
    return {one: tuple(found[merges.root(one)]) for one in wanted if merges.root(one) in found}


def restrictions_of(person_ids: Iterable[int]) -> dict[int, tuple[Restricted, ...]]:
    """The restrictions of these people that nobody lifted, past and coming ones too; oldest first."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    whole = merges.together(wanted)
    found: dict[int, list[Restricted]] = {}
    for row, words in db.session.execute(_RESTRICTIONS_OF, {"ids": sorted(whole)}):
        found.setdefault(whole[row.person_id], []).append(_restricted(row, words))
    return {one: tuple(found[merges.root(one)]) for one in wanted if merges.root(one) in found}


def restrictions_ending(now: datetime, days: int = 7) -> list[Restricted]:
    """The restrictions that end, or are to be looked at again, within so many days; those overdue first."""
    today = site.calendar().day_of(now)
    last = today + timedelta(days=days)
    ends = Restriction.ends_on.between(today, last)
    # One whose review is past stays in the list until somebody looked: nothing ends by being forgotten.
    review = (Restriction.review_on <= last) & or_(
        Restriction.ends_on.is_(None), Restriction.ends_on >= today
    )
    rows = db.session.execute(_RESTRICTIONS.where(or_(ends, review))).all()
    found = [_restricted(row, words) for row, words in rows]
    return sorted(found, key=lambda one: (min(filter(None, (one.ends_on, one.review_on))), one.seq))


def has_ended(root_seq: int) -> bool:
    """Whether an alert or a restriction was ended by hand; `root_seq` is the link of its first version."""
    chosen = select(Ending.id).where(Ending.entry_seq == root_seq, is_current(Ending))
    return db.session.scalar(chosen) is not None


def signed_by(person_ids: Iterable[int]) -> dict[int, tuple[Agreement, ...]]:
    """What these people signed, oldest first."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    whole = merges.together(wanted)
    found: dict[int, list[Agreement]] = {}
    for row in db.session.scalars(_SIGNED, {"ids": sorted(whole)}):
        found.setdefault(whole[row.person_id], []).append(row)
    return {one: tuple(found[merges.root(one)]) for one in wanted if merges.root(one) in found}


def agreement_now() -> str | None:
    """The version of the agreement people are asked to sign now; None where the site has none."""
    versions = site.book().choices("agreement")
    return versions[-1].code if versions else None


def notices(person_ids: Collection[int], now: datetime) -> dict[int, Notices]:
    """What is to be said about these people at their arrival: four queries, however many they are."""
    alerts, restrictions = alerts_of(person_ids), restrictions_of(person_ids)
    signed, asked, today = signed_by(person_ids), agreement_now(), site.calendar().day_of(now)
    young, found = ages_advised(person_ids, now), {}
    for one in person_ids:
        holds = [each for each in restrictions.get(one, ()) if each.in_force(today)]
        versions = {row.version for row in signed.get(one, ())}
        unsigned = asked if asked is not None and asked not in versions else None
        holds.sort(key=lambda each: each.ends_on or date.max, reverse=True)
        found[one] = Notices(alerts.get(one, ()), tuple(holds), unsigned, young.get(one))
    return found


def _restricted(row: Restriction, words: str | None) -> Restricted:
    return Restricted(
        seq=row.link_seq,
        root_seq=row.root_seq or row.link_seq,
        person_id=row.person_id,
        reason=row.reason,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        decided_by=row.decided_by,
        words=words,
        by=row.by,
    )
