"""Any block of a document on paper: how high it is, and how it is drawn and tagged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sitelog.formats import chart, grid, look
from sitelog.formats.document import Block, Changes, Chart, Definitions, Lines, Pair, Table, Text
from sitelog.formats.pen import Pen

TERM = 34 * look.MM


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
            with _half(pen):
                return max(height(pen, left), height(pen, right))


@contextmanager
def _half(pen: Pen) -> Iterator[None]:
    """The pen at half width, in one piece."""
    width, splits = pen.width, pen.splits
    pen.width, pen.splits = (width - look.GAP) / 2, False
    yield
    pen.width, pen.splits = width, splits


def _pair(pen: Pen, pair: Pair) -> None:
    """Side by side; one below the other where that would be higher than a page."""
    tall = height(pen, pair)
    if tall > look.BOTTOM - look.TOP - 60:
        for block in (pair.left, pair.right):
            if block is not None:
                draw(pen, block)
        return
    pen.room(tall)
    x, y = pen.x, pen.y
    with _half(pen):
        draw(pen, pair.left)
        pen.x, pen.y = x + pen.width + look.GAP, y
        if pair.right is not None:
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
