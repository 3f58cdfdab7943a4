"""What referrals count: offered, accepted, made, attended, by group of service elsewhere."""

from collections.abc import Iterator

from sqlalchemy import func, select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.referrals.models import Referral, Rung
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.amend import is_current

MEASURES: tuple[Measure, ...] = (
    Measure(
        "referrals_offered",
        N_("Referrals offered"),
        N_("Offers of a service elsewhere, by the day of the offer; on-site services are not referrals."),
    ),
    Measure(
        "referrals_accepted",
        N_("Referrals accepted"),
        N_("Referrals the person said yes to, by the day they first did."),
    ),
    Measure(
        "referrals_made",
        N_("Referrals made"),
        N_("Referrals the agency was told of, by the day it first was."),
    ),
    Measure(
        "referrals_attended",
        N_("Referrals attended"),
        N_("Referrals whose person presented for assessment at the agency, by the day they first did."),
    ),
)
_COUNTED = ("offered", "accepted", "made", "attended")


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per referral and rung, on the day the rung was first reached."""
    book = site.book_of(window)
    first = func.min(Rung.happened_at)
    chosen = select(Rung.rung, Referral.kind, first).join(Referral, Referral.ref == Rung.ref)
    standing = (is_current(Rung), is_current(Referral), Referral.on_site.is_(False), Rung.rung.in_(_COUNTED))
    touched = select(Rung.ref).where(Rung.happened_at >= window.start, Rung.happened_at < window.end)
    reached = chosen.where(*standing, Rung.ref.in_(touched)).group_by(Rung.ref, Rung.rung, Referral.kind)
    for rung, kind, at in db.session.execute(reached.having(first >= window.start, first < window.end)):
        group = book.choice("referral_kind", kind).group or "other"
        yield grain.fact(f"referrals_{rung}", at, {"referral_kind": group})
