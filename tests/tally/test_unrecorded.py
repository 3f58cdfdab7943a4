"""A line of a list that nobody counts says so; it is no zero."""

from sitelog.ground.facts import Measure
from sitelog.tally.rollup import Line, Listing, roll_up

MEASURES = {code: Measure(code, code, code) for code in ("given", "taken")}
TABLE = Listing("t", "T", "Kind", "Count", (Line("given", "given"), Line("taken", "taken")))


def test_what_nobody_records_has_no_number() -> None:
    rows = roll_up(TABLE, [], MEASURES, {}, str, {"given"}).rows
    assert [row.cells[0].count for row in rows] == [None, 0]
