"""The PDF: what is laid out on paper, as the bytes of a file."""

import io
import threading
from collections.abc import Callable
from typing import TypeVar

from sitelog.formats import layout, letter
from sitelog.formats.document import Document, Written
from sitelog.formats.letter import Letter
from sitelog.formats.paper import Paper, load_fonts

W = TypeVar("W", bound=Written)
# reportlab's fonts are shared by all threads and remember where they read last.
_ONE_AT_A_TIME = threading.Lock()


def render(document: Document) -> bytes:
    """The document as a PDF; the same document gives the same bytes."""
    return _rendered(document, layout.draw)


def render_letter(written: Letter) -> bytes:
    """The letter as a PDF; the same letter gives the same bytes."""
    return _rendered(written, letter.draw)


def _rendered(written: W, draw: Callable[[Paper, W], None]) -> bytes:
    with _ONE_AT_A_TIME:
        load_fonts()
        out = io.BytesIO()
        paper = Paper(out, written)
        draw(paper, written)
        paper.finish(layout.edge)
        return out.getvalue()
