"""The supplies pages: the exchange sheet, kits, pick-ups, stock, an item's history, corrections."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.supplies import actions, queries, rules
from sitelog.supplies.forms import (
    CountForm,
    CylinderForm,
    KitsForm,
    PickUpForm,
    ReceiveForm,
    WasteForm,
    exchange_form,
)
from sitelog.trail.forms import StrikeForm
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("supplies", __name__)
ENTRY = "supplies/entry.html"

# Each sheet: its title, its form, its verb.
SHEETS: dict[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    "exchange": (N_("Give and take back"), exchange_form, actions.exchange),
    "naloxone": (N_("Naloxone kits"), KitsForm, actions.give_naloxone_kits),
    "pick-up": (N_("Pick-ups and sharps bins"), PickUpForm, actions.pick_up),
    "receive": (N_("Stock received"), ReceiveForm, actions.receive),
    "count": (N_("Count stock"), CountForm, actions.count),
    "waste": (N_("Throw away"), WasteForm, actions.waste),
    "cylinder": (N_("Oxygen cylinder"), CylinderForm, actions.set_cylinder),
}


@bp.get("/supplies")
@allow(Permission.LOG)
def stock() -> Answer:
    """What is on hand by item and lot, and the oxygen."""
    shown: dict[str, Any] = {"shelves": queries.shelves(), "cylinders": queries.cylinders(), "rules": rules}
    today = site.calendar().day_of(clock.now())
    return page("supplies/supplies.html", sheets=SHEETS, today=today, **shown)


@bp.get("/supplies/items/<code>")
@allow(Permission.LOG)
def item(code: str) -> Answer:
    """Everything that moved one item."""
    known = [word for word in site.book().choices("supply", retired=True) if word.code == code]
    if not known:
        abort(404)
    shown: dict[str, Any] = {
        "item": known[0],
        "moves": queries.history(code),
        "on_hand": queries.on_hand(code),
    }
    return page("supplies/item.html", rules=rules, **shown)


@bp.get("/supplies/oxygen/<path:code>")
@allow(Permission.LOG)
def cylinder(code: str) -> Answer:
    """Everything that was said about one oxygen cylinder."""
    said = queries.levels(code)
    if not said:
        abort(404)
    known = [row for row in queries.cylinders() if row.code == code]
    low, initials = site.book().limit("oxygen_warning_percent"), staff.initials()
    shown: dict[str, Any] = {"level": known[0] if known else None, "low": low, "initials": initials}
    return page("supplies/cylinder.html", code=code, levels=said, rules=rules, **shown)


@bp.route("/supplies/<sheet>", methods=["GET", "POST"])
@allow(Permission.LOG)
def enter(sheet: str) -> Answer:
    """One sheet of the supplies desk."""
    if sheet not in SHEETS:
        abort(404)
    title, make, verb = SHEETS[sheet]
    asked = {
        name: request.args[name][:32] for name in ("item", "visit", "lot", "code") if name in request.args
    }
    form, now = make(data=asked), clock.now()
    context: dict[str, Any] = {"title": title, "url": f"/supplies/{sheet}"}
    if "visit" in form and queries.visit_is_known(form.visit.data or ""):
        context["back"] = f"/visits/{form.visit.data}"
    if request.method == "GET":
        return page(ENTRY, form=form, **context)
    if not form.validate_on_submit():
        return invalid(ENTRY, form, **context)
    try:
        words: dict[str, Any] = {
            "happened_at": form.happened_at(site.calendar(), now),
            "at": now,
            "by": actor(),
        }
        row = verb(form.what(), token=form.token.data, note=form.note.data or None, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(ENTRY, form, **context)
    url = f"/visits/{row.visit_ref}" if row.visit_ref else "/supplies"
    return done(url, _with_remarks(_("Saved."), row.link_seq), row.link_seq)


@bp.route("/supplies/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Correct an entry; both versions stay."""
    old, now = actions.check_changeable(seq, actor()), clock.now()
    sheet, said = queries.as_entered(old)
    title, make, _verb = SHEETS[sheet]
    form = make(data=said) if request.method == "POST" else make(data=said, formdata=None)
    context: dict[str, Any] = {"title": title, "url": f"/supplies/entries/{seq}/amend", "seq": seq}
    if request.method == "GET":
        return page(ENTRY, form=form, **context)
    if not form.validate_on_submit():
        return invalid(ENTRY, form, **context)
    try:
        says_when = form.earlier.data or form.earlier_at.data
        when = form.happened_at(site.calendar(), now) if says_when else old.happened_at
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        words |= {"happened_at": when, "at": now, "by": actor(), "token": form.token.data}
        new = actions.amend(seq, form.what(), **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid(ENTRY, form, **context)
    return done("/supplies", _with_remarks(_("Corrected. Both versions stay."), new.seq), new.seq)


@bp.route("/supplies/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Strike an entry; it stays readable."""
    actions.check_changeable(seq, actor())
    form, now = StrikeForm(), clock.now()
    if request.method == "GET":
        return page("supplies/strike.html", form=form, seq=seq)
    if not form.validate_on_submit():
        return invalid("supplies/strike.html", form, seq=seq)
    try:
        words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
        new = actions.strike(seq, by=actor(), at=now, token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("supplies/strike.html", form, seq=seq)
    return done("/supplies", _("Struck."), new.seq)


def _with_remarks(said: str, seq: int) -> str:
    return " ".join([said, *(filters.in_words(one) for one in queries.remarks(seq))])
