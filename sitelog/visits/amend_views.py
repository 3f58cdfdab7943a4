"""Correct or strike an entry of a visit; both versions stay readable."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.trail.forms import StrikeForm
from sitelog.trail.models import Link
from sitelog.visits import corrections, queries, said
from sitelog.visits.forms import AmendForm
from sitelog.visits.models import Arrival, Check, Declared, Departure, Stay
from sitelog.visits.rules import Asked, Item
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("amend", __name__)


@bp.route("/visits/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend(seq: int) -> Answer:
    """Say an entry anew."""
    link = corrections.changeable(seq, actor())
    rows = corrections.rows_on(link)
    form = AmendForm(data=_before(link, rows)) if request.method == "GET" else AmendForm()
    form.offer(site.book())
    context: dict[str, Any] = {"link": link, "kinds": _kinds(rows), "sentence": _sentence(link)}
    if request.method == "GET":
        return page("visits/amend.html", form=form, **context)
    if form.validate_on_submit():
        try:
            return _amend(form, link, rows)
        except SitelogError as error:
            refuse(form, error)
    return invalid("visits/amend.html", form, **context)


def _amend(form: AmendForm, link: Link, rows: list[Any]) -> Answer:
    change = form.change(_kinds(rows), _asked(rows), _person(form, rows))
    words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
    words |= {"by": actor(), "at": filters.now(), "token": form.token.data}
    happened_at = form.near(link.happened_at, site.calendar())
    made = corrections.amend(link.seq, change, happened_at=happened_at, **words)
    return done(f"/visits/{link.subject}", _("Amended. The first version stays readable."), made.seq)


@bp.route("/visits/entries/<int:seq>/strike", methods=["GET", "POST"])
@allow(Permission.LOG)
def strike(seq: int) -> Answer:
    """Take an entry back."""
    link = corrections.changeable(seq, actor())
    form = StrikeForm()
    whole = any(isinstance(row, Arrival) for row in corrections.rows_on(link))
    context: dict[str, Any] = {"link": link, "sentence": _sentence(link), "whole": whole}
    if request.method == "GET":
        return page("visits/strike.html", form=form, **context)
    if form.validate_on_submit():
        try:
            words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
            made = corrections.strike(seq, by=actor(), at=filters.now(), token=form.token.data, **words)
            return done(f"/visits/{link.subject}", _("Struck. It stays readable, struck through."), made.seq)
        except SitelogError as error:
            refuse(form, error)
    return invalid("visits/strike.html", form, **context)


def _sentence(link: Link) -> str:
    return said.spoken(queries.sentences([link])[link.seq])


def _kinds(rows: list[Any]) -> set[str]:
    """What an entry holds, as the template asks for it."""
    names = {Arrival: "arrival", Declared: "declared", Check: "check", Departure: "departure"}
    kinds = {names[type(row)] for row in rows if type(row) in names}
    return kinds | {"place" for row in rows if isinstance(row, Stay) and row.area == "place"}


def _asked(rows: list[Any]) -> Asked | None:
    """What was asked at the door, or declared again; None if the entry holds neither."""
    items = tuple(Item(row.substance, row.route) for row in rows if isinstance(row, Declared))
    for row in rows:
        if isinstance(row, Arrival):
            names = ("purpose", "help", "help_reason", "splitting", "drug_check", "step_free", "where_else")
            return Asked(items, **{name: getattr(row, name) for name in (*names, "alone", "last_use")})
    return Asked(items) if items else None


def _person(form: AmendForm, rows: list[Any]) -> str | None:
    """The ref of the person typed, "" for nobody named, None where that stays as it is."""
    arrivals = [row for row in rows if isinstance(row, Arrival)]
    if not arrivals:
        return None
    before, typed = arrivals[0].person_id, form.who.data or ""
    if not typed:
        return "" if before is not None else None
    known = people.by_handle(typed)
    if known is None:
        raise Refused(N_("There is no “%(who)s” in the register."), field="who", who=typed)
    return known.ref if known.id != before else None


def _before(link: Link, rows: list[Any]) -> dict[str, Any]:
    """The entry as the form's first values."""
    found: dict[str, Any] = {"time": site.calendar().local(link.happened_at).time()}
    asked = _asked(rows)
    if asked is not None:
        found |= {
            name: getattr(asked, name)
            for name in ("purpose", "help_reason", "where_else", "alone", "last_use")
        }
        found["substances"] = [item.substance for item in asked.items]
        found["route"] = next((item.route for item in asked.items if item.route), "")
        found["also"] = [name for name in queries.FLAGS if getattr(asked, name)]
    for row in rows:
        if isinstance(row, Arrival) and row.person_id is not None:
            found["who"] = people.handle_of([row.person_id])[row.person_id]
        if isinstance(row, Stay):
            found["place"] = row.place_code
        if isinstance(row, Check):
            found |= {"looks": row.looks, "spo2": row.spo2, "respirations": row.respirations}
        if isinstance(row, Departure):
            found["left_reason"] = row.reason
    return found
