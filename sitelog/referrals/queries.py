"""Reads of referrals: a ladder, what is due, how many came to which rung; and the directory's reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from sitelog.ground.days import Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.referrals import rules
from sitelog.referrals.directory import by_code
from sitelog.referrals.directory import directory as directory
from sitelog.referrals.directory import offered as offered
from sitelog.referrals.directory import seats_left as seats_left
from sitelog.referrals.directory import service as service
from sitelog.referrals.models import FollowUp, Referral, Rung, Service
from sitelog.referrals.rules import Step
from sitelog.referrals.said import sentences as sentences
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link
from sitelog.visits import queries as visits

# What falls due tomorrow is shown today, so that there is time to call.
AHEAD = timedelta(days=1)
_KEPT_ASKS = "sitelog.referrals.due"


@dataclass(frozen=True)
class Due:
    """A follow-up that nothing has settled yet."""

    ref: str
    who: str
    service: str
    agency: str
    due_on: date
    days: int
    state: str
    since: datetime
    note: str | None = None

    @property
    def tone(self) -> str:
        """ "late", "now" or "left"."""
        return "late" if self.days < 0 else "left" if self.days else "now"


@dataclass(frozen=True)
class Ladder:
    """One referral as it stands."""

    referral: Referral
    who: str
    service: Service
    steps: list[Step]
    follow_up: FollowUp | None
    notes: list[str]

    @property
    def state(self) -> str:
        """The newest rung."""
        return rules.state(self.steps)

    @property
    def how(self) -> str | None:
        """How it was last made."""
        made = [step.how for step in rules.in_order(self.steps) if step.rung == "made"]
        return made[-1] if made else None

    @property
    def rail(self) -> list[rules.RailMark]:
        """The five places of the rail."""
        return rules.rail(self.steps)

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers of equal weight."""
        return rules.CHOICES[self.state]

    @property
    def others(self) -> list[str]:
        """The further rungs that may come next."""
        return [rung for rung in rules.NEXT[self.state] if rung not in self.choices]


@dataclass(frozen=True)
class Uptake:
    """How many of the referrals offered in a window came to one rung, and out of how many."""

    rung: str
    count: int
    of: str | None = None
    denominator: int = 0

    @property
    def per_cent(self) -> int | None:
        """Of the denominator, rounded; None where there is nothing to divide by."""
        return round(100 * self.count / self.denominator) if self.denominator else None


def referral(ref: str) -> Referral:
    """The referral people call by this ref; Unknown if there is none, or its offer was struck."""
    found: Referral | None = db.session.scalar(current(Referral).where(Referral.ref == ref))
    if found is None:
        raise Unknown(N_("There is no referral %(ref)s."), ref=ref[:16])
    return found


def steps(ref: str) -> list[Step]:
    """The rungs of one referral that stand."""
    return _steps([ref])[ref]


def ladder(ref: str) -> Ladder:
    """One referral with its rungs, its outstanding follow-up and its notes, newest note first."""
    row = referral(ref)
    entries = by_code()
    asks = db.session.scalars(_outstanding().where(FollowUp.ref == ref)).first()
    said = [words for _, words in reversed(_notes([ref]))]
    return Ladder(row, _who([row])[ref], entries[row.service_code], steps(ref), asks, said)


def due(now: datetime) -> list[Due]:
    """The follow-ups that are late, due today or due tomorrow, oldest first."""
    today = site.calendar().day_of(now)
    asks = db.session.scalars(_outstanding().where(FollowUp.due_on <= today + AHEAD)).all()
    refs = [ask.ref for ask in asks]
    rows = {row.ref: row for row in db.session.scalars(current(Referral).where(Referral.ref.in_(refs)))}
    who, entries, climbed, said = _who(rows.values()), by_code(), _steps(refs), _last_notes(refs)
    found = []
    for ask in asks:
        last, entry = rules.in_order(climbed[ask.ref])[-1], entries[rows[ask.ref].service_code]
        days = (ask.due_on - today).days
        words = (ask.ref, who[ask.ref], entry.name, entry.agency, ask.due_on, days)
        found.append(Due(*words, last.rung, last.happened_at, said.get(ask.ref)))
    return found


@dataclass(frozen=True)
class Ask:
    """What to ask somebody who is here: about which referral, to which service."""

    ref: str
    service: str


@dataclass(frozen=True)
class _Asks:
    """What is due: how much, and what to ask whom."""

    count: int
    people: Mapping[int, Ask]


def due_count(now: datetime) -> int:
    """How many follow-ups are due."""
    return _asks(now).count


def asks_of_people(now: datetime) -> Mapping[int, Ask]:
    """The oldest follow-up that is due of each person, by person id: for who sees them anyway."""
    return _asks(now).people


def _asks(now: datetime) -> _Asks:
    """Kept until a referral's entry, the directory or the site's day changes it."""
    key = (trail.last_seq_of("referral"), trail.last_seq_of("directory"), site.calendar().day_of(now))
    return remembered(_KEPT_ASKS, key, lambda: _due_by(key[2] + AHEAD))


def _due_by(on: date) -> _Asks:
    refs = [ask.ref for ask in db.session.scalars(_outstanding().where(FollowUp.due_on <= on))]
    return _Asks(len(refs), _by_person(refs) if refs else {})


def _by_person(refs: Sequence[str]) -> dict[int, Ask]:
    """What to ask each person, of these referrals the first that is theirs."""
    chosen = select(Referral.ref, Referral.person_id, Referral.service_code).where(is_current(Referral))
    mine = chosen.where(Referral.ref.in_(refs), Referral.person_id.is_not(None))
    rows = sorted(db.session.execute(mine), key=lambda row: refs.index(row.ref), reverse=True)
    entries = by_code()
    return {row.person_id: Ask(row.ref, entries[row.service_code].name) for row in rows}


def open_count() -> int:
    """How many referrals are neither declined nor closed."""
    return sum(rules.is_open(climbed) for climbed in _steps(_refs_ever()).values() if climbed)


def find(text: str, limit: int = 20) -> list[tuple[Referral, str, str]]:
    """Referrals by ref or by handle, newest first, each with who and the service's name."""
    named = list(people.together(person.id for person in people.find(text, limit))) if text else []
    chosen = current(Referral).where(or_(Referral.ref == text.upper(), Referral.person_id.in_(named)))
    rows = db.session.scalars(chosen.order_by(Referral.number.desc()).limit(limit)).all()
    who, entries = _who(rows), by_code()
    return [(row, who[row.ref], entries[row.service_code].name) for row in rows]


def mentions(person_ids: Collection[int]) -> list[people.Mention]:
    """The referrals of these registrations, and of their visits; struck ones too."""
    theirs = or_(Referral.person_id.in_(person_ids), Referral.visit_id.in_(visits.visit_ids(person_ids)))
    last = select(func.max(Referral.id)).group_by(Referral.ref)
    chosen = select(Referral.ref, Link.happened_at, is_current(Referral).label("stands"))
    chosen = chosen.join(Link, Link.seq == Referral.link_seq).where(Referral.id.in_(last), theirs)
    return [people.Mention("referral", *row) for row in db.session.execute(chosen)]


def newest() -> str | None:
    """The ref of the newest referral, if there is any."""
    return db.session.scalar(
        select(Referral.ref).where(is_current(Referral)).order_by(Referral.id.desc()).limit(1)
    )


def uptake(window: Window) -> list[Uptake]:
    """Of the referrals elsewhere offered in a window: how many came to each rung, of how many."""
    offered = (Rung.rung == "offered", Rung.happened_at >= window.start, Rung.happened_at < window.end)
    chosen = select(Rung.ref).where(*offered, is_current(Rung)).join(Referral, Referral.ref == Rung.ref)
    refs = db.session.scalars(chosen.where(is_current(Referral), Referral.on_site.is_(False))).all()
    climbed = list(_steps(refs).values())
    count = {rung: sum(rung in rules.reached(each) for each in climbed) for rung in rules.RUNGS}
    # Asked and still not known, of those the agency was told about.
    lost = sum(rules.state(each) == "unknown" and "made" in rules.reached(each) for each in climbed)
    lines = [Uptake("offered", count["offered"])]
    for rung, of in (("accepted", "offered"), ("made", "accepted"), ("attended", "made")):
        lines.append(Uptake(rung, count[rung], of, count[of]))
    return [*lines, Uptake("unknown", lost, "made", count["made"])]


def _order(model: type[Rung] | type[FollowUp] | Any) -> ColumnElement[int]:
    return func.coalesce(model.root_seq, model.link_seq)


def _outstanding() -> Any:
    """Follow-ups that no later rung and no later follow-up has settled, oldest first."""
    rung, asked = aliased(Rung), aliased(FollowUp)
    mine = _order(FollowUp)
    climbed = exists(select(rung.id).where(rung.ref == FollowUp.ref, _order(rung) > mine, is_current(rung)))
    again = exists(select(asked.id).where(asked.ref == FollowUp.ref, _order(asked) > mine, is_current(asked)))
    stands = exists(select(Referral.id).where(Referral.ref == FollowUp.ref, is_current(Referral)))
    return current(FollowUp).where(~climbed, ~again, stands).order_by(FollowUp.due_on, FollowUp.id)


def _steps(refs: Iterable[str]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {ref: [] for ref in refs}
    for row in db.session.scalars(current(Rung).where(Rung.ref.in_(found)).order_by(Rung.id)):
        seqs = (row.root_seq or row.link_seq, row.link_seq)
        found[row.ref].append(Step(row.rung, row.happened_at, row.by, row.how, *seqs))
    return found


def _refs_ever() -> Sequence[str]:
    ended = aliased(Rung)
    closed = exists(
        select(ended.id).where(ended.ref == Referral.ref, ended.rung == "closed", is_current(ended))
    )
    return db.session.scalars(select(Referral.ref).where(is_current(Referral), ~closed)).all()


def _who(rows: Iterable[Referral]) -> dict[str, str]:
    kept = list(rows)
    handles = people.handle_of([row.person_id for row in kept if row.person_id is not None])
    unnamed = [row.visit_id for row in kept if row.person_id is None and row.visit_id is not None]
    visitors = visits.names_of(unnamed) if unnamed else {}
    return {
        row.ref: handles.get(row.person_id or 0) or visitors.get(row.visit_id or 0) or row.ref for row in kept
    }


def _last_notes(refs: Sequence[str]) -> dict[str, str]:
    return dict(_notes(refs))


def _notes(refs: Sequence[str]) -> list[tuple[str, str]]:
    """Referral and words of every note whose entry stands, oldest first."""
    links = db.session.execute(select(Link.seq, Link.subject).where(Link.subject.in_(refs))).all()
    gone = trail.amended_by([seq for seq, _ in links])
    about = {seq: ref for seq, ref in links if seq not in gone}
    return [(about[seq], words) for seq, words in sorted(trail.notes(list(about)).items())]
