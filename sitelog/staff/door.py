"""Coming to a desk, locking it and leaving. Whoever comes is the actor, so these verbs are not told one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.staff import hashes, queries, rules
from sitelog.staff.models import Account, Credential, Device, StaffSession
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail.actions import append

# Who writes down that a name was locked: nobody is signed in at that moment.
DOOR = Actor("door", "sign-in", "–", Role.DESK)


@dataclass(frozen=True)
class Opened:
    """A session that was opened: the tokens for its cookies, `device_token` only for a new desk."""

    actor: Actor
    token: str
    device_token: str | None = None


def check_own_password(ref: str, password: str, *, at: datetime) -> None:
    """Prove that whoever asks is the person of this account."""
    _prove(
        ref,
        at,
        _BY_PASSWORD,
        lambda kept: hashes.password_matches(kept.password_hash if kept else None, password),
    )


def check_own_pin(ref: str, pin: str, *, at: datetime) -> Actor:
    """Prove by their PIN that the person of this account stands at the desk; a wrong one counts as a try."""
    shown = ref if ref in {tile.ref for tile in queries.people_on_tiles()} else None
    _prove(shown, at, _BY_PIN, lambda kept: hashes.pin_matches(kept.pin_hash if kept else None, ref, pin))
    return queries.actor_of(queries.account(ref))


def sign_in(
    name: str,
    password: str,
    *,
    at: datetime,
    session_token: str | None = None,
    device_token: str | None = None,
) -> Opened:
    """Come in with name and password; a session this browser had ends, a nurse's browser becomes a desk.

    Refused in the same words and after the same time, whether the name or the password is wrong, or the name
    locked.
    """
    found = queries.account_named(name)
    ref = found.ref if found and found.active else None
    _prove(
        ref,
        at,
        _BY_PASSWORD,
        lambda kept: hashes.password_matches(kept.password_hash if kept else None, password),
    )
    assert found is not None
    with transaction():
        device, made = _desk_for(found, device_token, at)
        return _open(found, device, at, replaces=session_token, device_token=made)


def unlock_with_pin(
    ref: str, pin: str, *, at: datetime, device_token: str | None, session_token: str | None = None
) -> Opened:
    """Come to a registered desk with a PIN: the own locked session goes on, anybody else's ends."""
    device = queries.device_of(device_token) if device_token else None
    if device is None:
        raise Refused(rules.ONLY_AT_A_DESK, field="secret")
    known = {tile.ref for tile in queries.people_on_tiles()}
    shown = ref if ref in known else None
    _prove(shown, at, _BY_PIN, lambda kept: hashes.pin_matches(kept.pin_hash if kept else None, ref, pin))
    found = queries.account(ref)
    with transaction():
        mine = queries.session_of(session_token, at) if session_token else None
        if session_token and mine and mine.actor.ref == ref:
            return _resume(mine, session_token, at)
        return _open(found, device, at, replaces=session_token)


def lock(session_token: str, *, at: datetime) -> None:
    """Lock the desk; the session stays, and what is on the screen with it."""
    with transaction():
        found = queries.session_of(session_token, at)
        if found is None or found.locked_at:
            return
        append("session.locked", found.actor.ref, by=found.actor, happened_at=at, at=at)
        _update_session(found.id, locked_at=at)


def sign_out(session_token: str, *, at: datetime) -> None:
    """Leave: the session is gone."""
    with transaction():
        _end(session_token, at)


def touch(session_id: int, *, at: datetime) -> None:
    """Somebody is at the desk. Not an entry: it changes nothing but when the lock comes."""
    with transaction():
        _update_session(session_id, seen_at=at)


@dataclass(frozen=True)
class _Way:
    """A way in, whose wrong tries are counted in columns of its own. Only where the name cannot have been
    guessed, on the tiles of a registered desk, does a lock say that it is one."""

    tries: str
    until: str
    tells: bool


_BY_PASSWORD = _Way("failed_tries", "locked_until", tells=False)
_BY_PIN = _Way("pin_tries", "pin_locked_until", tells=True)


def _prove(ref: str | None, at: datetime, way: _Way, matches: Callable[[Credential | None], bool]) -> None:
    """Count a try, see whether the secret is right, and forget the count if it is.

    The try is counted first: five guesses sent at the same moment are five tries.
    """
    kept, locked = _count_try(ref, at, way)
    if matches(kept) and ref and not locked:
        with transaction():
            good = update(Credential).where(Credential.account_ref == ref)
            db.session.execute(good.values({way.tries: 0, way.until: None}))
        return
    if kept and ref and not locked and rules.tries_left(getattr(kept, way.tries)) == 0:
        with transaction():
            append("account.locked", ref, by=DOOR, happened_at=at, at=at)
    words = N_("That is not right. Try again; five wrong tries lock the name for five minutes.")
    raise Refused(words, field="secret")


def _count_try(ref: str | None, at: datetime, way: _Way) -> tuple[Credential | None, bool]:
    """What is kept of a name, one try more, and whether it is locked."""
    with transaction():
        kept = db.session.get(Credential, ref, populate_existing=True) if ref else None
        if kept is None:
            _as_slow_as_a_count()
            return None, False
        until = getattr(kept, way.until)
        if way.tells:
            rules.check_not_locked(until, at)
        if until and until > at:
            return kept, True
        tries = 1 if until else getattr(kept, way.tries) + 1
        setattr(kept, way.tries, tries)
        setattr(kept, way.until, at + rules.LOCKED_FOR if tries >= rules.TRIES else None)
        return kept, False


def _as_slow_as_a_count() -> None:
    # A write that changes nothing: an unknown name takes as long as a known one.
    any_ref = select(func.min(Credential.account_ref)).scalar_subquery()
    same = update(Credential).where(Credential.account_ref == any_ref)
    same = same.values(failed_tries=Credential.failed_tries)
    db.session.execute(same, execution_options={"synchronize_session": False})


def _desk_for(found: Account, device_token: str | None, at: datetime) -> tuple[Device | None, str | None]:
    known = queries.device_of(device_token) if device_token else None
    if known or found.role not in rules.DESK_ROLES:
        return known, None
    made = hashes.fresh_token()
    number = queries.desks_ever() + 1
    words: dict[str, Any] = {"registered_at": at, "registered_by": found.ref}
    device = Device(id=number, token_hash=hashes.token_hash(made), label=f"Desk {number}", **words)
    db.session.add(device)
    db.session.flush()
    append("desk.registered", f"D{number:02}", by=queries.actor_of(found), happened_at=at, at=at)
    return device, made


def _open(
    found: Account,
    device: Device | None,
    at: datetime,
    *,
    replaces: str | None,
    device_token: str | None = None,
) -> Opened:
    if replaces:
        _end(replaces, at)
    db.session.execute(delete(StaffSession).where(StaffSession.ends_at <= at))
    actor, token = queries.actor_of(found), hashes.fresh_token()
    times: dict[str, Any] = {"started_at": at, "seen_at": at, "ends_at": at + rules.SESSION_LASTS}
    desk = device.id if device else None
    mark = hashes.token_hash(token)
    db.session.add(StaffSession(token_hash=mark, account_ref=found.ref, device_id=desk, **times))
    append("session.started", found.ref, by=actor, happened_at=at, at=at)
    return Opened(actor, token, device_token)


def _resume(mine: queries.Found, token: str, at: datetime) -> Opened:
    append("session.unlocked", mine.actor.ref, by=mine.actor, happened_at=at, at=at)
    _update_session(mine.id, locked_at=None, seen_at=at)
    return Opened(mine.actor, token)


def _end(session_token: str, at: datetime) -> None:
    found = queries.session_of(session_token, at)
    if found:
        append("session.ended", found.actor.ref, by=found.actor, happened_at=at, at=at)
        db.session.execute(delete(StaffSession).where(StaffSession.id == found.id))


def _update_session(session_id: int, **values: Any) -> None:
    db.session.execute(update(StaffSession).where(StaffSession.id == session_id).values(**values))
