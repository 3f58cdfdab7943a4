"""The pen: where the next block of a page goes, lines of words, and the look of one printed cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sitelog.disclosure.printed import Cell, Exact, NotRecorded, Range, Withheld
from sitelog.formats import look
from sitelog.formats.document import Document
from sitelog.formats.paper import Paper


@dataclass
class Hand:
    """Where the next words go: `x`, `y`, `width`."""

    paper: Paper
    x: float = look.LEFT
    y: float = look.TOP
    width: float = look.WIDTH

    def lines(self, text: str, size: float, face: str = "book", room: float | None = None) -> list[str]:
        """The text broken for a width (default: the pen's)."""
        return look.wrapped(
            text, self.width if room is None else room, lambda t: self.paper.width(t, size, face)
        )

    def height(self, text: str, size: float, face: str = "book", room: float | None = None) -> float:
        return len(self.lines(text, size, face, room)) * look.leading(size)

    def put(
        self, lines: list[str], size: float, face: str = "book", ink: str = look.INK, x: float | None = None
    ) -> None:
        """Draws lines of text and moves down."""
        for line in lines:
            self.paper.words(self.x if x is None else x, self.y + size * 1.02, line, size, face, ink)
            self.y += look.leading(size)


@dataclass
class Pen(Hand):
    """The hand that lays out a document. `turn` starts a new page and sets y."""

    document: Document = field(kw_only=True)
    turn: Callable[[Pen], None] = field(kw_only=True)
    splits: bool = True

    def room(self, height: float) -> bool:
        """Makes room for something that high; whether a new page was needed."""
        if not self.splits or self.y + height <= look.BOTTOM:
            return False
        self.turn(self)
        return True


def figure(
    pen: Pen, cell: Cell, end: float, base: float, bold: bool = False, size: float = look.TABLE
) -> None:
    """A printed cell that ends at `end`: a range stands on a hatched ground, so that no one takes it for a
    count."""
    paper, shown = pen.paper, pen.document.show(cell)
    match cell:
        case Range():
            wide = max(24.0, paper.width(shown, size) + 7)
            paper.hatch(end - wide, base - size, wide, size * 1.34, look.HATCH_SOFT)
            paper.words(end - wide / 2, base, shown, size, align="centre")
        case Exact():
            paper.words(end, base, shown, size, "bold" if bold else "book", align="right")
        case NotRecorded():
            paper.words(end, base, shown, size, ink=look.INK_2, align="right", slant=True)
        case Withheld():
            paper.words(end, base, shown, look.TINY, ink=look.INK_2, align="right")
        case _:
            paper.words(end, base, shown, size, align="right")
