"""What a window of time holds, counted from the tally and the log; live, or frozen and thawed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from sitelog.ground.days import Window
from sitelog.ground.facts import Band, Fact
from sitelog.responses import queries as responses
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook
from sitelog.store.db import db
from sitelog.tally import collect, count
from sitelog.trail.models import Link
from sitelog.visits import queries as visits

# The hours of the clock as bands, so that the tally itself says how many came in which.
HOURS = tuple(Band(f"{hour:02}", f"{hour:02}", time(hour)) for hour in range(24))
HOUR = timedelta(hours=1)
# What is counted by people, not by times.
PEOPLE = "visitors"
NAMES = ("figures", "hours", "places", "responses")


@dataclass(frozen=True)
class Summary:
    """What was counted: totals by measure, hours (label, used a place, other), places
    (minute of the window, in use, open) and responses, all as plain values that JSON keeps."""

    figures: Mapping[str, int]
    hours: Sequence[Sequence[Any]] = ()
    places: Sequence[Sequence[int]] = ()
    responses: Sequence[Mapping[str, Any]] = ()

    def figure(self, measure: str) -> int:
        """How many of a measure; 0 where nothing of the kind is counted here."""
        return self.figures.get(measure, 0)

    def as_values(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {name: getattr(self, name) for name in NAMES}


def of_window(window: Window, book: SiteBook, now: datetime) -> Summary:
    """Everything counted in a window so far; as many reads for any crowd."""
    facts = collect.collect(window, replace(book, bands=HOURS)).facts
    return Summary(
        figures=_figures(facts),
        hours=_hours(facts, window, book),
        places=places_in(window, book, now),
        responses=_responses(window, book),
    )


def freeze(summary: Summary, more: Mapping[str, Any]) -> tuple[str, str]:
    """A summary as the text that is recorded, and the SHA-256 of that text in hex."""
    content = json.dumps({**more, "summary": summary.as_values()}, sort_keys=True, ensure_ascii=False)
    return content, hashlib.sha256(content.encode()).hexdigest()


def thaw(content: str) -> tuple[Summary, dict[str, Any]]:
    """A frozen summary, and what was frozen with it."""
    kept: dict[str, Any] = json.loads(content)
    counted = kept.pop("summary")
    # An older version of sitelog froze more than anybody was shown.
    return Summary(**{name: value for name, value in counted.items() if name in NAMES}), kept


def plain(summary: Summary) -> Summary:
    """The same as it would come out of JSON, so that a live one and a frozen one compare."""
    return Summary(**json.loads(json.dumps(summary.as_values())))


def _figures(facts: Sequence[Fact]) -> dict[str, int]:
    found = {measure: count.total(facts, measure) for measure in collect.MEASURES}
    if PEOPLE in found:
        found[PEOPLE] = count.people(count.matching(facts, PEOPLE))
    return found


def _hours(facts: Sequence[Fact], window: Window, book: SiteBook) -> list[list[Any]]:
    came = count.by(facts, "accesses", count.BAND)
    other = count.by(facts, "accesses", count.BAND, {"purpose": "service"})
    wall = window.start
    hours: list[str] = []
    while wall < window.end and len(hours) < len(HOURS):
        hours.append(f"{book.calendar.local(wall):%H}")
        wall += HOUR
    # The hour that the clocks repeat is one hour of the clock.
    return [[hour, came[hour] - other[hour], other[hour]] for hour in dict.fromkeys(hours)]


def places_in(window: Window, book: SiteBook, until: datetime) -> list[list[int]]:
    """The places in use and the open ones, in a window as far as it is known."""
    end = max(window.start + timedelta.resolution, min(window.end, until))
    return _places(Window(window.start, end), book)


def _places(window: Window, book: SiteBook) -> list[list[int]]:
    used = dict(visits.in_use(window))
    out = {window.start: 0}
    shut: set[str] = set()
    for code, at, gone in site.outages_in(window):
        (shut.add if gone else shut.discard)(code)
        out[at] = len(shut)
    found, now_used, now_out = [], 0, 0
    for at in sorted({*used, *out}):
        now_used, now_out = used.get(at, now_used), out.get(at, now_out)
        found.append([int((at - window.start).total_seconds() // 60), now_used, len(book.places) - now_out])
    return found


def _responses(window: Window, book: SiteBook) -> list[dict[str, Any]]:
    found = responses.began_in(window)
    changed = _changes([one.ref for one, _ in found])
    return [_response(one.ref, case, changed.get(one.ref, 0), book) for one, case in found]


def _changes(refs: Sequence[str]) -> dict[str, int]:
    """How many entries about each response were amended or struck."""
    amended = select(Link.subject, func.count()).where(Link.subject.in_(refs), Link.amends.is_not(None))
    return {ref: n for ref, n in db.session.execute(amended.group_by(Link.subject))} if refs else {}


def _response(ref: str, case: Any, changes: int, book: SiteBook) -> dict[str, Any]:
    end = case.closed.happened_at if case.closed else None
    made = responses.summarise(case, end or case.recognised_at)
    # Whoever is watched keeps no hands: what ran is over as aftercare begins.
    watched = case.last("aftercare") if made.state != "open" else None
    over = watched.happened_at if watched else end
    return {
        "ref": ref,
        "start": case.recognised_at.isoformat(),
        "end": end.isoformat() if end else None,
        "over": over.isoformat() if over else None,
        "area": case.area,
        "place": case.place_code,
        "pathway": made.pathway,
        "tier": made.tier,
        "to_oxygen": _seconds(made.to_oxygen),
        "to_naloxone": _seconds(made.to_naloxone),
        "doses": made.by_staff.count,
        "micrograms": made.by_staff.micrograms,
        "unsaid": made.by_staff.unsaid,
        "ems": made.ems_called,
        "ems_seconds": _seconds(made.ems_response),
        # By what EMS did; where nothing was entered of that, by the outcome.
        "hospital": made.to_hospital if case.last("ems_left") else _is_transport(made.outcome, book),
        "watched": _seconds(made.monitored) if end else None,
        "outcome": made.outcome,
        "missing": len(made.missing) if end else None,
        "changes": changes,
    }


def _is_transport(outcome: str | None, book: SiteBook) -> bool:
    return outcome is not None and book.choice("outcome", outcome).group == "transported"


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())
