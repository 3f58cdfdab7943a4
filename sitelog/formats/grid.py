"""Tables on paper: measured, drawn over as many pages as they need, and tagged for reading aloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sitelog.disclosure.lines import COLUMNS
from sitelog.disclosure.printed import Cell, SafeLines
from sitelog.formats import look
from sitelog.formats.document import IS_NOW, WAS, WHAT, Changes, Table
from sitelog.formats.pen import Pen, figure

PAD_X, PAD_Y = 1.4 * look.MM, 0.95 * look.MM
# A table up to this high stands on one page; of a higher one, this many rows stay together at either end.
SHORT, TOGETHER = 160.0, 2


@dataclass
class Grid:
    """A table as words: headers, rows, and the width of each column. Cells are figures or plain words."""

    head: tuple[str, ...]
    rows: list[tuple[tuple[str | Cell, ...], bool]]
    widths: list[float]
    figures: bool

    def row_height(
        self, pen: Pen, cells: tuple[str | Cell, ...], size: float = look.TABLE, face: str = "book"
    ) -> float:
        tall = max(
            (len(pen.lines(cell, size, face, width - 2 * PAD_X)) for cell, width in zip(cells, self.widths,
            strict=True) if isinstance(cell, str)), default=1,
        )  # fmt: skip
        return tall * look.leading(size) + 2 * PAD_Y

    def row_heights(self, pen: Pen) -> list[float]:
        return [self.row_height(pen, cells) for cells, _ in self.rows]

    def top(self, pen: Pen, caption: str) -> float:
        """How high caption and headers are."""
        head = self.row_height(pen, self.head, look.HEAD, "bold")
        return pen.height(caption, look.CAPTION, "bold") + 2 + head

    def height(self, pen: Pen, caption: str) -> float:
        return self.top(pen, caption) + sum(self.row_heights(pen))

    def start(self, pen: Pen, caption: str, rows: list[float]) -> float:
        """How much of it stands on the page where it begins, its rows being so high."""
        top = self.top(pen, caption)
        return top + sum(rows if top + sum(rows) <= SHORT else rows[:TOGETHER])


def of_table(pen: Pen, block: Table) -> Grid:
    """A table of figures: labels take what the columns of numbers leave."""
    table, show = block.table, pen.document.show
    chosen = [at for at, c in enumerate(table.columns) if not block.columns or c.code in block.columns]
    widths = []
    for at in chosen:
        label = pen.paper.width(table.columns[at].label, look.HEAD, "bold")
        shown = [pen.paper.width(show(row.figures[at].cell), look.TABLE, "bold") for row in table.rows]
        widths.append(max([label, 26.0, *shown]) + 2 * PAD_X + 2)
    rows = [
        ((f"{row.label} {row.note}".strip(), *(row.figures[at].cell for at in chosen)), row.total)
        for row in table.rows
    ]
    head = (table.head, *(table.columns[at].label for at in chosen))
    return Grid(head, rows, [pen.width - sum(widths), *widths], figures=True)


def of_changes(pen: Pen, block: Changes) -> Grid:
    """Figures of an earlier version beside what they are now."""
    say, number = pen.document.say, 60.0
    rows: list[tuple[tuple[str | Cell, ...], bool]] = [
        ((f"{one.table}: {one.row}, {one.column}", one.before, one.now), False) for one in block.changes
    ]
    head = (say(WHAT), say(WAS), say(IS_NOW))
    return Grid(head, rows, [pen.width - 2 * number, number, number], figures=True)


def of_lines(pen: Pen, lines: SafeLines) -> Grid:
    say = pen.document.say
    columns = lines.columns or (("none", ""),)
    words = [COLUMNS[code][1] for code, _ in lines.columns]
    rows: list[tuple[tuple[str | Cell, ...], bool]] = [
        (tuple(say(word[code]) for word, code in zip(words, row, strict=True)), False) for row in lines.rows
    ]
    share = pen.width / len(columns)
    return Grid(tuple(say(label) for _, label in columns), rows, [share] * len(columns), figures=False)


def draw(pen: Pen, grid: Grid, caption: str) -> None:
    """A table; its rows may go over several pages, the header is then drawn again for the eye."""
    paper, tall = pen.paper, grid.row_heights(pen)
    end = len(tall) - TOGETHER
    pen.room(grid.start(pen, caption, tall))
    with paper.element("Table"):
        with paper.element("Caption"), paper.leaf("P"):
            pen.put(pen.lines(caption, look.CAPTION, "bold"), look.CAPTION, "bold")
        pen.y += 2
        with paper.element("THead"):
            _head(pen, grid, tagged=True)
        with paper.element("TBody"):
            for at, (cells, total) in enumerate(grid.rows):
                if pen.room(sum(tall[at:]) if at == end else tall[at]):
                    with paper.artifact():
                        _head(pen, grid, tagged=False)
                _row(pen, grid, cells, total, tall[at])
                if at < len(tall) - 1:
                    with paper.artifact():
                        paper.rule(pen.x, pen.y, pen.x + pen.width, pen.y, look.LINE, 0.6)


def _head(pen: Pen, grid: Grid, tagged: bool) -> None:
    tall = grid.row_height(pen, grid.head, look.HEAD, "bold")
    with pen.paper.element("TR") if tagged else _nothing():
        for at, (x, label, width) in enumerate(_across(pen, grid, grid.head)):
            with pen.paper.leaf("TH", attributes="/O /Table /Scope /Column") if tagged else _nothing():
                lines = pen.lines(str(label), look.HEAD, "bold", width - 2 * PAD_X)
                right = grid.figures and at > 0
                for n, line in enumerate(lines):
                    y = pen.y + tall - PAD_Y - (len(lines) - 1 - n) * look.leading(look.HEAD) - 2.4
                    end = x + width - PAD_X if right else x + PAD_X
                    pen.paper.words(end, y, line, look.HEAD, "bold", look.INK_2, "right" if right else "left")
    pen.y += tall
    with pen.paper.artifact() if tagged else _nothing():
        pen.paper.rule(pen.x, pen.y, pen.x + pen.width, pen.y, look.LINE_STRONG, 0.75)


def _row(pen: Pen, grid: Grid, cells: tuple[str | Cell, ...], total: bool, tall: float) -> None:
    paper = pen.paper
    if total:
        with paper.artifact():
            paper.rule(pen.x, pen.y, pen.x + pen.width, pen.y, look.INK, 1.4)
    with paper.element("TR"):
        for at, (x, cell, width) in enumerate(_across(pen, grid, cells)):
            header = at == 0 and grid.figures
            with paper.leaf("TH" if header else "TD", attributes="/O /Table /Scope /Row" if header else ""):
                if isinstance(cell, str):
                    for n, line in enumerate(pen.lines(cell, look.TABLE, "book", width - 2 * PAD_X)):
                        paper.words(x + PAD_X, _base(pen, n), line, look.TABLE, "bold" if total else "book")
                else:
                    figure(pen, cell, x + width - PAD_X, _base(pen, 0), total)
    pen.y += tall


def _base(pen: Pen, line: int) -> float:
    return pen.y + PAD_Y + look.TABLE * 1.02 + line * look.leading(look.TABLE)


def _across(pen: Pen, grid: Grid, cells: tuple[str | Cell, ...]) -> Iterator[tuple[float, str | Cell, float]]:
    x = pen.x
    for cell, width in zip(cells, grid.widths, strict=True):
        yield x, cell, width
        x += width


@contextmanager
def _nothing() -> Iterator[None]:
    yield
