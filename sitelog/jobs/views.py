"""The jobs page: what is owed, what failed and why, and a button that does it now."""

from datetime import timedelta
from math import ceil
from typing import Any

from flask import Blueprint, Response, current_app
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.jobs import alarm, queries, runner
from sitelog.web.answers import Answer, done, page
from sitelog.web.guards import allow

bp = Blueprint("jobs", __name__)


@bp.get("/jobs")
@allow(Permission.READ_JOBS)
def index() -> Response:
    """Every job with its state."""
    rest = alarm.watch_of(current_app).rest(clock.awake())
    waits = ceil(rest / timedelta(minutes=1))
    return page("jobs/jobs.html", jobs=queries.listing(clock.now()), unsent=queries.unsent(), waits=waits)


@bp.post("/jobs/run")
@allow(Permission.READ_JOBS)
def run() -> Answer:
    """Do all that is owed and not resting; whoever asks, it is done as the scheduler would."""
    outcomes = runner.run_all(clock.now)
    failed = sum(1 for outcome in outcomes if outcome.error)
    counts: dict[str, Any] = {"n": len(outcomes) - failed, "failed": failed}
    said = _("%(n)s done, %(failed)s failed.", **counts) if outcomes else _("Nothing was owed.")
    return done("/jobs", said, follow=True)
