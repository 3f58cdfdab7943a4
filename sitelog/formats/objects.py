"""PDF objects that reportlab writes not quite as PDF/A-2 and PDF/UA-1 want them, mended."""

from __future__ import annotations

import re
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont


class Raw(pdfdoc.PDFObject):
    """An indirect object written by us, with a stream behind it if there is one."""

    __RefOnly__ = 1

    def __init__(self, text: str = "", stream: bytes | None = None) -> None:
        self.text, self.stream = text, stream

    def format(self, document: Any) -> bytes:
        if self.stream is None:
            return self.text.encode("ascii")
        head = f"<<{self.text} /Length {len(self.stream)}>>\nstream\n"
        return head.encode("ascii") + self.stream + b"\nendstream"


class Stream(pdfdoc.PDFStream):
    """A stream that ends with its line, as PDF/A asks."""

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class Page(pdfdoc.PDFPage):
    """A page that knows its place in the structure tree."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]

    def check_format(self, document: Any) -> None:
        super().check_format(document)
        self.Contents.__class__ = Stream


class Catalog(pdfdoc.PDFCatalog):
    """A catalog that names the colour profile."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
    __Refs__ = __NoDefault__


class Font(TTFont):
    """reportlab maps the codes it does not use to U+0000, which PDF/A and PDF/UA forbid."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if type(thing) is pdfdoc.PDFStream:
                thing.__class__ = Stream
            if name.startswith("toUnicodeCMap:"):
                kept = [line for line in thing.content.split("\n") if not line.endswith("<0000>")]
                count = sum(line.startswith("<") and line.endswith(">") for line in kept) - 1
                thing.content = re.sub(r"\d+ beginbfchar", f"{count} beginbfchar", "\n".join(kept))
