"""Corrections of a shift's entries: amend, or strike; both versions stay."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.shifts import actions
from sitelog.shifts.forms import CorrectionForm
from sitelog.shifts.models import Duty, ReadBack, SignOff, Tick
from sitelog.shifts.queries import sentences
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("amend", __name__)
PAGE = "shifts/amend.html"


@bp.route("/shifts/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Correct an entry; a signature can only be taken back."""
    old, now = actions.check_changeable(seq, actor()), clock.now()
    row = _row(old)
    kind = "tick" if isinstance(row, Tick) else "duty" if isinstance(row, Duty) else ""
    if not kind:
        return strike(seq)
    form = CorrectionForm(data=_said(row))
    context: dict[str, Any] = {"seq": seq, "kind": kind, "row": row, "said": sentences([old])[seq]}
    if not form.is_submitted():
        return page(PAGE, form=form, **context)
    if not form.validate_on_submit():
        return invalid(PAGE, form, **context)
    try:
        new = _amend(seq, old, row, form, now)
    except SitelogError as error:
        refuse(form, error)
        return invalid(PAGE, form, **context)
    return done(f"/shifts/{old.subject}", _("Corrected. Both versions stay."), new.seq)


@bp.route("/shifts/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Take an entry back; it stays readable."""
    old, form, now = actions.check_changeable(seq, actor()), CorrectionForm(), clock.now()
    context: dict[str, Any] = {"seq": seq, "kind": "", "row": None, "said": sentences([old])[seq]}
    if not form.is_submitted():
        return page(PAGE, form=form, **context)
    if not form.validate_on_submit():
        return invalid(PAGE, form, **context)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=now, token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(PAGE, form, **context)
    return done(f"/shifts/{old.subject}", _("Struck."), new.seq)


def _amend(seq: int, old: Link, row: Any, form: CorrectionForm, now: Any) -> Link:
    says_when = form.earlier.data or form.earlier_at.data
    when = form.happened_at(site.calendar(), now) if says_when else old.happened_at
    words: dict[str, Any] = {"by": actor(), "happened_at": when, "at": now, "token": form.token.data}
    words["reason"] = form.why.data or "other"
    if isinstance(row, Tick):
        return actions.amend_tick(seq, form.fine.data != "no", form.number.data, **words)
    return actions.amend_duty(seq, form.role.data or "", **words)


def _row(old: Link) -> Any:
    rows = [row for model in (Duty, Tick, SignOff, ReadBack) for row in trail.rows_of(old, model)]
    return rows[0] if rows else None


def _said(row: Any) -> dict[str, Any]:
    if isinstance(row, Tick):
        return {"fine": "yes" if row.fine else "no", "number": row.number}
    return {"role": row.role}
