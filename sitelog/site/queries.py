"""The site's book, read once and kept until the site is configured again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.errors import Usage
from sitelog.ground.languages import installed
from sitelog.ground.words import N_
from sitelog.site import history
from sitelog.site.models import PlaceService
from sitelog.site.rules import SiteBook
from sitelog.store.db import db
from sitelog.store.remembered import followed
from sitelog.store.transaction import connection, kept
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

_ENTRIES = {
    "site.changed": N_("Settings changed"),
    "site.change_undone": N_("A change of the settings taken back"),
    "site.started_from_preset": N_("Settings started from a preset"),
}

_SERVICE = "sitelog.site.service"
# Built once: putting a statement together costs more than running it.
_NEWEST = select(
    PlaceService.place_code, PlaceService.reason, PlaceService.happened_at, PlaceService.by
).where(
    PlaceService.id.in_(
        select(func.max(PlaceService.id)).where(is_current(PlaceService)).group_by(PlaceService.place_code)
    )
)


@dataclass(frozen=True)
class Outage:
    """A place that cannot be used: why (a word of the list `out_reason`), since when, by whom (ref)."""

    reason: str
    since: datetime
    by: str


def book() -> SiteBook:
    """Everything that is set for the site now: asked for once a request, whatever it writes in between."""
    known: SiteBook | None = kept().get("book")
    if known is None:
        known = kept()["book"] = history.book_now(trail.last_seq_of("site"))
    return known


def book_at(instant: datetime) -> SiteBook:
    """Everything that was set at an instant: for what is counted or printed of a day that is past."""
    return history.book_then(trail.last_seq_of("site"), instant)


def book_for(instant: datetime) -> SiteBook:
    """What an entry of an instant that is past is checked with: a word retired since is taken, too."""
    return history.book_since(book().since_seq, instant)


def book_of(window: Window) -> SiteBook:
    """The lists a window is counted with: those that held when it ended."""
    return book_at(window.end - timedelta.resolution)


def calendar() -> SiteCalendar:
    """The site's day and week."""
    return book().calendar


def languages() -> tuple[str, ...]:
    """The languages of the site that come with sitelog, its own first; none where nothing was said."""
    known = installed()
    try:
        said = book().policy("languages", ())
    except Usage:  # nothing is set up yet
        return ()
    return tuple(code for code in said if code in known)


def configured() -> bool:
    """Whether the site has been set up at all."""
    return trail.last_seq_of("site") > 0


def out_of_service() -> dict[str, Outage]:
    """The places that are out of service, by code."""
    rows = _last_words()
    return {row.place_code: Outage(row.reason, row.happened_at, row.by) for row in rows if row.reason}


def put_back() -> dict[str, tuple[datetime, str]]:
    """The places that were out of service and are back: since when, and by whom (ref)."""
    return {row.place_code: (row.happened_at, row.by) for row in _last_words() if not row.reason}


def _last_words() -> Sequence[Any]:
    """What was last said about each place that ever was out of service."""
    return followed(_SERVICE, _told_since)[1]


def _told_since(known: tuple[int, Sequence[Any]] | None) -> tuple[int, Sequence[Any]]:
    seq = trail.last_seq_of("place")
    if known is not None and known[0] == seq:
        return known
    return seq, connection().execute(_NEWEST).all()


def outages_in(window: Window) -> list[tuple[str, datetime, bool]]:
    """Which places went out of service (True) or came back (False), and when; what held at the start of
    the window comes first."""
    before = (is_current(PlaceService), PlaceService.happened_at < window.start)
    held = select(func.max(PlaceService.id)).where(*before).group_by(PlaceService.place_code)
    inside = (PlaceService.happened_at >= window.start, PlaceService.happened_at < window.end)
    chosen = select(PlaceService).where(
        is_current(PlaceService), or_(PlaceService.id.in_(held), and_(*inside))
    )
    rows = db.session.scalars(chosen.order_by(PlaceService.happened_at, PlaceService.id))
    return [(row.place_code, max(row.happened_at, window.start), row.reason is not None) for row in rows]


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """The site's own entries in words."""
    rows = db.session.scalars(select(PlaceService).where(PlaceService.link_seq.in_([x.seq for x in links])))
    said = {link.seq: Sentence(_ENTRIES.get(link.kind, N_("Site configured"))) for link in links}
    for row in rows:
        reason = book().label("out_reason", row.reason or "")
        text = N_("%(place)s out of service: %(reason)s") if row.reason else N_("%(place)s back in service")
        said[row.link_seq] = Sentence(text, {"place": book().place(row.place_code).label, "reason": reason})
    return said
