"""Two days that differ only in what is never printed give the same file, byte for byte."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from sitelog.app import create_app
from sitelog.reports import making
from sitelog.reports.catalog import DAILY
from sitelog.store.db import db
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
                db.session.remove()
                db.engine.dispose()

    yield tell


WORLDS = [
    with_other_handles,
    in_another_place,
    an_hour_later_in_the_same_part_of_the_day,
    in_another_order,
]


@pytest.mark.parametrize("other", WORLDS, ids=lambda story: story.__name__)
def test_worlds_that_differ_only_in_what_is_never_printed_give_the_same_bytes(
    world: Callable[[Callable[[], None]], bytes], other: Callable[[], None]
) -> None:
    assert world(told) == world(other)


def test_a_day_with_one_visit_more_gives_another_file(world: Callable[[Callable[[], None]], bytes]) -> None:
    assert world(told) != world(lambda: (busy_day(21), response_at(LATE_MORNING))[0])
