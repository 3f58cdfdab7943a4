"""The headers of every answer, and what is asked of a request: which host it calls, where it comes from."""

import hashlib
import re
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from werkzeug.datastructures import MultiDict

from sitelog.ground import clock
from sitelog.ground.errors import Forbidden
from sitelog.ground.words import N_

OURS = ("localhost", "127.0.0.1", "[::1]")
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
# A name or an address, and perhaps a port; nothing that a parser further in could read otherwise.
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://(.*)", re.IGNORECASE)


def init_app(app: Flask, hosts: tuple[str, ...] = ()) -> None:
    """Check each request's host and origin, and dress each answer; `hosts` are the site's names."""
    known = {name.lower() for name in (*OURS, *hosts)}
    app.before_request(lambda: _check_host(known))
    app.before_request(_check_origin)
    app.before_request(_check_characters)
    app.after_request(_dress)
    app.url_defaults(_version)


def host_name(header: str) -> str:
    """The name in a Host header, without the port; an IPv6 address keeps its brackets. "" if it is none."""
    found = _HOST.fullmatch(header)
    return found[1].lower() if found else ""


def _check_host(known: set[str]) -> None:
    # A page that a rebound name reaches would be same-origin with us.
    called = host_name(request.environ.get("HTTP_HOST", ""))
    if called not in known and not _is_address(called):
        abort(400, description=N_("This is not one of the site's addresses. Use the one you were given."))


def _is_address(host: str) -> bool:
    """Whether it is an address and no name: what nobody can let lead to another machine."""
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def _check_origin() -> None:
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin", "null")
    # "null": without a referrer a browser hides the origin of a plain form. The cookie is SameSite=Strict
    # and the form carries a token, so this is one fence of three.
    named = _ORIGIN.fullmatch(origin)
    ours = named is not None and named[1] == request.environ.get("HTTP_HOST")
    foreign = origin != "null" and not ours
    if foreign or site not in ("none", "same-origin"):
        raise Forbidden(N_("This form was sent from another site and was not accepted. Nothing was changed."))


def _check_characters() -> None:
    # No keyboard types a NUL, and one of the databases cannot keep it.
    if "\0" in request.path or _has_nul(request.args):
        abort(400, description=N_("The address holds a character that cannot be kept."))
    if request.method not in SAFE and _has_nul(request.form):
        abort(400, description=N_("The form holds a character that cannot be kept."))


def _has_nul(values: MultiDict[str, str]) -> bool:
    return any("\0" in name + value for name, value in values.items(multi=True))


def _dress(response: Response) -> Response:
    response.headers.extend(ALWAYS)
    if request.endpoint == "static":
        fresh = "v" in request.args
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Server-Now", clock.now().isoformat(timespec="milliseconds"))
    response.vary.add("HX-Request")
    return response


def _version(endpoint: str, values: dict[str, object]) -> None:
    """Give a static file's address the mark of its content, so that it can be kept for ever."""
    if endpoint == "static" and "v" not in values and current_app.static_folder:
        path = Path(current_app.static_folder) / str(values["filename"])
        if path.is_file():
            values["v"] = _mark(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _mark(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
