"""The site's book: what was set, and what stands where nothing was."""

from datetime import time

from sitelog.site import defaults, rules


def test_a_list_a_limit_and_a_policy_nobody_has_set_are_the_starters() -> None:
    older = dict(defaults.starter("Juniper Street", "America/Toronto"))
    older["words"] = {"substance": [{"code": "down", "label": "Down"}]}
    older["limits"], older["policies"] = {"wait_minutes": 20}, {}
    book = rules.assemble(older)
    assert [word.code for word in book.choices("substance")] == ["down"]
    assert [word.code for word in book.choices("outcome")] == [w["code"] for w in defaults.WORDS["outcome"]]
    assert (book.limit("wait_minutes"), book.limit("undo_seconds")) == (20, 120)
    assert book.policy("sedation_scale") == "avpu"


def test_shifts_are_wall_clock_times_that_may_cross_midnight_and_start_with_day_and_night() -> None:
    older = dict(defaults.starter("Juniper Street", "America/Toronto"))
    del older["shift_times"]
    day, night = rules.assemble(older).shift_times
    assert (day.code, day.starts, day.ends) == ("day", time(7), time(19))
    assert (night.code, night.starts, night.ends) == ("night", time(19), time(7))


def test_a_retired_shift_is_no_shift_of_the_book() -> None:
    shifts = [*defaults.SHIFT_TIMES, {**defaults.SHIFT_TIMES[0], "code": "long", "retired": True}]
    book = rules.assemble({**defaults.starter("Juniper Street", "UTC"), "shift_times": shifts})
    assert [shift.code for shift in book.shift_times] == ["day", "night"]
