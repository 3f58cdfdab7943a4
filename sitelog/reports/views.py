"""The shelf of published reports: each report's own list, one of it with its versions, and the files."""

import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from flask import Blueprint, Flask, Response, request, send_file, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import format_date
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.reports import actions, audiences, month, queries, shelf, year
from sitelog.reports.catalog import REPORTS
from sitelog.reports.models import Release
from sitelog.reports.shape import Report
from sitelog.site import queries as site
from sitelog.web import shell
from sitelog.web.answers import Answer, done, page
from sitelog.web.filters import may
from sitelog.web.guards import actor, allow

bp = Blueprint("reports", __name__)

# The forms of a date that the lists show, in the reader's language.
DATES = {"month_name": "LLLL y", "weekday": "EEE", "day_name": "EEE d MMM y", "edge_name": "d MMM y"}
for _name, _pattern in DATES.items():
    bp.add_app_template_filter(partial(format_date, format=_pattern), _name)


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    shell.tell(cast(Flask, state.app), audiences=lambda: audiences.names(site.book()))


@dataclass(frozen=True)
class Listing:
    """The list of one report for one audience: days on a month's page, longer periods on a year's."""

    states: Mapping[date, str]
    newest: date | None
    """The last period of the page that is published, by its first date."""
    by_month: month.Month | None = None
    by_year: year.Year | None = None


@bp.get("/reports")
@allow(Permission.READ_REPORTS)
def index() -> Response:
    """The list of one report for one audience, and the one that was chosen or published last."""
    mine = _shelves()
    if not mine:
        return page("reports/none.html")
    audience = request.args.get("audience") or next(iter(mine))
    report = _report(mine, audience, request.args.get("report"))
    on = _day(request.args.get("on"))
    listing = _listing(report, audience, on)
    chosen = _dates(report, on)[0] if on else listing.newest
    return page(
        "reports/reports.html",
        report=report,
        reports=mine[audience],
        audience=audience,
        audiences=list(mine),
        policies={name: audiences.policy_of(site.book(), name) for name in mine},
        month=listing.by_month,
        year=listing.by_year,
        today=_today(),
        **_details(report, audience, chosen, listing),
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
    """Publish a period that is over now, or a new version if something was corrected."""
    on, audience = _day(request.form.get("on")), request.form.get("audience", "")
    if on is None:
        raise Unknown(N_("There is no such day."))
    report = _report(_shelves(), audience, request.form.get("report"))
    before = queries.latest(report.kind, audience, _dates(report, on)[0])
    release = actions.publish(report.kind, on, audience, by=actor(), at=clock.now())
    news = before is None or before.id != release.id
    what = queries.sentence(release)
    published = _("Published: %(what)s.", what=_(what.text, **what.values))
    said = published if news else _("Nothing changed since then.")
    chosen = url_for("reports.index", report=report.kind, audience=audience, on=release.first_on)
    return done(chosen, said, release.link_seq, follow=True)


def _shelves() -> dict[str, list[Report]]:
    """The audiences whose reports this person may read, each with the reports that are made for it."""
    mine = audiences.readable(site.book(), actor())
    made = {name: [one for one in REPORTS.values() if audiences.gets(one, name)] for name in mine}
    return {name: reports for name, reports in made.items() if reports}


def _report(mine: Mapping[str, list[Report]], audience: str, kind: str | None) -> Report:
    """The report of that kind for an audience; its first one, where none is named."""
    for report in mine.get(audience, []):
        if not kind or report.kind == kind:
            return report
    raise Unknown(N_("There is no such shelf of reports."))


def _listing(report: Report, audience: str, on: date | None) -> Listing:
    newest = queries.newest(report.kind, audience)
    begin = on or (newest.first_on if newest else _today())
    on_record = _on_record(report)
    last_due = _today() - timedelta(days=1)
    if report.days > 1:
        number = _year(request.args.get("year")) or _dates(report, begin)[0].year
        within = date(number, 1, 1), date(number, 12, 31)
        versions = _versions(report, audience, *within)
        by_year = year.year(number, partial(_dates, report), versions, on_record, last_due)
        states = {one.first: one.state for one in by_year.periods}
        return Listing(states, max(versions, default=None), by_year=by_year)
    first, edge = _month(request.args.get("month")) or begin.replace(day=1), timedelta(days=7)
    versions = _versions(report, audience, first - edge, first + 6 * edge)
    by_month = month.month(first, versions, on_record, last_due)
    days = [day for week in by_month.weeks for day in week.days]
    published = (day.on for day in days if day.version and day.inside)
    return Listing({day.on: day.state for day in days}, max(published, default=None), by_month=by_month)


def _on_record(report: Report) -> Callable[[date], bool]:
    period, is_on_record = partial(report.period, site.calendar()), queries.record()
    # What is still to come is the site's own business, not a reader's.
    shown = may(Permission.PUBLISH)
    return lambda on: shown and is_on_record(period(on))


def _versions(report: Report, audience: str, first: date, last: date) -> dict[date, int]:
    """The newest version of each that begins within these dates."""
    return {one.first_on: one.version for one in queries.on_top(report.kind, audience, first, last)}


def _details(report: Report, audience: str, on: date | None, listing: Listing) -> dict[str, Any]:
    versions = queries.versions(report.kind, audience, on) if on else []
    top = versions[0] if versions else None
    return {
        "on": on,
        "until": _dates(report, on)[1] if on else None,
        "state": listing.states.get(on, "") if on else "",
        "versions": versions,
        "changes": {release.id: json.loads(release.changes) for release in versions},
        "notes": [_(text, **values) for code, text, values in json.loads(top.notes)] if top else [],
        "printed": _printed(top) if top else Counter(),
    }


def _printed(release: Release) -> Counter[str]:
    """How many figures were printed as what: exact, range, withheld ..."""
    return Counter(queries.shown(release))


def _dates(report: Report, on: date) -> tuple[date, date]:
    """The first and the last date of the period that holds a date."""
    return report.dates(site.calendar(), on)


def _today() -> date:
    return site.calendar().day_of(clock.now())


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


def _year(words: str | None) -> int | None:
    found = _day(f"{words}-01-01") if words else None
    return found.year if found else None
