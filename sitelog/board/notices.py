"""What stands over every page: running responses, drug alerts nobody here has read, their sign, the stock."""

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Flask, Response, render_template
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from sitelog.alerts import queries as drug_alerts
from sitelog.alerts import rules
from sitelog.board import queries
from sitelog.board.fragments import Read, Tag, answer, reader
from sitelog.ground.access import Permission
from sitelog.site import queries as site
from sitelog.supplies import queries as supplies
from sitelog.trail import queries as trail
from sitelog.web import filters, shell
from sitelog.web.guards import actor, allow

RUNNING, STRIP, SIGN = "board/_alerts.html", "alerts/_strip.html", "alerts/_sign.html"
WARNS = "supplies/_warns.html"


def add_to(bp: Blueprint) -> None:
    """Give the board's blueprint these regions, and the frame of the pages its sources."""
    bp.get("/board/alerts")(running)
    bp.get("/board/drug-alerts")(strip)
    bp.get("/board/drug-sign")(sign)
    bp.get("/board/warns")(warns)
    bp.record_once(_tell)


@allow(Permission.READ_BOARD)
def running() -> Response:
    """Running responses, for every page."""
    now = filters.now()
    return answer(RUNNING, now, lambda: ({"running": queries.house(now).running}, None), shared=True)


@allow(Permission.READ_BOARD)
def strip() -> Response:
    """The drug alerts that whoever looks has not read."""
    return answer(STRIP, filters.now(), lambda: _drug_alerts(trail.last_seq()))


@allow(Permission.READ_BOARD)
def sign() -> Response:
    """The small sign that says how many drug alerts stand."""
    return answer(SIGN, filters.now(), lambda: _drug_alerts(trail.last_seq()))


@allow(Permission.LOG)
def warns() -> Response:
    """What has to be ordered, runs out or is nearly empty."""
    now = filters.now()
    return answer(WARNS, now, lambda: _stock(now), shared=True)


def chain_length() -> int:
    """The trail's length as this page began: asked once for everything that stands around it."""
    found: int = shell.ask("chain_length")
    return found


def _tell(state: BlueprintSetupState) -> None:
    words: dict[str, Any] = {
        "chain_length": trail.last_seq,
        "alerts": _running,
        "locked_alerts": _running_unnamed,
        "drug_alerts": _strip,
        "drug_sign": _sign,
        "warns": _warns,
    }
    shell.tell(cast(Flask, state.app), **words)


def _running() -> Markup:
    # On every page but the board, which has read what runs already.
    return _drawn(RUNNING, {"running": queries.house(filters.now()).running}, None)


def _running_unnamed() -> Markup:
    # A locked desk tells nobody's name, and still that somebody is being treated.
    return Markup(render_template("board/_locked.html", running=queries.house(filters.now()).running))


def _strip() -> Markup:
    return _drawn(STRIP, *_drug_alerts(chain_length()))


def _sign() -> Markup:
    return _drawn(SIGN, *_drug_alerts(chain_length()))


def _warns() -> Markup:
    return _drawn(WARNS, *_stock(filters.now()))


def _stock(now: datetime) -> Read:
    # What runs out of date does so as the site's day ends.
    calendar = site.calendar()
    return {"found": supplies.warns(now)}, calendar.day(calendar.day_of(now)).end


def _drawn(template: str, context: dict[str, Any], until: datetime | None) -> Markup:
    tag = Tag(chain_length(), until, reader())
    return Markup(render_template(template, tag=tag, **context))


def _drug_alerts(seq: int) -> Read:
    standing = drug_alerts.standing(seq, filters.now())
    unread = rules.unread(standing, actor().ref)
    return {"standing": standing, "unread": unread}, rules.next_end(standing)
