"""A letter: from whom, to whom, paragraphs and a list of what to know. It holds no figures of the log."""

from dataclasses import dataclass
from datetime import datetime

from sitelog.formats import look
from sitelog.formats.document import PAGE
from sitelog.formats.paper import Paper
from sitelog.formats.pen import Hand

SIZE = 10.5
TERM = 42 * look.MM
_PARAGRAPH = 4 * look.MM


@dataclass(frozen=True)
class Letter:
    """Words for somebody to carry. `to`: lines of the address; `items`: (term, meaning); `page`: the words
    of the page number; `language`: a BCP 47 tag; `stamp`: printed as the file's date."""

    title: str
    author: str
    to: tuple[str, ...]
    date: str
    paragraphs: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    language: str
    stamp: datetime
    subject: str = ""
    page: str = PAGE

    @property
    def subtitle(self) -> str:
        """What stands behind the title in the file's own name: the date."""
        return self.date

    @property
    def footer(self) -> str:
        """The foot of every page."""
        return self.author

    @property
    def running(self) -> str:
        """The right head of later pages."""
        return self.date

    def say(self, word: str) -> str:
        """The page number's words; a letter brings no others."""
        return self.page if word == PAGE else word


def draw(paper: Paper, letter: Letter) -> None:
    """Draws every page but the edges."""
    hand = Hand(paper)
    paper.bookmark(letter.title, look.TOP)
    with paper.artifact():
        paper.box(look.LEFT, look.TOP, look.WIDTH, 1.6 * look.MM, fill=look.ACCENT)
    hand.y = look.TOP + 8 * look.MM
    _paragraph(hand, letter.author, "bold")
    _paragraph(hand, letter.date)
    hand.y += 2 * _PARAGRAPH
    for line in letter.to:
        _paragraph(hand, line, gap=0)
    hand.y += 2 * _PARAGRAPH
    with paper.leaf("H1"):
        hand.put(hand.lines(letter.title, look.H1, "bold"), look.H1, "bold")
    hand.y += _PARAGRAPH
    for words in letter.paragraphs:
        _paragraph(hand, words)
    _items(hand, letter.items)
    hand.y += _PARAGRAPH
    for words in letter.closing:
        _paragraph(hand, words)
    paper.turn()


def _paragraph(hand: Hand, words: str, face: str = "book", gap: float = _PARAGRAPH) -> None:
    lines = hand.lines(words, SIZE, face)
    _room(hand, len(lines))
    with hand.paper.leaf("P"):
        hand.put(lines, SIZE, face)
    hand.y += gap


def _items(hand: Hand, items: tuple[tuple[str, str], ...]) -> None:
    if not items:
        return
    with hand.paper.element("L"):
        for term, meaning in items:
            said, told = (
                hand.lines(term, SIZE, "bold", TERM),
                hand.lines(meaning, SIZE, room=hand.width - TERM),
            )
            _room(hand, max(len(said), len(told)))
            y = hand.y
            with hand.paper.element("LI"):
                with hand.paper.leaf("Lbl"):
                    hand.put(said, SIZE, "bold")
                below, hand.y = hand.y, y
                with hand.paper.leaf("LBody"):
                    hand.put(told, SIZE, x=hand.x + TERM)
            hand.y = max(hand.y, below) + 1.5 * look.MM


def _room(hand: Hand, lines: int) -> None:
    if hand.y + lines * look.leading(SIZE) > look.BOTTOM:
        hand.paper.turn()
        hand.y = look.TOP + 8 * look.MM
