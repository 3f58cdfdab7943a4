"""The referral pages: what is due, one ladder, the directory to offer from, corrections."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from flask import Blueprint, Flask, request
from flask.blueprints import BlueprintSetupState
from flask_babel import format_date
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.days import Window
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.referrals import actions, queries, rules
from sitelog.referrals.forms import AmendForm, AnswerForm, OfferForm, StrikeForm
from sitelog.referrals.models import FollowUp, Referral, Rung
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.trail import queries as trail
from sitelog.visits import queries as visits
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("referrals", __name__)
PAGE = "referrals/referrals.html"
UPTAKE_DAYS = 90

VERBS: dict[str, Callable[..., Any]] = {
    "accepted": actions.accept,
    "declined": actions.decline,
    "made": actions.make,
    "attended": actions.attend,
    "did_not_attend": actions.did_not_attend,
    "unknown": actions.not_known,
    "closed": actions.close,
}
ICONS = {"accepted": "tick", "declined": "x", "made": "refer", "attended": "tick", "did_not_attend": "x"}
ICONS |= {"unknown": "help", "closed": "tick", "ask": "clock"}


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    shell.tell(app, counts=lambda: {"/referrals": queries.due_count(clock.now())})


@bp.get("/referrals")
@allow(Permission.REFER)
def index() -> Answer:
    """What is due; the oldest ladder open, or the offer of a new referral."""
    asked = {name: request.args.get(name, "")[:40] for name in ("visit", "response", "who", "find")}
    if any(asked.values()) or "new" in request.args:
        return _page(None, OfferForm(data=asked, formdata=None), find=asked["find"])
    due = queries.due(clock.now())
    ref = due[0].ref if due else queries.newest()
    return _page(ref, OfferForm(formdata=None))


@bp.get("/referrals/<ref>")
@allow(Permission.REFER)
def ladder(ref: str) -> Answer:
    """One referral's ladder."""
    return _page(ref, OfferForm(formdata=None))


@bp.get("/referrals/due")
@allow(Permission.REFER)
def due() -> Answer:
    """The list of follow-ups alone, for screens that are already open."""
    answer = page(
        "referrals/_due.html", due=queries.due(clock.now()), ref=request.args.get("ref", "")[:16], rules=rules
    )
    answer.add_etag()
    return answer.make_conditional(request)


@bp.post("/referrals")
@allow(Permission.REFER)
def offer() -> Answer:
    """Offer a service."""
    form, now = OfferForm(), clock.now()
    if not form.validate_on_submit():
        return _page(None, form, form)
    try:
        row = actions.offer(
            form.service.data or "",
            person=_person(form),
            visit=form.visit.data or None,
            response=form.response.data or None,
            note=form.note.data or None,
            by=actor(),
            happened_at=form.happened_at(site.calendar(), now),
            at=now,
            token=form.token.data,
        )
    except SitelogError as error:
        refuse(form, error)
        return _page(None, form, form)
    return done(f"/referrals/{row.ref}", _("Offered. Was it accepted?"), row.link_seq, follow=True)


@bp.post("/referrals/<ref>")
@allow(Permission.REFER)
def answer(ref: str) -> Answer:
    """The next rung, the next follow-up, or a note."""
    form, now = AnswerForm(), clock.now()
    queries.referral(ref)
    if not form.validate_on_submit():
        return _page(ref, OfferForm(formdata=None), form)
    try:
        seq = _answer(ref, form, now)
    except SitelogError as error:
        refuse(form, error)
        return _page(ref, OfferForm(formdata=None), form)
    return done(f"/referrals/{ref}", _("Saved."), seq, follow=True)


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
            reason=form.reason.data or "other",
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
            reason=form.reason.data or "other",
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


def _answer(ref: str, form: AnswerForm, now: Any) -> int:
    calendar, choice = site.calendar(), form.choice.data or ""
    words: dict[str, Any] = {"by": actor(), "happened_at": form.happened_at(calendar, now), "at": now}
    words |= {"token": form.token.data}
    today = calendar.day_of(now)
    due_on = form.due_on(today)
    if form.follow.data == "date" and due_on is None:
        raise Refused(N_("Choose the date to ask again."), field="follow_on")
    if choice == "note":
        return actions.note(ref, form.note.data or "", **words).seq
    words["note"] = form.note.data or None
    if choice == "ask":
        return actions.follow_up(ref, due_on or today + timedelta(days=1), **words).link_seq
    if choice not in VERBS:
        raise Refused(N_("Choose what came of it."), field="choice")
    if choice == "made":
        words["how"] = form.how.data or ""
    row: Rung = VERBS[choice](ref, follow_up_on=due_on, **words)
    return row.link_seq


def _page(
    ref: str | None, offer: OfferForm, wrong: AnswerForm | OfferForm | None = None, find: str = ""
) -> Answer:
    now = clock.now()
    today = site.calendar().day_of(now)
    window = Window(now - timedelta(days=UPTAKE_DAYS), now)
    found = queries.ladder(ref) if ref else None
    asked = found.follow_up if found else None
    context: dict[str, Any] = {
        "due": queries.due(now),
        "open_count": queries.open_count(),
        "directory": queries.directory(),
        "uptake": queries.uptake(window),
        "uptake_days": UPTAKE_DAYS,
        "ladder": found,
        "due_label": format_date(asked.due_on, "d MMM") if asked else "",
        "ref": ref or "",
        "offer": offer,
        "offer_to": _offer_to(offer),
        "find": find,
        "found": queries.find(find) if find else [],
        "today": today,
        "initials": staff.initials(),
        "rules": rules,
        "icons": ICONS,
    }
    answer = wrong if isinstance(wrong, AnswerForm) else AnswerForm(formdata=None)
    if wrong is None:
        return page(PAGE, form=answer, **context)
    return invalid(PAGE, wrong, **context | {"answer_form": answer})


def _person(form: OfferForm) -> str | None:
    """The ref of the person whose handle was typed; nobody where nothing was, or a visit says who."""
    if form.visit.data or not form.who.data:
        return None
    found = people.by_handle(form.who.data)
    if found is None:
        raise Refused(N_("Nobody has this handle. Leave it empty to offer without a name."), field="who")
    return found.ref


def _offer_to(form: OfferForm) -> str | None:
    """Who a visit's offer is for, in words."""
    if not form.visit.data:
        return None
    came = visits.visit(form.visit.data)
    handles = people.handle_of([came.person_id]) if came.person_id else {}
    return handles.get(came.person_id or 0) or _("Anonymous, visit %(ref)s", ref=came.ref)


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
