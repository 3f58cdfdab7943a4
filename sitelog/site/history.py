"""Reads every version of every setting, once until another is written; and the books made of them."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from sitelog.ground import clock
from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.site import rules
from sitelog.site.models import Setting
from sitelog.site.rules import SiteBook
from sitelog.site.versions import History, Version
from sitelog.store.db import db
from sitelog.store.transaction import connection, writing
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_KEPT = "sitelog.book"
_VERSIONS = (
    select(
        Setting.id, Setting.name, Setting.value, Setting.valid_from, Link.at, Setting.link_seq.label("seq")
    )
    .join(Link, Link.seq == Setting.link_seq)
    .where(is_current(Setting))
    .order_by(Setting.id)
)
# Books of past days that are kept at once: a report is made of one, a reissue of a few.
MOST_BOOKS = 32

# What is entered before anybody works here: it is no reason to keep the clock as it was first set.
SETTING_UP = ("site", "account", "desk", "session", "directory", "place")


@dataclass(frozen=True)
class _Kept:
    """What was read when the newest entry about the site was `newest`."""

    newest: int
    history: History
    book: SiteBook
    past: dict[tuple[int, ...], SiteBook] = field(default_factory=dict)
    since: dict[int, SiteBook] = field(default_factory=dict)


def versions() -> History:
    """Every version of every setting, read anew."""
    return History(tuple(Version(*row) for row in connection().execute(_VERSIONS)))


def book_now(newest: int) -> SiteBook:
    """What is set now; `newest` is the newest entry about the site."""
    return _read(newest).book


def book_then(newest: int, instant: datetime) -> SiteBook:
    """What was set at an instant."""
    kept = _read(newest)
    held = kept.history.holding(instant)
    key = tuple(sorted(version.id for version in held.values()))
    if key not in kept.past:
        if len(kept.past) >= MOST_BOOKS:
            kept.past.clear()
        kept.past[key] = rules.assemble(kept.history.values(instant), newest)
    return kept.past[key]


def book_since(newest: int, instant: datetime) -> SiteBook:
    """What is set now, and the words that were in use at an instant."""
    kept = _read(newest)
    # Between two changes every instant has the same: an import asks this a hundred thousand times.
    turn = bisect_right(kept.history.starts, instant)
    if turn not in kept.since:
        kept.since[turn] = rules.with_words_of(kept.book, book_then(newest, instant))
    return kept.since[turn]


def values_of(found: History, instant: datetime, before: int | None = None) -> dict[str, Any]:
    """Every setting at an instant, with the starter where nothing was said."""
    values = found.values(instant, before)
    if not values:
        raise Usage(N_("This instance is not set up yet: run “sitelog init”."))
    return rules.spread(values)


def has_entries() -> bool:
    """Whether anything was entered here that is not setting up."""
    nouns = or_(*(Link.kind.startswith(f"{noun}.") for noun in SETTING_UP))
    return db.session.scalar(select(Link.seq).where(~nouns).limit(1)) is not None


def _read(newest: int) -> _Kept:
    kept: _Kept | None = current_app.extensions.get(_KEPT)
    if kept is None or kept.newest != newest or _turned(kept.book):
        kept = _assembled(newest)
        # What an open transaction has set may yet be taken back, and another change get its number.
        if not writing():
            current_app.extensions[_KEPT] = kept
    return kept


def _turned(book: SiteBook) -> bool:
    # Only where a change is planned does it matter what the time is: which lists hold is asked by every
    # view and verb, and the one answer of this moment is as good for all of them.
    return book.until is not None and clock.now() >= book.until


def _assembled(newest: int) -> _Kept:
    found, now = versions(), clock.now()
    if not found.versions:
        raise Usage(N_("This instance is not set up yet: run “sitelog init”."))
    present = found.present(now)
    return _Kept(newest, found, rules.assemble(found.values(present), newest, found.turns(now)))
