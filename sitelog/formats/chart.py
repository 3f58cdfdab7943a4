"""Horizontal bars on paper, with the same figures in words for those who cannot see them."""

from __future__ import annotations

from sitelog.disclosure.printed import Cell, Exact, Range, SafeRow
from sitelog.formats import look
from sitelog.formats.document import Chart, Document
from sitelog.formats.pen import Pen

BAR, BAR_STEP = 12.5, 20.0


def height(pen: Pen, chart: Chart) -> float:
    """How high the chart will be at the pen's width."""
    rows = sum(not row.total for row in chart.table.rows)
    return pen.height(chart.title, look.CAPTION, "bold") + 6 + rows * BAR_STEP


def draw(pen: Pen, chart: Chart) -> None:
    """Bars drawn from printed cells only; a range is a hatched block that is the same for every range."""
    paper, rows = pen.paper, [row for row in chart.table.rows if not row.total]
    pen.room(height(pen, chart))
    with paper.leaf("P"):
        pen.put(pen.lines(chart.title, look.CAPTION, "bold"), look.CAPTION, "bold")
    pen.y += 6
    top, tall = pen.y, len(rows) * BAR_STEP
    box = f"{pen.x:.1f} {841.89 - top - tall:.1f} {pen.x + pen.width:.1f} {841.89 - top:.1f}"
    with paper.leaf("Figure", alt=described(pen.document, chart), attributes=f"/O /Layout /BBox [{box}]"):
        labels = max(paper.width(row.label, look.SMALL) for row in rows) + 6 if rows else 0
        scale = (pen.width - labels - 52) / max([1, *_values(chart, rows)])
        for row in rows:
            _bar(pen, chart, row, pen.x + labels, scale)
            pen.y += BAR_STEP


def described(document: Document, chart: Chart) -> str:
    """What the chart shows, in words: the same printed cells."""
    rows = [row for row in chart.table.rows if not row.total]
    return f"{chart.title}: " + ", ".join(f"{row.label} {_shown(document, chart, row)}" for row in rows)


def _shown(document: Document, chart: Chart, row: SafeRow) -> str:
    """The figure, and the one it is compared with in brackets."""
    shown = document.show(_cell(chart, row))
    return f"{shown} ({document.show(_cell(chart, row, chart.compare))})" if chart.compare else shown


def _cell(chart: Chart, row: SafeRow, column: str | None = None) -> Cell:
    return chart.table.figure(row.code, column or chart.column).cell


def _values(chart: Chart, rows: list[SafeRow]) -> list[int]:
    columns = [chart.column, chart.compare] if chart.compare else [chart.column]
    cells = (_cell(chart, row, column) for row in rows for column in columns)
    return [cell.value for cell in cells if isinstance(cell, Exact)]


def _bar(pen: Pen, chart: Chart, row: SafeRow, x: float, scale: float) -> None:
    paper, cell, base = pen.paper, _cell(chart, row), pen.y + BAR * 0.5 + look.SMALL * 0.36
    other = _cell(chart, row, chart.compare) if chart.compare else None
    paper.words(x - 6, base, row.label, look.SMALL, align="right")
    end = x
    if isinstance(cell, Exact) and cell.value:
        end = x + cell.value * scale
        paper.box(x, pen.y, end - x, BAR, fill=look.ACCENT)
    elif isinstance(cell, Range):
        end = x + 26
        paper.hatch(x, pen.y, 26, BAR, look.LINE_STRONG)
    if isinstance(other, Exact):
        tick = x + other.value * scale
        paper.rule(tick, pen.y, tick, pen.y + BAR, look.PAPER, 3.5)
        paper.rule(tick, pen.y - 1.5, tick, pen.y + BAR + 1.5, look.INK, 1.5)
        end = max(end, tick)
    paper.words(end + 5, base, _shown(pen.document, chart, row), look.SMALL, "bold", ink=look.INK)
