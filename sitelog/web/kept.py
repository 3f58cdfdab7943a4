"""A form that arrived at the wrong moment, kept so that nothing typed is lost and it can be sent again."""

import json
import re
from dataclasses import dataclass

from flask import Request

# What belongs to one sending of a form and not to what was typed.
_OF_THE_MOMENT = {"csrf_token"}
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def local_path(text: str | None) -> str | None:
    """The text, if it is a path on this site; never another host, scheme or control character."""
    return text if text and len(text) < 2000 and _LOCAL.fullmatch(text) else None


@dataclass(frozen=True)
class Kept:
    """Where a form was sent and every field in it, repeated ones too."""

    url: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> "Kept":
        """The form of a request."""
        pairs = tuple(pair for pair in request.form.items(multi=True) if pair[0] not in _OF_THE_MOMENT)
        return cls(request.full_path.rstrip("?"), pairs)

    @classmethod
    def read(cls, text: str | None) -> "Kept | None":
        """What `text()` wrote, after it went through a browser; None if it is not that."""
        try:
            said = json.loads(text or "null")
            url, pairs = said["url"], said["fields"]
            fields = tuple((str(name), str(value)) for name, value in pairs)
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return cls(url, fields) if isinstance(url, str) and local_path(url) else None

    def anew(self, token: str) -> "Kept":
        """The same, to be sent as another entry."""
        return Kept(self.url, tuple((n, token if n == "token" else value) for n, value in self.fields))

    def text(self) -> str:
        """One line that carries the form through a sign-in."""
        return json.dumps({"url": self.url, "fields": self.fields})

    @property
    def typed(self) -> list[str]:
        """What a person may want to see again before sending it: the values that say something."""
        return [value for name, value in self.fields if value.strip() and name not in ("token", "kept_at")]
