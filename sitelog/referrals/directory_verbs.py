"""The verbs of the directory: list services, add one, say one anew; `actions` hands them on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.referrals import directory, rules
from sitelog.referrals.models import Service
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link


def list_services(
    services: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Link:
    """Record a version of each entry given (shape: `defaults.SERVICES`); the others stay as they are."""
    with transaction():
        if first := seen(token, by=by):
            return first
        for values in services:
            check_choice(site.book(), "referral_kind", values["kind"], "kind")
        rows = [_row({"position": n, **values}) for n, values in enumerate(services)]
        return _listed(rows, by=by, happened_at=happened_at, at=at, token=token)


def add_service(
    values: Mapping[str, Any], *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Service:
    """Put a service at the end of the directory; its code is made of its name, once and for all."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Service)[0]
        check_choice(site.book(), "referral_kind", values["kind"], "kind")
        known = directory.directory(retired=True)
        code = rules.fresh_code(values["name"], {entry.code for entry in known})
        position = max((entry.position for entry in known), default=-1) + 1
        row = _row({"code": code, "position": position, **values})
        _listed([row], by=by, happened_at=happened_at, at=at, token=token)
        return row


def change_service(
    code: str,
    changes: Mapping[str, Any],
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Service:
    """Say some of an entry anew (`changes`: columns of `Service`); referrals stay as they were offered."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Service)[0]
        before = directory.service(code, retired=True)
        if changes.get("kind", before.kind) != before.kind:
            check_choice(site.book(), "referral_kind", changes["kind"], "kind")
        row = _row({**directory.as_values(before), **changes})
        _listed([row], by=by, happened_at=happened_at, at=at, token=token)
        return row


def _row(values: Mapping[str, Any]) -> Service:
    said = {"on_site": False, "retired": False, **values}
    rules.check_entry(said["name"], said["tone"], said.get("seats"))
    return Service(**said)


def _listed(rows: Sequence[Service], **words: Any) -> Link:
    return append("directory.listed", "directory", *rows, **words)
