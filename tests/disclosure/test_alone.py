"""Protected counts that nothing adds up: each a range by itself, and told to every audience in one way."""

from dataclasses import replace
from datetime import date

import pytest

from sitelog.disclosure.difference import Released
from sitelog.disclosure.policy import preset
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
