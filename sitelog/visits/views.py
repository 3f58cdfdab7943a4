"""The arrival sheet, and the search for a handle; the other pages of visits are registered here too."""

from functools import partial
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, Refused, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.people.rules import NOTHING
from sitelog.site import queries as site
from sitelog.site.rules import Place
from sitelog.staff import queries as staff
from sitelog.trail import queries as trail
from sitelog.visits import act_views, actions, amend_views, queries, rules, said
from sitelog.visits.forms import OPTIONAL, ArriveForm
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("visits", __name__)
bp.register_blueprint(act_views.bp)
bp.register_blueprint(amend_views.bp)

SHEET = "visits/arrive.html"
# How many people a search offers: what fits beside the keys of the sheet.
OFFERED = 5


@bp.route("/arrive", methods=["GET", "POST"])
@allow(Permission.LOG)
def arrive() -> Answer:
    """Somebody comes in: one sheet from the door to a place, to the waiting list or to a service."""
    form = ArriveForm()
    form.offer(site.book())
    if request.method == "GET":
        known = _meant(form, request.args.get("person", "")[:16])
        return page(SHEET, form=form, known=known, **_context(form, request.args.get("place", "")[:8]))
    near: list[queries.Usual] = []
    if form.validate_on_submit():
        try:
            return _arrive(form)
        except _Which as error:
            near = error.near
            refuse(form, error)
        except _Restricted as error:
            refuse(form, error)
            return invalid(SHEET, form, known=_meant(form, error.ref), **_context(form))
        except SitelogError as error:
            refuse(form, error)
            here = error.values.get("ref", "") if isinstance(error, Conflict) else ""
            taken = isinstance(error, Conflict) and "place" in error.values
            return invalid(
                SHEET,
                form,
                **_context(form),
                already_here=here if here[:1] == "V" else "",
                choose_place=taken,
            )
    return invalid(SHEET, form, **_context(form), near=near)


@bp.post("/people/search")
@allow(Permission.LOG)
def search() -> Answer:
    """People whose handle is like what was typed, and what is usual for them. No handle is in an address."""
    form = ArriveForm()
    found = queries.usual(people.find(form.who.data or "", OFFERED))
    context: dict[str, Any] = {"found": found, "typed": form.who.data, "what": said.what, "place": said.place}
    ids = [one.person.id for one in found if one.here is None]
    context |= {"notices": people.notices(ids, filters.now()), **_said(form)}
    return page("visits/people.html", **context)


class _Which(Conflict):
    """What was typed is no handle of the register, but like some that are."""

    def __init__(self, near: list[queries.Usual], who: str) -> None:
        super().__init__(N_("There is no “%(who)s” here. Is it one of these, or somebody new?"), who=who)
        self.near, self.field = near, "who"


class _Restricted(Refused):
    """A restriction holds that did not stand on the sheet: it is shown once, and the next Enter goes on."""

    def __init__(self, ref: str) -> None:
        super().__init__(N_("Not saved yet: read this first. Enter goes on."))
        self.ref = ref


def _arrive(form: ArriveForm) -> Answer:
    now, then = filters.now(), form.then.data or "seat"
    words: dict[str, Any] = {"by": actor(), "happened_at": form.happened_at(site.calendar(), now), "at": now}
    who = _who(form)
    warned = _warned(form, who.get("person"))
    words |= {"token": form.token.data, **who, "within": partial(form.enter_given, **words)}
    asked = form.asked("service" if then == "service" else "consume")
    place = _place(form) if then == "seat" else None
    if place is not None:
        stay = actions.check_in_and_seat(asked, place.code, **words)
        told = _("%(who)s seated, %(place)s.", who=_name(stay.visit_id), place=said.place(place.code))
        return done("/", " ".join([told, *warned, *_young(stay.visit_id)]), stay.link_seq)
    came = actions.check_in(asked, **words)
    told = _(_TOLD.get(then, _TOLD["full"]), who=_name(came.id))
    return done("/", " ".join([told, *warned, *_young(came.id)]), came.link_seq)


_TOLD = {
    "waiting": _l("%(who)s is on the waiting list."),
    "service": _l("%(who)s is here for a service."),
    "full": _l("No place is free: %(who)s is on the waiting list."),
}


def _who(form: ArriveForm) -> dict[str, Any]:
    """Whom the sheet means, in the words of `check_in`; nothing typed is somebody without a name."""
    if form.anonymous.data:
        return {}
    found = _named(form)
    # Nothing that was told is lost: a birth year needs somebody to hang on.
    if not found and (form.about != NOTHING):
        raise Refused(
            N_("Give a handle or a code to keep this with, or tick that nobody is named."), field="who"
        )
    return {**found, "about": form.about, "let_in": form.let_in.data or None} if found else {}


def _named(form: ArriveForm) -> dict[str, Any]:
    typed, code = form.who.data or "", form.code.data or ""
    ref = form.which.data or form.person.data
    if ref:
        return {"person": ref[:16]}
    if form.new.data and typed:
        return {"handle": typed}
    known = people.known_as(typed) if typed else people.by_code(code) if code else None
    if known is not None:
        return {"person": known.ref}
    if not typed:
        return {"handle": None} if code else {}
    found = dict.fromkeys([*people.find(typed, OFFERED), *people.nearly(typed, OFFERED)])
    near = queries.usual(list(found)[:OFFERED])
    if near:
        raise _Which(near, typed)
    return {"handle": typed}


def _warned(form: ArriveForm, ref: str | None) -> list[str]:
    """The alerts to say once more when somebody is in; _Restricted if a restriction was not yet shown."""
    if ref is None:
        return []
    known = people.person(ref)
    notices = people.notices([known.id], filters.now())[known.id]
    if notices.restrictions and form.noticed.data != known.ref and queries.visit_here(known.id) is None:
        raise _Restricted(known.ref)
    book = site.book()
    return [f"{_(book.label('person_alert', one.kind))}." for one in notices.alerts]


def _meant(form: ArriveForm, ref: str) -> people.Known | None:
    """Put somebody of the register on the sheet."""
    if not ref:
        return None
    known = people.person(ref)
    form.person.data, form.who.data = known.ref, known.label
    form.which.data = None
    return known


def _said(form: ArriveForm) -> dict[str, Any]:
    """What the words of a notice are made of."""
    form.offer(site.book())
    return {
        "form": form,
        "book": site.book(),
        "names": staff.names(),
        "today": site.calendar().day_of(filters.now()),
    }


def _place(form: ArriveForm) -> Place | None:
    """The place chosen, else the next free one that fits; None if none is free."""
    if form.place.data:
        return _known_place(form.place.data)
    routes = [form.route.data] if form.route.data else []
    return rules.next_free_for(routes, site.book().places, queries.taken())


def _known_place(code: str) -> Place:
    for place in site.book().places:
        if place.code == code:
            return place
    raise Refused(N_("There is no place “%(code)s” here."), field="place", code=code)


def _name(visit_id: int) -> str:
    return queries.names_of([visit_id]).get(visit_id, "")


def _young(visit_id: int) -> list[str]:
    """A word where whoever is in now may be very young, by what is known of them or was told at the door."""
    person_id = queries.people_of([visit_id])[visit_id].person_id
    advised = people.ages_advised([person_id] if person_id else [], filters.now())
    return [_(words) for words in advised.values()]


def _context(form: ArriveForm, place: str = "") -> dict[str, Any]:
    book, taken = site.book(), queries.taken()
    asks = [name for name, policy in OPTIONAL.items() if book.policy(policy)]
    known = next((one for one in book.places if one.code == place and one.code not in taken), None)
    return {
        "anonymous_number": queries.next_anonymous(filters.now()),
        "next_for": _next_for(book.places, taken, known),
        "free": queries.free_places(),
        "asks": asks,
        "seq": trail.last_seq(),
        "policy": book.policy("person_code", "none"),
        "notices": _notices(form),
        "names": staff.names(),
        "book": book,
    }


def _notices(form: ArriveForm) -> dict[str, people.Notices]:
    """What is to be said about whoever stands on the sheet, by their number."""
    if not form.person.data:
        return {}
    try:
        known = people.person(form.person.data[:16])
    except Unknown:
        return {}
    return {known.ref: people.notices([known.id], filters.now())[known.id]}


def _next_for(places: tuple[Place, ...], taken: set[str], chosen: Place | None) -> dict[str, Place | None]:
    """The place each route would get now; the one that was asked for, where it fits."""
    routes = ["", *(word.code for word in site.book().choices("route"))]
    wanted = (chosen, *places) if chosen is not None else places
    return {route: rules.next_free_for([route] if route else [], wanted, taken) for route in routes}
