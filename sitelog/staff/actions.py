"""The verbs about accounts and desks: open, close, give secrets. Coming and going is in `door`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.words import N_
from sitelog.staff import hashes, queries, rules
from sitelog.staff.door import check_own_pin
from sitelog.staff.models import Account, Credential, Device, StaffSession
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail.actions import append, seen
from sitelog.trail.queries import next_number, rows_of

__all__ = ["check_own_pin"]


@dataclass(frozen=True)
class FreshAccount:
    """An account with its secrets, told this once; `pin` is empty where the role has no tile on the desk."""

    ref: str
    name: str
    role: Role
    password: str
    pin: str


def add_fresh_account(
    name: str, role: Role, *, initials: str = "", audience: str | None = None, by: Actor, at: datetime
) -> FreshAccount:
    """Make an account with secrets of its own, as the command does."""
    password = hashes.fresh_password()
    pin = hashes.fresh_pin() if role in rules.DESK_ROLES else ""
    words: dict[str, Any] = {"initials": initials, "audience": audience, "by": by, "at": at}
    row = add_account(name, role, password=password, pin=pin or None, **words)
    return FreshAccount(row.ref, name, role, password, pin)


def add_account(
    name: str,
    role: str,
    *,
    password: str,
    initials: str = "",
    audience: str | None = None,
    pin: str | None = None,
    by: Actor,
    at: datetime,
    token: str | None = None,
) -> Account:
    """Make an account. `password` is shown to nobody again; `pin` puts the name on the desk's tiles."""
    name = name.strip()
    rules.check_name(name)
    rules.check_role(role, audience)
    rules.check_password(password)
    kept = hashes.password_hash(password)
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Account)[0]
        row = _new_account(name, role, initials.strip().upper(), audience or None)
        append("account.added", row.ref, row, by=by, happened_at=at, at=at, token=token)
        db.session.add(Credential(account_ref=row.ref, password_hash=kept))
    if pin:
        set_pin(row.ref, pin, by=by, at=at)
    return row


def disable(ref: str, *, by: Actor, at: datetime, token: str | None = None) -> Account:
    """Close an account and every session of it; its name stays on what it wrote."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Account)[0]
        old = queries.account(ref)
        if old.role == Role.ADMIN and old.active:
            rules.check_another_admin(_other_admins(ref))
        row = _version(old, "account.disabled", by=by, at=at, token=token, active=False)
        _end_sessions(ref)
        return row


def enable(ref: str, *, by: Actor, at: datetime, token: str | None = None) -> Account:
    """Open a closed account again."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Account)[0]
        return _version(queries.account(ref), "account.enabled", by=by, at=at, token=token, active=True)


def reset_password(ref: str, password: str, *, by: Actor, at: datetime, token: str | None = None) -> None:
    """Give an account another password, end its sessions and forget its wrong tries."""
    rules.check_password(password)
    kept = hashes.password_hash(password)
    with transaction():
        if seen(token, by=by):
            return
        queries.account(ref)
        append("account.password_reset", ref, by=by, happened_at=at, at=at, token=token)
        _set_credential(ref, password_hash=kept, failed_tries=0, locked_until=None)
        _end_sessions(ref)


def set_pin(ref: str, pin: str, *, by: Actor, at: datetime, token: str | None = None) -> None:
    """Give a person another PIN."""
    rules.check_pin(pin)
    kept = hashes.pin_hash(ref, pin)
    with transaction():
        if seen(token, by=by):
            return
        if queries.account(ref).role not in rules.DESK_ROLES:
            raise Refused(N_("Only people of the desk have a PIN."), field="pin")
        append("account.pin_set", ref, by=by, happened_at=at, at=at, token=token)
        _set_credential(ref, pin_hash=kept, pin_tries=0, pin_locked_until=None)


def remove_device(device_id: int, *, by: Actor, at: datetime, token: str | None = None) -> None:
    """Take a desk off the list: PINs stop working there and its sessions end."""
    with transaction():
        if seen(token, by=by):
            return
        if db.session.get(Device, device_id) is None:
            raise Unknown(N_("There is no desk %(number)s."), number=device_id)
        append("desk.removed", f"D{device_id:02}", by=by, happened_at=at, at=at, token=token)
        db.session.execute(delete(StaffSession).where(StaffSession.device_id == device_id))
        db.session.execute(delete(Device).where(Device.id == device_id))


def _new_account(name: str, role: str, initials: str, audience: str | None) -> Account:
    others = queries.accounts()
    rules.check_name_free(name, {one.name for one in others})
    taken = {one.initials for one in others}
    chosen = rules.initials_of(initials or name, taken) if not initials or initials in taken else initials
    rules.check_initials(chosen)
    number = next_number(Account)
    words: dict[str, Any] = {"name": name, "initials": chosen, "role": role, "audience": audience}
    return Account(number=number, ref=f"S{number:02}", active=True, **words)


def _version(
    old: Account, kind: str, *, by: Actor, at: datetime, token: str | None, **changes: Any
) -> Account:
    columns = ("number", "ref", "name", "initials", "role", "audience", "active")
    row = Account(**{**{name: getattr(old, name) for name in columns}, **changes})
    append(kind, old.ref, row, by=by, happened_at=at, at=at, token=token)
    return row


def _other_admins(ref: str) -> int:
    return sum(one.active and one.role == Role.ADMIN and one.ref != ref for one in queries.accounts())


def _set_credential(ref: str, **values: Any) -> None:
    db.session.execute(update(Credential).where(Credential.account_ref == ref).values(**values))


def _end_sessions(ref: str) -> None:
    db.session.execute(delete(StaffSession).where(StaffSession.account_ref == ref))
