"""Any block of a document on paper: how high it is, and how it is drawn and tagged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sitelog.formats import chart, grid, look
from sitelog.formats.document import Block, Changes, Chart, Definitions, Lines, Pair, Table, Text
from sitelog.formats.pen import Pen

TERM = 34 * look.MM
# A table with a chart beside it takes more than half, so that its labels stay on one line.
BESIDE_A_CHART = 0.57
_A_PAGE = look.BOTTOM - look.TOP - 60


def draw(pen: Pen, block: Block) -> None:
    """Draws any block and moves the pen below it."""
    match block:
        case Text():
            _text(pen, block)
        case Table(table):
            grid.draw(pen, grid.of_table(pen, block), table.title)
        case Lines():
            _lines(pen, block)
        case Changes(caption=caption):
            grid.draw(pen, grid.of_changes(pen, block), caption)
        case Chart():
            chart.draw(pen, block)
        case Definitions():
            _definitions(pen, block)
        case Pair():
            _pair(pen, block)


def height(pen: Pen, block: Block | None) -> float:
    """How high the block will be at the pen's width."""
    match block:
        case None:
            return 0.0
        case Text():
            return pen.height(pen.document.filled(block), look.SMALL) + 2
        case Table(table):
            return grid.of_table(pen, block).height(pen, table.title)
        case Lines():
            return grid.of_lines(pen, block.lines).height(pen, block.caption)
        case Changes(caption=caption):
            return grid.of_changes(pen, block).height(pen, caption)
        case Chart():
            return chart.height(pen, block)
        case Definitions(items):
            return sum(max(map(len, _defined(pen, *item))) * look.leading(look.SMALL) + 2.4 for item in items)
        case Pair(left, right):
            wide = _widths(pen, block)
            return max(_side(pen, left, wide[0]), _side(pen, right, wide[1]))


def start(pen: Pen, block: Block) -> float:
    """How much of the block must be on the page where it begins: never less than a reader can follow."""
    match block:
        case Table(table):
            return _start(pen, grid.of_table(pen, block), table.title)
        case Lines(lines=lines, caption=caption) if lines.rows:
            return _start(pen, grid.of_lines(pen, lines), caption)
        case Changes(caption=caption):
            return _start(pen, grid.of_changes(pen, block), caption)
        case Definitions(items):
            return height(pen, Definitions(items[:1]))
        case Pair(left) if height(pen, block) > _A_PAGE:
            return start(pen, left)
        case _:
            return height(pen, block)


def _start(pen: Pen, table: grid.Grid, caption: str) -> float:
    return table.start(pen, caption, table.row_heights(pen))


def _widths(pen: Pen, pair: Pair) -> tuple[float, float]:
    """What the left and the right of a pair have of the pen's width."""
    both = pen.width - look.GAP
    left = both * (BESIDE_A_CHART if isinstance(pair.right, Chart) else 0.5)
    return left, both - left


def _side(pen: Pen, block: Block | None, width: float) -> float:
    with _narrow(pen, width):
        return height(pen, block)


@contextmanager
def _narrow(pen: Pen, width: float) -> Iterator[None]:
    """The pen at the width of one side of a pair, in one piece."""
    before = pen.width, pen.splits
    pen.width, pen.splits = width, False
    yield
    pen.width, pen.splits = before


def _pair(pen: Pen, pair: Pair) -> None:
    """Side by side; one below the other where that would be higher than a page."""
    tall = height(pen, pair)
    if tall > _A_PAGE:
        for block in (pair.left, pair.right):
            if block is not None:
                draw(pen, block)
        return
    pen.room(tall)
    left, right = _widths(pen, pair)
    x, y = pen.x, pen.y
    with _narrow(pen, left):
        draw(pen, pair.left)
    pen.x, pen.y = x + left + look.GAP, y
    if pair.right is not None:
        with _narrow(pen, right):
            draw(pen, pair.right)
    pen.x, pen.y = x, y + tall


def _text(pen: Pen, text: Text) -> None:
    lines = pen.lines(pen.document.filled(text), look.SMALL)
    pen.room(len(lines) * look.leading(look.SMALL))
    with pen.paper.leaf("P"):
        pen.put(lines, look.SMALL, ink=look.INK_2 if text.quiet else look.INK)
    pen.y += 2


def _lines(pen: Pen, block: Lines) -> None:
    if block.lines.rows:
        grid.draw(pen, grid.of_lines(pen, block.lines), block.caption)
        return
    hidden = block.lines.withheld
    _text(pen, Text(pen.document.say(hidden.reason) if hidden else block.none, quiet=False))


def _defined(pen: Pen, term: str, meaning: str) -> tuple[list[str], list[str]]:
    room = pen.width - TERM - 3 * look.MM
    return pen.lines(term, look.SMALL, "bold", TERM), pen.lines(meaning, look.SMALL, "book", room)


def _definitions(pen: Pen, block: Definitions) -> None:
    paper = pen.paper
    with paper.element("L"):
        for item in block.items:
            term, meaning = _defined(pen, *item)
            tall = max(len(term), len(meaning)) * look.leading(look.SMALL)
            pen.room(tall)
            y = pen.y
            with paper.element("LI"):
                with paper.leaf("Lbl"):
                    pen.put(term, look.SMALL, "bold")
                pen.y = y
                with paper.leaf("LBody"):
                    pen.put(meaning, look.SMALL, x=pen.x + TERM + 3 * look.MM)
            pen.y = y + tall + 2.4
