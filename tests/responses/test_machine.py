"""Any order of taps: the chain verifies, totals equal the doses that stand, and nothing ever blocks."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Conflict
from sitelog.responses import actions, queries, rules
from sitelog.responses.case import Done, Measured
from sitelog.responses.pathways import PATHWAYS
from sitelog.responses.steps import KINDS
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify

START = datetime.fromisoformat("2026-11-17T23:42:07+00:00")
LEAD = Actor("S02", "Marc D.", "MD", Role.LEAD)
PLAIN = sorted(kind for kind in KINDS if kind not in ("naloxone", "aftercare"))
MOVES = {(here, verb): there for here, verb, there in rules.TRANSITIONS}


class Responding(RuleBasedStateMachine):
    """One response, worked on in any order. `given` and `state` are what a reader of the rules expects."""

    @initialize()
    def start(self) -> None:
        self.at = START
        self.state = "open"
        self.given: dict[int, int] = {}
        self.closing: int | None = None
        self.before = "open"
        self.ref = actions.start(by=LEAD, **self.now()).ref

    def now(self, minutes_ago: int = 0) -> dict[str, datetime]:
        self.at += timedelta(seconds=7)
        return {"happened_at": self.at - timedelta(minutes=minutes_ago), "at": self.at}

    def moved(self, verb: str) -> None:
        self.state = MOVES[self.state, verb]

    def revived(self) -> None:
        if self.state == "struck":
            self.state = self.before

    @rule(kind=st.sampled_from(PLAIN), ago=st.integers(0, 20))
    def step(self, kind: str, ago: int) -> None:
        happened = self.now(ago)
        made = actions.add_step(self.ref, Done(kind, happened["happened_at"]), by=LEAD, at=happened["at"])
        assert made.kind == kind
        self.revived()
        self.state = self.before = queries.summary(self.ref, self.at).state

    @rule(micrograms=st.integers(1, 100_000), taps=st.integers(1, 3))
    def dose(self, micrograms: int, taps: int) -> None:
        token = f"{trail.last_seq():032d}"
        made = [
            actions.give_naloxone(self.ref, micrograms, "intranasal", by=LEAD, **self.now(), token=token)
            for _ in range(taps)
        ]
        assert len({row.id for row in made}) == 1
        self.given[made[0].link_seq] = micrograms
        self.revived()
        self.state = self.before = "open" if self.state == "observed" else self.state

    @precondition(lambda self: self.given)
    @rule(data=st.data(), micrograms=st.integers(1, 100_000))
    def amend_a_dose(self, data: Any, micrograms: int) -> None:
        seq = data.draw(st.sampled_from(sorted(self.given)))
        happened = next(d.happened_at for d in queries.case(self.ref).all("naloxone") if d.seq == seq)
        words: dict[str, Any] = {"reason": "wrong_amount", "changes": {"micrograms": micrograms}}
        link = actions.amend(seq, happened_at=happened, by=LEAD, at=self.at, **words)
        del self.given[seq]
        self.given[link.seq] = micrograms
        with pytest.raises(Conflict):
            actions.strike(seq, by=LEAD, at=self.at)

    @rule(spo2=st.integers(0, 100))
    def vitals(self, spo2: int) -> None:
        actions.record_vitals(self.ref, Measured(self.now()["at"], spo2=spo2), by=LEAD, at=self.at)
        self.revived()

    @rule(pathway=st.sampled_from(sorted(PATHWAYS)))
    def pathway(self, pathway: str) -> None:
        actions.set_pathway(self.ref, pathway, by=LEAD, **self.now())

    @rule()
    def aftercare(self) -> None:
        actions.to_aftercare(self.ref, by=LEAD, **self.now())
        self.revived()
        self.state = self.before = "closed" if self.closing else "observed"

    @precondition(lambda self: self.closing is None and self.state != "struck")
    @rule(outcome=st.sampled_from(["recovered", "transported", "unknown"]))
    def close(self, outcome: str) -> None:
        self.closing = actions.close(self.ref, outcome, by=LEAD, **self.now()).link_seq
        self.moved("close")
        self.before = self.state

    @precondition(lambda self: self.closing is not None and self.state == "closed")
    @rule()
    def reopen(self) -> None:
        assert self.closing is not None
        actions.strike(self.closing, by=LEAD, at=self.at)
        self.closing = None
        self.state = self.before = queries.summary(self.ref, self.at).state
        assert self.state in ("open", "observed")

    @precondition(lambda self: self.state != "struck")
    @rule()
    def no_overdose(self) -> None:
        self.before = self.state
        actions.no_overdose(self.ref, by=LEAD, at=self.at)
        self.moved("no_overdose")

    @precondition(lambda self: self.state == "struck")
    @rule()
    def take_up_again(self) -> None:
        actions.take_up_again(self.ref, by=LEAD, at=self.at)
        self.revived()

    @invariant()
    def totals_are_the_doses_that_stand(self) -> None:
        if not hasattr(self, "ref"):
            return
        found = queries.summary(self.ref, self.at)
        assert (found.by_staff.count, found.by_staff.micrograms) == (
            len(self.given),
            sum(self.given.values()),
        )
        assert 1 <= found.tier <= 5

    @invariant()
    def the_state_is_the_one_the_table_gives(self) -> None:
        if hasattr(self, "ref"):
            assert queries.summary(self.ref, self.at).state == self.state

    def teardown(self) -> None:
        verify()


def test_any_order_of_taps_keeps_the_books(app: Flask) -> None:
    run_state_machine_as_test(
        Responding,
        settings=settings(
            max_examples=12,
            stateful_step_count=16,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
