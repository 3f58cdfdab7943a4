"""The directory's pages: every entry with what it is used for, one entry said anew, what is free today."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.referrals import actions, queries, rules
from sitelog.referrals.directory import as_values
from sitelog.referrals.forms import AvailabilityForm, ServiceForm
from sitelog.site import queries as site
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("directory", __name__)
HOME = "/referrals/directory"


@bp.get(HOME)
@allow(Permission.REFER, Permission.CONFIGURE)
def directory() -> Answer:
    """Every service ever listed, retired ones last."""
    entries = sorted(queries.directory(retired=True), key=lambda entry: entry.retired)
    words: dict[str, Any] = {"entries": entries, "offered": queries.offered(), "left": queries.seats_left()}
    return page("referrals/directory.html", **words, book=site.book(), rules=rules, form=EntryForm())


@bp.route(f"{HOME}/new", methods=["GET", "POST"])
@allow(Permission.CONFIGURE)
def new() -> Answer:
    """A service that was not listed yet."""
    form = _offering(ServiceForm())
    if form.validate_on_submit():
        try:
            row = actions.add_service(form.values(), **_words(form))
            return done(
                HOME, _("%(service)s is in the directory.", service=row.name), row.link_seq, follow=True
            )
        except SitelogError as error:
            refuse(form, error)
    return _form("referrals/service.html", form, entry=None)


@bp.route(f"{HOME}/<code>", methods=["GET", "POST"])
@allow(Permission.CONFIGURE)
def change(code: str) -> Answer:
    """One entry, said anew."""
    entry = queries.service(code, retired=True)
    form = _offering(ServiceForm() if request.method == "POST" else ServiceForm(data=as_values(entry)))
    if form.validate_on_submit():
        try:
            row = actions.change_service(code, form.values(), **_words(form))
            return done(HOME, _("%(service)s is changed.", service=row.name), row.link_seq, follow=True)
        except SitelogError as error:
            refuse(form, error)
    return _form("referrals/service.html", form, entry=entry)


@bp.route(f"{HOME}/<code>/availability", methods=["GET", "POST"])
@allow(Permission.REFER)
def availability(code: str) -> Answer:
    """What is free today, by whoever has just called."""
    entry = queries.service(code)
    form = AvailabilityForm() if request.method == "POST" else AvailabilityForm(data=as_values(entry))
    if form.validate_on_submit():
        try:
            said = {"availability": form.availability.data or "", "tone": form.tone.data or "ask"}
            row = actions.change_service(code, said, **_words(form))
            return done(HOME, _("%(service)s is changed.", service=row.name), row.link_seq, follow=True)
        except SitelogError as error:
            refuse(form, error)
    return _form("referrals/availability.html", form, entry=entry)


@bp.post(f"{HOME}/<code>/<any(retire, back):what>")
@allow(Permission.CONFIGURE)
def retire(code: str, what: str) -> Answer:
    """Off the screens, or back on them; referrals keep what they were."""
    form = EntryForm()
    row = actions.change_service(code, {"retired": what == "retire"}, **_words(form))
    said = _("%(service)s is retired.") if row.retired else _("%(service)s is offered again.")
    return done(HOME, said % {"service": row.name}, row.link_seq, follow=True)


def _offering(form: ServiceForm) -> ServiceForm:
    kinds = site.book().choices("referral_kind", retired=True)
    form.kind.choices = [(kind.code, _(kind.label)) for kind in kinds]
    return form


def _form(template: str, form: EntryForm, **context: Any) -> Answer:
    if request.method == "POST":
        return invalid(template, form, **context)
    return page(template, form=form, **context)


def _words(form: EntryForm) -> dict[str, Any]:
    now = filters.now()
    return {"by": actor(), "happened_at": now, "at": now, "token": form.token.data}
