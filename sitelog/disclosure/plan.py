"""What one release may ask for: breakdowns by people that can be kept safe without knowing other releases."""

from __future__ import annotations

from sitelog.disclosure.tables import Kind, RawColumn, RawRelease, RawRow, RawTable


def kind_of(row: RawRow, column: RawColumn) -> Kind:
    """Operational or person: the row's word wins over the column's."""
    return row.kind or column.kind


def person_rows(table: RawTable, column: RawColumn) -> list[RawRow]:
    """The parts of a breakdown by people in this column; empty for operational facts."""
    if table.alone:
        return []
    return [row for row in table.rows if not row.total and kind_of(row, column) == "person"]


def open_total(table: RawTable, index: int) -> int | None:
    """The openly printed operational total over a column, None if there is none."""
    if table.open_total is not None:
        return table.open_total
    column = table.columns[index]
    totals = (r.cells[index].count for r in table.rows if r.total and kind_of(r, column) == "operational")
    return next(totals, None)


def check(raw: RawRelease) -> None:
    """ValueError for a breakdown by people without its operational total, and for two of them over the same
    dimensions in one release: linked numbers can only be protected together."""
    seen: set[tuple[str, ...]] = set()
    for table in raw.tables:
        for index, column in enumerate(table.columns):
            rows = person_rows(table, column)
            if not rows:
                continue
            if open_total(table, index) is None:
                raise ValueError(
                    f"{table.id}: a breakdown by people needs the operational total it breaks down"
                )
            over = tuple(sorted({name for row in rows for name, _ in row.dims}))
            if over in seen:
                raise ValueError(f"{table.id}: this release already breaks people down by {', '.join(over)}")
            seen.add(over)
