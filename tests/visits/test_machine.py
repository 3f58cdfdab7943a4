"""A day at the desk, every verb in any order: no place holds two, nobody is lost, and all is counted."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sitelog.app import create_app
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.facts import Grain
from sitelog.site import queries as site
from sitelog.store.transaction import let_go
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions, corrections, facts, here, queries
from sitelog.visits.rules import Change, Item
from tests.conftest import EVENING
from tests.factories import CRACK, DOWN, NURSE, said

PLACES = st.sampled_from(["1", "2", "X"])
SIT_DOWN = st.sampled_from([actions.seat, actions.move])
MINUTES = st.integers(min_value=0, max_value=30)


class Desk(RuleBasedStateMachine):
    """The verbs against a model of who is where that knows nothing of rows."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.app: Flask = create_app(shutil.copytree(self.template, self.folder / "instance"), TESTING=True)
        self.context = self.app.app_context()
        self.context.push()
        self.at = EVENING
        self.refs: list[str] = []

    @initialize()
    def opens(self) -> None:
        self.since = trail.last_seq()

    def teardown(self) -> None:
        verify()
        let_go()
        self.context.pop()
        shutil.rmtree(self.folder)

    def does(self, verb: Callable[..., object], *words: object, ago: int = 0, **more: object) -> object:
        """One verb; refusals are allowed, half-done entries are not."""
        before = trail.last_seq()
        when = said(self.at) | {"happened_at": self.at - timedelta(minutes=ago)}
        try:
            return verb(*words, **when, **more)
        except (Conflict, Refused):
            assert trail.last_seq() == before
            return None

    @rule(minutes=MINUTES)
    def time_goes_by(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(asked=st.sampled_from([DOWN, CRACK]), ago=MINUTES)
    def somebody_comes(self, asked: object, ago: int) -> None:
        came = self.does(actions.check_in, asked, ago=ago)
        self.refs.append(came.ref)  # type: ignore[attr-defined]

    @rule(place=PLACES)
    def somebody_comes_and_sits_down(self, place: str) -> None:
        stay = self.does(actions.check_in_and_seat, DOWN, place)
        if stay is not None:
            self.refs += [one.ref for one in queries.in_house() if one.visit_id == stay.visit_id]  # type: ignore[attr-defined]

    @rule(
        which=st.integers(0, 99),
        place=PLACES,
        ago=MINUTES,
        verb=st.sampled_from([actions.seat, actions.move]),
    )
    def sits(self, which: int, place: str, ago: int, verb: Callable[..., object]) -> None:
        if self.refs:
            self.does(verb, self.refs[which % len(self.refs)], place, ago=ago)

    @rule(
        which=st.integers(0, 99),
        ago=MINUTES,
        verb=st.sampled_from(
            [
                actions.check,
                actions.to_aftercare,
                actions.to_waiting,
                actions.start_service,
                actions.leave,
                actions.leave_before_service,
            ]
        ),
    )
    def something_happens(self, which: int, ago: int, verb: Callable[..., object]) -> None:
        if self.refs:
            self.does(verb, self.refs[which % len(self.refs)], ago=ago)

    @rule(which=st.integers(0, 99), place=PLACES)
    def uses_again(self, which: int, place: str) -> None:
        if self.refs:
            self.does(
                actions.use_again, self.refs[which % len(self.refs)], (Item("crystal", "inject"),), place
            )

    @rule(which=st.integers(0, 99))
    def strikes(self, which: int) -> None:
        seq = self._entry(which)
        if seq:
            self._corrects(lambda: corrections.strike(seq, by=NURSE, at=self.at))

    @rule(which=st.integers(0, 99), place=PLACES, ago=MINUTES)
    def amends(self, which: int, place: str, ago: int) -> None:
        seq = self._entry(which)
        if seq:
            when = {"happened_at": self.at - timedelta(minutes=ago), "at": self.at}
            self._corrects(lambda: corrections.amend(seq, Change(place_code=place), by=NURSE, **when))

    def _entry(self, which: int) -> int:
        made = trail.last_seq() - self.since
        return self.since + 1 + which % made if made else 0

    def _corrects(self, correct: Callable[[], object]) -> None:
        before = trail.last_seq()
        try:
            correct()
        except (Conflict, Refused):
            assert trail.last_seq() == before

    @invariant()
    def no_place_holds_two(self) -> None:
        taken = Counter(one.place_code for one in queries.in_house() if one.place_code)
        assert not taken or max(taken.values()) == 1

    @invariant()
    def who_is_here_is_what_the_rows_say(self) -> None:
        assert here.ids() == here._everything().ids

    @invariant()
    def the_counters_agree_with_the_courses(self) -> None:
        book = site.book()
        grain = Grain(book.calendar, book.bands, str)
        days = {book.calendar.day_of(at) for at in (EVENING - timedelta(hours=1), self.at)}
        counted = Counter(fact.measure for day in days for fact in facts.facts(book.calendar.day(day), grain))
        courses = []
        for ref in self.refs:
            try:
                courses.append(queries.course(queries.visit(ref)))
            except Conflict:
                continue  # its arrival was struck
        uses = {(one.ref, step.episode) for one in courses for step in one.steps if step.episode}
        assert counted["accesses"] == len(courses)
        assert counted["episodes"] == len(uses)


@pytest.mark.parametrize("how", [settings(max_examples=12, stateful_step_count=25)])
def test_any_order_of_verbs_leaves_a_house_that_can_be(template_instance: Path, how: settings) -> None:
    Desk.template = template_instance
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(Desk, settings=settings(how, suppress_health_check=checks))
