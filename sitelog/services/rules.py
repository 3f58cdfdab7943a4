"""What may be said of an on-site service; which fields a kind takes is read from the site's list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import WHEN, Conflict, Refused
from sitelog.ground.words import N_
from sitelog.site.rules import Choice, SiteBook, check_alone, check_choice

# What a strip can show, in the order the desk says it.
STRIP_RESULTS = {"positive": N_("positive"), "negative": N_("negative"), "invalid": N_("invalid")}
MOST_ATTENDING = 500
# How far ahead a session is planned, and how long afterwards it can still be entered.
PLANNED_AHEAD = timedelta(days=366)
PLANNED_BEHIND = timedelta(days=1)
FIELDS = ("attending", "topic", "result_given", "expected", "strips", "found", "did")
# The list each field of one code is chosen from; a topic's list is named by its kind.
LISTS = {"expected": "substance", "did": "did_then"}


@dataclass(frozen=True)
class Details:
    """What was said beside the kind. Of a test only that its result was given: never the result."""

    attending: int | None = None
    topic: str | None = None
    result_given: bool | None = None
    expected: str | None = None
    strips: tuple[tuple[str, str], ...] = field(default=())
    found: tuple[str, ...] = field(default=())
    did: str | None = None

    def said(self, name: str) -> bool:
        """Whether anything was said for a field."""
        return getattr(self, name) not in (None, (), False)


def check_details(book: SiteBook, kind: str, details: Details) -> None:
    """Refused where a field does not belong to the kind, is missing, or holds what is on no list."""
    check_choice(book, "on_site_service", kind, "kind")
    data = book.choice("on_site_service", kind).data
    for name in FIELDS:
        if details.said(name) and name not in data.get("asks", ()):
            raise Refused(N_("That is not asked for this service."), field=name)
        if name in data.get("needs", ()) and not details.said(name):
            raise Refused(N_("This service needs that said."), field=name)
    _check_said(data, details)
    _check_numbers(details)
    _check_lists(book, data, details)


def check_same_session(session: str | None, before: str, now: str) -> None:
    """Refused where a planned session would have held something else than was planned."""
    if session and before != now:
        raise Refused(
            N_("This was the planned session %(ref)s. Strike it, and enter the other service by itself."),
            ref=session,
        )


def _check_said(data: Any, details: Details) -> None:
    # Nobody checked a drug who can say neither what it was thought to be nor what was found.
    told = ("expected", "strips", "found")
    if "strips" in data.get("asks", ()) and not any(details.said(name) for name in told):
        raise Refused(
            N_("Say what it was thought to be, or what a strip or FTIR showed; “invalid” is a result."),
            field="expected",
        )


def _check_numbers(details: Details) -> None:
    if details.attending is not None and not 0 < details.attending <= MOST_ATTENDING:
        raise Refused(N_("Between 1 and %(most)s, please."), field="attending", most=MOST_ATTENDING)


def _check_lists(book: SiteBook, data: Any, details: Details) -> None:
    if details.topic is not None:
        check_choice(book, data["topics"], details.topic, "topic")
    for name, kind in LISTS.items():
        if (code := getattr(details, name)) is not None:
            check_choice(book, kind, code, name)
    for component in details.found:
        check_choice(book, "component", component, "found")
    check_alone(book.choices("component"), details.found, "found")
    for strip, result in details.strips:
        check_choice(book, "strip", strip, "strips")
        if result not in STRIP_RESULTS:
            raise Refused(N_("A strip is positive, negative or invalid."), field="strips")
    if len(dict(details.strips)) < len(details.strips):
        raise Refused(N_("Say one result for each strip."), field="strips")


@dataclass(frozen=True)
class Plan:
    """A session as planned: a kind that counts who attended, when, where, and who leads it, if known."""

    kind: str
    starts_at: datetime
    place: str
    leads: str | None = None


def plannable(book: SiteBook) -> list[Choice]:
    """The kinds a session can be of: those that ask how many attended."""
    return [one for one in book.choices("on_site_service") if "attending" in one.data.get("asks", ())]


def check_plan(book: SiteBook, plan: Plan, staff: Collection[str], now: datetime) -> None:
    """Refused where a plan holds what is on no list, or a time nobody can mean."""
    check_choice(book, "on_site_service", plan.kind, "kind")
    if plan.kind not in {one.code for one in plannable(book)}:
        raise Refused(N_("A session is of a kind that counts who attended."), field="kind")
    check_choice(book, "session_place", plan.place, "place")
    if plan.leads is not None and plan.leads not in staff:
        raise Refused(N_("Nobody of the staff is meant by that."), field="leads")
    if not now - PLANNED_BEHIND <= plan.starts_at <= now + PLANNED_AHEAD:
        raise Refused(N_("Between yesterday and a year from now, please."), field="on")


def state(*, held: bool, cancelled: bool) -> str:
    """What became of a session: "held", "cancelled", or "planned" while nothing did."""
    return "held" if held else "cancelled" if cancelled else "planned"


def check_begun(starts_at: datetime, happened_at: datetime, calendar: SiteCalendar) -> None:
    """Refused where a session would have been held before it begins."""
    if happened_at < starts_at:
        begins = f"{calendar.local(starts_at):%Y-%m-%d %H:%M}"
        raise Refused(
            N_("It is planned for %(begins)s. If it was held before that, amend the plan first."),
            field=WHEN,
            begins=begins,
        )


def check_open(state: str) -> None:
    """A conflict where a session was closed already."""
    if state == "held":
        raise Conflict(N_("That session was already entered as held."))
    if state == "cancelled":
        raise Conflict(N_("That session was cancelled. Strike the cancelling first."))
