"""From facts to raw tables, by a report's definition, which is data. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sitelog.disclosure.tables import Dims, Kind, RawCell, RawColumn, RawRow, RawTable
from sitelog.ground.facts import Fact, Measure
from sitelog.ground.words import N_
from sitelog.tally import count

Domains = Mapping[str, Mapping[str, str]]
"""Every category of every dimension with its label, in the order they are printed."""

Words = Callable[[str], str]
"""Gives a message in the reader's language."""

# A fact that says nothing about a dimension, or says a word its list no longer has, is counted here.
NOT_RECORDED = "not_recorded"
ALL = "all"


@dataclass(frozen=True)
class Column:
    """One column of numbers: a measure, by the label of the measure unless it has its own."""

    measure: str
    label: str = ""
    dims: tuple[tuple[str, str], ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Breakdown:
    """A table with a row for each category of `dimension`, and one for all of them."""

    id: str
    title: str
    head: str
    dimension: str
    columns: tuple[Column, ...]
    total: str = N_("All")


@dataclass(frozen=True)
class Line:
    """One row of a list: a measure, perhaps of one category only, or of several that are merged."""

    code: str
    measure: str
    label: str = ""
    dims: Dims = ()


@dataclass(frozen=True)
class Listing:
    """A table whose rows count different things."""

    id: str
    title: str
    head: str
    count: str
    lines: tuple[Line, ...]


Table = Breakdown | Listing


def roll_up(
    table: Table,
    facts: Sequence[Fact],
    measures: Mapping[str, Measure],
    domains: Domains,
    words: Words = str,
    unrecorded: Collection[str] = (),
) -> RawTable:
    """The table of these facts; a line of a listing whose measure is `unrecorded` says so instead of zero."""
    if isinstance(table, Listing):
        return _listing(table, facts, measures, words, unrecorded)
    return _breakdown(table, facts, measures, domains, words)


def _breakdown(
    table: Breakdown, facts: Sequence[Fact], measures: Mapping[str, Measure], domains: Domains, words: Words
) -> RawTable:
    domain = domains[table.dimension]
    counts = [_folded(table, column, facts, domain) for column in table.columns]
    rows = [
        RawRow(
            code, words(label), tuple(RawCell(found[code]) for found in counts), ((table.dimension, code),)
        )
        for code, label in domain.items()
    ]
    totals = tuple(RawCell(sum(found.values())) for found in counts)
    rows.append(RawRow(ALL, words(table.total), totals, total=True))
    heads = tuple(_column(column, measures, words) for column in table.columns)
    return RawTable(table.id, words(table.title), words(table.head), heads, tuple(rows))


def _folded(
    table: Breakdown, column: Column, facts: Sequence[Fact], domain: Mapping[str, str]
) -> dict[str, int]:
    # Nothing that happened may fall out of a table because its word is on no list.
    found = count.by(facts, column.measure, table.dimension, dict(column.dims))
    rest = sum(amount for code, amount in found.items() if code not in domain)
    if rest and NOT_RECORDED not in domain:
        raise ValueError(
            f"{table.id}: {rest} of {column.measure} have no {table.dimension} of {sorted(domain)}"
        )
    counts = {code: found[code] for code in domain}
    if rest:
        counts[NOT_RECORDED] += rest
    return counts


def _column(column: Column, measures: Mapping[str, Measure], words: Words) -> RawColumn:
    measure = measures[column.measure]
    label = words(column.label or measure.label)
    kind: Kind = measure.kind
    return RawColumn(column.code or column.measure, label, column.measure, kind, column.dims)


def _listing(
    table: Listing,
    facts: Sequence[Fact],
    measures: Mapping[str, Measure],
    words: Words,
    unrecorded: Collection[str],
) -> RawTable:
    def counted(line: Line) -> RawCell:
        measure, found = measures[line.measure], list(count.matching(facts, line.measure, dict(line.dims)))
        if line.measure in unrecorded and not found:
            return RawCell(None)
        # Whoever has no name may be somebody already counted: only people known to be distinct are a crowd.
        people = {fact.person for fact in found} - {None} if measure.kind == "person" else None
        amount = sum(fact.amount for fact in found)
        return RawCell(amount, None if people is None else len(people), unit=measure.unit)

    rows = [
        RawRow(
            line.code,
            words(line.label or measures[line.measure].label),
            (counted(line),),
            line.dims,
            measure=line.measure,
            kind=measures[line.measure].kind,
        )
        for line in table.lines
    ]
    column = RawColumn("count", words(table.count), table.lines[0].measure)
    return RawTable(table.id, words(table.title), words(table.head), (column,), tuple(rows), alone=True)
