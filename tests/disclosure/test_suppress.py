"""Exact or range: what is printed is true, and what is hidden cannot be worked out again."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sitelog.disclosure.policy import PRESETS, preset
from sitelog.disclosure.printed import Cell, Exact, Range, Withheld, limits
from sitelog.disclosure.suppress import Suppressed, breakdown, reach, single
from sitelog.disclosure.tables import RawCell

PARTNER = preset("partner")
K = PARTNER.k


@st.composite
def cells(draw: st.DrawFn, most: int = 40) -> RawCell:
    count = draw(st.one_of(st.integers(0, 9), st.integers(0, most)))
    return RawCell(count, draw(st.integers(min(count, 1), count)))


tables = st.lists(cells(), min_size=1, max_size=7)
keys = st.binary(max_size=4)


def protected(
    rows: list[RawCell], key: bytes = b"", total: Cell | None = None, additive: bool = True
) -> Suppressed:
    whole = sum(row.count or 0 for row in rows)
    names = [str(n) for n in range(len(rows))]
    printed = Exact(whole) if total is None else total
    return breakdown(rows, printed, whole, PARTNER, names=names, key=key, additive=additive)


def worlds(printed: tuple[Cell, ...], whole: int) -> set[tuple[int, ...]]:
    """Every set of true numbers that agrees with all that was printed, by trying them all."""
    boxes = []
    for cell in printed:
        lo, hi = limits(cell) or (0, 0)
        boxes.append(range(lo, min(whole, whole if hi is None else hi) + 1))
    return {world for world in product(*boxes) if sum(world) == whole}


@given(tables, keys)
def test_everything_printed_is_literally_true(rows: list[RawCell], key: bytes) -> None:
    for row, cell in zip(rows, protected(rows, key).cells, strict=True):
        bounds = limits(cell)
        if bounds and row.count is not None:
            assert bounds[0] <= row.count and (bounds[1] is None or row.count <= bounds[1])


@given(tables, keys)
def test_a_small_number_is_never_printed(rows: list[RawCell], key: bytes) -> None:
    for row, cell in zip(rows, protected(rows, key).cells, strict=True):
        if row.count is not None and row.people is not None and row.people < K:
            assert not isinstance(cell, Exact)


@given(tables, keys)
def test_a_breakdown_of_fewer_than_twice_k_events_is_withheld(rows: list[RawCell], key: bytes) -> None:
    if sum(row.count or 0 for row in rows) < 2 * K:
        assert all(isinstance(cell, Withheld) for cell in protected(rows, key).cells)


@settings(max_examples=150)
@given(st.lists(cells(most=14), min_size=1, max_size=4), keys)
def test_no_reader_can_subtract_his_way_to_a_hidden_number(rows: list[RawCell], key: bytes) -> None:
    whole = sum(row.count or 0 for row in rows)
    done = protected(rows, key)
    if any(isinstance(cell, Withheld) for cell in done.cells):
        return
    possible = worlds(done.cells, whole)
    assert tuple(row.count for row in rows) in possible
    for at, (row, promise) in enumerate(zip(rows, done.promises, strict=True)):
        values = {world[at] for world in possible}
        assert reach(done.cells, at, (whole, whole), whole) == (min(values), max(values))
        if promise is None:
            continue
        if row.count is not None and row.count < K:
            assert {0, min(K - 1, whole)} <= values
        else:
            assert max(values) - min(values) >= min(max(K - 1, -(-(row.count or 0) // 5)), whole - K)


@settings(max_examples=150)
@given(st.lists(cells(most=14), min_size=1, max_size=4), keys, st.data())
def test_the_same_holds_where_people_may_stand_in_several_rows(
    rows: list[RawCell], key: bytes, data: st.DataObject
) -> None:
    counts = [row.count or 0 for row in rows]
    people = data.draw(st.integers(max(counts), sum(counts)))
    names = [str(n) for n in range(len(rows))]
    done = breakdown(rows, Exact(people), people, PARTNER, names=names, key=key, additive=False)
    boxes = [limits(cell) or (0, 0) for cell in done.cells]
    spans = [range(lo, min(people if hi is None else hi, people) + 1) for lo, hi in boxes]
    possible = [world for world in product(*spans) if max(world) <= people <= sum(world)]
    for at, promise in enumerate(done.promises):
        if promise is not None and not promise.slides:
            assert {promise.lo, promise.hi} <= {world[at] for world in possible}


@given(tables, keys)
def test_the_same_table_is_protected_the_same_way_every_time(rows: list[RawCell], key: bytes) -> None:
    assert protected(rows, key) == protected(rows, key)


def test_a_neighbour_becomes_a_fixed_band_that_is_the_same_whatever_is_hidden() -> None:
    """Three hidden and 12 beside it: told apart from neither 0 and 15 nor 4 and 11."""
    printed = {
        protected([RawCell(hidden, hidden), RawCell(15 - hidden, 15 - hidden)], key=b"x").cells
        for hidden in range(K)
    }
    assert printed == {(Range(0, 4), Range(10, 19))}


def test_which_neighbour_gives_way_hangs_on_the_key_and_not_on_the_numbers() -> None:
    rows = [RawCell(2, 2), RawCell(30, 30), RawCell(30, 30), RawCell(30, 30)]
    chosen = {protected(rows, key=bytes([n])).cells for n in range(20)}
    assert len(chosen) == 3


def test_a_hidden_number_with_no_neighbour_to_give_way_withholds_the_breakdown() -> None:
    assert protected([RawCell(3, 3), RawCell(4, 4), RawCell(4, 4)]).cells == (Withheld("too few"),) * 3


@given(tables, keys, st.sampled_from(sorted(PRESETS)), st.booleans())
def test_every_preset_prints_the_truth_and_keeps_its_promises(
    rows: list[RawCell], key: bytes, name: str, total_is_people: bool
) -> None:
    policy, whole = preset(name), sum(row.count or 0 for row in rows)
    total = (
        single(RawCell(whole, max(row.people or 0 for row in rows)), policy)
        if total_is_people
        else Exact(whole)
    )
    names = [str(n) for n in range(len(rows))]
    done = breakdown(rows, total, whole, policy, names=names, key=key)
    if any(isinstance(cell, Withheld) for cell in done.cells):
        assert len(set(done.cells)) == 1
        return
    lo, hi = limits(total) or (0, 0)
    for at, (row, cell, promise) in enumerate(zip(rows, done.cells, done.promises, strict=True)):
        bounds = limits(cell)
        assert (
            bounds
            and row.count is not None
            and bounds[0] <= row.count <= (whole if bounds[1] is None else bounds[1])
        )
        if promise is not None:
            least, most = reach(done.cells, at, (lo, whole if hi is None else hi), whole)
            assert most - least >= promise.width
            assert promise.slides or (least == 0 and most >= promise.hi)


def test_few_tables_are_withheld_that_could_have_been_printed() -> None:
    """A guard against a rule so careful that it prints nothing: common tables keep most of their numbers."""
    exact = hidden = withheld = 0
    for small in range(1, 5):
        for other in range(20, 60):
            cells = protected(
                [RawCell(n, n) for n in (small, other, 2 * other, 31)], key=bytes([other])
            ).cells
            withheld += isinstance(cells[0], Withheld)
            exact += sum(isinstance(cell, Exact) for cell in cells)
            hidden += sum(isinstance(cell, Range) for cell in cells)
    assert withheld == 0 and exact == hidden == 320
