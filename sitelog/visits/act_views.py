"""What is done with somebody who is here: seat, move, check, aftercare, leave; and the page of one visit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.staff import queries as staff
from sitelog.visits import actions, queries, rules, said
from sitelog.visits.forms import AgainForm, CheckForm, LeftForm, PlaceForm
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("acts", __name__)
DIALOG = "visits/act.html"
F = TypeVar("F", bound=EntryForm)


@dataclass(frozen=True)
class Act:
    """One thing that is done with one tap: its verb, the words of its dialog and of its answer."""

    verb: Callable[..., Any]
    title: str
    button: str
    told: str


ACTS: dict[str, Act] = {
    "aftercare": Act(
        actions.to_aftercare, N_("To aftercare"), N_("To aftercare"), N_("%(who)s is in aftercare.")
    ),
    "waiting": Act(
        actions.to_waiting, N_("To the waiting list"), N_("To waiting"), N_("%(who)s is on the waiting list.")
    ),
    "service": Act(
        actions.start_service, N_("Start a service"), N_("Start"), N_("%(who)s: service started.")
    ),
    "leave": Act(actions.leave, N_("Leaves"), N_("Leaves"), N_("%(who)s left.")),
}


@bp.route("/visits/<ref>/<any(aftercare, waiting, service, leave):name>", methods=["GET", "POST"])
@allow(Permission.LOG)
def act(ref: str, name: str) -> Answer:
    """One tap; as a page, the same with an earlier time."""
    chosen, form = ACTS[name], EntryForm()

    def enter() -> Answer:
        row = chosen.verb(ref, **_words(form))
        return done("/", _(chosen.told, who=_who(ref)), row.link_seq)

    return _answer(form, ref, enter, url=name, title=_(chosen.title), button=_(chosen.button))


@bp.route("/visits/<ref>/<any(seat, move):name>", methods=["GET", "POST"])
@allow(Permission.LOG)
def seat(ref: str, name: str) -> Answer:
    """Which place: the one tapped, else the next free one that fits."""
    form, here = PlaceForm(), queries.present(ref)
    routes = here.routes if here else ()
    form.place.offer(Choice("place", place.code, place.label) for place in site.book().places)

    def enter() -> Answer:
        verb = actions.seat if name == "seat" else actions.move
        code = form.place.data or _next_code(routes)
        stay = verb(ref, code, **_words(form))
        told = _("%(who)s: %(place)s.", who=_who(ref), place=said.place(code))
        warned = rules.advice(site.book().place(code), routes)
        told = f"{told} {_(warned, place=site.book().place(code).label)}" if warned else told
        return done("/", told, stay.link_seq)

    free = queries.free_places()
    context: dict[str, Any] = {"free": [place for place in free if rules.fits(place, routes)], "fits": True}
    context["others"] = [place for place in free if not rules.fits(place, routes)]
    context["move_instead"] = name == "seat" and here is not None and here.area == "place"
    words = (_("Seat where?"), _("Seat")) if name == "seat" else (_("Move where?"), _("Move"))
    return _answer(form, ref, enter, url=name, title=words[0], button=words[1], **context)


def _next_code(routes: tuple[str, ...]) -> str:
    found = rules.next_free_for(routes, site.book().places, queries.taken())
    if found is None:
        raise Conflict(N_("No place that fits is free now."))
    return found.code


@bp.route("/visits/<ref>/check", methods=["GET", "POST"])
@allow(Permission.LOG)
def check(ref: str) -> Answer:
    """Somebody looked; tapped on a card it is "looks well"."""
    form = CheckForm()
    form.looks.offer(site.book().choices("looks"))

    def enter() -> Answer:
        words = _words(form) | {"spo2": form.spo2.data, "respirations": form.respirations.data}
        row = actions.check(ref, form.said_looks, **words, note=form.note.data or None)
        looks = said.word("looks", row.looks) if row.looks else _("measured")
        told = _("Check %(where)s: %(how)s.", where=row.place_code or _who(ref), how=looks)
        return done("/", told, row.link_seq)

    return _answer(form, ref, enter, url="check", title=_("Check"), button=_("Save the check"), check=True)


@bp.route("/visits/<ref>/left", methods=["GET", "POST"])
@allow(Permission.LOG)
def left(ref: str) -> Answer:
    """Left without being served; who has used a place before just leaves."""
    form = LeftForm()
    form.reason.offer(site.book().choices("left_reason"))

    def enter() -> Answer:
        if queries.course(queries.visit(ref)).episodes:
            row = actions.leave(ref, **_words(form))
        else:
            row = actions.leave_before_service(ref, form.reason.data or None, **_words(form))
        return done("/", _("%(who)s left.", who=_who(ref)), row.link_seq)

    return _answer(form, ref, enter, url="left", title=_("Left before service"), button=_("Left"), left=True)


@bp.route("/visits/<ref>/again", methods=["GET", "POST"])
@allow(Permission.LOG)
def again(ref: str) -> Answer:
    """Another episode in the same visit: what, how, and to a place or to the waiting list."""
    here = queries.present(ref)
    before = {"substances": here.substances, "route": here.routes[0] if here.routes else ""} if here else {}
    form = AgainForm(data=before) if request.method == "GET" else AgainForm()
    form.offer(site.book())

    def enter() -> Answer:
        words = _words(form)
        routes = [form.route.data] if form.route.data else []
        free = rules.next_free_for(routes, site.book().places, queries.taken())
        place = free.code if free is not None and form.then.data != "waiting" else None
        row = actions.use_again(ref, form.items, place, **words)
        where = said.place(place) if place else _("waiting list")
        return done("/", _("%(who)s: %(place)s.", who=_who(ref), place=where), row.link_seq)

    return _answer(form, ref, enter, url="again", title=_("Another episode"), button=_("Seat"), again=True)


@bp.get("/visits/<ref>")
@allow(Permission.LOG)
def visit(ref: str) -> Answer:
    """Everything that was entered about one visit, and what can be done next."""
    lines = queries.timeline(ref)
    words: dict[str, Any] = {"lines": lines, "ref": ref, "initials": staff.initials(), "AREAS": rules.AREAS}
    try:
        words |= {"came": queries.visit(ref), "here": queries.present(ref)}
    except Conflict:
        words |= {"came": None, "here": None}  # its arrival was struck; what was entered stays readable
    words |= _known(words["came"].person_id if words["came"] else None)
    return page("visits/visit.html", **words, who=_who(ref), book=site.book(), place=said.place)


def _known(person_id: int | None) -> dict[str, Any]:
    """The number of whoever came, for their own page, and what staff should know of them."""
    if person_id is None:
        return {"person_ref": None, "alerts": (), "restrictions": ()}
    known = people.notices([person_id], filters.now())[person_id]
    said = {"alerts": known.alerts, "restrictions": known.restrictions, "young": known.young}
    return {"person_ref": people.whole(person_id).ref, "names": staff.names(), **said}


def _answer(form: F, ref: str, enter: Callable[[], Answer], *, url: str, **context: Any) -> Answer:
    """Enter what was sent; what is wrong with it is said in the same dialog, with everything typed kept."""
    context |= {"ref": ref, "url": f"/visits/{ref}/{url}"}
    if request.method == "GET":
        return page(DIALOG, form=form, who=_who(ref), **context)
    if form.validate_on_submit():
        try:
            return enter()
        except SitelogError as error:
            if isinstance(error, Unknown):
                raise
            refuse(form, error)
    return invalid(DIALOG, form, who=_who(ref), **context)


def _words(form: EntryForm) -> dict[str, Any]:
    now = filters.now()
    when = {"happened_at": form.happened_at(site.calendar(), now), "at": now}
    return {"by": actor(), **when, "token": form.token.data}


def _who(ref: str) -> str:
    return said.named(ref)
