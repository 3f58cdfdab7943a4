"""The pages of planned sessions: plan one, change it, say that it was held or will not be."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.services import actions, queries
from sitelog.services.session_forms import HeldForm, PlanForm, planned
from sitelog.site import queries as site
from sitelog.trail.forms import StrikeForm, WhyForm
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("sessions", __name__)
PLAN = "services/plan.html"
CLOSE = "services/close.html"
STRIKE = "services/strike.html"


@bp.route("/services/sessions/new", methods=["GET", "POST"])
@allow(Permission.LOG)
def plan() -> Answer:
    """Plan a session."""
    now = clock.now()
    form, url = PlanForm(data={"on": site.calendar().local(now).date()}), "/services/sessions/new"
    if request.method == "GET":
        return page(PLAN, form=form, url=url)
    if not form.validate_on_submit():
        return invalid(PLAN, form, url=url)
    try:
        row = actions.plan(form.what(), **_words(form, now))
    except SitelogError as error:
        refuse(form, error)
        return invalid(PLAN, form, url=url)
    return done("/services", _planned_for(row.starts_at, now), row.link_seq)


@bp.route("/services/sessions/<ref>/held", methods=["GET", "POST"])
@allow(Permission.LOG)
def held(ref: str) -> Answer:
    """A session was held."""
    found, form, now = queries.session(ref), HeldForm(), clock.now()
    context: dict[str, Any] = {"found": found, "url": f"/services/sessions/{ref}/held", "book": site.book()}
    if request.method == "GET":
        return page(CLOSE, form=form, **context)
    if not form.validate_on_submit():
        return invalid(CLOSE, form, **context)
    try:
        if form.attending.data is None:
            raise Refused(N_("Say how many attended. If nobody came, cancel it."), field="attending")
        row = actions.hold(ref, form.attending.data, **_words(form, now))
    except SitelogError as error:
        refuse(form, error)
        return invalid(CLOSE, form, **context)
    return done("/services", _("Session entered as held."), row.link_seq)


@bp.route("/services/sessions/<ref>/cancel", methods=["GET", "POST"])
@allow(Permission.LOG)
def cancel(ref: str) -> Answer:
    """A session will not be held."""
    found, form = queries.session(ref), WhyForm()
    context: dict[str, Any] = {"found": found, "url": f"/services/sessions/{ref}/cancel", "book": site.book()}
    if request.method == "GET":
        return page(CLOSE, form=form, **context)
    if not form.validate_on_submit():
        return invalid(CLOSE, form, **context)
    try:
        link = actions.cancel(ref, **_words(form, clock.now()))
    except SitelogError as error:
        refuse(form, error)
        return invalid(CLOSE, form, **context)
    return done("/services", _("Session cancelled."), link.seq)


@bp.route("/services/sessions/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Change a plan; both versions stay. Of a cancelling there is nothing to change but to strike it."""
    old, now = actions.check_changeable(seq, actor(), "group"), clock.now()
    if old.verb == "cancelled":
        return strike(seq)
    form = PlanForm(data=planned(queries.planned_in(old)))
    context: dict[str, Any] = {"url": f"/services/sessions/entries/{seq}/amend", "seq": seq}
    if request.method == "GET":
        return page(PLAN, form=form, **context)
    if not form.validate_on_submit():
        return invalid(PLAN, form, **context)
    try:
        new = actions.amend_plan(seq, form.what(), reason=form.why.data or "other", **_words(form, now))
    except SitelogError as error:
        refuse(form, error)
        return invalid(PLAN, form, **context)
    return done("/services", _("Corrected. Both versions stay."), new.seq)


@bp.route("/services/sessions/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike a plan or a cancelling; it stays readable."""
    actions.check_changeable(seq, actor(), "group")
    form, url = StrikeForm(), f"/services/sessions/entries/{seq}/strike"
    if request.method == "GET":
        return page(STRIKE, form=form, url=url)
    if not form.validate_on_submit():
        return invalid(STRIKE, form, url=url)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike_session(seq, by=actor(), at=clock.now(), token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(STRIKE, form, url=url)
    return done("/services", _("Struck."), new.seq)


def _planned_for(starts_at: datetime, now: datetime) -> str:
    when = filters.local(starts_at, "EEE d MMM HH:mm")
    said: str = _("Session planned for %(when)s.", when=when)
    if starts_at < now:
        # Half past midnight, typed at ten to twelve, is not today's.
        said = _("Planned for %(when)s, which has passed: if it is to come, change the date.", when=when)
    return said


def _words(form: WhyForm, now: datetime) -> dict[str, Any]:
    when = form.happened_at(site.calendar(), now)
    note = form.note.data or None
    return {"by": actor(), "happened_at": when, "at": now, "token": form.token.data, "note": note}
