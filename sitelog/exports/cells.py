"""Every figure ever published for an audience, as the cell list an auditor can try to break."""

from datetime import datetime
from typing import Any

from sitelog.disclosure import lines
from sitelog.disclosure.difference import Released
from sitelog.disclosure.printed import Exact, limits
from sitelog.ground.access import Actor, Permission
from sitelog.ground.errors import Forbidden, Refused
from sitelog.ground.words import N_
from sitelog.reports import audiences, queries
from sitelog.reports.models import Release
from sitelog.reports.tables import domains
from sitelog.site import queries as site
from sitelog.store.transaction import transaction
from sitelog.tally.rollup import Domains
from sitelog.trail.actions import append

# The first is never more than the second: one use of a place is one or more consumptions, at the same moment.
LINKS = [["episodes", "consumptions"]]


def cells(audience: str, truth: bool = False, reason: str = "", *, by: Actor, at: datetime) -> dict[str, Any]:
    """The cell list of an audience: `cells`, `domains`, `links`, `distinct`.

    `truth`: each cell also says what it hides; that takes the permission, a reason, and leaves an entry.
    Unknown for an audience the site does not have, Forbidden for a person who may not, Refused without a
    reason for the truth.
    """
    book = site.book()
    audiences.check(book, audience)
    _check(by, truth)
    if truth:
        if not reason.strip():
            raise Refused(
                N_("Say why what was hidden is exported: the reason stays in the trail."), field="reason"
            )
        with transaction():
            append("cells.exported", audience, by=by, happened_at=at, at=at, note=reason.strip())
    found = [_entry(one, truth) for one in queries.figures(Release.audience == audience)]
    return {
        "cells": [entry for entry in found if entry is not None],
        "domains": _domains(domains(book)),
        "links": LINKS,
        "distinct": {},
    }


def _check(by: Actor, truth: bool) -> None:
    if not by.can(Permission.EXPORT_TRUTH if truth else Permission.EXPORT_CELLS):
        raise Forbidden(N_("Your account is not allowed to export this."))


def _entry(one: Released, truth: bool) -> dict[str, Any] | None:
    """One printed number; None where none was printed (not recorded, does not apply, withheld)."""
    bounds = limits(one.cell)
    if bounds is None:
        return None
    entry: dict[str, Any] = {
        "id": "/".join((one.release, *one.where)),
        "release": one.release,
        "measure": one.measure,
        "dims": {name: list(part) if isinstance(part, tuple) else part for name, part in one.dims},
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "value": one.cell.value if isinstance(one.cell, Exact) else None,
        "lo": bounds[0],
        "hi": bounds[1],
    }
    if truth:
        entry |= {"truth": one.truth, "people": one.people, "protect": one.protected, "width": one.width}
    return entry


def _domains(known: Domains) -> dict[str, list[str]]:
    """The categories of tables, and those that only an incident line has."""
    shown: Domains = {name: codes for name, (_, codes) in lines.COLUMNS.items()}
    return {dimension: list(labels) for dimension, labels in {**shown, **known}.items()}
