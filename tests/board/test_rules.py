"""The states of a place, a wait and an observation, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitelog.board import rules
from sitelog.board.rules import MINUTE, Sitting, Watch

NOW = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def sitting(seated: float, checked: float | None, limit: int = 25, check: int = 5) -> Sitting:
    return Sitting(ago(seated), None if checked is None else ago(checked), limit, check)


@pytest.mark.parametrize(
    ("seated", "checked", "card", "words"),
    [
        (8, 2.1, "use", "Check in 3 min"),
        (3, None, "use", "First check in 2 min"),
        (14, 5, "due", "Check due now"),
        (14, 5.9, "due", "Check due now"),
        (9, 7.1, "due", "Check 2 min late"),
        (29.5, 2, "over", "4 min over time"),
        (25, 2, "over", "Time is up"),
        (29, 5, "due", "Check due now"),
        (0, None, "use", "First check in 5 min"),
        # The clock of a desk ran ahead of ours: still a sentence, no negative minutes.
        (-1, None, "use", "First check in 6 min"),
    ],
)
def test_a_sitting_says_its_minutes(seated: float, checked: float | None, card: str, words: str) -> None:
    seen = rules.place_state(sitting(seated, checked), out=False, response=False, now=NOW)
    assert (seen.card, str(seen.words)) == (card, words)


@pytest.mark.parametrize(
    ("who", "out", "response", "state", "icon", "action"),
    [
        (None, False, False, "free", "free", "seat_next"),
        (None, True, False, "out_of_service", "oos", "back_in_service"),
        (sitting(8, 2), True, False, "in_use", "use", ""),
        (sitting(30, 2), True, False, "over_time", "over", "done"),
        (sitting(30, 5), True, False, "check_due", "due", "check"),
        (sitting(30, 7), True, False, "check_late", "due", "check"),
        (sitting(30, 7), True, True, "response", "resp", "open_response"),
        (None, True, True, "response", "resp", "open_response"),
    ],
)
def test_the_strongest_state_wins(
    who: Sitting | None, out: bool, response: bool, state: str, icon: str, action: str
) -> None:
    seen = rules.place_state(who, out=out, response=response, now=NOW)
    assert (seen.state, seen.icon, seen.action) == (state, icon, action)
    assert seen.late == (state == "check_late")


def test_every_state_has_its_own_shape_and_word_but_late_shares_the_eye() -> None:
    shapes = [icon for state, (_, icon, _) in rules.STATES.items() if state != "check_late"]
    assert len(set(shapes)) == len(shapes)
    assert set(rules.STATE_NAMES) == set(rules.STATES)


MINUTES = st.floats(-5, 240, allow_nan=False)
SITTINGS = st.builds(
    sitting, MINUTES, st.none() | MINUTES, limit=st.integers(1, 120), check=st.integers(1, 60)
)


@given(SITTINGS, st.lists(MINUTES, max_size=5))
def test_a_state_is_a_function_of_instants_only(who: Sitting, jumps: list[float]) -> None:
    fresh = rules.place_state(who, out=False, response=False, now=NOW)
    for jump in jumps:
        rules.place_state(who, out=False, response=False, now=NOW + jump * MINUTE)
    assert rules.place_state(who, out=False, response=False, now=NOW) == fresh


@given(SITTINGS, st.floats(0, 1, exclude_max=True))
def test_nothing_changes_before_the_instant_it_says(who: Sitting, share: float) -> None:
    seen = rules.place_state(who, out=False, response=False, now=NOW)
    until = seen.next_change(NOW)
    assert until is not None and until > NOW
    between = NOW + (until - NOW) * share
    if between < until:
        assert rules.place_state(who, out=False, response=False, now=between) == seen
    assert rules.place_state(who, out=False, response=False, now=until).words != seen.words


@given(SITTINGS)
def test_words_never_hold_a_negative_number(who: Sitting) -> None:
    assert "-" not in str(rules.place_state(who, out=False, response=False, now=NOW).words)


def test_a_wait_turns_violet_at_the_sites_limit() -> None:
    assert rules.waiting_state(ago(11.9), 12, NOW).card == ""
    assert rules.waiting_state(ago(12), 12, NOW).card == "long"
    early = rules.waiting_state(ago(4), 12, NOW)
    assert early.until == ago(4) + 12 * MINUTE


@pytest.mark.parametrize(
    ("since", "observed", "minutes", "after", "card", "words"),
    [
        (19, 19, 60, True, "due", "After response: obs due"),
        (19, 3, 60, True, "", "After response, obs %s"),
        (3, None, 15, False, "", "Obs %s"),
        (10, None, 15, False, "due", "Obs due"),
        (12, 3, 15, False, "", "Obs done %s"),
        (15, 3, 15, False, "done", "Time done, may leave"),
        # Nobody looked in time: the green tick must not hide it.
        (20, None, 15, False, "due", "Obs due"),
    ],
)
def test_aftercare_is_due_done_or_counts_down(
    since: float, observed: float | None, minutes: int, after: bool, card: str, words: str
) -> None:
    watch = Watch(ago(since), None if observed is None else ago(observed), minutes, 10, after)
    seen = rules.aftercare_state(watch, NOW)
    assert seen.card == card
    assert str(seen.words).startswith(words.partition("%s")[0])


@given(MINUTES, st.none() | MINUTES, st.integers(1, 90), st.integers(1, 60))
def test_aftercare_keeps_its_word_about_when_it_changes(
    since: float, observed: float | None, minutes: int, every: int
) -> None:
    watch = Watch(ago(since), None if observed is None else ago(observed), minutes, every)
    seen = rules.aftercare_state(watch, NOW)
    if until := seen.next_change(NOW):
        assert rules.aftercare_state(watch, NOW + (until - NOW) / 2) == seen
        assert rules.aftercare_state(watch, until) != seen
    else:
        assert rules.aftercare_state(watch, NOW + timedelta(days=1)) == seen


def test_minutes_left_count_the_one_begun() -> None:
    assert rules.minutes_until(NOW + timedelta(seconds=61), NOW) == 2
    assert rules.minutes_until(ago(3), NOW) == 0


def test_who_waited_longest_gets_the_first_place_that_fits() -> None:
    waiting = [("V1", ["inject"]), ("V2", ["smoke"]), ("V3", ["inject"]), ("V4", [])]
    free = [("5", ["inject", "snort"]), ("Z", ["smoke"])]
    assert rules.next_seats(waiting, free) == {"V1": "5", "V2": "Z"}
    assert rules.next_seats([("V4", [])], free) == {"V4": "5"}
    assert rules.next_seats(waiting, []) == {}
