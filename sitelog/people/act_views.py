"""What is done on a person's page: one sheet each for handle, code, alert, restriction, merge, forget."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort
from flask_babel import gettext as _

from sitelog.ground import clock
from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.people import actions, forms, keeping, queries, rules
from sitelog.people.corrections import check_lead
from sitelog.people.models import Alert, Restriction
from sitelog.people.queries import Known
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("person_acts", __name__)
SHEET = "people/act.html"
# How much of a note is shown beside its box.
SHOWN = 160
Words = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One sheet: its title, its button, what was done; its form and the verb it calls."""

    title: str
    button: str
    told: str
    form: type[EntryForm]
    enter: Callable[[Known, Any, Words], Any]
    filled: Callable[[Known, datetime], Words] = lambda known, now: {}
    lead: bool = False


def _rename(known: Known, form: forms.HandleForm, words: Words) -> None:
    actions.rename(known.ref, form.who.data or "", **words)


def _give_code(known: Known, form: forms.CodeForm, words: Words) -> None:
    actions.give_code(known.ref, form.code.data or "", **words)


def _describe(known: Known, form: forms.TraitForm, words: Words) -> Any:
    return actions.describe(known.ref, form.birth_year.data, form.gender.data or None, **words)


def _sign(known: Known, form: forms.AgreementForm, words: Words) -> Any:
    return actions.sign(known.ref, form.version.data or "", form.signed_on.data, **words)


def _alert(known: Known, form: forms.AlertForm, words: Words) -> Any:
    return actions.set_alert(known.ref, form.kind.data or "", note=form.note.data or None, **words)


def _restrict(known: Known, form: forms.RestrictionForm, words: Words) -> Any:
    starts_on = form.starts_on.data or site.calendar().day_of(words["happened_at"])
    more: Words = {"review_on": form.review_on.data, "decided_by": form.decided_by.data or None}
    more["note"] = form.note.data or None
    return actions.restrict(known.ref, form.reason.data or "", starts_on, form.ends_on.data, **more, **words)


def _merge(known: Known, form: forms.MergeForm, words: Words) -> Any:
    other = queries.meant(form.into.data or "")
    if other is None:
        raise Refused(N_("Nobody is found by this. Type the whole handle, code or number."), field="into")
    return actions.merge(known.ref, other.ref, note=form.note.data or None, **words)


def _forget(known: Known, form: forms.ForgetForm, words: Words) -> None:
    rules.check_confirmed(known.ref, form.confirm.data or "")
    actions.forget(known.ref, [int(seq) for seq in form.named.data or ()], **words)


def _named(known: Known, now: datetime) -> Words:
    # All of them, unless the lead sees that a word means something else.
    return {"named": [str(one.seq) for one in keeping.words_kept(known.ref).named]}


def _traits(known: Known, now: datetime) -> Words:
    said = queries.traits([known.id]).get(known.id)
    return {"birth_year": said.birth_year, "gender": said.gender or ""} if said else {}


def _agreement(known: Known, now: datetime) -> Words:
    return {"version": queries.agreement_now() or "", "signed_on": site.calendar().day_of(now)}


def _restriction(known: Known, now: datetime) -> Words:
    return {"starts_on": site.calendar().day_of(now), "decided_by": actor().ref}


ACTS: dict[str, Act] = {
    "handle": Act(N_("Another handle"), N_("Save"), N_("Saved."), forms.HandleForm, _rename),
    "code": Act(N_("Code"), N_("Save"), N_("Saved."), forms.CodeForm, _give_code),
    "about": Act(N_("Birth year and gender"), N_("Save"), N_("Saved."), forms.TraitForm, _describe, _traits),
    "agreement": Act(
        N_("Agreement signed"), N_("Signed"), N_("Signed."), forms.AgreementForm, _sign, _agreement
    ),
    "alert": Act(
        N_("Alert for staff"), N_("Set the alert"), N_("The alert is set."), forms.AlertForm, _alert
    ),
    "restriction": Act(
        N_("Restriction"),
        N_("Restrict"),
        N_("The restriction is entered. It is shown at arrival and blocks nothing."),
        forms.RestrictionForm,
        _restrict,
        _restriction,
    ),
    "merge": Act(
        N_("The same person as"),
        N_("They are one person"),
        N_("They are one person now. Strike the entry to undo it."),
        forms.MergeForm,
        _merge,
        lead=True,
    ),
    "forget": Act(
        N_("Forget this person"),
        N_("Erase for good"),
        N_("Forgotten. No page shows the words any more."),
        forms.ForgetForm,
        _forget,
        _named,
        lead=True,
    ),
}


@bp.route("/people/<ref>/<act>", methods=["GET", "POST"])
@allow(Permission.LOG)
def sheet(ref: str, act: str) -> Answer:
    """One thing that is entered about a person."""
    if act not in ACTS:
        abort(404)
    chosen, known, now = ACTS[act], queries.person(ref), clock.now()
    if chosen.lead:
        check_lead(actor())
    form: Any = chosen.form(data=chosen.filled(known, now))
    if hasattr(form, "offer"):
        form.offer(site.book())
    context = _context(act, known, form)
    if not form.is_submitted():
        return page(SHEET, form=form, **context)
    if not form.validate():
        return invalid(SHEET, form, **context)
    try:
        words: Words = {"by": actor(), "happened_at": form.happened_at(site.calendar(), now), "at": now}
        row = chosen.enter(known, form, {**words, "token": form.token.data})
    except SitelogError as error:
        refuse(form, error)
        return invalid(SHEET, form, **context)
    said = [_(chosen.told)]
    if act == "about":
        said += map(_, queries.ages_advised([known.id], now).values())
    return done(f"/people/{known.ref}", " ".join(said), getattr(row, "link_seq", None), follow=True)


@bp.route("/people/entries/<int:seq>/end", methods=["GET", "POST"])
@allow(Permission.LOG)
def end(seq: int) -> Answer:
    """An alert is no longer true, or a restriction is lifted; the latter is the lead's."""
    link, form, now = trail.link(seq), forms.EndForm(), clock.now()
    rows = [*trail.rows_of(link, Alert), *trail.rows_of(link, Restriction)]
    if link.noun != "person" or not rows:
        abort(404)
    lifts = isinstance(rows[0], Restriction)
    if lifts:
        check_lead(actor())
    context: Words = {"link": link, "lifts": lifts, "said": queries.sentences([link])[seq]}
    if not form.is_submitted():
        return page("people/end.html", form=form, **context)
    if not form.validate():
        return invalid("people/end.html", form, **context)
    try:
        words: Words = {"by": actor(), "happened_at": form.happened_at(site.calendar(), now), "at": now}
        words |= {"token": form.token.data, "note": form.note.data or None}
        row = (actions.lift if lifts else actions.end_alert)(seq, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("people/end.html", form, **context)
    told = _("The restriction is lifted.") if lifts else _("The alert is ended.")
    return done(f"/people/{link.subject}", told, row.link_seq, follow=True)


def _context(act: str, known: Known, form: Any) -> Words:
    context: Words = {"act": act, "sheet": ACTS[act], "known": known}
    context["policy"] = site.book().policy("person_code", "none")
    if act == "forget":
        kept = context["kept"] = keeping.words_kept(known.ref)
        form.named.choices = {str(one.seq): f"{one.subject}: {one.text[:SHOWN]}" for one in kept.named}
        # A second tap names notes that the first one erased.
        form.named.data = [seq for seq in form.named.data or () if seq in form.named.choices]
    return context
