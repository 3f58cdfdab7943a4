"""The parts of the simulation by themselves: simulated time, waves, the crowd, published rates."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from sitelog.demo import crowd, emergency, waves
from sitelog.demo.clockwork import Clockwork, Life
from sitelog.ground.days import SiteCalendar

START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
CALENDAR = SiteCalendar("America/Toronto")
KNOWN = list(crowd.SUBSTANCES)


def test_processes_run_in_the_order_of_their_alarms_and_then_of_their_setting() -> None:
    clock, seen = Clockwork(START), []

    def life(name: str, *pauses: int) -> Life:
        for pause in pauses:
            yield timedelta(minutes=pause)
            seen.append((name, clock.now - START))

    clock.start(life("slow", 3, 3))
    clock.start(life("quick", 1, 2))
    clock.run(START + timedelta(minutes=5))
    minute = timedelta(minutes=1)
    assert seen == [("quick", minute), ("slow", 3 * minute), ("quick", 3 * minute)]
    assert clock.now == START + 5 * minute


def test_a_process_that_is_woken_hears_why_and_its_old_alarm_is_void() -> None:
    clock, heard = Clockwork(START), []

    def patient() -> Life:
        heard.append((yield timedelta(minutes=30)))
        heard.append((yield timedelta(minutes=60)))

    waiting = clock.start(patient())
    clock.run(START + timedelta(minutes=1))
    clock.wake(waiting, "booth 3")
    clock.run(START + timedelta(minutes=45))
    assert heard == ["booth 3"]
    clock.run(START + timedelta(minutes=61))
    assert heard == ["booth 3", None]


@pytest.mark.parametrize("on", [date(2026, 11, 17), date(2026, 11, 1), date(2026, 3, 8)])
def test_people_come_in_waves_while_the_doors_are_open_also_when_the_clocks_change(on: date) -> None:
    came = waves.arrivals(Random(1), CALENDAR, on, 400)
    hours = Counter(CALENDAR.local(at).hour for at in came)
    assert came == sorted(came)
    assert {CALENDAR.day_of(at) for at in came} == {on}
    assert not set(hours) & {3, 4, 5, 6}
    assert hours[7] > hours[9] > hours[0]
    assert 320 < len(came) < 480


def test_a_tenth_of_the_crowd_makes_most_of_the_visits_and_many_come_once() -> None:
    people = crowd.gather(Random(1), 100, KNOWN)
    seen = Counter(people.next().handle for _ in range(3000))
    del seen[None]
    often = sum(n for _, n in seen.most_common(len(people.guests) // 10))
    assert often > 0.35 * sum(seen.values())
    assert sum(n == 1 for n in seen.values()) > 0.05 * len(seen)
    assert len(people.guests) == round(100 * 61 / crowd.USES_PER_PERSON)


def test_every_handle_is_somebodys_own() -> None:
    people = crowd.gather(Random(1), 900, KNOWN)
    handles = [guest.handle for guest in people.guests]
    assert len(set(handles)) == len(handles) == round(900 * 61 / crowd.USES_PER_PERSON)


def test_overdoses_come_as_often_as_published() -> None:
    rng = Random(7)
    world: Any = SimpleNamespace(
        chance=lambda share: rng.random() < share,
        minutes=lambda low, high: timedelta(minutes=rng.uniform(low, high)),
        is_near_end=lambda within: False,
    )
    uses, struck = 60_000, 0
    for seed in range(20):
        people = crowd.gather(Random(seed), 100, KNOWN)
        people.rng = rng
        for _ in range(uses // 20):
            items = people.items(people.next())
            struck += emergency.onset(world, items, timedelta(minutes=15)) is not None
    assert struck / uses == pytest.approx(80 / 5975 * (1 - emergency.ELSEWHERE), rel=0.15)
