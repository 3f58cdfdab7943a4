"""The one door out: a RawRelease becomes a SafeRelease, and a ledger says what each figure hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitelog.disclosure import alone, lines, plan, suppress
from sitelog.disclosure.difference import Earlier, Released, lines_told, printed_lines
from sitelog.disclosure.ledger import Entry
from sitelog.disclosure.policy import Policy
from sitelog.disclosure.printed import (
    _SEAL,
    Cell,
    Change,
    DoesNotApply,
    Exact,
    Figure,
    Note,
    Range,
    SafeColumn,
    SafeLines,
    SafeRelease,
    SafeRow,
    SafeTable,
    Withheld,
)
from sitelog.disclosure.tables import Dims, Kind, RawCell, RawLines, RawRate, RawRelease, RawTable, Where
from sitelog.ground.words import N_

NEXT_TIME = Withheld(N_("next report"))
WAIT = Withheld(N_("Incident lines are told only of days of which all can be told and nobody be found."))
NOT_PUBLIC = Withheld(N_("Public reports have no incident lines."))
RANGES = N_("A number that stands for fewer than %(k)s events or people is a range, zero included.")
TOO_FEW = N_("%(table)s: not broken down, because too few events stand behind it.")
ELSEWHERE = N_(
    "%(table)s: another report has some of these numbers, for another smallest group or as part of another "
    "period; here they stand in its ranges, or are withheld."
)
CARRIED = N_("%(table)s: as printed in version %(version)s. Later entries count in the next open period.")

Cells = dict[str, tuple[Cell, suppress.Promise | None]]
"""What is printed of each protected figure of a column, by row code, with the promise it keeps."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What protect() answers: `safe` goes to the formats, `ledger` stays in the house (one entry per
    figure)."""

    safe: SafeRelease
    ledger: tuple[Entry, ...]


def protect(
    raw: RawRelease, policy: Policy, released: Iterable[Released] = (), key: bytes = b""
) -> Protection:
    """The release as it may be printed under the policy, given every figure printed before.

    `released`: stored figures (`Entry.stored`) of earlier releases; those of an earlier version of this one
    are carried over where they are protected, and compared where they are not. `key`: secret bytes of the
    site; the order of lines and of the work inside a table hang on it, so that neither says anything about
    the data. ValueError: the release asks for breakdowns that cannot be kept safe (`plan.check`).
    """
    plan.check(raw)
    alone.check(raw)
    released = tuple(released)
    book = _Book(raw, policy, Earlier.of(raw, policy, released), released, key)
    tables = tuple(book.table(table) for table in raw.tables)
    safe_lines = book.incident_lines(raw.lines) if raw.lines else None
    rates = tuple(book.rate(rate) for rate in raw.rates)
    safe = SafeRelease(
        raw.id, raw.name, raw.version, policy.name, policy.k, raw.start, raw.end, tables, safe_lines, rates,
        tuple(dict.fromkeys(book.notes)), tuple(book.changes(tables)), seal=_SEAL,
    )  # fmt: skip
    return Protection(safe, tuple(book.ledger))


class _Book:
    """One release on its way out: makes the sealed parts, and writes ledger and notes as it goes."""

    def __init__(
        self, raw: RawRelease, policy: Policy, earlier: Earlier, released: tuple[Released, ...], key: bytes
    ) -> None:
        self.raw, self.policy, self.earlier, self.released, self.key = raw, policy, earlier, released, key
        self.ledger: list[Entry] = []
        self.notes: list[Note] = []

    # ── tables ──
    def table(self, table: RawTable) -> SafeTable:
        columns = [self._column(table, index) for index in range(len(table.columns))]
        rows = tuple(
            SafeRow(
                row.code, row.label, tuple(column[at] for column in columns), row.total, row.note, seal=_SEAL
            )
            for at, row in enumerate(table.rows)
        )
        heads = tuple(SafeColumn(c.code, c.label, c.measure, seal=_SEAL) for c in table.columns)
        return SafeTable(table.id, table.title, table.head, heads, rows, seal=_SEAL)

    def _column(self, table: RawTable, index: int) -> list[Figure]:
        column = table.columns[index]
        carried = self._carried(table, index)
        told = {} if carried else self._told(table, index)
        fresh = {} if carried else self._protected(table, index)
        # What is told already can be told again, it adds nothing to what is out; the rest beside it.
        fresh |= {} if carried else self._beside(table, index)
        figures = []
        for row in table.rows:
            kind, raw = plan.kind_of(row, column), row.cells[index]
            cell, promise = fresh.get(row.code) or (suppress.plain(raw), None)
            before = carried.get(row.code) or told.get(row.code)
            if carried and kind == "person":
                cell = before.cell if before else NEXT_TIME
            elif row.code in told:
                cell = alone.repeated(told[row.code], self.policy)
            where, dims = (table.id, row.code, column.code), column.dims + row.dims
            figure = self._figure(where, row.measure or column.measure, dims, cell, kind)
            figures.append(figure)
            if before and kind == "person":
                self.ledger.append(_again(figure, before))
            else:
                self.ledger.append(_entry(figure, raw, promise))
        return figures

    def _told(self, table: RawTable, index: int) -> dict[str, Released]:
        """What other audiences were told of counts that stand alone, by row code."""
        told = alone.told(table, index, self.raw, self.released)
        if any(alone.smallest(before.cell) != self.policy.k for before in told.values()):
            self._note("elsewhere", ELSEWHERE, table=table.title)
        return told

    def _beside(self, table: RawTable, index: int) -> Cells:
        """Counts that stand alone as they may be told beside those of other periods, by row code."""
        found = alone.beside(table, index, self.raw, self.policy, self.released)
        if any(alone.smallest(cell) != self.policy.k for cell, _ in found.values()):
            self._note("elsewhere", ELSEWHERE, table=table.title)
        return found

    def _protected(self, table: RawTable, index: int) -> Cells:
        """Cells and promises of the person facts of a column, by row code."""
        column, policy = table.columns[index], self.policy
        if table.alone:
            cells = alone.hidden(table, index, policy)
            self._explain(table, [cell for cell, _ in cells.values()])
            return cells
        rows, over = plan.person_rows(table, column), plan.open_total(table, index)
        totals = [row for row in table.rows if row.total]
        hidden: Cells = {}
        for row in totals:
            if plan.kind_of(row, column) == "person":
                raw = row.cells[index]
                bound = raw.count or 0 if over is None else over
                hidden[row.code] = suppress.single(raw, policy), suppress.promise(raw, policy, bound)
        if rows and over is not None:
            total = totals[0] if totals else None
            printed = None
            if total is not None:
                printed = (
                    hidden[total.code][0] if total.code in hidden else suppress.plain(total.cells[index])
                )
            names = [f"{self.raw.name}/{table.id}/{row.code}/{column.code}" for row in rows]
            done = suppress.breakdown(
                [row.cells[index] for row in rows], printed, over, policy,
                names=names, key=self.key, additive=column.additive,
            )  # fmt: skip
            pairs = zip(done.cells, done.promises, strict=True)
            hidden |= {row.code: pair for row, pair in zip(rows, pairs, strict=True)}
        self._explain(table, [cell for cell, _ in hidden.values()])
        return hidden

    def _carried(self, table: RawTable, index: int) -> dict[str, Released]:
        """What an earlier version printed of this column, if it has person facts: they never change."""
        column = table.columns[index]
        before = self.earlier.column(table.id, column.code)
        if not any(one.kind == "person" for one in before.values()):
            return {}
        self._note("carried", CARRIED, table=table.title, version=self.earlier.version)
        self._explain(table, [one.cell for one in before.values() if one.kind == "person"])
        return before

    def _explain(self, table: RawTable, cells: Iterable[Cell]) -> None:
        cells = tuple(cells)
        if any(isinstance(cell, Range) for cell in cells):
            self._note("ranges", RANGES, k=self.policy.k)
        if any(cell == suppress.TOO_FEW for cell in cells):
            self._note("too_few", TOO_FEW, table=table.title)

    # ── ratios ──
    def rate(self, rate: RawRate) -> Figure:
        """A ratio of two printed figures, so it can say no more than they do."""
        printed = {entry.figure.where: entry.figure for entry in self.ledger}
        of, over = printed[rate.of], printed[rate.over]
        kind: Kind = "operational" if of.kind == over.kind == "operational" else "person"
        ratio = _ratio(of.cell, over.cell, rate.per)
        figure = self._figure(("rates", rate.id, "rate"), rate.measure, (), ratio, kind)
        self.ledger.append(Entry(figure, figure.cell.value if isinstance(figure.cell, Exact) else None))
        return figure

    # ── lines ──
    def incident_lines(self, day: RawLines) -> SafeLines:
        """The incident lines, or why there are none; in a new version exactly those of the earlier one."""
        before = self.earlier.of_table(day.id)
        if before:
            level, rows = printed_lines(before)
            self._note("carried", CARRIED, table=N_("Incident lines"), version=self.earlier.version)
        elif told := lines_told(self.released, self.raw, day.id):
            level, rows = lines.retold(*printed_lines(told), day, self.policy)
        else:
            shown = lines.told(day)
            # Responses are counted openly, so the one without a line would be the death: then none has one.
            # The words are those of a day with too few people; how many were known is printed nowhere.
            level = lines.level_of(day, self.policy) if len(shown) == len(day.lines) else lines.Level.NONE
            rows = lines.shown_rows(level, shown) if level else []
        hidden = None if level else WAIT if self.policy.lines else NOT_PUBLIC
        counts = tuple(self._line_counts(day, level, rows, hidden))
        self.ledger += [Entry(f, f.cell.value if isinstance(f.cell, Exact) else None) for f in counts]
        columns = tuple((field, lines.COLUMNS[field][0]) for field in level.fields)
        ordered = lines.shuffled(rows, self.raw.name, self.key)
        return SafeLines(day.id, level.code, columns, ordered, hidden, counts, seal=_SEAL)

    def _line_counts(
        self, day: RawLines, level: lines.Level, rows: list[tuple[str, ...]], hidden: Withheld | None
    ) -> Iterator[Figure]:
        """The lines as figures: how many there are, and how many of each."""
        every: Cell = hidden or Exact(len(rows))
        yield self._figure((day.id, "all", level.code), day.measure, (), every, "operational")
        for row in sorted(set(rows)):
            dims = tuple(zip(level.fields, row, strict=True))
            where = (day.id, ".".join(row), level.code)
            yield self._figure(where, day.measure, dims, Exact(rows.count(row)), "operational")

    # ── what all share ──
    def changes(self, tables: Iterable[SafeTable]) -> Iterator[Change]:
        """What reads otherwise than in the earlier version."""
        words = {
            figure.where: (table.title, row.label, head.label)
            for table in tables for row in table.rows
            for head, figure in zip(table.columns, row.figures, strict=True)
        }  # fmt: skip
        shown = [figure for table in tables for figure in table.figures()]
        for figure, before in self.earlier.changed(shown):
            yield Change(*words[figure.where], before, figure.cell, seal=_SEAL)

    def _figure(self, where: Where, measure: str, dims: Dims, cell: Cell, kind: Kind) -> Figure:
        return Figure(
            self.raw.id,
            self.policy.name,
            where,
            measure,
            dims,
            self.raw.start,
            self.raw.end,
            cell,
            kind,
            seal=_SEAL,
        )

    def _note(self, code: str, text: str, **values: str | int) -> None:
        self.notes.append(Note(code, text, tuple(values.items())))


def _entry(figure: Figure, raw: RawCell, promise: suppress.Promise | None) -> Entry:
    if promise is None or isinstance(figure.cell, Withheld):
        return Entry(figure, raw.count, raw.people)
    return Entry(figure, raw.count, raw.people, True, promise.width)


def _again(figure: Figure, before: Released) -> Entry:
    """What hides behind a figure that was printed before: what hid there then."""
    if isinstance(figure.cell, Withheld):
        return Entry(figure, before.truth, before.people)
    return Entry(figure, before.truth, before.people, before.protected, before.width)


def _ratio(of: Cell, over: Cell, per: int) -> Cell:
    """round(per * of / over) where both are exact; halves up."""
    if not isinstance(of, Exact) or not isinstance(over, Exact):
        return NEXT_TIME if isinstance(of, Withheld) else DoesNotApply()
    return Exact((2 * per * of.value + over.value) // (2 * over.value)) if over.value else DoesNotApply()
