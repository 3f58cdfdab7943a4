"""The trail on a page: every entry of the chain, newest first, and whether it held when it was walked."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, request

from sitelog.ground.access import OPERATOR, SCHEDULER, Permission
from sitelog.trail import journal, queries, walks
from sitelog.web import filters, shell
from sitelog.web.answers import Answer, page
from sitelog.web.guards import actor, allow

bp = Blueprint("trail", __name__)
PAGE = 50


@bp.get("/trail")
@allow(Permission.READ_TRAIL)
def index() -> Answer:
    """The entries that were asked for: of a day, about something, by somebody, before a number."""
    asked = {name: request.args.get(name, "").strip()[:64] for name in ("on", "about", "by")}
    names = {**shell.ask("staff_names", {}), **{one.ref: one.name for one in (OPERATOR, SCHEDULER)}}
    on = _day(asked["on"])
    meant = {
        "on": on is not None,
        "about": asked["about"] in journal.NOUNS,
        "by": asked["by"] in ("", *names) or bool(queries.walked_back(1, actor=asked["by"])),
    }
    wrong = {name for name, typed in asked.items() if typed and not meant[name]}
    said = {name: "" if name in wrong else typed for name, typed in asked.items()}
    window = filters.site_calendar().day(on) if on else None
    before = _number(request.args.get("before", type=int))
    found = queries.walked_back(PAGE + 1, noun=said["about"], actor=said["by"], window=window, before=before)
    shown = found[:PAGE]
    older = urlencode({**asked, "before": shown[-1].seq}) if len(found) > PAGE else ""
    return page(
        "trail/trail.html",
        lines=list(journal.lines(shown, actor())),
        asked=asked,
        said=said,
        wrong=wrong,
        narrowed=any(asked.values()),
        newest=urlencode(asked) if before else "",
        older=older,
        nouns={code: noun.label for code, noun in journal.NOUNS.items()},
        names=names,
        walk=walks.last(),
        last_seq=queries.last_seq(),
    )


def _day(typed: str) -> date | None:
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return None
    return on if 1900 <= on.year < 9000 else None


def _number(typed: int | None) -> int | None:
    # Of what no database can count to, the nearest that it can.
    return None if typed is None else max(0, min(typed, 2**53))
