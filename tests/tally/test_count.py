"""There is one way to count, and nothing that happened falls out of a table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitelog.ground.facts import Fact, Measure
from sitelog.tally import count
from sitelog.tally.rollup import ALL, NOT_RECORDED, Breakdown, Column, Line, Listing, roll_up

DAY = date(2026, 11, 17)
MEASURES = {
    "uses": Measure("uses", "Uses", "Uses of a thing."),
    "people": Measure("people", "People", "Distinct people.", kind="person"),
}
DOMAINS = {
    "band": {"morning": "Morning", "night": "Night"},
    "kind": {"red": "Red", "blue": "Blue", NOT_RECORDED: "Not recorded"},
}


def fact(band: str = "morning", kind: str | None = None, person: str | None = None, amount: int = 1) -> Fact:
    return Fact("uses", DAY, band, (("kind", kind),) if kind else (), person, amount)


def test_amounts_are_added_up() -> None:
    facts = [fact(kind="red", amount=3), fact(kind="blue"), fact()]
    assert count.total(facts, "uses") == 5
    assert count.total(facts, "uses", {"kind": "red"}) == 3
    assert count.by(facts, "uses", "kind") == {"red": 3, "blue": 1, None: 1}


def test_band_and_day_are_dimensions_like_any_other() -> None:
    facts = [fact("morning"), fact("night"), fact("night")]
    assert count.by(facts, "uses", count.BAND) == {"morning": 1, "night": 2}
    assert count.by(facts, "uses", count.DAY) == {"2026-11-17": 3}


def test_a_person_counts_once_and_nobody_named_counts_each_time() -> None:
    assert count.people([fact(person="a"), fact(person="a"), fact(person="b"), fact(), fact()]) == 4


def test_the_usual_day_is_the_median_with_closed_days_in_it() -> None:
    days = [date(2026, 11, n) for n in (16, 17, 18)]
    facts = [fact(person="a"), fact(person="b"), Fact("uses", days[2], "morning", (), "a")]
    assert count.usual(facts, "uses", days) == 1.0
    assert count.usual([], "uses", []) is None


def test_a_breakdown_has_a_row_for_every_category_also_where_there_was_none() -> None:
    table = roll_up(
        Breakdown("t", "T", "Band", "band", (Column("uses"),)), [fact("night")], MEASURES, DOMAINS
    )
    assert [(row.code, row.cells[0].count) for row in table.rows] == [("morning", 0), ("night", 1), (ALL, 1)]
    assert table.columns[0].label == "Uses"


def test_a_word_that_left_its_list_is_counted_as_not_recorded() -> None:
    facts = [fact(kind="red"), fact(kind="puce"), fact()]
    table = roll_up(Breakdown("t", "T", "Kind", "kind", (Column("uses"),)), facts, MEASURES, DOMAINS)
    assert {row.code: row.cells[0].count for row in table.rows}[NOT_RECORDED] == 2


def test_a_category_that_has_nowhere_to_go_stops_the_report_instead_of_vanishing() -> None:
    with pytest.raises(ValueError, match="no band"):
        roll_up(Breakdown("t", "T", "Band", "band", (Column("uses"),)), [fact("noon")], MEASURES, DOMAINS)


def test_the_rows_of_a_list_count_different_things() -> None:
    lines = (Line("red", "uses", "Red ones", (("kind", "red"),)), Line("people", "people"))
    table = roll_up(Listing("t", "T", "Kind", "Count", lines), [fact(kind="red")], MEASURES, DOMAINS)
    assert [(row.label, row.cells[0].count, row.kind) for row in table.rows] == [
        ("Red ones", 1, "operational"),
        ("People", 0, "person"),
    ]


@given(
    st.lists(
        st.builds(
            fact,
            st.sampled_from(["morning", "night"]),
            st.sampled_from(["red", "blue", "puce", None]),
            amount=st.integers(1, 9),
        )
    )
)
def test_the_rows_of_a_breakdown_add_up_to_its_total(facts: list[Fact]) -> None:
    table = roll_up(Breakdown("t", "T", "Kind", "kind", (Column("uses"),)), facts, MEASURES, DOMAINS)
    parts = [row.cells[0].count or 0 for row in table.rows if not row.total]
    assert sum(parts) == table.rows[-1].cells[0].count == count.total(facts, "uses")
