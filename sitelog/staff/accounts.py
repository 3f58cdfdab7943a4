"""The pages about accounts, for whoever manages them."""

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.staff import actions, hashes, queries
from sitelog.staff.forms import AccountForm, StepForm
from sitelog.staff.models import Account
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow


def add_to(bp: Blueprint) -> None:
    """Put these pages on the feature's blueprint."""
    bp.get("/accounts")(listed)
    bp.post("/accounts")(add)
    bp.post("/accounts/<ref>/<step>")(change)
    bp.post("/desks/<int:number>/remove")(remove_desk)


@allow(Permission.MANAGE_ACCOUNTS)
def listed() -> Response:
    """Everybody who has or had an account, and the registered desks."""
    return page("staff/accounts.html", form=AccountForm(formdata=None), **_shown())


@allow(Permission.MANAGE_ACCOUNTS)
def add() -> Answer:
    """Make an account and show its first password, once."""
    form = AccountForm()
    password = hashes.fresh_password()
    if form.validate_on_submit():
        try:
            _check_there(form.audience.data)
            words: dict[str, Any] = {"initials": form.initials.data, "audience": form.audience.data or None}
            made = actions.add_account(
                form.name.data,
                form.role.data,
                password=password,
                by=actor(),
                at=clock.now(),
                token=form.token.data,
                **words,
            )
            return _once(made.ref, password)
        except SitelogError as error:
            refuse(form, error)
    return invalid("staff/accounts.html", form, **_shown())


def _check_there(audience: str | None) -> None:
    """Whom the site reports to is known further up: it is asked through the frame of the pages."""
    known = shell.ask("audiences", ())
    if audience and known and audience not in known:
        words = N_("There is no audience “%(name)s” here; there are: %(all)s.")
        raise Refused(words, "audience", name=audience, all=", ".join(known))


@allow(Permission.MANAGE_ACCOUNTS)
def change(ref: str, step: str) -> Answer:
    """Disable, enable, or give a new password."""
    form, by, at = StepForm(), actor(), clock.now()
    form.validate()
    if step == "disable":
        gone = actions.disable(ref, by=by, at=at, token=form.token.data)
        return done("/accounts", _gone(gone))
    if step == "enable":
        back = actions.enable(ref, by=by, at=at, token=form.token.data)
        return done("/accounts", _("%(name)s can sign in again.", name=back.name))
    if step == "reset":
        password = hashes.fresh_password()
        actions.reset_password(ref, password, by=by, at=at, token=form.token.data)
        return _once(ref, password)
    raise Unknown(N_("There is no such page."))


def _gone(account: Account) -> str:
    # The site's own desk may be one of them, and an emergency starts there: people say which ones go.
    desks = [one.label for one in queries.devices() if one.registered_by == account.ref]
    said: str = _("%(name)s can no longer sign in.", name=account.name)
    if not desks:
        return said
    asked = _("They registered %(desks)s: remove what is not the site's.", desks=", ".join(desks))
    return f"{said} {asked}"


@allow(Permission.MANAGE_ACCOUNTS)
def remove_desk(number: int) -> Answer:
    """Take a desk off the list."""
    form = StepForm()
    form.validate()
    actions.remove_device(number, by=actor(), at=clock.now(), token=form.token.data)
    return done("/accounts", _("PINs no longer work at that desk."))


def _once(ref: str, password: str) -> Response:
    # A second press of the same button changed nothing: what it would show is not the password.
    shown = password if queries.is_password(ref, password) else None
    return page("staff/password_once.html", account=queries.account(ref), password=shown)


def _shown() -> dict[str, Any]:
    everybody = queries.accounts()
    names = {one.ref: one.name for one in everybody}
    return {
        "accounts": everybody,
        "desks": queries.devices(),
        "names": names,
        "step": StepForm(formdata=None),
    }
