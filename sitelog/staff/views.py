"""The pages of the door: tiles and PIN, password, lock, leaving; and the own secrets."""

import json
from typing import Any, cast

from flask import Blueprint, Flask, Response, flash, g, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError
from sitelog.staff import accounts, actions, door, gate, queries, rules
from sitelog.staff.door import Opened
from sitelog.staff.forms import GateForm, OwnSecretsForm, PasswordForm, PinForm
from sitelog.web import guards, shell
from sitelog.web.answers import Answer, done, invalid, page, refuse, wants_fragment
from sitelog.web.guards import actor, allow, public
from sitelog.web.kept import Kept, local_path

bp = Blueprint("staff", __name__)
accounts.add_to(bp)


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    guards.load_actor_with(app, gate.identify)
    guards.challenge_with(app, _challenge)
    gate.init_app(app)


@bp.get("/sign-in")
@public("somebody who is not signed in has to come in somewhere")
def sign_in() -> Answer:
    """The way in: the desk's tiles where there are any, else name and password."""
    if g.actor and not g.locked and g.person:
        return redirect(_next(), 303)
    return _gate(GateForm(formdata=None, next=local_path(request.args.get("next"))))


@bp.get("/sign-in/password")
@public("the way in for whoever has no tile")
def password() -> Response:
    """Name and password."""
    return page(
        "staff/password.html", form=PasswordForm(formdata=None, next=local_path(request.args.get("next")))
    )


@bp.post("/sign-in")
@public("the password is the guard")
def come_in() -> Answer:
    """Come in with name and password."""
    form = PasswordForm()
    if "other" in request.form:  # "Someone else…" on the desk, with what is kept
        return page("staff/password.html", form=PasswordForm(formdata=None, **_carried(form)))
    tokens = {
        "session_token": request.cookies.get(gate.SESSION),
        "device_token": request.cookies.get(gate.DEVICE),
    }
    if form.validate_on_submit():
        try:
            opened = door.sign_in(form.name.data, form.secret.data, at=clock.now(), **tokens)
            return _go_on(form, opened)
        except SitelogError as error:
            refuse(form, error)
    return invalid("staff/password.html", form)


@bp.post("/unlock")
@public("the PIN is the guard, and it works only at a registered desk")
def unlock() -> Answer:
    """Come to the desk with a PIN."""
    form = PinForm()
    if not _at_a_desk():  # who works here is shown to desks alone
        other = PasswordForm(formdata=None, **_carried(form))
        refuse(other, Refused(rules.ONLY_AT_A_DESK, field="secret"))
        return invalid("staff/password.html", other)
    tokens = {
        "session_token": request.cookies.get(gate.SESSION),
        "device_token": request.cookies.get(gate.DEVICE),
    }
    if form.validate_on_submit():
        try:
            return _go_on(
                form, door.unlock_with_pin(form.who.data, form.secret.data, at=clock.now(), **tokens)
            )
        except SitelogError as error:
            refuse(form, error)
    return invalid("staff/desk.html", form, **_tiles())


@bp.post("/lock")
@public("locking harms nobody and must work for everybody")
def lock() -> Answer:
    """Lock the desk; the page under the lock stays as it is."""
    if token := request.cookies.get(gate.SESSION):
        door.lock(token, at=clock.now())
    return Response(status=204) if wants_fragment() else redirect(f"{guards.SIGN_IN}", 303)


@bp.post("/sign-out")
@public("leaving must always work")
def sign_out() -> Answer:
    """Leave the desk."""
    if token := request.cookies.get(gate.SESSION):
        door.sign_out(token, at=clock.now())
    return gate.forget(redirect(guards.SIGN_IN, 303))


@bp.post("/seen")
@public("says only that a hand is at the desk; the loader has already noted it")
def seen() -> Response:
    """Somebody is typing: the lock may wait."""
    return Response(status=204 if g.person and not g.locked else 401)


@bp.route("/me", methods=["GET", "POST"])
@allow(Permission.READ_REPORTS, Permission.LOG, Permission.MANAGE_ACCOUNTS)
def me() -> Answer:
    """The own password and PIN."""
    form = OwnSecretsForm()
    if form.validate_on_submit():
        try:
            _change_own(form)
            return done("/me", _("Changed."))
        except SitelogError as error:
            refuse(form, error)
    has_pin = actor().role in rules.DESK_ROLES
    if request.method == "POST":
        return invalid("staff/me.html", form, has_pin=has_pin)
    return page("staff/me.html", form=form, has_pin=has_pin)


def _change_own(form: OwnSecretsForm) -> None:
    me, at = actor(), clock.now()
    door.check_own_password(me.ref, form.secret.data, at=at)
    if form.pin.data:
        actions.set_pin(me.ref, form.pin.data, by=me, at=at, token=form.token.data)
    if form.password.data:
        actions.reset_password(me.ref, form.password.data, by=me, at=at)


def _challenge(kept: Kept) -> str:
    form = GateForm(formdata=None, kept=kept.text())
    has_tiles = _at_a_desk() and queries.people_on_tiles()
    template = "staff/desk.html" if has_tiles else "staff/password.html"
    made = (
        PinForm(formdata=None, **_carried(form))
        if has_tiles
        else PasswordForm(formdata=None, **_carried(form))
    )
    return render_template(template, layout="base.html", form=made, **(_tiles() if has_tiles else {}))


def _gate(form: GateForm) -> Response:
    if _at_a_desk() and (shown := _tiles())["tiles"]:
        pin = PinForm(formdata=None, who=g.person.ref if g.person else "", **_carried(form))
        return page("staff/desk.html", form=pin, **shown)
    return page("staff/password.html", form=PasswordForm(formdata=None, **_carried(form)))


def _at_a_desk() -> bool:
    return g.device is not None


def _tiles() -> dict[str, Any]:
    return {"tiles": queries.people_on_tiles(clock.now()), "idle_minutes": -(-gate.idle_seconds() // 60)}


def _carried(form: GateForm) -> dict[str, Any]:
    return {"next": form.next.data, "kept": form.kept.data}


def _next() -> str:
    return _wanted(request.values.get("next")) or shell.home()


def _wanted(text: str | None) -> str | None:
    # Whoever opens the address of the site wants their own first page, which is not the board for everybody.
    path = local_path(text)
    return None if path == "/" else path


def _go_on(form: GateForm, opened: Opened) -> Answer:
    """Signed in: on to where the person was going, or to the form that was kept on the way."""
    if wants_fragment():
        news = {"unlocked": {"actor": opened.actor.ref}}
        return gate.remember(Response(status=204, headers={"HX-Trigger": json.dumps(news)}), opened)
    g.actor, g.person, g.locked = opened.actor, opened.actor, False
    if kept := Kept.read(form.kept.data):
        return gate.remember(page("staff/again.html", kept=kept), opened)
    flash(_("Signed in: %(name)s", name=opened.actor.name), "said")
    answer: BaseResponse = redirect(_wanted(form.next.data) or shell.home(), 303)
    return gate.remember(answer, opened)
