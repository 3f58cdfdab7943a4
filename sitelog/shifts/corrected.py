"""What changed in a shift since it was signed: by later entries, or by words typed in its handover."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from sitelog.ground.days import Window
from sitelog.shifts import changes, drafts, rules, summary
from sitelog.shifts.changes import Handover
from sitelog.shifts.models import SignOff
from sitelog.shifts.rules import Words
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.tally import collect
from sitelog.trail import queries as trail
from sitelog.trail.models import Link

# Entries about these are no part of what a summary counts; `tests/house/test_corrected.py` has why.
NOT_COUNTED = (
    *("shift", "board", "report", "cells", "import", "account", "session", "desk"),
    *("directory", "group", "site"),
)


def corrected(signed: Iterable[SignOff], now: datetime) -> dict[str, list[Words]]:
    """What changed since in signed versions, in words, by the shift's ref.

    Two reads find the versions that an entry touched, or whose handover somebody typed in; only these are
    looked at anew. An entry that changes nothing of what was counted, as another time within the shift,
    corrects nothing.
    """
    kept = {one.id: one for one in signed}
    if not kept:
        return {}
    said: dict[str, list[Words]] = {kept[one].ref: _since(kept[one], now) for one in _touched(kept)}
    for one, typed in drafts.typed_since(kept).items():
        before = handover(kept[one])
        again = changes.retyped(before, Handover(typed={**before.typed, **typed}))
        said[kept[one].ref] = [*said.get(kept[one].ref, ()), *again]
    return {ref: words for ref, words in said.items() if words}


def between(before: SignOff, after: SignOff) -> list[Words]:
    """What a version says otherwise than the one before it."""
    old, new = (summary.thaw(one.content)[0] for one in (before, after))
    found = changes.changes(old, new, collect.MEASURES, _known(before))
    return [*found, *changes.retyped(handover(before), handover(after))]


def handover(signed: SignOff) -> Handover:
    """The words of a signed handover, and which of its lines were typed."""
    lines = rules.as_lines(trail.notes([signed.link_seq]).get(signed.link_seq, ""))
    # Where the words are erased, or an older version of sitelog signed, nobody knows which were typed.
    kept: Mapping[str, int | None] = summary.thaw(signed.content)[1].get("typed", {}) if lines else {}
    return Handover(lines, {key: "" if n is None else lines[n][1] for key, n in kept.items()})


def _since(signed: SignOff, now: datetime) -> list[Words]:
    before, more = summary.thaw(signed.content)
    window, at = Window(signed.starts_at, signed.ends_at), datetime.fromisoformat(more["at"])
    shown = summary.of_window(window, site.book(), now)
    # The places over the time that was known at signing, of as many as there were then.
    shown = replace(shown, places=summary.places_in(window, site.book_at(at), at))
    return changes.changes(before, summary.plain(shown), collect.MEASURES, _known(signed))


def _known(signed: SignOff) -> int:
    """How many minutes of the window had passed when it was signed."""
    until = min(signed.ends_at, datetime.fromisoformat(summary.thaw(signed.content)[1]["at"]))
    return int((until - signed.starts_at).total_seconds() // 60)


def _touched(signed: Iterable[int]) -> Iterable[int]:
    before = aliased(Link)
    counted = and_(*(~Link.kind.startswith(f"{noun}.") for noun in NOT_COUNTED))
    moments = (Link.happened_at, before.happened_at)
    within = or_(*(and_(one >= SignOff.starts_at, one < SignOff.ends_at) for one in moments))
    later = select(SignOff.id).join(Link, Link.seq > SignOff.through_seq)
    later = later.outerjoin(before, before.seq == Link.amends)
    return db.session.scalars(later.where(SignOff.id.in_(signed), counted, within).distinct()).all()
