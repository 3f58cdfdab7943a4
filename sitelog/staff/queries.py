"""Reads about staff: accounts, tiles, who is signed in, and whose session a token is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from sitelog.ground.access import OPERATOR, SCHEDULER, Actor, Role
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.staff import hashes, rules
from sitelog.staff.models import Account, Credential, Device, StaffSession
from sitelog.store.db import db
from sitelog.store.remembered import remembered
from sitelog.store.transaction import connection
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

_KEPT = "sitelog.initials"

WORDS = {
    "account.added": N_("Account of %(name)s added"),
    "account.changed": N_("Account of %(name)s changed"),
    "account.disabled": N_("Account of %(name)s disabled"),
    "account.enabled": N_("Account of %(name)s enabled again"),
    "account.locked": N_("%(name)s locked for 5 minutes after wrong tries"),
    "account.password_reset": N_("New password for %(name)s"),
    "account.pin_set": N_("New PIN for %(name)s"),
    "session.started": N_("%(name)s signed in"),
    "session.ended": N_("%(name)s signed out"),
    "session.locked": N_("Desk of %(name)s locked"),
    "session.unlocked": N_("%(name)s back at the desk"),
    "desk.registered": N_("%(name)s registered"),
    "desk.removed": N_("%(name)s removed"),
}


@dataclass(frozen=True)
class Found:
    """An open session and the account it belongs to, as it is now."""

    id: int
    actor: Actor
    device_id: int | None
    started_at: datetime
    seen_at: datetime
    locked_at: datetime | None


@dataclass(frozen=True)
class Tile:
    """A name at the desk that opens with a PIN; `on_since` if the person is signed in somewhere."""

    ref: str
    name: str
    initials: str
    role: Role
    on_since: datetime | None = None


# Asked once per request, so it is built once: the session, and the newest version of its account.
_SESSION = (
    select(
        StaffSession.id,
        StaffSession.device_id,
        StaffSession.started_at,
        StaffSession.seen_at,
        StaffSession.ends_at,
        StaffSession.locked_at,
        Account.ref,
        Account.name,
        Account.initials,
        Account.role,
        Account.audience,
        Account.active,
    )
    .join(Account, Account.ref == StaffSession.account_ref)
    .where(StaffSession.token_hash == bindparam("token_hash"))
    .order_by(Account.id.desc())
    .limit(1)
)


def session_of(token: str, now: datetime) -> Found | None:
    """The open session a cookie's token belongs to; None if it is over or its account disabled."""
    # Plain rows on the session's own connection: half the cost of asking through the mapper.
    row = connection().execute(_SESSION, {"token_hash": hashes.token_hash(token)}).first()
    if row is None or not row.active or rules.is_over(row.ends_at, now):
        return None
    actor = Actor(row.ref, row.name, row.initials, Role(row.role), row.audience)
    return Found(row.id, actor, row.device_id, row.started_at, row.seen_at, row.locked_at)


def device_of(token: str) -> Device | None:
    """The registered desk a cookie's token belongs to."""
    return db.session.scalar(select(Device).where(Device.token_hash == hashes.token_hash(token)))


def desk_actor(device: Device) -> Actor:
    """A locked desk as an actor: it can do nothing but start a response."""
    return Actor(f"D{device.id:02}", device.label, "–", Role.DESK)


def devices() -> Sequence[Device]:
    """The registered desks."""
    return db.session.scalars(select(Device).order_by(Device.id)).all()


def desks_ever() -> int:
    """How many desks were ever registered: a number is never given twice."""
    return db.session.scalar(select(func.count(Link.seq)).where(Link.kind == "desk.registered")) or 0


def accounts() -> Sequence[Account]:
    """The newest version of every account, in the order they were made."""
    newest = select(func.max(Account.id)).group_by(Account.ref)
    return db.session.scalars(select(Account).where(Account.id.in_(newest)).order_by(Account.number)).all()


def account(ref: str) -> Account:
    """An account as it is now."""
    chosen = select(Account).where(Account.ref == ref).order_by(Account.id.desc()).limit(1)
    found = db.session.scalar(chosen)
    if found is None:
        raise Unknown(N_("There is no account %(ref)s; accounts are named as S03."), ref=ref[:16])
    return found


def account_named(name: str) -> Account | None:
    """The account people call by this name, or by its ref as lists print it, whatever the case."""
    wanted = name.strip().casefold()
    return next((one for one in accounts() if wanted in (one.name.casefold(), one.ref.casefold())), None)


def actor_of(one: Account) -> Actor:
    """An account as an actor."""
    return Actor(one.ref, one.name, one.initials, Role(one.role), one.audience)


def people_on_tiles(now: datetime | None = None) -> list[Tile]:
    """The active people of the desk who have a PIN; with `now`, since when each is signed in."""
    with_pin = set(db.session.scalars(select(Credential.account_ref).where(Credential.pin_hash.is_not(None))))
    since = _on_since(now) if now else {}
    return [
        Tile(one.ref, one.name, one.initials, Role(one.role), since.get(one.ref))
        for one in accounts()
        if one.active and one.role in rules.DESK_ROLES and one.ref in with_pin
    ]


def staff_on(now: datetime) -> list[Actor]:
    """The desk's people who are signed in now, in the order they came."""
    known = {one.ref: one for one in accounts() if one.active and one.role in rules.DESK_ROLES}
    return [actor_of(known[ref]) for ref in _on_since(now) if ref in known]


def is_password(ref: str, password: str) -> bool:
    """Whether this is the account's password; not for signing in, since it counts no try."""
    kept = db.session.get(Credential, ref, populate_existing=True)
    return hashes.password_matches(kept.password_hash if kept else None, password)


def initials() -> dict[str, str]:
    """The initials behind every actor's ref, kept until an account changes."""
    return {ref: actor.initials for ref, actor in _everybody().items()}


def names() -> dict[str, str]:
    """The desk's people and those who were: ref and name, in the order of the alphabet."""
    desk = [one for one in _everybody().values() if one.role in rules.DESK_ROLES]
    return {one.ref: one.name for one in sorted(desk, key=lambda one: one.name.casefold())}


def name_of(ref: str) -> str:
    """The name behind an actor's ref; the ref itself where there is none."""
    known = _everybody().get(ref)
    if known is None and ref[:1] == "D" and ref[1:].isdigit():
        return f"Desk {int(ref[1:])}"
    return known.name if known else ref


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Entries about staff in words."""
    known = [link for link in links if link.kind in WORDS]
    return {link.seq: Sentence(WORDS[link.kind], {"name": name_of(link.subject)}) for link in known}


def _on_since(now: datetime) -> dict[str, datetime]:
    chosen = select(StaffSession.account_ref, func.min(StaffSession.started_at).label("since"))
    chosen = chosen.where(StaffSession.ends_at > now, StaffSession.locked_at.is_(None))
    rows = db.session.execute(chosen.group_by(StaffSession.account_ref).order_by("since"))
    return {row.account_ref: row.since for row in rows}


def _everybody() -> dict[str, Actor]:
    return remembered(_KEPT, trail.last_seq_of("account"), _read_everybody)


def _read_everybody() -> dict[str, Actor]:
    people = {one.ref: actor_of(one) for one in accounts()}
    return {**{system.ref: system for system in (OPERATOR, SCHEDULER)}, **people}
