"""The shelf of published reports: a month at a glance, one day with its versions, and the files."""

import io
import json
from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask_babel import format_date
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.reports import actions, audiences, month, queries, shelf
from sitelog.reports.models import Release
from sitelog.site import queries as site
from sitelog.web.answers import Answer, done, page
from sitelog.web.filters import may
from sitelog.web.guards import actor, allow

bp = Blueprint("reports", __name__)

DAILY = "daily"
# The forms of a date that the calendar shows, in the reader's language.
DATES = {"month_name": "LLLL y", "weekday": "EEE", "day_name": "EEE d MMM y"}
for _name, _pattern in DATES.items():
    bp.add_app_template_filter(partial(format_date, format=_pattern), _name)


@bp.get("/reports")
@allow(Permission.READ_REPORTS)
def index() -> Response:
    """The calendar of one audience's reports, and the day that was chosen or published last."""
    mine = audiences.readable(site.book(), actor())
    if not mine:
        return page("reports/none.html")
    audience = request.args.get("audience") or mine[0]
    _check(audience, mine)
    on = _day(request.args.get("on"))
    first = _month(request.args.get("month")) or (on or _newest(audience)).replace(day=1)
    shown = _calendar(audience, first)
    chosen = on or _last_published(shown)
    return page(
        "reports/reports.html",
        audience=audience,
        audiences=mine,
        policies={name: audiences.policy_of(site.book(), name) for name in mine},
        month=shown,
        today=site.calendar().day_of(clock.now()),
        **_details(audience, chosen, shown),
    )


@bp.get("/reports/<int:id>/<name>")
@allow(Permission.READ_REPORTS)
def file(id: int, name: str) -> Response:
    """A published file; what belongs to another audience does not exist."""
    release = queries.release(id)
    mine = audiences.readable(site.book(), actor())
    if release.audience not in mine or name != release.file_name:
        raise Unknown(N_("There is no such report."))
    content = io.BytesIO(shelf.read(release.file_name, release.sha256))
    # No time of making and no mark of the file on the disk: when it was published says nothing.
    answer = send_file(content, "application/pdf", as_attachment=True, download_name=name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/reports/publish")
@allow(Permission.PUBLISH)
def publish() -> Answer:
    """Publish a day that is over now, or a new version if something was corrected."""
    on, audience = _day(request.form.get("on")), request.form.get("audience", "")
    if on is None:
        raise Unknown(N_("There is no such day."))
    audiences.check(site.book(), audience)
    before = queries.latest(DAILY, audience, on)
    release = actions.publish(DAILY, on, audience, by=actor(), at=clock.now())
    news = before is None or before.id != release.id
    said = _("Version %(n)s is published.", n=release.version) if news else _("Nothing changed since then.")
    return done(f"/reports?audience={audience}&on={on.isoformat()}", said, release.link_seq, follow=True)


def _calendar(audience: str, first: date) -> month.Month:
    edge = timedelta(days=7)
    versions = {
        r.first_on: r.version for r in queries.on_top(DAILY, audience, first - edge, first + 6 * edge)
    }
    # What is still to come is the site's own business, not a reader's.
    opened = queries.first_day() if may(Permission.PUBLISH) else None
    last_due = site.calendar().day_of(clock.now()) - timedelta(days=1)
    return month.month(first, versions, opened, last_due)


def _details(audience: str, on: date | None, shown: month.Month) -> dict[str, Any]:
    versions = queries.versions(DAILY, audience, on) if on else []
    states = {day.on: day.state for week in shown.weeks for day in week.days}
    top = versions[0] if versions else None
    return {
        "on": on,
        "state": states.get(on, "") if on else "",
        "versions": versions,
        "changes": {release.id: json.loads(release.changes) for release in versions},
        "notes": [_(text, **values) for code, text, values in json.loads(top.notes)] if top else [],
        "printed": _printed(top) if top else Counter(),
    }


def _printed(release: Release) -> Counter[str]:
    """How many figures were printed as what: exact, range, withheld ..."""
    return Counter(queries.shown(release))


def _newest(audience: str) -> date:
    top = queries.newest(DAILY, audience)
    return top.first_on if top else site.calendar().day_of(clock.now())


def _last_published(shown: month.Month) -> date | None:
    days = [day for week in shown.weeks for day in week.days]
    return max((day.on for day in days if day.version and day.inside), default=None)


def _check(audience: str, mine: list[str]) -> None:
    if audience not in mine:
        raise Unknown(N_("There is no such shelf of reports."))


def _day(words: str | None) -> date | None:
    if not words:
        return None
    try:
        found = date.fromisoformat(words)
    except ValueError:
        raise Unknown(N_("There is no such day.")) from None
    if not 2000 <= found.year < 2200:
        raise Unknown(N_("There is no such day."))
    return found


def _month(words: str | None) -> date | None:
    return _day(f"{words}-01") if words else None
