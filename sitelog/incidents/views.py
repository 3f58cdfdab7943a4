"""The pages of incidents: what is open, one incident with what is done and missing, and its sheets."""

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, Flask, abort, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.ground.words import N_
from sitelog.incidents import actions, amend_views, queries, rules
from sitelog.incidents.forms import AboutForm, CloseForm, NoteForm, StepForm, TieForm, happening_form
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.staff import queries as staff
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("incidents", __name__)
bp.register_blueprint(amend_views.bp)
FORM, SHEET = "incidents/form.html", "incidents/sheet.html"

# What can be said about an incident that is there: title, form, verb, what the button says.
SHEETS: dict[str, tuple[str, type[AboutForm], Callable[..., Any], str]] = {
    "close": (N_("Close the incident"), CloseForm, actions.close, N_("Close it")),
    "tie": (N_("Belongs to"), TieForm, actions.tie, N_("Save")),
    "note": (N_("Note"), NoteForm, actions.write, N_("Keep")),
}


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    shell.count(app, "/incidents", queries.open_count, N_("open"))
    app.jinja_env.globals["incidents_about"] = queries.about


@bp.get("/incidents")
@allow(Permission.LOG)
def index() -> Answer:
    """What is open, oldest first; then what was closed, newest first."""
    shown: dict[str, Any] = {"open_items": queries.open_items(), "closed": queries.closed_items()}
    return page("incidents/incidents.html", now=clock.now(), book=site.book(), **shown)


@bp.get("/incidents/new")
@allow(Permission.LOG)
def choose() -> Answer:
    """What kind it is: a tap opens its sheet."""
    kinds = rules.by_class(site.book().choices("incident_kind"))
    return page("incidents/new.html", kinds=kinds, tie=request.args.get("tie", "")[:16])


@bp.route("/incidents/new/<kind>", methods=["GET", "POST"])
@allow(Permission.LOG)
def log(kind: str) -> Answer:
    """One incident; nothing but its kind has to be said."""
    chosen, now = _kind(kind), clock.now()
    asked = {"tie": request.args.get("tie", "")[:16]}
    asked["end"] = "" if chosen.data.get("stays_open") else "settled"
    form = happening_form(chosen, data=asked)
    context: dict[str, Any] = {"kind": chosen, "url": f"/incidents/new/{kind}"}
    if request.method == "GET":
        return page(FORM, form=form, **context)
    if not form.validate_on_submit():
        return invalid(FORM, form, **context)
    try:
        row = actions.log(form.what(), **_words(form, now))
    except SitelogError as error:
        refuse(form, error)
        return invalid(FORM, form, **context)
    # What has steps goes on to them: that is where the clock runs.
    url, steps = f"/incidents/{row.ref}", bool(chosen.data.get("steps"))
    return done(url, _("Incident %(ref)s saved.", ref=row.ref), row.link_seq, follow=steps)


@bp.get("/incidents/<ref>")
@allow(Permission.LOG)
def one(ref: str) -> Answer:
    """One incident: what was answered, what is done and missing, every entry."""
    item = queries.item(ref)
    names: dict[str, Any] = {"name_of": staff.name_of, "initials": staff.initials()}
    shown: dict[str, Any] = {
        "answers": queries.answers(ref),
        "ties": queries.ties(ref),
        "entries": queries.entries(ref),
        "fields": rules.fields_of(site.book(), item.incident.kind),
    }
    return page(
        "incidents/incident.html", item=item, now=clock.now(), book=site.book(), rules=rules, **names, **shown
    )


@bp.route("/incidents/<ref>/steps/<step>", methods=["GET", "POST"])
@allow(Permission.LOG)
def take_step(ref: str, step: str) -> Answer:
    """One step of its protocol; sent empty it was done just now."""
    item, form = queries.item(ref), StepForm()
    if step not in {todo.step.code for todo in item.todo}:
        abort(404)
    form.step = step
    title = site.book().label("incident_step", step)
    url = f"/incidents/{ref}/steps/{step}"
    return _sheet(ref, form, actions.take_step, title=title, url=url, button=N_("Save"))


@bp.route("/incidents/<ref>/<sheet>", methods=["GET", "POST"])
@allow(Permission.LOG)
def say(ref: str, sheet: str) -> Answer:
    """Close it, tie it to a visit or response, or write something down about it."""
    if sheet not in SHEETS:
        abort(404)
    title, make, verb, button = SHEETS[sheet]
    return _sheet(ref, make(), verb, title=title, url=f"/incidents/{ref}/{sheet}", button=button)


def _sheet(ref: str, form: AboutForm, verb: Callable[..., Any], **context: Any) -> Answer:
    context |= {"ref": ref, "item": queries.item(ref)}
    if request.method == "GET":
        return page(SHEET, form=form, **context)
    if not form.validate_on_submit():
        return invalid(SHEET, form, **context)
    try:
        link = verb(ref, form.what(), **_words(form, clock.now()))
    except SitelogError as error:
        refuse(form, error)
        return invalid(SHEET, form, **context)
    return done(f"/incidents/{ref}", _("Saved."), link.seq, follow=True)


def _words(form: AboutForm, now: Any) -> dict[str, Any]:
    when = {"happened_at": form.happened_at(site.calendar(), now), "at": now}
    return {**when, "by": actor(), "token": form.token.data, "note": form.note.data or None}


def _kind(code: str) -> Choice:
    for choice in site.book().choices("incident_kind"):
        if choice.code == code:
            return choice
    abort(404)
