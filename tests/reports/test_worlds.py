"""Two days that differ only in what is never printed give the same file, byte for byte."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from sitelog.app import create_app
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening, Step
from sitelog.reports import making
from sitelog.reports.catalog import DAILY
from sitelog.store.transaction import let_go
from tests.factories import NURSE, said
from tests.reports.scene import MORNING, NEXT_MORNING, ON, busy_day, response_at

LATE_MORNING = MORNING + timedelta(minutes=61)


def told() -> None:
    busy_day(20)
    response_at(LATE_MORNING)


def with_other_handles() -> None:
    busy_day(20, mark="somebody else")
    response_at(LATE_MORNING)


def in_another_place() -> None:
    busy_day(20)
    response_at(LATE_MORNING, "8")


def an_hour_later_in_the_same_part_of_the_day() -> None:
    busy_day(20)
    response_at(LATE_MORNING + timedelta(hours=1))


def in_another_order() -> None:
    response_at(LATE_MORNING)
    busy_day(20)


def with_incidents(times: int, where: str, late: int = 0) -> None:
    """Aggression, needlesticks with steps and words, the police, deaths; some weapons entered late."""
    told()
    for n in range(times):
        at = MORNING + timedelta(minutes=11 * n)
        incidents.log(Happening("physical", where), note=f"words {n}", **said(at))
        exposed = incidents.log(Happening("exposure", where, {"exposed": ["against_staff"]}), **said(at))
        incidents.take_step(exposed.ref, Step("wash"), **said(at))
        incidents.log(Happening("police_attendance", where), **said(at))
        incidents.log(Happening("death_on_site", where), **said(at))
    for n in range(late):
        happened_at = MORNING + timedelta(minutes=n)
        incidents.log(
            Happening("weapon"), by=NURSE, happened_at=happened_at, at=NEXT_MORNING - timedelta(hours=1)
        )


def with_four_of_each() -> None:
    with_incidents(4, "3")


def with_one_of_each_in_the_waiting_room() -> None:
    with_incidents(1, "waiting")


def with_incidents_entered_after_the_day() -> None:
    with_incidents(1, "3", late=3)


def with_many() -> None:
    with_incidents(5, "3")


def with_very_many() -> None:
    with_incidents(9, "4", late=4)


def file() -> bytes:
    # The printed digest is keyed and carries nothing; here it is held fixed.
    return making.make(DAILY, ON, "funder", 1, [], NEXT_MORNING, "0" * 64)[1]


@pytest.fixture
def world(template_instance: Path, tmp_path: Path) -> Iterator[Callable[[Callable[[], None]], bytes]]:
    """Tell a day in an instance of its own, all with the same keys; the file it would give."""
    made: list[Flask] = []

    def tell(story: Callable[[], None]) -> bytes:
        app = create_app(shutil.copytree(template_instance, tmp_path / f"world-{len(made)}"), TESTING=True)
        made.append(app)
        with app.app_context():
            try:
                story()
                return file()
            finally:
                let_go()

    yield tell


WORLDS = [
    with_other_handles,
    in_another_place,
    an_hour_later_in_the_same_part_of_the_day,
    in_another_order,
    with_one_of_each_in_the_waiting_room,
    with_four_of_each,
    with_incidents_entered_after_the_day,
]


@pytest.mark.parametrize("other", WORLDS, ids=lambda story: story.__name__)
def test_worlds_that_differ_only_in_what_is_never_printed_give_the_same_bytes(
    world: Callable[[Callable[[], None]], bytes], other: Callable[[], None]
) -> None:
    assert world(told) == world(other)


def test_beyond_the_smallest_group_no_number_of_incidents_is_told_from_another(
    world: Callable[[Callable[[], None]], bytes],
) -> None:
    many = world(with_many)
    assert many == world(with_very_many)
    assert many != world(told)


def test_a_day_with_one_visit_more_gives_another_file(world: Callable[[Callable[[], None]], bytes]) -> None:
    assert world(told) != world(lambda: (busy_day(21), response_at(LATE_MORNING))[0])
