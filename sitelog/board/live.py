"""The two ways a screen hears the news: the live stream, and the pulse that stands in for it."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from sitelog.board import stream
from sitelog.ground.access import Actor, Permission
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.web import guards
from sitelog.web.guards import actor, allow


def add_to(bp: Blueprint) -> None:
    """Give the board's blueprint these two addresses."""
    bp.get("/stream")(live)
    bp.get("/pulse")(pulse)


@allow(Permission.READ_BOARD)
def live() -> Response:
    """Thin events from `Last-Event-ID` (or ?since=) on; 204 if there are too many streams already."""
    tail, seq = stream.tail_of(_app()), trail.last_seq()
    since = min(_since(request.headers.get("Last-Event-ID"), request.args.get("since"), seq), seq)
    listener = stream.Listener(actor(), _asks_again(actor()))
    if not tail.join(listener, seq):
        return Response(status=204)
    behind = _behind(since, seq)
    db.session.remove()  # a stream lasts for hours and must not hold a connection
    told = stream.wire(listener, behind, seq if behind is None else since)
    response = Response(told, mimetype="text/event-stream")
    response.call_on_close(lambda: tail.leave(listener))
    return response


@allow(Permission.READ_BOARD)
def pulse() -> Response:
    """What changed since `since`, for a screen without a stream: the chain's length and the nouns."""
    seq = trail.last_seq()
    response = Response(status=304)
    if not request.if_none_match.contains(str(seq)):
        since = _since(None, request.args.get("since"), seq)
        told = stream.events_since(db.session.execute, since) if since < seq else []
        nouns = {event.noun for event in told} if len(told) < stream.BACKLOG else set(stream.HEARS)
        response = jsonify(seq=seq, nouns=sorted(noun for noun in nouns if stream.may_hear(actor(), noun)))
    response.set_etag(str(seq))
    return response


def _since(header: str | None, argument: str | None, otherwise: int) -> int:
    found = next((text for text in (header, argument) if text and text.isdecimal() and len(text) < 16), None)
    return int(found) if found else otherwise


def _behind(since: int, seq: int) -> list[stream.Event] | None:
    told = stream.events_since(db.session.execute, since) if since < seq else []
    if len(told) >= stream.BACKLOG:
        return None
    return [event for event in told if stream.may_hear(actor(), event.noun)]


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


def _asks_again(who: Actor) -> Callable[[], bool]:
    """Whether this browser's session is still open, unlocked and of somebody who may look."""
    app, cookie = _app(), request.headers.get("Cookie", "")
    # Not a touch: a board that refreshes itself all night must not keep the desk open.
    headers = {"Cookie": cookie, "Sec-Fetch-Mode": "cors"}

    def still() -> bool:
        with app.test_request_context("/stream", headers=headers):
            found = guards.identity(app, request).actor
            return found == who and found.can(Permission.READ_BOARD)

    return still
