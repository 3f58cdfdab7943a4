"""The ladder: what may follow what, what is impossible, and what a rung tells about those below it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitelog.ground.errors import WHEN, Conflict, Refused
from sitelog.referrals import rules
from sitelog.referrals.rules import Step

NOON = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)


def climbed(*rungs: str) -> list[Step]:
    """Rungs an hour apart, from noon on."""
    return [Step(rung, NOON + timedelta(hours=n), seq=n + 1) for n, rung in enumerate(rungs)]


def later(rung: str, hours: float = 10) -> Step:
    return Step(rung, NOON + timedelta(hours=hours), seq=99)


def test_the_state_is_the_newest_rung() -> None:
    assert rules.state(climbed("offered", "accepted", "made")) == "made"


def test_of_two_rungs_at_one_instant_the_one_entered_last_is_the_state() -> None:
    assert rules.state([Step("accepted", NOON, seq=2), Step("offered", NOON, seq=1)]) == "accepted"


@pytest.mark.parametrize("rung", rules.NEXT["offered"])
def test_a_step_forward_may_skip_rungs(rung: str) -> None:
    rules.check_step(climbed("offered"), later(rung))


def test_attending_before_the_offer_is_refused_beside_the_time() -> None:
    with pytest.raises(Refused) as refused:
        rules.check_step(climbed("offered"), later("attended", hours=-1))
    assert refused.value.field == WHEN


def test_a_rung_forgotten_in_between_can_be_filled_in() -> None:
    steps = climbed("offered", "accepted", "attended")
    rules.check_step(steps, later("made", hours=1.5))
    assert rules.state([*steps, later("made", hours=1.5)]) == "attended"


def test_accepting_after_it_was_made_cannot_be_filled_in_behind_it() -> None:
    with pytest.raises(Refused):
        rules.check_step(climbed("offered", "made"), later("closed", hours=0.5))


def test_nothing_follows_closed_and_the_conflict_says_so() -> None:
    with pytest.raises(Conflict, match="closed"):
        rules.check_step(climbed("offered", "closed"), later("accepted"))


def test_a_second_acceptance_is_a_conflict_that_names_the_state() -> None:
    with pytest.raises(Conflict, match="“accepted” already"):
        rules.check_step(climbed("offered", "accepted"), later("accepted"))


@given(st.lists(st.sampled_from(sorted(rules.RUNGS)), max_size=8))
def test_whatever_is_tried_the_ladder_only_holds_allowed_steps(tried: list[str]) -> None:
    steps = climbed("offered")
    for n, rung in enumerate(tried):
        new = Step(rung, NOON + timedelta(days=n + 1), seq=n + 2)
        try:
            rules.check_step(steps, new)
        except (Refused, Conflict):
            continue
        steps.append(new)
    pairs = zip(steps, steps[1:], strict=False)
    assert all(b.rung in rules.NEXT[a.rung] for a, b in pairs)
    assert rules.is_open(steps) == (rules.state(steps) not in rules.ENDED)


@pytest.mark.parametrize("state", sorted(rules.NEXT))
def test_every_answer_shown_is_one_the_ladder_allows(state: str) -> None:
    assert set(rules.CHOICES[state]) - {"ask"} <= set(rules.NEXT[state])
    assert len(rules.CHOICES[state]) <= 4


def test_who_attended_had_accepted_although_nobody_wrote_it() -> None:
    assert rules.reached(climbed("offered", "attended")) == {"offered", "accepted", "made", "attended"}


def test_the_rail_shows_skipped_rungs_and_the_one_that_is_next() -> None:
    marks = rules.rail(climbed("offered", "made"))
    assert [mark.skipped for mark in marks] == [False, True, False, False, False]
    assert [mark.now for mark in marks] == [False, False, False, True, False]


def test_a_closed_ladder_waits_for_nothing() -> None:
    assert not any(mark.now for mark in rules.rail(climbed("offered", "closed")))


def test_making_it_says_how() -> None:
    rules.check_how("made", "letter")
    with pytest.raises(Refused):
        rules.check_how("made", None)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_follow_up_in_the_past_or_far_away_is_refused(days: int) -> None:
    today = date(2026, 11, 17)
    with pytest.raises(Refused):
        rules.check_due_on(today + timedelta(days=days), today)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Job training", "job_training"), ("Żółć & Co.", "zoc_co"), ("日本", "service"), ("x" * 90, "x" * 26)],
)
def test_a_code_is_made_of_the_name(name: str, code: str) -> None:
    assert rules.fresh_code(name, ()) == code


@given(st.text(max_size=60), st.integers(0, 5))
def test_a_code_was_never_taken_before_and_fits(name: str, times: int) -> None:
    taken: set[str] = set()
    for _ in range(times + 1):
        code = rules.fresh_code(name, taken)
        assert code not in taken
        assert 0 < len(code) <= 32
        taken.add(code)


@pytest.mark.parametrize(
    ("rungs", "held"),
    [
        (("offered",), False),
        (("offered", "accepted"), True),
        (("offered", "made"), True),
        (("offered", "accepted", "declined"), False),
        (("offered", "made", "did_not_attend"), False),
        (("offered", "made", "did_not_attend", "made"), True),
        (("offered", "made", "attended", "closed"), True),
        (("offered", "accepted", "closed"), False),
    ],
)
def test_a_seat_is_held_from_acceptance_until_it_comes_to_nothing(rungs: tuple[str, ...], held: bool) -> None:
    assert rules.holds_a_seat(climbed(*rungs)) is held
