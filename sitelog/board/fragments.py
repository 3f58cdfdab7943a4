"""What a live region is answered with: an ETag that says how long it holds, and 304 while it does."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template, request
from flask_wtf.csrf import generate_csrf

from sitelog.trail import queries as trail
from sitelog.web.guards import actor
from sitelog.web.i18n import language

# A template's context, and when its words change next though nothing happens.
Read = tuple[dict[str, Any], datetime | None]
_TAG = re.compile(r'(?:W/)?"(\d+)-(\d*)-([0-9a-f]{12})"')


@dataclass(frozen=True)
class Tag:
    """Which state of the chain a region shows, until when its words hold, and whom it is for."""

    seq: int
    until: datetime | None
    reader: str

    def __str__(self) -> str:
        until = "" if self.until is None else str(round(self.until.timestamp() * 1000))
        return f"{self.seq}-{until}-{self.reader}"

    @classmethod
    def read(cls, text: str | None) -> "Tag | None":
        """The tag a browser sent back."""
        found = _TAG.fullmatch(text or "")
        if found is None or len(found[2]) > 14:
            return None
        until = datetime.fromtimestamp(int(found[2]) / 1000, UTC) if found[2] else None
        return cls(int(found[1]), until, found[3])

    def holds(self, seq: int, now: datetime, reader: str) -> bool:
        """Whether a region with this tag would be drawn the same again."""
        return self.seq == seq and self.reader == reader and (self.until is None or now < self.until)


def reader() -> str:
    """Whom a page is for: two readers, languages or browsers never share a fragment."""
    said = "\x1f".join((actor().ref, actor().role, language(), str(generate_csrf())))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def answer(template: str, now: datetime, read: Callable[[], Read]) -> Response:
    """The region drawn anew, or 304. `read` gives the template's context and when its words change next."""
    seq = trail.last_seq()
    sent = Tag.read(request.headers.get("If-None-Match"))
    if sent is not None and sent.holds(seq, now, reader()):
        return _tagged(Response(status=304), sent)
    context, until = read()
    tag = Tag(seq, until, reader())
    return _tagged(Response(render_template(template, tag=tag, **context)), tag)


def _tagged(response: Response, tag: Tag) -> Response:
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = "no-cache, private"
    return response
