"""Correct or strike an entry of the register; both versions stay, but for words that were erased."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.people import actions, queries
from sitelog.people.corrections import AMENDED, check_changeable
from sitelog.people.forms import FIELDS, AmendForm, as_entered, said_anew
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.forms import StrikeForm
from sitelog.trail.models import Link
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("person_entries", __name__)


@bp.route("/people/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Say an entry anew. One that holds nothing to say anew can only be struck."""
    link, now = check_changeable(seq, actor()), clock.now()
    row = _row(link)
    if row is None:
        return strike(seq)
    said = as_entered(row) | {"note": trail.notes([seq]).get(seq, "")}
    form = AmendForm(data=said)
    form.offer(site.book())
    context = _context(link) | {"fields": list(FIELDS[type(row)].values())}
    if not form.is_submitted():
        return page("people/amend.html", form=form, **context)
    if not form.validate():
        return invalid("people/amend.html", form, **context)
    try:
        says_when = form.earlier.data or form.earlier_at.data
        when = form.happened_at(site.calendar(), now) if says_when else link.happened_at
        words: dict[str, Any] = {"by": actor(), "happened_at": when, "at": now, "token": form.token.data}
        words |= {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.amend(seq, said_anew(form, row), **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("people/amend.html", form, **context)
    return done(f"/people/{link.subject}", _("Corrected. Both versions stay."), new.seq, follow=True)


@bp.route("/people/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike an entry; a merge that is struck makes two people again."""
    link, form, now = check_changeable(seq, actor()), StrikeForm(), clock.now()
    context = _context(link)
    if not form.is_submitted():
        return page("people/strike.html", form=form, **context)
    if not form.validate():
        return invalid("people/strike.html", form, **context)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=now, token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("people/strike.html", form, **context)
    gone = link.verb == "registered"
    return done("/people" if gone else f"/people/{link.subject}", _("Struck."), new.seq, follow=True)


def _row(link: Link) -> Any:
    """What can be said anew of an entry; a registration is changed on its page instead."""
    if link.verb == "registered":
        return None
    rows = [row for model in AMENDED for row in trail.rows_of(link, model)]
    return rows[0] if len(rows) == 1 else None


def _context(link: Link) -> dict[str, Any]:
    return {"link": link, "said": queries.sentences([link])[link.seq]}
