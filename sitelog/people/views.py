"""The register and the page of one person. What somebody is called is never in an address or a title."""

from typing import Any, cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError
from sitelog.people import act_views, actions, amend_views, queries, rules
from sitelog.people.forms import FindForm, RegisterForm
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store import erasure
from sitelog.web import shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

bp = Blueprint("people", __name__)
bp.register_blueprint(act_views.bp)
bp.register_blueprint(amend_views.bp)

REGISTER = "people/people.html"
NEW = "people/new.html"
FOUND = 20
# Days ahead in which the register names a restriction that ends or is to be looked at again.
SOON = 14


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    # Beside every birth year, also as it is typed.
    shell.tell(cast(Flask, state.app), young_after=_young_after, age_advice=lambda: rules.AGE_ADVICE)


def _young_after() -> int:
    return rules.young_after(site.calendar().local(clock.now()).year)


@bp.route("/people", methods=["GET", "POST"])
@allow(Permission.LOG)
def register() -> Answer:
    """Find somebody: what is typed is sent as a form, so that no address holds a handle."""
    form = FindForm()
    if not form.is_submitted():
        return page(REGISTER, form=form, **_listed(queries.newest(FOUND)))
    if not form.validate():
        return invalid(REGISTER, form, **_listed([]))
    typed = form.find.data or ""
    found = dict.fromkeys([*queries.find(typed, FOUND), *queries.nearly(typed, FOUND)])
    return page(REGISTER, form=form, **_listed(list(found)[:FOUND]))


@bp.route("/people/new", methods=["GET", "POST"])
@allow(Permission.LOG)
def new() -> Answer:
    """Register somebody who is not coming in now."""
    form, now = RegisterForm(), clock.now()
    form.offer(site.book())
    if not form.is_submitted():
        return page(NEW, form=form, policy=_code_policy())
    if not form.validate():
        return invalid(NEW, form, policy=_code_policy())
    try:
        row = actions.register(
            form.who.data or None,
            about=form.about,
            by=actor(),
            happened_at=form.happened_at(site.calendar(), now),
            at=now,
            token=form.token.data,
        )
    except SitelogError as error:
        refuse(form, error)
        return invalid(NEW, form, policy=_code_policy(), other=error.values.get("ref"))
    said = [_("Registered."), *map(_, queries.ages_advised([row.id], now).values())]
    return done(f"/people/{row.ref}", " ".join(said), row.link_seq, follow=True)


@bp.get("/people/<ref>")
@allow(Permission.LOG)
def person(ref: str) -> Answer:
    """Everything staff should know of one person, where else they are written of, every entry."""
    known, now = queries.person(ref), clock.now()
    ids = list(queries.together([known.id]))
    restrictions = queries.restrictions_of([known.id]).get(known.id, ())
    today, notices = site.calendar().day_of(now), queries.notices([known.id], now)[known.id]
    shown: dict[str, Any] = {
        "known": known,
        "asked": ref,
        "traits": queries.traits([known.id]).get(known.id),
        "signed": queries.signed_by([known.id]).get(known.id, ()),
        "unsigned": notices.unsigned,
        "young": notices.young,
        "alerts": queries.alerts_of([known.id]).get(known.id, ()),
        "restrictions": restrictions,
        "today": today,
        "mentions": queries.mentions(ids),
        "erasing": erasure.is_owed(),
        "lines": queries.timeline(queries.refs_of(ids)),
        "initials": staff.initials(),
        "names": staff.names(),
        "policy": _code_policy(),
        "book": site.book(),
    }
    return page("people/person.html", **shown)


def _listed(found: list[queries.Known]) -> dict[str, Any]:
    """People with what is to be said of them, and the restrictions somebody has to look at soon."""
    now = clock.now()
    ids = [one.id for one in found]
    ending = queries.restrictions_ending(now, SOON)
    return {
        "found": found,
        "erasing": erasure.is_owed(),
        "notices": queries.notices(ids, now),
        "ending": ending,
        "who": queries.people_of(one.person_id for one in ending),
        "book": site.book(),
        "names": staff.names(),
    }


def _code_policy() -> str:
    said: str = site.book().policy("person_code", "none")
    return said
