"""The pages of on-site services: today's, one tap for the frequent ones, a sheet for the others."""

from typing import Any, cast

from flask import Blueprint, Flask, abort, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.services import actions, queries, session_views
from sitelog.services.forms import ServiceForm, entered, service_form
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.staff import queries as staff
from sitelog.trail import queries as trail
from sitelog.trail.forms import StrikeForm
from sitelog.visits import queries as visits
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("services", __name__)
bp.register_blueprint(session_views.bp)
SHEET = "services/sheet.html"
STRIKE = "services/strike.html"


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    shell.tell(cast(Flask, state.app), frequent_services=queries.frequent)


@bp.get("/services")
@allow(Permission.LOG)
def index() -> Answer:
    """Today's services and the planned sessions."""
    return page("services/services.html", **_today(), **_kinds(None))


@bp.get("/services/today")
@allow(Permission.LOG)
def today() -> Answer:
    """The lists alone, for screens that are already open."""
    answer = page("services/_today.html", **_today())
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/services/new")
@allow(Permission.LOG)
def new() -> Answer:
    """Every kind there is, to tap: within a visit where one is said."""
    visit = request.args.get("visit", "")[:16] or None
    if visit:
        visits.visit(visit)
    return page("services/new.html", **_kinds(visit))


@bp.route("/services/<kind>", methods=["GET", "POST"])
@allow(Permission.LOG)
def give(kind: str) -> Answer:
    """One service. A tap is its sheet sent empty: only where more is needed does the sheet come back."""
    chosen = _kind(kind)
    form, now = service_form(chosen, data={"visit": request.args.get("visit", "")[:16]}), clock.now()
    context: dict[str, Any] = {"kind": chosen, "url": f"/services/{kind}"}
    if request.method == "GET":
        return page(SHEET, form=form, **context)
    if not form.validate_on_submit():
        return invalid(SHEET, form, **context)
    try:
        words: dict[str, Any] = {"token": form.token.data, "note": form.note.data or None}
        words |= {"by": actor(), "happened_at": form.happened_at(site.calendar(), now), "at": now}
        row = actions.give(kind, form.details(), visit=form.visit.data or None, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(SHEET, form, **context)
    back = f"/visits/{form.visit.data}" if form.visit.data else "/services"
    return done(back, _("%(service)s: saved.", service=_(chosen.label)), row.link_seq)


@bp.route("/services/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Correct an entry; both versions stay."""
    old, now = actions.check_changeable(seq, actor()), clock.now()
    before, details = queries.as_entered(old)
    kind = request.args.get("kind", before)[:32]
    # A kind that the site has retired since can still be corrected, but nothing else becomes one.
    chosen = _kind(kind) if kind != before else site.book().choice("on_site_service", kind)
    form = _without_visit(service_form(chosen, data=entered(details) | {"note": _note(seq)}))
    context: dict[str, Any] = {
        "kind": chosen,
        "url": f"/services/entries/{seq}/amend?kind={kind}",
        "seq": seq,
    }
    context["instead"] = queries.instead_of(old, kind)
    if request.method == "GET":
        return page(SHEET, form=form, **context)
    if not form.validate_on_submit():
        return invalid(SHEET, form, **context)
    try:
        says_when = form.earlier.data or form.earlier_at.data
        when = form.happened_at(site.calendar(), now) if says_when else old.happened_at
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        words |= {"happened_at": when, "at": now, "by": actor(), "token": form.token.data}
        new = actions.amend(seq, kind, form.details(), **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(SHEET, form, **context)
    return done("/services", _("Corrected. Both versions stay."), new.seq)


@bp.route("/services/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike an entry; it stays readable."""
    actions.check_changeable(seq, actor())
    form, url = StrikeForm(), f"/services/entries/{seq}/strike"
    if request.method == "GET":
        return page(STRIKE, form=form, url=url)
    if not form.validate_on_submit():
        return invalid(STRIKE, form, url=url)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=clock.now(), token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(STRIKE, form, url=url)
    return done("/services", _("Struck."), new.seq)


def _today() -> dict[str, Any]:
    calendar, now = site.calendar(), clock.now()
    day, sessions = calendar.day(calendar.day_of(now)), queries.sessions(now)
    # A session that begins is one to be closed; and a new day has nothing yet.
    begin = [one.session.starts_at for one in sessions if one.session.starts_at > now]
    shown: dict[str, Any] = {
        "shown": queries.given(day),
        "sessions": sessions,
        "until": min([day.end, *begin]),
    }
    names: dict[str, Any] = {"initials": staff.initials(), "name_of": staff.name_of}
    return {**shown, **names, "book": site.book(), "now": now, "day": day}


def _kind(code: str) -> Choice:
    for choice in site.book().choices("on_site_service"):
        if choice.code == code:
            return choice
    abort(404)


def _kinds(visit: str | None) -> dict[str, Any]:
    """What the buttons need: the frequent kinds, the others, and the visit they are within."""
    often = queries.frequent()
    others = [one for one in site.book().choices("on_site_service") if one not in often]
    return {"often": often, "others": others, "visit": visit}


def _note(seq: int) -> str:
    return trail.notes([seq]).get(seq, "")


def _without_visit(form: ServiceForm) -> ServiceForm:
    # Whom it was given to stays: another person is another entry.
    del form["visit"]
    return form
