"""protect(): what comes out, what the ledger says of it, and what a new version may change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitelog.disclosure.difference import Released
from sitelog.disclosure.policy import preset
from sitelog.disclosure.printed import DoesNotApply, Exact, NotRecorded, Range, Withheld
from sitelog.disclosure.protect import Protection, protect
from sitelog.disclosure.tables import RawColumn, RawLine, RawRelease, RawTable
from tests.formats.example import KEY, LINES, changed, gender, protected, raw

PARTNER = preset("partner")


def stored(protection: Protection) -> list[Released]:
    """What was printed, through the JSON it is kept as."""
    return [Released.from_dict(json.loads(json.dumps(entry.stored()))) for entry in protection.ledger]


def test_operational_facts_are_printed_exact_however_small() -> None:
    tiers = protected().safe.table("tiers")
    assert [figure.cell for figure in tiers.figures()] == [Exact(n) for n in (1, 2, 1, 1, 0, 5)]


def test_person_facts_are_exact_or_a_range_and_empty_answers_stay_empty() -> None:
    cells = {row.code: row.figures[0].cell for row in protected().safe.table("gender").rows}
    assert cells["female"] == Range(0, 4)
    assert cells["unknown"] == NotRecorded() and cells["staff"] == DoesNotApply()


def test_the_cell_list_has_every_number_and_nothing_else() -> None:
    safe = protected().safe
    cells = safe.cells()
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert {tuple(cell) for cell in cells} == {
        ("id", "release", "measure", "dims", "start", "end", "value", "lo", "hi")
    }  # fmt: skip
    by_id = {cell["id"]: cell for cell in cells}
    assert by_id["daily-2026-11-17-v1/classes/opioid/n"] == {
        "id": "daily-2026-11-17-v1/classes/opioid/n",
        "release": "daily-2026-11-17-v1",
        "measure": "consumptions",
        "dims": {"substance_class": "opioid"},
        "start": "2026-11-17",
        "end": "2026-11-17",
        "value": 88,
        "lo": 88,
        "hi": 88,
    }
    hidden = by_id["daily-2026-11-17-v1/gender/female/people"]
    assert (hidden["value"], hidden["lo"], hidden["hi"]) == (None, 0, 4)
    assert "daily-2026-11-17-v1/gender/unknown/people" not in by_id


def test_the_ledger_knows_the_truth_of_every_figure_and_the_release_does_not() -> None:
    protection = protected()
    assert [entry.figure for entry in protection.ledger if entry.figure.where[0] != "rates"]
    assert {e.figure.id for e in protection.ledger} == {f.id for f in protection.safe.figures()}
    hidden = next(e.listed() for e in protection.ledger if e.figure.where == ("gender", "female", "people"))
    assert hidden and (hidden["truth"], hidden["people"], hidden["protect"], hidden["width"]) == (
        3,
        3,
        True,
        4,
    )
    exact = next(e.listed() for e in protection.ledger if e.figure.where == ("figures", "accesses", "n"))
    assert exact and (exact["truth"], exact["protect"], exact["width"]) == (214, False, 0)


def test_a_merged_category_is_listed_with_all_it_holds() -> None:
    column = RawColumn("n", "Visits", "visits", dims=(("age", ("0-19", "20-29")),))
    table = RawTable.simple("t", "T", "Gender", column, "gender", {"f": 7}, {"f": "F"})
    release = RawRelease("daily-2026-11-17", 1, date(2026, 11, 17), date(2026, 11, 17), (table,))
    assert protect(release, PARTNER).safe.cells()[0]["dims"] == {"age": ["0-19", "20-29"], "gender": "f"}


def test_a_ratio_is_worked_out_from_printed_figures() -> None:
    assert protected().safe.rate("per_1000").cell == Exact(33)
    nothing = changed(changed(raw(), "figures", "episodes", 0), "figures", "responses", 0)
    assert protect(nothing, PARTNER, key=KEY).safe.rate("per_1000").cell == DoesNotApply()


def test_what_is_hidden_is_said_in_plain_words() -> None:
    notes = [str(note) for note in protected().safe.notes]
    assert notes == ["A number that stands for fewer than 5 events or people is a range, zero included."]
    few = replace(raw(), tables=(replace(gender(), open_total=9),), rates=(), lines=None)
    assert [str(note) for note in protect(few, PARTNER).safe.notes] == [
        "People by gender: not broken down, because too few events stand behind it."
    ]


def test_two_databases_that_differ_only_in_hidden_numbers_print_the_same() -> None:
    one = raw()
    other = changed(changed(one, "gender", "female", 1), "gender", "other", 14)
    assert protect(one, PARTNER, key=KEY).safe == protect(other, PARTNER, key=KEY).safe


# ── a new version ──
def reissued(release: RawRelease, first: Protection) -> Protection:
    return protect(replace(release, version=2), PARTNER, stored(first), KEY)


def test_an_operational_fact_may_change_and_the_new_version_says_what_changed() -> None:
    second = reissued(changed(raw(), "bands", "morning", 47), protected()).safe
    assert second.id == "daily-2026-11-17-v2"
    assert second.table("bands").figure("morning").cell == Exact(47)
    assert [(c.table, c.row, c.column, c.before, c.now) for c in second.changes] == [
        ("By time of arrival", "Morning", "Accesses", Exact(46), Exact(47))
    ]


def test_a_protected_breakdown_never_changes_once_printed() -> None:
    first = protected()
    second = reissued(changed(changed(raw(), "gender", "female", 30), "gender", "male", 61), first)
    assert [f.cell for f in second.safe.table("gender").figures()] == [
        f.cell for f in first.safe.table("gender").figures()
    ]
    assert not second.safe.changes
    assert "People by gender: as printed in version 1." in str(second.safe.notes[0])
    entry = next(e for e in second.ledger if e.figure.where == ("gender", "female", "people"))
    assert (entry.truth, entry.protected, entry.width) == (3, True, 4)


def test_the_lines_of_a_new_version_are_those_of_the_first_in_the_same_order() -> None:
    first = protected()
    late = (*LINES, RawLine("morning", "other", "naloxone_3_plus", "recovered"))
    second = reissued(raw(lines=late), first)
    assert first.safe.lines and second.safe.lines
    assert second.safe.lines.rows == first.safe.lines.rows and second.safe.lines.level == "part_and_class"


def test_lines_once_withheld_stay_withheld() -> None:
    first = protected(usual=6)
    second = reissued(raw(usual=96), first).safe.lines
    assert second and not second.rows and second.withheld


def test_a_third_version_is_compared_with_the_second() -> None:
    first = protected()
    second = reissued(changed(raw(), "bands", "morning", 47), first)
    third = protect(replace(raw(), version=3), PARTNER, [*stored(first), *stored(second)], KEY).safe
    assert [(c.before, c.now) for c in third.changes] == [(Exact(47), Exact(46))]


def test_versions_of_other_days_and_audiences_do_not_count() -> None:
    other_day = protect(replace(raw(), name="daily-2026-11-16"), PARTNER, key=KEY)
    public = protect(raw(), preset("public"), key=KEY)
    corrected = replace(changed(raw(), "bands", "morning", 47), version=2)
    second = protect(corrected, PARTNER, [*stored(other_day), *stored(public)], KEY).safe
    assert second.changes == () and second.lines and second.lines.rows


def test_a_row_that_is_new_in_a_carried_breakdown_waits() -> None:
    first = protected()
    release = raw()
    wider = [
        replace(t, rows=(*t.rows, replace(t.rows[0], code="new", label="New"))) if t.id == "gender" else t
        for t in release.tables
    ]  # fmt: skip
    cell = reissued(replace(release, tables=tuple(wider)), first).safe.table("gender").figure("new").cell
    assert cell == Withheld("next report")


# ── what cannot be asked ──
@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ((replace(gender(), open_total=None),), "needs the operational total"),
        ((gender(), replace(gender(), id="again")), "already breaks people down by gender"),
    ],
)
def test_a_release_that_cannot_be_kept_safe_is_refused(tables: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        protect(replace(raw(), tables=tables, rates=(), lines=None), PARTNER)


def test_a_table_is_refused_whose_rows_do_not_fit_its_columns() -> None:
    table = gender()
    with pytest.raises(ValueError, match="cells for"):
        replace(table, rows=(replace(table.rows[0], cells=()),))
    with pytest.raises(ValueError, match="twice"):
        replace(table, rows=(table.rows[0], table.rows[0]))
