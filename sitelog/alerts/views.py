"""The pages of drug alerts: all of them with who has read each, a new one, corrections."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext as _

from sitelog.alerts import actions, queries
from sitelog.alerts.forms import AlertForm, ReadForm
from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, SitelogError
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.trail.forms import StrikeForm
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("alerts", __name__)
FORM, STRIKE = "alerts/form.html", "alerts/strike.html"


@bp.get("/alerts")
@allow(Permission.LOG)
def index() -> Answer:
    """What stands, with who has read it and who has not; then what has ended."""
    told, desk = queries.told(clock.now()), staff.people_on_tiles()
    shown: dict[str, Any] = {
        "standing": [one for one in told if one.ended_at is None],
        "ended": [one for one in told if one.ended_at is not None],
    }
    return page("alerts/alerts.html", desk=desk, name_of=staff.name_of, **shown)


@bp.route("/alerts/new", methods=["GET", "POST"])
@allow(Permission.LOG)
def write() -> Answer:
    """A new alert."""
    now = clock.now()
    today = site.calendar().day_of(now)
    last = today + timedelta(days=site.book().limit("drug_alert_days"))
    form = AlertForm(data={"since_on": today, "ends_on": last})
    context: dict[str, Any] = {"url": "/alerts/new"}
    if request.method == "GET":
        return page(FORM, form=form, **context)
    if not form.validate_on_submit():
        return invalid(FORM, form, **context)
    try:
        row = actions.write(form.alert(today), by=actor(), happened_at=now, at=now, token=form.token.data)
    except SitelogError as error:
        refuse(form, error)
        return invalid(FORM, form, **context)
    return done("/alerts", _("Drug alert %(ref)s is on every screen.", ref=row.ref), row.link_seq)


@bp.post("/alerts/<ref>/read")
@allow(Permission.LOG)
def read(ref: str) -> Answer:
    """Read, by whoever is at this desk."""
    form, now = ReadForm(), clock.now()
    if not form.validate_on_submit() or not form.version.data:
        raise Conflict(N_("Drug alert %(ref)s was changed meanwhile. Read it again."), ref=ref[:16])
    words: dict[str, Any] = {"by": actor(), "happened_at": now, "at": now, "token": form.token.data}
    link = actions.read(ref, form.version.data, **words)
    return done("/alerts", _("Read. It stays on the page of drug alerts."), link.seq)


@bp.post("/alerts/<ref>/end")
@allow(Permission.LOG)
def end(ref: str) -> Answer:
    """It is over: off every screen."""
    form, now = EntryForm(), clock.now()
    link = actions.end(ref, by=actor(), happened_at=now, at=now, token=form.token.data)
    return done("/alerts", _("Ended. It stays on the page of drug alerts."), link.seq, follow=True)


@bp.route("/alerts/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Reword an alert; everybody reads it again. Another entry about one can only be struck."""
    old, now = actions.check_changeable(seq, actor()), clock.now()
    said = queries.as_written(old)
    if said is None:
        return redirect(f"/alerts/entries/{seq}/strike", 303)
    form = AlertForm(data=asdict(said))
    context: dict[str, Any] = {"url": f"/alerts/entries/{seq}/amend", "seq": seq}
    if request.method == "GET":
        return page(FORM, form=form, **context)
    if not form.validate_on_submit():
        return invalid(FORM, form, **context)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "token": form.token.data}
        words |= {"by": actor(), "happened_at": old.happened_at, "at": now}
        new = actions.amend(seq, form.alert(said.since_on), **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(FORM, form, **context)
    return done("/alerts", _("Reworded. Everybody reads it again; both versions stay."), new.seq, follow=True)


@bp.route("/alerts/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike an entry about an alert; it stays readable."""
    actions.check_changeable(seq, actor())
    form = StrikeForm()
    if request.method == "GET":
        return page(STRIKE, form=form, seq=seq)
    if not form.validate_on_submit():
        return invalid(STRIKE, form, seq=seq)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=clock.now(), token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(STRIKE, form, seq=seq)
    return done("/alerts", _("Struck."), new.seq, follow=True)
