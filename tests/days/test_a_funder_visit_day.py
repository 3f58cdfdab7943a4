"""A day with every kind of entry there is; the funder who reads its report learns what may be in it."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from sitelog.jobs import catalog
from sitelog.reports import queries as shelf
from sitelog.reports.measures import LATE_ENTRIES, MEASURES
from sitelog.reports.models import Release
from sitelog.site import queries as site
from sitelog.staff.models import Account
from sitelog.store.db import db
from sitelog.tally import collect
from sitelog.trail.models import Link
from sitelog.trail.verify import verify
from tests.days.every_kind import CANARIES, ON, clock, tell
from tests.days.readers import figures
from tests.formats.reader import text_of
from tests.house.kinds import kinds
from tests.reports.scene import content, streams, words_of
from tests.reports.test_leaks import spellings
from tests.staff.conftest import instance, sign_in, staff, staffed_instance

__all__ = ["instance", "staff", "staffed_instance"]
CLOCK_TIME = re.compile(r"\b\d\d:\d\d\b")
# Where a funder has no business.
NOT_FOR_A_FUNDER = (
    *("/people", "/incidents", "/alerts", "/shifts", "/supplies", "/services", "/referrals"),
    *("/responses", "/jobs", "/settings", "/accounts"),
)


def published(on: date = ON) -> Release:
    """The daily as the scheduler's job makes it the next morning."""
    catalog.job("daily.funder").run(on.isoformat(), clock(10) + timedelta(days=1))
    found = shelf.latest("daily", "funder", on)
    assert found is not None
    return found


def test_a_funder_visit_day(
    app: Flask, staff: dict[str, Account], client: FlaskClient, tmp_path: Path
) -> None:
    tell(staff, tmp_path)
    release = published()
    seen = set(db.session.scalars(select(Link.kind).distinct()))
    assert sorted(kinds().keys() - seen) == [], "a kind of entry that this day does not have"
    assert sorted(seen - kinds().keys()) == []
    assert verify().count == db.session.scalar(select(func.max(Link.seq)))
    nothing_is_declared_and_never_counted(release)

    with time_machine.travel(clock(11) + timedelta(days=1), tick=False):
        assert sign_in(client, "Harbour Fund").status_code == 303
        shown = client.get(f"/reports?on={ON}")
        file = client.get(f"/reports/{release.id}/{release.file_name}").data
        assert client.get("/").location == "/reports"
        closed = {path: client.get(path).status_code for path in NOT_FOR_A_FUNDER}
    assert set(closed.values()) == {403}, closed
    nothing_but_what_may_be_in_it(file, shown.text)
    the_numbers_are_those_of_the_day(figures(release))


def nothing_is_declared_and_never_counted(release: Release) -> None:
    """Every measure that a report may show has counted something of this day."""
    rooms = (*collect.SOURCES, *collect.LASTING)
    found = collect.collect(site.calendar().day(ON), site.book(), rooms).facts
    counted = {fact.measure for fact in found if fact.amount}
    # What is entered after the end of the day is no feature's to count, but the report's.
    assert figures(release)[(LATE_ENTRIES.code,)] == 1
    declared = MEASURES.keys() - {LATE_ENTRIES.code}
    assert sorted(declared - counted) == [], "a measure of which this day has nothing"
    assert sorted(counted - declared) == [], "counted, but not declared"


def nothing_but_what_may_be_in_it(file: bytes, page: str) -> None:
    """No word, name, ref, place or clock time of anything that happened, in the file or beside it."""
    words = text_of(file)
    everywhere = file + streams(file) + words.encode() + page.encode()
    assert [word for word in CANARIES for form in spellings(word) if form in everywhere] == []
    told = words + words_of(page)
    assert [name for name in ("Amina", "Joel", "Marc", "Omar") if name in told] == []
    assert re.findall(r"\b[VRPIAXTGH]\d{4}", told) == []
    assert "Booth" not in told and "washroom" not in told.lower()
    # Only the edges of the day and of its parts, and the as-of time, which every day has.
    quiet = text_of(content(published(ON - timedelta(days=1))))
    assert set(CLOCK_TIME.findall(words)) <= set(CLOCK_TIME.findall(quiet))


def the_numbers_are_those_of_the_day(told: dict[tuple[str, ...], Any]) -> None:
    """What is the house's is exact; what befell people is a range, a death is in none."""
    assert told[("accesses",)] == 15
    assert told[("left_before_service",)] == 1
    assert told[("responses",)] == 1
    assert told[("naloxone_doses",)] == 1
    assert (told[("syringes_given",)], told[("syringes_returned",)]) == (20, 13)
    assert (told[("sharps_picked_up",)], told[("house_incidents",)]) == (37, 1)
    assert told[("minutes_out_of_service",)] == 46
    assert (told[("on_site_services",)], told[("group_attendances",)]) == (4, 9)
    of_people = {dims: found for dims, found in told.items() if dims[0] == "incidents"}
    assert sorted(of_people.values(), key=str) == [*[(0, 5)] * 5, (6, None)]
    assert of_people[("incidents", "incident_class=['medical']")] == (6, None)
    assert told[("incidents_entered_late",)] == (0, 5)
    assert not {dims[0] for dims in told} & {
        "visitors",
        "people_registered",
        "drug_alerts",
        "restrictions_set",
    }
