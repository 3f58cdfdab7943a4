"""The course of a visit without a database: what may follow what, and what is impossible."""

from datetime import UTC, datetime, timedelta

import pytest

from sitelog.ground.days import SiteCalendar, check_not_ahead
from sitelog.ground.errors import Conflict, Refused
from sitelog.site.rules import Place
from sitelog.visits import rules
from sitelog.visits.rules import Course, Occupant, Step

NOON = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
TORONTO = SiteCalendar("America/Toronto")
BOOTH = Place("3", "Booth 3", "injection", "injection", 0, 25, 5, ("inject", "snort"))
SMOKE = Place("X", "Inhalation X", "inhalation", "inhalation", 1, 10, 5, ("smoke",))
ANY = Place("Q", "Quiet room", "other", "quiet", 2, 30, 10)


def minutes(n: int) -> datetime:
    return NOON + timedelta(minutes=n)


def course(*steps: tuple[str, int], arrived: int = 0) -> Course:
    """A course from (area, minutes after noon); every place is an episode of its own."""
    made, episode = [], 0
    for turn, (area, at) in enumerate(steps, start=1):
        episode += area == "place"
        place = ("3", episode) if area == "place" else (None, None)
        turn = rules.LAST_TURN if area == "left" else turn
        made.append(Step(area, minutes(at), turn, *place, seq=turn))
    return Course(1, "V0001", minutes(arrived), tuple(made), TORONTO, lambda: "moss")


WAITING = course(("waiting", 0))
SEATED = course(("waiting", 0), ("place", 5))
GONE = course(("waiting", 0), ("place", 5), ("left", 30))


@pytest.mark.parametrize("transition", rules.TRANSITIONS)
def test_every_transition_begins_and_ends_in_a_named_state(transition: tuple[str, str, str]) -> None:
    here, _, there = transition
    assert here in rules.AREAS
    assert there in rules.STATES


@pytest.mark.parametrize("verb", ["seat", "move", "to_aftercare", "to_waiting", "leave"])
def test_nothing_follows_on_leaving(verb: str) -> None:
    with pytest.raises(Conflict, match="moss left at 12:30"):
        rules.check_next(GONE, verb, minutes(31))


def test_a_late_entry_is_judged_by_where_the_person_was_then() -> None:
    assert rules.check_next(GONE, "to_aftercare", minutes(20)).area == "place"
    with pytest.raises(Conflict, match="already on the waiting list, since 12:00"):
        rules.check_next(GONE, "to_waiting", minutes(3))


def test_what_is_there_already_says_so_with_its_time() -> None:
    with pytest.raises(Conflict, match="moss is already in place 3, since 12:05"):
        rules.check_next(SEATED, "seat", minutes(9))


def test_nothing_happens_before_the_arrival() -> None:
    with pytest.raises(Refused, match="arrived at 12:00"):
        rules.check_next(WAITING, "seat", minutes(-1))


def test_leaving_cannot_be_before_a_later_entry() -> None:
    with pytest.raises(Refused, match="12:05"):
        rules.check_next(SEATED, "leave", minutes(2))


@pytest.mark.parametrize(("ahead", "refused"), [(0, False), (119, False), (121, True)])
def test_the_future_is_refused_but_for_the_difference_of_two_clocks(ahead: int, refused: bool) -> None:
    happened = NOON + timedelta(seconds=ahead)
    if not refused:
        return check_not_ahead(happened, NOON)
    with pytest.raises(Refused):
        check_not_ahead(happened, NOON)


def test_the_newest_stay_by_when_it_happened_counts_not_the_last_entered() -> None:
    entered_late = course(("waiting", 0), ("aftercare", 20)).with_steps(Step("place", minutes(5), 3, "3", 1))
    assert entered_late.here.area == "aftercare"
    assert entered_late.at(minutes(7)).place_code == "3"


def test_of_two_stays_at_one_moment_the_later_turn_counts() -> None:
    assert course(("waiting", 0), ("place", 0)).here.area == "place"


def test_left_before_service_is_not_said_of_somebody_who_used_a_place() -> None:
    rules.check_before_service(WAITING)
    with pytest.raises(Refused):
        rules.check_before_service(SEATED)


def test_a_taken_place_names_who_since_when_and_what_is_free() -> None:
    with pytest.raises(Conflict, match=r"Booth 3 was taken by pike at 12:04\. Free now: Inhalation X"):
        rules.check_free(BOOTH, Occupant(2, "pike", minutes(4)), [SMOKE], TORONTO)
    with pytest.raises(Conflict, match="No other place is free"):
        rules.check_free(BOOTH, Occupant(2, "pike", minutes(4)), [], TORONTO)
    rules.check_free(BOOTH, None, [], TORONTO)


@pytest.mark.parametrize(
    ("routes", "taken", "expected"),
    [
        (["inject"], [], "3"),
        (["smoke"], [], "X"),
        (["smoke"], ["X"], "Q"),
        (["inject"], ["3", "Q"], None),
        ([], ["3"], "X"),
    ],
)
def test_the_next_place_is_the_first_free_one_that_fits(
    routes: list[str], taken: list[str], expected: str | None
) -> None:
    found = rules.next_free_for(routes, [BOOTH, SMOKE, ANY], taken)
    assert (found.code if found else None) == expected


def test_a_place_that_does_not_fit_is_advised_against_and_not_refused() -> None:
    assert rules.advice(BOOTH, ["smoke"]) is not None
    assert rules.advice(BOOTH, ["inject", "smoke"]) is None
    assert rules.advice(ANY, ["smoke"]) is None


@pytest.mark.parametrize(("spo2", "respirations"), [(101, None), (-1, None), (None, 121)])
def test_vitals_no_body_shows_are_refused(spo2: int | None, respirations: int | None) -> None:
    with pytest.raises(Refused):
        rules.check_vitals(spo2, respirations)
