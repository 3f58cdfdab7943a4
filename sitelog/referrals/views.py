"""The referral pages: what is due, one ladder, the directory to offer from, corrections."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, Flask, request, send_file
from flask.blueprints import BlueprintSetupState
from flask_babel import format_date
from flask_babel import gettext as _

from sitelog.formats import pdf
from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.days import Window
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.referrals import actions, amend_views, directory_views, letter, queries, rules
from sitelog.referrals.forms import AnswerForm, LetterForm, OfferForm
from sitelog.referrals.models import Rung
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.visits import queries as visits
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("referrals", __name__)
bp.register_blueprint(directory_views.bp)
bp.register_blueprint(amend_views.bp)
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
# The same digit is the same answer on every rung: a second press never says something else.
KEYS = {verb: str(number) for number, verb in enumerate((*VERBS, "ask"), start=1)}
ICONS = {"accepted": "tick", "declined": "x", "made": "refer", "attended": "tick", "did_not_attend": "x"}
ICONS |= {"unknown": "help", "closed": "tick", "ask": "clock"}


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    shell.count(app, "/referrals", lambda: queries.due_count(clock.now()), N_("due by tomorrow"))


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
        person = _person(form)
        if not form.service.data:
            raise Refused(N_("Tap the service to offer."), field="service")
        row = actions.offer(
            form.service.data,
            person=person,
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


@bp.route("/referrals/<ref>/letter", methods=["GET", "POST"])
@allow(Permission.REFER)
def hand_over_letter(ref: str) -> Answer:
    """A letter for the person to carry; what is typed on it is printed and kept nowhere."""
    found, now = queries.ladder(ref), clock.now()
    form = LetterForm() if request.method == "POST" else LetterForm(data={"sender": site.book().name})
    if form.validate_on_submit():
        actions.print_letter(ref, by=actor(), happened_at=now, at=now, token=form.token.data)
        typed = {name: form[name].data or "" for name in ("sender", "name", "ask_for", "words")}
        content = pdf.render_letter(letter.compose(found.service, site.book(), now, **typed))
        return _carried(content)
    context: dict[str, Any] = {"ref": ref, "service": found.service}
    if request.method == "POST":
        return invalid("referrals/letter.html", form, **context)
    return page("referrals/letter.html", form=form, **context)


def _carried(content: bytes) -> Answer:
    """The letter as a file no browser keeps, named after nothing in the log."""
    answer = send_file(io.BytesIO(content), "application/pdf", download_name="letter.pdf", etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


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
        "left": queries.seats_left(),
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
        "keys": KEYS,
    }
    answer = wrong if isinstance(wrong, AnswerForm) else AnswerForm(formdata=None)
    if wrong is None:
        return page(PAGE, form=answer, **context)
    return invalid(PAGE, wrong, **context | {"answer_form": answer})


def _person(form: OfferForm) -> str | None:
    """The ref of the person whose handle was typed; nobody where nothing was, or a visit says who."""
    if form.visit.data or not form.who.data:
        return None
    found = people.known_as(form.who.data)
    if found is None:
        raise Refused(N_("Nobody has this handle. Leave it empty to offer without a name."), field="who")
    return found.ref


def _offer_to(form: OfferForm) -> str | None:
    """Who a visit's offer is for, in words."""
    if not form.visit.data:
        return None
    try:
        came = visits.visit(form.visit.data)
    except SitelogError:
        # On a form that was sent it is said above it, and nothing typed is lost.
        if request.method == "GET":
            raise
        return None
    handles = people.handle_of([came.person_id]) if came.person_id else {}
    return handles.get(came.person_id or 0) or _("Anonymous, visit %(ref)s", ref=came.ref)
