"""Protected counts that nothing adds up: each a range by itself, and told to every audience in one way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sitelog.disclosure.difference import Released
from sitelog.disclosure.policy import Policy, preset, stricter
from sitelog.disclosure.printed import Cell, Exact, Range, Withheld
from sitelog.disclosure.protect import Protection, protect
from sitelog.disclosure.tables import RawCell, RawColumn, RawRelease, RawRow, RawTable
from tests.disclosure.test_protect import stored

DAY = date(2026, 11, 17)
PARTNER, PUBLIC, ONTARIO = preset("partner"), preset("public"), preset("ca-on-partner")


def row(code: str, count: int, *classes: str, people: int | None = 0) -> RawRow:
    return RawRow(code, code, (RawCell(count, people),), (("class", classes),), measure="n", kind="person")


def release(*rows: RawRow, version: int = 1) -> RawRelease:
    exact = RawRow("house", "House", (RawCell(2),), measure="house")
    table = RawTable("t", "T", "Kind", (RawColumn("count", "Events", "n"),), (*rows, exact), alone=True)
    return RawRelease(f"daily-{DAY}", version, DAY, DAY, (table,))


def cell(made: Protection, code: str = "a") -> Cell:
    return made.safe.table("t").figure(code).cell


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_k_are_a_range_that_holds_zero(count: int) -> None:
    made = protect(release(row("a", count, "x")), PARTNER)
    assert cell(made) == Range(0, 4)
    assert cell(made, "house") == Exact(2)


@pytest.mark.parametrize("count", [5, 6, 400])
def test_k_or_more_by_nobody_knows_whom_are_k_or_more(count: int) -> None:
    made = protect(release(row("a", count, "x")), PARTNER)
    assert cell(made) == Range(5, None)
    (entry,) = (one for one in made.ledger if one.protected)
    assert entry.width >= max(4, count / 5)


def test_rows_do_not_hide_one_another_since_nothing_adds_them_up() -> None:
    made = protect(release(row("a", 1, "x"), row("b", 9, "y", people=9)), PARTNER)
    assert (cell(made), cell(made, "b")) == (Range(0, 4), Exact(9))


@pytest.mark.parametrize("classes", [("x",), ("x", "y")])
def test_two_rows_that_may_count_the_same_events_are_refused(classes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="may count the same events"):
        protect(release(row("a", 1, "x"), row("b", 2, *classes)), PARTNER)


def test_a_total_over_counts_that_stand_alone_is_refused() -> None:
    bare = replace(release(row("a", 1, "x")), name="daily-2026-11-17")
    total = RawTable(
        "all", "All", "Kind", (RawColumn("n", "N", "n"),), (RawRow("all", "All", (RawCell(1),)),)
    )
    with pytest.raises(ValueError, match="may count the same events"):
        protect(replace(bare, tables=(*bare.tables, total)), PARTNER)


def after(*printed: Protection) -> list[Released]:
    return [one for made in printed for one in stored(made)]


@pytest.mark.parametrize("late", [0, 3, 30])
def test_another_version_prints_the_same_range_whatever_came_late(late: int) -> None:
    first = protect(release(row("a", 3, "x")), PARTNER)
    second = protect(release(row("a", 3 + late, "x"), version=2), PARTNER, after(first))
    assert cell(second) == cell(first)
    assert not second.safe.changes
    assert [(one.truth, one.protected) for one in second.ledger if one.protected] == [(3, True)]


@pytest.mark.parametrize("late", [0, 30])
def test_another_audience_is_told_the_same_although_something_came_between(late: int) -> None:
    first = protect(release(row("a", 3, "x")), PARTNER)
    other = replace(PARTNER, name="another")
    assert cell(protect(release(row("a", 3 + late, "x")), other, after(first))) == Range(0, 4)


@pytest.mark.parametrize("count", range(14))
def test_an_audience_with_a_smaller_group_is_told_what_was_printed_for_the_larger_one(count: int) -> None:
    first = protect(release(row("a", count, "x")), PUBLIC)
    second = protect(release(row("a", count, "x")), PARTNER, after(first))
    assert cell(second) == cell(first)
    assert any(note.code == "elsewhere" for note in second.safe.notes)


@pytest.mark.parametrize("count", range(14))
def test_an_audience_with_a_larger_group_is_told_nothing_more_whatever_the_number(count: int) -> None:
    # "5+" for one and "0–5" for the other would be five.
    first = protect(release(row("a", count, "x")), PARTNER)
    second = protect(release(row("a", count, "x")), ONTARIO, after(first))
    assert isinstance(cell(second), Withheld)
    assert not [one for one in second.ledger if one.protected]


def test_another_day_is_another_number() -> None:
    first = protect(release(row("a", 3, "x")), PARTNER)
    tomorrow = replace(release(row("a", 7, "x")), start=date(2026, 11, 18), end=date(2026, 11, 18))
    assert cell(protect(tomorrow, ONTARIO, after(first))) == Range(6, None)


WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def days(policy: Policy, counts: Sequence[int], code: str = "x") -> list[Released]:
    """What the dailies of a week have printed of one class."""
    told: list[Released] = []
    for n, count in enumerate(counts):
        on = WEEK[0] + timedelta(days=n)
        one = replace(release(row("a", count, code)), name=f"daily-{on}", start=on, end=on)
        told += after(protect(one, policy, told))
    return told


def week(count: int, policy: Policy, told: Sequence[Released], *classes: str) -> Protection:
    one = replace(release(row("a", count, *(classes or "x"))), name="weekly", start=WEEK[0], end=WEEK[1])
    return protect(one, policy, told)


@pytest.mark.parametrize("counts", [(0,) * 7, (0, 0, 4, 0, 0, 0, 0), (4,) * 7, (0, 9, 0, 0, 1, 0, 0)])
def test_a_week_for_the_same_smallest_group_is_told_and_gives_no_day_away(counts: tuple[int, ...]) -> None:
    told = days(PARTNER, counts)
    made = week(sum(counts), PARTNER, told)
    whole = cell(made)
    assert whole == (Range(0, 4) if sum(counts) < 5 else Range(5, None))
    assert isinstance(whole, Range)
    bounds = [(one.cell.lo, one.cell.hi) for one in told if isinstance(one.cell, Range)]
    for n, (low, high) in enumerate(bounds):
        others = bounds[:n] + bounds[n + 1 :]
        most = None if any(hi is None for _, hi in others) else sum(hi or 0 for _, hi in others)
        assert most is None or whole.lo - most <= low
        assert whole.hi is None or high is None or whole.hi - sum(lo for lo, _ in others) >= high
    assert not [note for note in made.safe.notes if note.code == "elsewhere"]


@pytest.mark.parametrize("count", [0, 3, 28, 90])
@pytest.mark.parametrize("policy", [PUBLIC, stricter(PARTNER, 28)], ids=["public", "28"])
def test_a_week_for_another_smallest_group_is_withheld_whatever_it_is(policy: Policy, count: int) -> None:
    # "28+" for seven days of "0–4" would be four on each.
    made = week(count, policy, days(PARTNER, (4,) * 7))
    assert isinstance(cell(made), Withheld)
    assert cell(made, "house") == Exact(2)
    assert "elsewhere" in {note.code for note in made.safe.notes}


def test_a_week_beside_days_for_a_larger_smallest_group_is_told_for_that_one() -> None:
    told = days(PUBLIC, (1, 0, 0, 2, 0, 0, 0))
    for count, printed in ((3, Range(0, 10)), (7, Range(0, 10)), (11, Range(11, None))):
        made = week(count, PARTNER, told)
        assert cell(made) == printed
        assert "elsewhere" in {note.code for note in made.safe.notes}


def test_a_week_is_never_exact_beside_its_days() -> None:
    # 28 by 28 people, and "0–4" on each of seven days, would be four on each.
    one = replace(release(row("a", 28, "x", people=28)), name="weekly", start=WEEK[0], end=WEEK[1])
    assert cell(protect(one, PARTNER, days(PARTNER, (4,) * 7))) == Range(5, None)


def test_days_that_come_after_their_week_for_another_smallest_group_are_withheld_too() -> None:
    told = after(week(30, PARTNER, []))
    assert isinstance(cell(protect(release(row("a", 4, "x")), PUBLIC, told)), Withheld)
    assert cell(protect(release(row("a", 4, "x")), PARTNER, told)) == Range(0, 4)


def test_classes_that_were_merged_are_not_told_beside_one_of_them() -> None:
    told = days(PARTNER, (1,) * 7)
    assert isinstance(cell(week(30, PARTNER, told, "x", "y")), Withheld)
    assert cell(week(30, PARTNER, told, "y")) == Range(5, None)


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 11, 17), date(2026, 11, 18)), (date(2026, 11, 20), date(2026, 12, 20))],
    ids=["two days", "across its edge"],
)
def test_a_period_that_is_no_whole_of_three_parts_is_withheld(start: date, end: date) -> None:
    told = days(PARTNER, (1,) * 7) if (end - start).days == 1 else after(week(7, PARTNER, []))
    other = replace(release(row("a", 7, "x")), name="other", start=start, end=end)
    assert isinstance(cell(protect(other, PARTNER, told)), Withheld)
