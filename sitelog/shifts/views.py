"""The shift pages: the list, one shift with its handover, any window of time, corrections."""

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Flask, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, Refused, SitelogError
from sitelog.shifts import actions, amend_views, desk, drafts, queries, rules, summary
from sitelog.shifts.forms import DutyForm, LineForm, SignForm, TickForm, WindowForm
from sitelog.site import queries as site
from sitelog.web import i18n, shell
from sitelog.web.answers import Answer, done, invalid, page, refuse, wants_fragment
from sitelog.web.filters import local
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("shifts", __name__)
bp.register_blueprint(amend_views.bp)
PAGE = "shifts/shift.html"


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    shell.tell(cast(Flask, state.app), subtitle=_subtitle)


@bp.get("/shifts")
@allow(Permission.LOG)
def index() -> Answer:
    """What runs now, what is owed a signature, and the week behind."""
    now = clock.now()
    listed = queries.listed(now)
    owed = [one for one in listed if one.is_owed(now)]
    form = WindowForm(formdata=None, data=_today(now))
    return page("shifts/shifts.html", running=queries.running(now), listed=listed, owed=owed, form=form)


@bp.get("/shifts/window")
@allow(Permission.LOG)
def window() -> Answer:
    """The summary of any stretch of time."""
    form, now = WindowForm(request.args, meta={"csrf": False}), clock.now()
    try:
        if not form.validate():
            return invalid("shifts/window.html", form, found=None)
        asked = form.window(site.calendar())
    except SitelogError as error:
        refuse(form, error)
        return invalid("shifts/window.html", form, found=None)
    shown = summary.of_window(asked, site.book(), now)
    found = desk.counted(asked, site.book(), shown, now)
    return page("shifts/window.html", form=form, found=True, **found)


@bp.get("/shifts/<ref>")
@allow(Permission.LOG)
def shift(ref: str) -> Answer:
    """One shift: as it is now, or as a version of it was signed."""
    return _page(ref)


@bp.post("/shifts/<ref>/roster")
@allow(Permission.LOG)
def roster(ref: str) -> Answer:
    """Somebody comes on, or goes off."""
    form = DutyForm()
    if not form.validate_on_submit():
        return _page(ref, form)
    try:
        words = _words(form)
        if form.do.data == "off":
            row = actions.go_off(ref, form.who.data or "", **words)
        else:
            row = actions.come_on(ref, form.who.data or "", form.role.data or "", **words)
    except SitelogError as error:
        return _refused(ref, form, error)
    return done(f"/shifts/{ref}#roster", _("Saved."), row.link_seq, follow=True)


@bp.post("/shifts/<ref>/opening")
@allow(Permission.LOG)
def opening(ref: str) -> Answer:
    """One point of the opening check."""
    form = TickForm()
    if not form.validate_on_submit():
        return _page(ref, form)
    try:
        said = (form.item.data or "", form.fine.data != "no", form.number.data)
        row = actions.tick(ref, *said, note=form.note.data or None, **_words(form))
    except SitelogError as error:
        return _refused(ref, form, error)
    return done(f"/shifts/{ref}#opening", _("Saved."), row.link_seq, follow=True)


@bp.post("/shifts/<ref>/lines/<line>")
@allow(Permission.LOG)
def keep_line(ref: str, line: str) -> Answer:
    """Keep one line of the handover as it is typed; the answer says what is kept or stands against it."""
    found, form, now = queries.shift(ref), LineForm(), clock.now()
    said, status, typed = "", 200, form.words.data or ""
    try:
        if not form.validate_on_submit():
            raise Refused(" ".join(form.words.errors) or _("Type the line again."))
        known = (form.drafted.data or "")[:1000], (form.seen.data or "")[:40]
        drafts.keep(found.ref, line, typed, *known, by=actor(), at=now)
    except (Conflict, Refused) as error:
        said, status = i18n.words(error), error.status
    if not wants_fragment():
        if said:
            return _page(ref, _with_error(form, said, status), typed=(line, typed))
        return done(f"/shifts/{ref}#handover", _("Saved."))
    seen = drafts.stamp(drafts.drafts(ref).get(line))
    row = desk.Row(line, typed, form.drafted.data or "", seen)
    return make_response(render_template("shifts/_kept.html", row=row, wrong=said, at=now), status)


@bp.get("/shifts/<ref>/news")
@allow(Permission.LOG)
def news(ref: str) -> Answer:
    """What others typed, and whether the log has new facts, since the page was drawn."""
    since, seq = _instant(request.args.get("since", "")), request.args.get("seq", 0, int)
    found = desk.news(queries.shift(ref).ref, since, min(max(seq, 0), 2**53), actor().ref)
    return page("shifts/_news.html", ref=ref, since=since, seq=seq, **found)


@bp.post("/shifts/<ref>/sign")
@allow(Permission.LOG)
def sign(ref: str) -> Answer:
    """Sign the shift off; with a name and a PIN it is read back in the same step."""
    form, found, now = SignForm(), queries.shift(ref), clock.now()
    if not form.validate_on_submit():
        return _page(ref, form)
    try:
        lines = desk.lines_to_sign(found, now)
        if form.who.data or form.pin.data:
            reader = (form.who.data or "", form.pin.data or "")
            row = actions.hand_over(ref, lines, *reader, **_words(form))
        else:
            row = actions.sign_off(ref, lines, **_words(form))
    except SitelogError as error:
        return _refused(ref, form, error)
    return done(f"/shifts/{ref}?version={row.version}", _("Signed."), row.link_seq, follow=True)


@bp.post("/shifts/<ref>/read-back")
@allow(Permission.LOG)
def read_back(ref: str) -> Answer:
    """The incoming lead has read the newest signed version back."""
    form = SignForm()
    queries.shift(ref)
    if not form.validate_on_submit():
        return _page(ref, form)
    try:
        row = actions.read_back(ref, form.who.data or "", form.pin.data or "", **_words(form))
    except SitelogError as error:
        return _refused(ref, form, error)
    return done(f"/shifts/{ref}?version={row.version}", _("Read back."), row.link_seq, follow=True)


def _page(ref: str, wrong: EntryForm | None = None, typed: tuple[str, str] | None = None) -> Answer:
    now = clock.now()
    number = request.args.get("version", type=int) if request.method == "GET" else None
    found = desk.page(queries.shift(ref), now, actor(), number)
    kinds = {"duty": DutyForm, "tick": TickForm, "line": LineForm, "sign": SignForm}
    forms = {name: wrong if isinstance(wrong, kind) else kind(formdata=None) for name, kind in kinds.items()}
    context: dict[str, Any] = {
        **found,
        "forms": forms,
        "typed": typed,
        "wrong": wrong,
        "limit": rules.LONGEST_LINE,
    }
    return page(PAGE, form=None, **context) if wrong is None else invalid(PAGE, wrong, **context)


def _refused(ref: str, form: EntryForm, error: SitelogError) -> Answer:
    if getattr(error, "field", None) == "secret":
        error = Refused(error.message, "pin", **error.values)
    if error.status not in (409, 422):
        raise error
    refuse(form, error)
    return _page(ref, form)


def _with_error(form: LineForm, said: str, status: int) -> LineForm:
    refuse(form, Conflict(said) if status == 409 else Refused(said, "words"))
    return form


def _words(form: EntryForm) -> dict[str, Any]:
    now = clock.now()
    when = form.happened_at(site.calendar(), now)
    return {"by": actor(), "happened_at": when, "at": now, "token": form.token.data}


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return clock.now()
    return found if found.tzinfo else clock.now()


def _today(now: datetime) -> dict[str, str]:
    calendar = site.calendar()
    start = calendar.day(calendar.day_of(now)).start
    return {name: f"{calendar.local(at):%Y-%m-%dT%H:%M}" for name, at in (("starts", start), ("ends", now))}


def _subtitle() -> str | None:
    """The shift that runs, in the bar of every page."""
    running = queries.running(clock.now())
    if not running:
        return None
    one = running[-1]
    return f"{_(one.label)} {local(one.window.start)}–{local(one.window.end)}"
