"""What was corrected in a shift since it was signed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from sitelog.ground.days import Window
from sitelog.shifts import changes, summary
from sitelog.shifts.models import SignOff
from sitelog.shifts.rules import Words
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.tally import collect
from sitelog.trail.models import Link

# Entries about these are no part of what a summary counts.
NOT_COUNTED = ("shift", "session", "account", "desk", "site", "report", "release", "job", "board", "person")


def corrected(signed: Iterable[SignOff], now: datetime) -> dict[str, list[Words]]:
    """What entries made since changed in signed versions, in words, by the shift's ref.

    One read finds the versions that an entry touched; only these are counted anew. An entry that changes
    nothing of what was counted, as another time within the shift, corrects nothing.
    """
    kept = {one.id: one for one in signed}
    said = {kept[one].ref: _since(kept[one], now) for one in _touched(kept)} if kept else {}
    return {ref: words for ref, words in said.items() if words}


def _since(signed: SignOff, now: datetime) -> list[Words]:
    before, _ = summary.thaw(signed.content)
    shown = summary.of_window(Window(signed.starts_at, signed.ends_at), site.book(), now)
    return changes.changes(before, summary.plain(shown), collect.MEASURES)


def _touched(signed: Iterable[int]) -> Iterable[int]:
    before = aliased(Link)
    counted = and_(*(~Link.kind.startswith(f"{noun}.") for noun in NOT_COUNTED))
    moments = (Link.happened_at, before.happened_at)
    within = or_(*(and_(one >= SignOff.starts_at, one < SignOff.ends_at) for one in moments))
    later = select(SignOff.id).join(Link, Link.seq > SignOff.through_seq)
    later = later.outerjoin(before, before.seq == Link.amends)
    return db.session.scalars(later.where(SignOff.id.in_(signed), counted, within).distinct()).all()
