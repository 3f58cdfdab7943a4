"""Correct or strike an entry of a referral; both versions stay readable."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.referrals import actions, queries, rules
from sitelog.referrals.forms import AmendForm
from sitelog.referrals.models import FollowUp, Referral, Rung
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.forms import StrikeForm
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("referral_entries", __name__)


@bp.route("/referrals/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.REFER)
def amend(seq: int) -> Answer:
    """Correct an entry; both versions stay."""
    old, now = actions.check_changeable(seq, actor()), clock.now()
    parts = _parts(seq)
    form = AmendForm() if request.method == "POST" else AmendForm(formdata=None, data=_as_entered(seq, parts))
    form.service.choices = [(entry.code, entry.name) for entry in queries.directory(retired=True)]
    context: dict[str, Any] = {"link": old, "parts": parts, "happened": old.happened_at, "rules": rules}
    if request.method == "GET":
        return page("referrals/amend.html", form=form, **context)
    if not form.validate_on_submit():
        return invalid("referrals/amend.html", form, **context)
    try:
        when = form.happened_at(site.calendar(), now) if _says_when(form) else old.happened_at
        new = actions.amend(
            seq,
            how=form.how.data or None,
            due_on=form.due_on.data,
            service=form.service.data or None,
            reason=form.why.data or "other",
            note=form.note.data or None,
            by=actor(),
            happened_at=when,
            at=now,
            token=form.token.data,
        )
    except SitelogError as error:
        refuse(form, error)
        return invalid("referrals/amend.html", form, **context)
    return done(f"/referrals/{old.subject}", _("Corrected. Both versions stay."), new.seq, follow=True)


@bp.route("/referrals/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.REFER)
def strike(seq: int) -> Answer:
    """Strike an entry; it stays readable."""
    old, form, now = actions.check_changeable(seq, actor()), StrikeForm(), clock.now()
    context: dict[str, Any] = {"link": old, "parts": _parts(seq), "happened": old.happened_at, "rules": rules}
    if request.method == "GET":
        return page("referrals/strike.html", form=form, **context)
    if not form.validate_on_submit():
        return invalid("referrals/strike.html", form, **context)
    try:
        new = actions.strike(
            seq,
            reason=form.why.data or "other",
            note=form.note.data or None,
            by=actor(),
            at=now,
            token=form.token.data,
        )
    except SitelogError as error:
        refuse(form, error)
        return invalid("referrals/strike.html", form, **context)
    gone = "offered" in context["parts"]["rungs"]
    return done("/referrals" if gone else f"/referrals/{old.subject}", _("Struck."), new.seq, follow=True)


def _parts(seq: int) -> dict[str, Any]:
    """What hangs on an entry: its rungs, its follow-up, its referral."""
    link = trail.link(seq)
    rungs = trail.rows_of(link, Rung)
    asks = trail.rows_of(link, FollowUp)
    rows = trail.rows_of(link, Referral)
    return {
        "rungs": [row.rung for row in rungs],
        "rung": rungs[0] if rungs else None,
        "ask": asks[0] if asks else None,
        "referral": rows[0] if rows else None,
    }


def _as_entered(seq: int, parts: dict[str, Any]) -> dict[str, str | date]:
    data: dict[str, str | date] = {"note": trail.notes([seq]).get(seq, "")}
    if parts["rung"] and parts["rung"].how:
        data["how"] = parts["rung"].how
    if parts["ask"]:
        data["due_on"] = parts["ask"].due_on
    if parts["referral"]:
        data["service"] = parts["referral"].service_code
    return data


def _says_when(form: AmendForm) -> bool:
    return bool(form.earlier.data or form.earlier_at.data)
