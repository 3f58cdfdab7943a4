"""Corrections of what was entered about an incident: in the form it was made with, both versions stay."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.ground.words import N_
from sitelog.incidents import actions, queries
from sitelog.incidents.entered import as_entered
from sitelog.incidents.forms import form_of
from sitelog.incidents.rules import Happening, Words
from sitelog.site import queries as site
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.forms import StrikeForm
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("incident_corrections", __name__)


@bp.route("/incidents/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Correct an entry."""
    old = actions.check_changeable(seq, actor())
    what, note = as_entered(old), trail.notes([seq]).get(seq, "")
    if isinstance(what, Words):
        amending.check_words_kept(seq)
    kind = site.book().choice("incident_kind", what.kind if isinstance(what, Happening) else "")
    sent = {} if request.method == "POST" else {"formdata": None}
    form = form_of(what, kind, note, **sent)
    template = "incidents/form.html" if isinstance(what, Happening) else "incidents/sheet.html"
    context: dict[str, Any] = {"kind": kind, "url": f"/incidents/entries/{seq}/amend", "seq": seq}
    context |= {"title": N_("Correct an entry"), "button": N_("Save the correction"), "ref": old.subject}
    if request.method == "GET":
        return page(template, form=form, **context)
    if not form.validate_on_submit():
        return invalid(template, form, **context)
    try:
        now = clock.now()
        says_when = form.earlier.data or form.earlier_at.data
        when = form.happened_at(site.calendar(), now) if says_when else old.happened_at
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        words |= {"happened_at": when, "at": now, "by": actor(), "token": form.token.data}
        new = actions.amend(seq, form.what(), **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(template, form, **context)
    return done(_after(old.subject), _("Corrected. Both versions stay."), new.seq)


@bp.route("/incidents/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike an entry; it stays readable."""
    old, form = actions.check_changeable(seq, actor()), StrikeForm()
    context: dict[str, Any] = {"title": N_("Strike an entry"), "url": f"/incidents/entries/{seq}/strike"}
    context |= {"button": N_("Strike"), "ref": old.subject, "striking": True}
    if request.method == "GET":
        return page("incidents/sheet.html", form=form, **context)
    if not form.validate_on_submit():
        return invalid("incidents/sheet.html", form, **context)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=clock.now(), token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("incidents/sheet.html", form, **context)
    return done(_after(old.subject), _("Struck."), new.seq, follow=True)


def _after(ref: str) -> str:
    """The incident's page, or the list where the incident itself was struck."""
    return f"/incidents/{ref}" if queries.stands(ref) else "/incidents"
