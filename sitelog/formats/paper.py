"""The paper: a canvas that tags what is drawn on it (PDF/UA-1, PDF/A-2a) and keeps its pages to the end."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from sitelog.formats import look, xmp
from sitelog.formats.document import Written
from sitelog.formats.objects import Catalog, Font, Page, Raw

# Streams as compressed: to spell them in letters takes as long again, and a quarter more room.
rl_config.useA85 = 0
A4 = (595.276, 841.89)
_FONTS = Path(__file__).parent / "fonts"
_FACES = {"book": ("SitelogSans", "DejaVuSans.ttf"), "bold": ("SitelogSansBold", "DejaVuSans-Bold.ttf")}


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Register the two faces everything is printed in; before the first Paper is made."""
    for name, file in _FACES.values():
        pdfmetrics.registerFont(Font(name, str(_FONTS / file)))


@lru_cache(maxsize=64)
def _colour(code: str) -> Color:
    return HexColor(code)


@lru_cache(maxsize=4096)
def _width(text: str, face: str) -> float:
    return float(pdfmetrics.stringWidth(text, _FACES[face][0], 1000))


@dataclass
class Element:
    """A node of the structure tree; `kids` are elements or (page, marked content id)."""

    kind: str
    parent: Element | None
    alt: str = ""
    attributes: str = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    name: str = ""


class Paper(Canvas):
    """A4 paper measured in points from its top left corner. Everything drawn stands in a `leaf` of the
    structure tree or in an `artifact`; pages are kept until the end, when their number is known."""

    def __init__(self, out: io.BytesIO, document: Written) -> None:
        super().__init__(
            out, pagesize=A4, pageCompression=1, invariant=1, lang=document.language, pdfVersion=(1, 7),
            initialFontName=_FACES["book"][0],
        )  # fmt: skip
        self.root = Element("Document", None)
        self._inside = [self.root]
        self._marked: list[list[Element]] = [[]]
        self._kept: list[dict[str, Any]] = []
        self._marks: list[tuple[int, str, float]] = []
        self._describe(document)

    # ── pages ──
    @property
    def pages(self) -> int:
        """How many pages were turned."""
        return len(self._kept)

    def turn(self) -> None:
        """Ends the page."""
        self._kept.append(dict(self.__dict__))
        self._marked.append([])
        self._startPage()

    def bookmark(self, title: str, y: float) -> None:
        """An outline entry for a place on this page."""
        self._marks.append((self.pages, title, y))

    def finish(self, edge: Callable[[Paper, Written, int, int], None]) -> None:
        """Draws the `edge` of each page, which is told its number and how many there are; writes the file."""
        pages = self._kept
        for number, state in enumerate(pages):
            self.__dict__.update(state)
            edge(self, self.document, number + 1, len(pages))
            self._outline(number)
            self._doc.updateSignature("".join(self._code).encode())
            self.showPage()
            page = self._doc.Pages.pages[-1]
            page.__class__ = Page
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
        self._write_tree(len(pages))
        self.save()

    def _outline(self, number: int) -> None:
        for index, (page, title, y) in enumerate(self._marks):
            if page == number:
                self.bookmarkHorizontalAbsolute(f"s{index}", A4[1] - y)
                self.addOutlineEntry(title, f"s{index}")

    # ── structure ──
    @contextmanager
    def element(self, kind: str, alt: str = "", attributes: str = "") -> Iterator[Element]:
        """A node that holds other nodes."""
        node = Element(kind, self._inside[-1], alt, attributes)
        self._inside[-1].kids.append(node)
        self._inside.append(node)
        yield node
        self._inside.pop()

    @contextmanager
    def leaf(self, kind: str, alt: str = "", attributes: str = "") -> Iterator[None]:
        """A node that holds what is drawn in it, on this page."""
        with self.element(kind, alt, attributes) as node:
            marked = self._marked[-1]
            node.kids.append((self.pages, len(marked)))
            self._code.append(f"/{kind} <</MCID {len(marked)}>> BDC")
            marked.append(node)
            yield
            self._code.append("EMC")

    @contextmanager
    def artifact(self, pagination: bool = False) -> Iterator[None]:
        """Drawn for the eye only."""
        self._code.append("/Artifact <</Type /Pagination>> BDC" if pagination else "/Artifact BMC")
        yield
        self._code.append("EMC")

    def _write_tree(self, pages: int) -> None:
        """StructTreeRoot, its elements and the way back from marked content to them."""
        doc, nodes = self._doc, list(_walk(self.root))
        for index, node in enumerate(nodes):
            node.name = self._object(f"Element{index}", Raw())
        parents = [" ".join(node.name for node in marked) for marked in self._marked[:pages]]
        nums = " ".join(f"{page} [{names}]" for page, names in enumerate(parents))
        root = Raw()
        top = self._object("StructTreeRoot", root)
        tree = self._object("ParentTree", Raw(f"<</Nums [{nums}]>>"))
        root.text = (
            f"<</Type /StructTreeRoot /K [{self.root.name}] /ParentTree {tree} /ParentTreeNextKey {pages}>>"
        )
        refs = [_number(doc, f"Page{page + 1}") for page in range(pages)]
        for index, node in enumerate(nodes):
            doc.idToObject[f"Element{index}"].text = _written(
                node, node.parent.name if node.parent else top, refs
            )
        doc.Catalog.StructTreeRoot = pdfdoc.PDFObjectReference("StructTreeRoot")

    def _object(self, name: str, thing: pdfdoc.PDFObject) -> str:
        self._doc.Reference(thing, name)
        return _number(self._doc, name)

    # ── what the file says about itself ──
    def _describe(self, document: Written) -> None:
        self.document = document
        title, doc = f"{document.title}, {document.subtitle}", self._doc
        stamp = document.stamp.astimezone(UTC)
        doc.signature = hashlib.md5(usedforsecurity=False)
        doc._timeStamp.t, doc._timeStamp.lt = stamp.timestamp(), stamp.timetuple()
        doc._timeStamp.YMDhms = tuple(stamp.timetuple())[:6]
        for key, words in {"title": title, "author": document.author, "subject": document.subject}.items():
            setattr(doc.info, key, words)
        doc.info.creator = doc.info.producer = "sitelog"
        doc.Catalog.__class__ = Catalog
        catalog = doc.Catalog
        packet = xmp.packet(title, document.author, document.subject, document.language, stamp)
        catalog.Metadata = Raw("/Type /Metadata /Subtype /XML", packet)
        catalog.MarkInfo = Raw("<</Marked true>>")
        catalog.ViewerPreferences = Raw("<</DisplayDocTitle true>>")
        catalog.PageMode = pdfdoc.PDFName("UseOutlines")
        profile = Raw("/N 3 /Filter /FlateDecode", zlib.compress((_FONTS / "sRGB.icc").read_bytes()))
        intent = "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB)"
        number = self._object("OutputProfile", profile)
        catalog.OutputIntents = Raw(f"[<<{intent} /DestOutputProfile {number}>>]")

    # ── drawing ──
    def width(self, text: str, size: float, face: str = "book") -> float:
        """Points the text takes."""
        return _width(text, face) * size / 1000

    def words(
        self, x: float, y: float, text: str, size: float, face: str = "book", ink: str = look.INK,
        align: str = "left", slant: bool = False,
    ) -> None:  # fmt: skip
        """One line of text with its baseline at y; right: x is its end, centre: its middle."""
        if align != "left":
            x -= self.width(text, size, face) / (1 if align == "right" else 2)
        self.setFillColor(_colour(ink))
        line = self.beginText()
        line.setFont(_FACES[face][0], size)
        line.setTextTransform(1, 0, 0.21 if slant else 0, 1, x, A4[1] - y)
        line.textOut(text)
        self.drawText(line)

    def box(self, x: float, y: float, w: float, h: float, fill: str | None = None, edge: str | None = None,
            line: float = 0.7) -> None:  # fmt: skip
        """A rectangle whose top left corner is x, y."""
        if fill:
            self.setFillColor(_colour(fill))
        if edge:
            self.setStrokeColor(_colour(edge))
            self.setLineWidth(line)
        self.rect(x, A4[1] - y - h, w, h, stroke=1 if edge else 0, fill=1 if fill else 0)

    def rule(self, x1: float, y1: float, x2: float, y2: float, ink: str, line: float = 0.7) -> None:
        """A straight line."""
        self.setStrokeColor(_colour(ink))
        self.setLineWidth(line)
        self.line(x1, A4[1] - y1, x2, A4[1] - y2)

    def hatch(self, x: float, y: float, w: float, h: float, ink: str, step: float = 2.6) -> None:
        """Slanted lines inside a framed rectangle: the look of a range."""
        self.saveState()
        frame = self.beginPath()
        frame.rect(x, A4[1] - y - h, w, h)
        self.clipPath(frame, stroke=0, fill=0)
        self.setStrokeColor(_colour(ink))
        self.setLineWidth(0.8)
        low = A4[1] - y - h
        self.lines([(x - h + i * step, low, x + i * step, low + h) for i in range(int((w + h) / step) + 1)])
        self.restoreState()
        self.box(x, y, w, h, edge=look.LINE_STRONG)


def _walk(node: Element) -> Iterator[Element]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


def _number(doc: pdfdoc.PDFDocument, name: str) -> str:
    return f"{doc.idToObjectNumberAndVersion[name][0]} 0 R"


def _written(node: Element, parent: str, pages: list[str]) -> str:
    """The element as a PDF dictionary; its marked content names its page, so it may stand on several."""
    kids = [
        kid.name if isinstance(kid, Element) else f"<</Type /MCR /Pg {pages[kid[0]]} /MCID {kid[1]}>>"
        for kid in node.kids
    ]
    alt = f" /Alt <FEFF{node.alt.encode('utf-16-be').hex().upper()}>" if node.alt else ""
    attributes = f" /A <<{node.attributes}>>" if node.attributes else ""
    return f"<</Type /StructElem /S /{node.kind} /P {parent} /K [{' '.join(kids)}]{alt}{attributes}>>"
