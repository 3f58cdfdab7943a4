"""Set up the site, and take places out of service and back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.site import history, queries, rules
from sitelog.site.changing import (
    add,
    bring_back,
    change,
    move,
    retire,
    say_anew,
    set_values,
    start_from,
    undo_change,
)
from sitelog.site.models import PlaceService, Setting
from sitelog.site.versions import as_text
from sitelog.store.transaction import kept, transaction
from sitelog.trail.actions import append, seen
from sitelog.trail.queries import rows_of

__all__ = [
    "add",
    "bring_back",
    "change",
    "configure",
    "move",
    "put_back_in_service",
    "retire",
    "say_anew",
    "set_values",
    "start_from",
    "take_out_of_service",
    "undo_change",
]


def configure(
    settings: Mapping[str, Any], *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> None:
    """Record a new version of each setting named; the others stay as they are."""
    if "profile" in settings:
        rules.check_profile(settings["profile"])
    with transaction():
        if seen(token, by=by):
            return
        since = history.versions().present(happened_at)
        rows = [Setting(name=n, value=as_text(v), valid_from=since) for n, v in _each_list(settings)]
        append("site.configured", "site", *rows, by=by, happened_at=happened_at, at=at, token=token)
        kept().pop("book", None)


def _each_list(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    # Each list has versions of its own.
    for name, value in settings.items():
        if name == "words":
            yield from ((f"words.{kind}", words) for kind, words in value.items())
        else:
            yield name, value


def take_out_of_service(
    code: str,
    reason: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> PlaceService:
    """Close a place; who sits in it stays there until moved."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, PlaceService)[0]
        place = queries.book().place(code)
        rules.check_choice(queries.book(), "out_reason", reason, "reason")
        if code in queries.out_of_service():
            raise Conflict(N_("%(place)s is already out of service."), place=place.label)
        row = PlaceService(place_code=code, reason=reason, happened_at=happened_at, by=by.ref)
        append(
            "place.taken_out_of_service",
            code,
            row,
            by=by,
            happened_at=happened_at,
            at=at,
            token=token,
            note=note,
        )
        return row


def put_back_in_service(
    code: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> PlaceService:
    """Open a place again."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, PlaceService)[0]
        place = queries.book().place(code)
        if code not in queries.out_of_service():
            raise Conflict(N_("%(place)s is already in service."), place=place.label)
        row = PlaceService(place_code=code, reason=None, happened_at=happened_at, by=by.ref)
        append("place.put_back_in_service", code, row, by=by, happened_at=happened_at, at=at, token=token)
        return row
