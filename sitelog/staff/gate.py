"""Who a request comes from, by its cookies; and the cookies themselves."""

from datetime import datetime, timedelta

from flask import Flask, Request, request
from werkzeug.wrappers import Response

from sitelog.ground import clock
from sitelog.ground.access import Actor
from sitelog.staff import door, queries, rules
from sitelog.staff.door import Opened
from sitelog.web import shell
from sitelog.web.guards import Identity

SESSION = "sitelog_session"
DEVICE = "sitelog_desk"
_DEVICE_LASTS = timedelta(days=400)


def identify(request: Request) -> Identity:
    """The actor of a request: a person, or a registered desk where nobody is signed in or the lock is on."""
    now = clock.now()
    token = request.cookies.get(SESSION)
    found = queries.session_of(token, now) if token else None
    if found is None:
        desk, device = _desk(request)
        return Identity(desk, device=device)
    if found.locked_at or _has_been_idle(found, now):
        desk, device = _desk(request)
        return Identity(desk, device=device, person=found.actor, locked=True)
    if _is_touch(request) and now - found.seen_at > rules.SEEN_EVERY:
        door.touch(found.id, at=now)
    return Identity(found.actor, person=found.actor, device=str(found.device_id) if found.device_id else None)


def idle_seconds() -> int:
    """After how many seconds without a touch the desk locks; 0: never. The site decides."""
    return int(shell.ask("idle_seconds", rules.IDLE_SECONDS))


def remember(answer: Response, opened: Opened) -> Response:
    """Put the tokens of an opened session into the browser's cookies."""
    _set(answer, SESSION, opened.token)
    if opened.device_token:
        _set(answer, DEVICE, opened.device_token, _DEVICE_LASTS)
    return answer


def forget(answer: Response) -> Response:
    """Take the session's cookie back; the desk stays a desk."""
    answer.delete_cookie(SESSION, httponly=True, samesite="Strict", secure=request.is_secure)
    return answer


def init_app(app: Flask) -> None:
    """Answer the shell's questions about staff."""
    shell.tell(app, staff=lambda: queries.staff_on(clock.now()), idle_limit=idle_seconds)


def _desk(request: Request) -> tuple[Actor | None, str | None]:
    token = request.cookies.get(DEVICE)
    device = queries.device_of(token) if token else None
    return (queries.desk_actor(device), str(device.id)) if device else (None, None)


def _has_been_idle(found: queries.Found, now: datetime) -> bool:
    # The site is asked for its limit only where it could matter.
    if now - found.seen_at <= rules.SEEN_EVERY or found.actor.role not in rules.DESK_ROLES:
        return False
    return rules.is_idle(found.seen_at, now, idle_seconds())


def _is_touch(request: Request) -> bool:
    # A board refreshes itself all night; only what a hand did counts.
    if request.method == "POST":
        return True
    stream = "text/event-stream" in request.headers.get("Accept", "")
    return not stream and "X-Background" not in request.headers


def _set(answer: Response, name: str, token: str, lasts: timedelta | None = None) -> None:
    answer.set_cookie(name, token, lasts, httponly=True, samesite="Strict", secure=request.is_secure)
