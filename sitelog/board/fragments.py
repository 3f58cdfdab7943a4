"""What a live region is answered with: an ETag that says how long it holds, and 304 while it does."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, render_template, request
from flask_wtf.csrf import generate_csrf

from sitelog.trail import queries as trail
from sitelog.web.forms import fresh_token
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


def answer(template: str, now: datetime, read: Callable[[], Read], shared: bool = False) -> Response:
    """The region drawn anew, or 304. `read` gives the template's context and when its words change next.

    A `shared` region shows every reader the same, so the screens that ask within a second share one drawing.
    """
    seq = trail.last_seq()
    sent = Tag.read(request.headers.get("If-None-Match"))
    if sent is not None and sent.holds(seq, now, reader()):
        return _tagged(Response(status=304), sent)
    if shared:
        return _personal(_drawing(template, seq, now, read))
    context, until = read()
    tag = Tag(seq, until, reader())
    return _tagged(Response(render_template(template, tag=tag, **context)), tag)


# What stands in a shared drawing for what differs between readers; random, so that nothing typed can be one.
_READER, _CSRF, _TOKEN = (secrets.token_hex(16) for _ in range(3))


@dataclass(frozen=True)
class _Drawing:
    """A region as drawn in one second; later its clocks would be seen to jump back."""

    tag: Tag
    second: datetime
    text: str


def _drawing(template: str, seq: int, now: datetime, read: Callable[[], Read]) -> _Drawing:
    slot, second = f"sitelog.board.drawn.{template}.{language()}", now.replace(microsecond=0)
    kept: _Drawing | None = current_app.extensions.get(slot)
    if kept is None or kept.second != second or not kept.tag.holds(seq, now, _READER):
        context, until = read()
        tag = Tag(seq, until, _READER)
        stand_ins = {"csrf_token": lambda: _CSRF, "fresh_token": lambda: _TOKEN}
        text = render_template(template, tag=tag, **stand_ins, **context)
        kept = current_app.extensions[slot] = _Drawing(tag, second, text)
    return kept


def _personal(drawing: _Drawing) -> Response:
    tag = replace(drawing.tag, reader=reader())
    text = drawing.text.replace(_READER, tag.reader).replace(_CSRF, str(generate_csrf()))
    return _tagged(Response(re.sub(_TOKEN, lambda _: fresh_token(), text)), tag)


def _tagged(response: Response, tag: Tag) -> Response:
    response.headers["ETag"] = f'"{tag}"'
    return response
