"""A correction to a published day makes version 2, which says what changed; version 1 stays on the shelf."""

import json
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from sitelog.disclosure.printed import Cell, Range
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.people import actions as register
from sitelog.people import queries as register_queries
from sitelog.reports import corrections, making, queries, shelf
from sitelog.reports.catalog import DAILY
from sitelog.reports.measures import MEASURES
from sitelog.reports.models import Release
from sitelog.responses import actions as responses
from sitelog.site import actions as place
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from sitelog.visits.rules import Change
from tests.factories import DOWN, NURSE, arrive, said
from tests.formats.reader import text_of
from tests.reports.scene import LEAD, MORNING, NEXT_MORNING, ON, busy_day, content, publish, response_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NEXT_MORNING + 2 * HOUR


def strike_arrival(ref: str, at: datetime = LATER) -> None:
    seq = next(
        link.seq for link in trail.links_since(0) if link.kind == "visit.checked_in" and link.subject == ref
    )
    visits.strike(seq, by=LEAD, at=at, reason="entered_twice")


def to_check(audience: str = "funder") -> list[Release]:
    return [release for release, _ in corrections.to_check(queries.on_top("daily", audience))]


def changed(release: Release) -> dict[str, tuple[str, str]]:
    return {
        f"{table}: {row}, {column}": (was, now)
        for table, row, column, was, now in json.loads(release.changes)
    }


def lines_of(release: Release) -> dict[Any, Any]:
    """The incident lines a version prints."""
    figures = queries.figures(Release.id == release.id)
    return {one.where: one.cell for one in figures if one.where[0] == "lines"}


def test_a_struck_visit_makes_version_2_that_lists_what_changed(app: Flask) -> None:
    refs = busy_day(8)
    first = publish()
    strike_arrival(refs[3])
    second = publish(at=LATER)
    assert (second.version, second.as_of) == (2, LATER)
    assert changed(second)["By part of the day: All day, Accesses"] == ("8", "7")
    words = text_of(content(second))
    assert "What changed" in words and "replaces version 1" in words
    assert trail.link(second.link_seq).amends == first.link_seq


def test_a_response_that_came_in_late_has_no_line_and_the_page_does_not_say_that_there_was_none(
    app: Flask,
) -> None:
    busy_day(24)
    first = publish()
    assert "There was no response to tell a line of." in text_of(content(first))
    response_at(MORNING + 10 * HOUR, "4")
    second = publish(at=LATER)
    words = text_of(content(second))
    assert second.version == 2 and "no response to tell" not in words
    assert "No response was known when the lines of this day were first printed." in " ".join(words.split())


def test_version_1_stays_on_the_shelf_as_it_was(app: Flask) -> None:
    refs = busy_day(8)
    first = publish()
    before = content(first)
    strike_arrival(refs[3])
    publish(at=LATER)
    assert content(first) == before
    assert [one.version for one in queries.versions("daily", "funder", ON)] == [2, 1]
    assert [one.version for one in queries.on_top("daily", "funder")] == [2]
    assert len(list(shelf.folder().iterdir())) == 2


def test_a_late_entry_is_counted_and_said_to_be_late(app: Flask) -> None:
    busy_day(8)
    publish()
    visits.check_in(
        DOWN, by=NURSE, happened_at=NEXT_MORNING - 6 * HOUR, at=NEXT_MORNING + timedelta(minutes=1)
    )
    second = publish(at=LATER)
    assert changed(second)["By part of the day: All day, Accesses"] == ("8", "9")
    assert changed(second)["Also counted that day: Entries made after the day had ended, Count"] == ("0", "1")


def test_an_entry_that_changes_no_number_makes_no_version(app: Flask) -> None:
    busy_day(8)
    first = publish()
    seq = next(
        link.seq
        for link in trail.links_since(0)
        if link.kind == "visit.to_aftercare" or "aftercare" in link.kind
    )
    visits.amend(
        seq,
        Change(),
        by=LEAD,
        happened_at=trail.link(seq).happened_at - timedelta(minutes=1),
        at=MORNING + 20 * HOUR,
        reason="wrong_time",
    )
    assert [one.id for one in to_check()] == [first.id]
    assert publish(at=LATER).id == first.id


def test_incident_lines_are_printed_as_they_were_whatever_is_entered_later(app: Flask) -> None:
    busy_day(20)
    first_ref = response_at(MORNING + 6 * HOUR)
    first = publish()
    responses.no_overdose(first_ref, by=LEAD, at=NEXT_MORNING + HOUR)
    second = publish(at=LATER)
    assert lines_of(first) == lines_of(second) and lines_of(first)
    assert changed(second)["Responses by tier: All, Responses"] == ("1", "0")
    assert "as printed in version 1" in text_of(content(second))


def test_what_is_entered_about_other_days_touches_no_published_day(app: Flask) -> None:
    busy_day(4)
    publish()
    arrive(NEXT_MORNING + HOUR)
    assert to_check() == []


def test_a_step_added_late_touches_the_day_its_response_began(app: Flask) -> None:
    busy_day(4)
    ref = response_at(MORNING + 3 * HOUR)
    first = publish()
    # Observed beyond the end of the day: the step itself happens on the next one.
    responses.give_oxygen(ref, "simple_mask", **said(NEXT_MORNING + HOUR))
    assert [one.id for one in to_check()] == [first.id]


def test_an_outage_that_is_entered_late_changes_every_day_it_lasted(app: Flask) -> None:
    busy_day(4)
    publish(ON, at=NEXT_MORNING + DAY)
    publish(ON + DAY, at=NEXT_MORNING + 2 * DAY)
    entered = NEXT_MORNING + 2 * DAY + HOUR
    place.take_out_of_service("8", "broken", by=NURSE, happened_at=MORNING + 10 * HOUR, at=entered)
    assert [one.first_on for one in to_check()] == [ON, ON + DAY]
    again = [publish(on, at=entered + HOUR) for on in (ON, ON + DAY)]
    assert [one.version for one in again] == [2, 2]
    was_now = [changed(one)["Counts for the day: Places out of service, Events"] for one in again]
    assert was_now == [("n/r", "9 h 0 min"), ("n/r", "24 h 0 min")]
    place.put_back_in_service("8", by=NURSE, happened_at=MORNING + 12 * HOUR, at=entered + 2 * HOUR)
    again = [publish(on, at=entered + 3 * HOUR) for on in (ON, ON + DAY)]
    was_now = [changed(one)["Counts for the day: Places out of service, Events"] for one in again]
    assert was_now == [("9 h 0 min", "2 h 0 min"), ("24 h 0 min", "0 min")]


def test_the_first_day_a_place_was_ever_out_is_not_looked_at_again_for_a_later_outage(app: Flask) -> None:
    busy_day(4)
    place.take_out_of_service("8", "broken", **said(MORNING))
    place.put_back_in_service("8", **said(MORNING + HOUR))
    publish()
    place.take_out_of_service("8", "broken", **said(NEXT_MORNING + HOUR))
    assert to_check() == []


def late(kind: str, at: datetime = LATER - HOUR) -> str:
    """An incident of the published day, entered afterwards."""
    return incidents.log(Happening(kind), by=NURSE, happened_at=MORNING + 3 * HOUR, at=at).ref


def test_an_incident_of_the_house_that_is_entered_late_makes_version_2_and_so_does_its_correction(
    app: Flask,
) -> None:
    busy_day(4)
    publish()
    ref = late("ventilation")
    assert len(to_check()) == 1
    second = publish(at=LATER)
    assert changed(second) == {
        "Counts for the day: House, equipment, staffing or closure, Events": ("n/r", "1")
    }
    seq = next(link.seq for link in trail.links_since(0) if link.subject == ref)
    incidents.strike(seq, by=LEAD, at=LATER + HOUR, reason="entered_twice")
    third = publish(at=LATER + HOUR)
    assert third.version == 3
    assert "house" not in "".join(changed(third)) and len(changed(third)) == 1


def test_an_incident_of_people_that_is_entered_late_makes_no_version_and_is_counted_on_the_day_of_entry(
    app: Flask,
) -> None:
    busy_day(4)
    first = publish()
    for _ in range(5):
        late("physical")
    assert [one.id for one in to_check()] == [first.id]
    assert publish(at=LATER).id == first.id
    rows = ranges(publish(ON + DAY, at=NEXT_MORNING + DAY))
    assert (rows["entered_late"], rows["violence"]) == (Range(5, None), Range(0, 4))


def test_no_version_that_is_made_for_something_else_tells_of_an_incident_that_came_late(app: Flask) -> None:
    refs = busy_day(8)
    first = publish()
    for _ in range(6):
        late("physical")
    strike_arrival(refs[0])
    second = publish(at=LATER)
    assert second.version == 2
    assert ranges(second) == ranges(first)
    assert not [words for words in changed(second) if "Violence" in words or "late" in words]


def test_an_incident_that_is_struck_or_said_to_be_another_leaves_the_printed_ranges(app: Flask) -> None:
    refs = busy_day(8)
    logged = [incidents.log(Happening("physical"), **said(MORNING + HOUR)) for _ in range(5)]
    first = publish()
    incidents.strike(logged[0].link_seq, by=LEAD, at=LATER, reason="entered_twice")
    for one in logged[1:]:
        words = {"by": LEAD, "happened_at": MORNING + HOUR, "at": LATER, "reason": "wrong_choice"}
        incidents.amend(one.link_seq, Happening("seizure"), **words)  # type: ignore[arg-type]
    strike_arrival(refs[0])
    second = publish(at=LATER)
    assert second.version == 2
    assert ranges(second) == ranges(first)
    assert ranges(second)["violence"] == Range(5, None)


def ranges(release: Release) -> dict[str, Cell]:
    """The protected rows of section 4."""
    return {
        one.where[1]: one.cell
        for one in queries.figures(Release.id == release.id)
        if one.where[0] == "incidents" and one.kind == "person"
    }


def test_a_report_of_a_day_counts_nobody_twice_or_once_so_that_no_merge_can_change_it() -> None:
    """A table of distinct people would change when two registrations turn out to be one: whoever adds one
    also adds "person" to the nouns of `corrections`, and a day on which somebody came is touched by it."""
    printed = set(DAILY.measures())
    events = {"incidents", "incidents_entered_late"}  # protected, but whoever was part of one
    counts_people = [code for code in printed - events if MEASURES[code].kind == "person"]
    assert not counts_people or "person" in corrections.NOUNS


def test_people_who_turn_out_to_be_one_leave_what_was_printed_as_it_is(app: Flask) -> None:
    """Five people for one response is the smallest crowd that a line hides in: as four it would not."""
    busy_day(5)
    response_at(MORNING + 6 * HOUR)
    first = publish()
    assert lines_of(first)
    who = [register_queries.by_handle(f"handle-{n}") for n in (0, 1)]
    assert who[0] and who[1]
    register.merge(who[1].ref, who[0].ref, **said(LATER, LEAD))
    assert to_check() == []
    assert making.draft("daily", ON, "funder", first, LATER) is None
    # And when something else makes a new version, its lines are those of the first.
    arrive(MORNING + 9 * HOUR, "somebody-else")
    second = publish(at=LATER + HOUR)
    assert second.version == 2
    assert lines_of(second) == lines_of(first)


def test_after_a_new_version_nothing_is_left_to_check(app: Flask) -> None:
    refs = busy_day(4)
    publish()
    strike_arrival(refs[0])
    assert len(to_check()) == 1
    publish(at=LATER)
    assert to_check() == []


def test_each_version_lists_only_what_changed_since_the_one_before(app: Flask) -> None:
    refs = busy_day(6)
    publish()
    strike_arrival(refs[0])
    publish(at=LATER)
    strike_arrival(refs[1], LATER + HOUR)
    third = publish(at=LATER + HOUR)
    assert third.version == 3
    assert changed(third)["By part of the day: All day, Accesses"] == ("5", "4")
