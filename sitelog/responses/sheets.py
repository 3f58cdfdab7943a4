"""The response page's sheets: exact values, late entries, duties, notes, closing; each is a page too."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.responses import actions, corrections, queries
from sitelog.responses.case import asked, missing, to_hospital
from sitelog.responses.desk import odds_of
from sitelog.responses.forms import (
    CloseForm,
    DutyForm,
    LateForm,
    NoteForm,
    PlaceForm,
    StepForm,
    VitalsForm,
)
from sitelog.responses.pathways import CHECKS, DUTIES, PATHWAYS
from sitelog.responses.sentences import odd_words, spoken, step_words, vitals_words, where_label
from sitelog.responses.steps import KINDS, SCALE_NAMES
from sitelog.responses.timeline import timeline as lines_of
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.transaction import transaction
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

Made = tuple[str, int]


def add_to(bp: Blueprint) -> None:
    """Give the blueprint these pages."""
    both = ["GET", "POST"]
    bp.add_url_rule("/responses/<ref>/late", view_func=late, methods=both)
    bp.add_url_rule("/responses/<ref>/note", view_func=note, methods=both)
    bp.add_url_rule("/responses/<ref>/close", view_func=close, methods=both)
    bp.add_url_rule("/responses/<ref>/duties/<duty>", view_func=duty, methods=both)
    bp.add_url_rule("/responses/<ref>/timeline", view_func=timeline)
    bp.add_url_rule("/responses/<ref>/place", view_func=place_sheet)
    bp.add_url_rule("/responses/<ref>/no-overdose", view_func=no_overdose_sheet)
    bp.add_url_rule("/responses/<ref>/vitals", view_func=vitals_sheet)
    bp.add_url_rule("/responses/<ref>/<kind>", view_func=step_sheet)
    corrections.add_to(bp)


def sheet(
    ref: str, template: str, form: EntryForm, make: Callable[[datetime, datetime], Made], **context: Any
) -> Answer:
    """A form that makes one entry: shown, or sent and shown again with what was wrong, or done.

    `make` is told when it happened and when it is written; it answers what to say and the entry's seq.
    """
    context |= {"ref": ref, "case": queries.case(ref), "book": site.book()}
    if request.method == "GET":
        return page(template, form=form, **context)
    if not form.validate():
        return invalid(template, form, **context)
    now = filters.now()
    try:
        said, seq = make(form.happened_at(site.calendar(), now), now)
    except SitelogError as error:
        refuse(form, error)
        return invalid(template, form, **context)
    return done(f"/responses/{ref}", said, seq)


@allow(Permission.RESPOND)
def step_sheet(ref: str, kind: str) -> Answer:
    """What a step carries, to be typed."""
    if kind not in KINDS:
        raise Unknown(N_("There is no step called “%(kind)s”."), kind=kind[:40])
    return exact_step(ref, kind, StepForm(kind=kind, formdata=None))


def exact_step(ref: str, kind: str, form: StepForm) -> Answer:
    """A step with what it carries, typed."""

    def make(happened_at: datetime, at: datetime) -> Made:
        words: dict[str, Any] = {"token": form.token.data, "note": form.note.data or None}
        row = actions.add_step(ref, form.done(kind, happened_at), by=actor(), at=at, **words)
        return spoken(step_words(row)), row.link_seq

    return sheet(ref, "responses/step.html", form, make, kind=KINDS[kind])


@allow(Permission.RESPOND)
def vitals_sheet(ref: str) -> Answer:
    """Exact values, to be typed."""
    return exact_vitals(ref, VitalsForm(formdata=None))


def exact_vitals(ref: str, form: VitalsForm) -> Answer:
    """Exact values, typed."""

    def make(happened_at: datetime, at: datetime) -> Made:
        measured = form.measured(happened_at)
        row = actions.record_vitals(ref, measured, by=actor(), at=at, token=form.token.data)
        return " ".join([vitals_words(row), *form.rounded, *odd_words(measured)]), row.link_seq

    first = request.args.get("ask", "spo2")
    scale = SCALE_NAMES[form.scale]
    return sheet(ref, "responses/vitals.html", form, make, first=first, scale=scale)


@allow(Permission.RESPOND)
def late(ref: str) -> Answer:
    """Any step, said afterwards."""
    form = LateForm()

    def make(happened_at: datetime, at: datetime) -> Made:
        words: dict[str, Any] = {"token": form.token.data, "note": form.note.data or None}
        if form.kind.data not in KINDS:
            raise Refused(N_("Choose what it was."), field="kind")
        row = actions.add_step(ref, form.done(form.kind.data, happened_at), by=actor(), at=at, **words)
        return spoken(step_words(row)), row.link_seq

    return sheet(ref, "responses/late.html", form, make)


@allow(Permission.RESPOND)
def note(ref: str) -> Answer:
    """A few words."""
    form = NoteForm()

    def make(happened_at: datetime, at: datetime) -> Made:
        words = form.words.data or ""
        when: dict[str, Any] = {"happened_at": happened_at, "at": at, "token": form.token.data}
        return _("Note kept."), actions.note(ref, words, by=actor(), **when).seq

    return sheet(ref, "responses/note.html", form, make)


@allow(Permission.RESPOND)
def duty(ref: str, duty: str) -> Answer:
    """Who does it."""
    if duty not in DUTIES:
        raise Unknown(N_("There is no duty called “%(duty)s”."), duty=duty[:40])
    form = DutyForm()
    label = PATHWAYS[queries.case(ref).pathway].duties[duty]
    people = {person.ref: person.name for person in staff.people_on_tiles()}
    form.staff.choices = [*people.items(), ("", _("Nobody"))]

    def make(happened_at: datetime, at: datetime) -> Made:
        when: dict[str, Any] = {"happened_at": happened_at, "at": at, "token": form.token.data}
        row = actions.assign_duty(ref, duty, form.staff.data or None, by=actor(), **when)
        return f"{_(label)}: {people.get(row.staff_ref or '', _('Nobody'))}", row.link_seq

    return sheet(ref, "responses/duty.html", form, make, duty=duty, label=label)


@allow(Permission.RESPOND)
def place_sheet(ref: str) -> Answer:
    """Where it is."""
    return page("responses/place.html", ref=ref, case=queries.case(ref), form=PlaceForm(formdata=None))


@allow(Permission.RESPOND)
def no_overdose_sheet(ref: str) -> Answer:
    """Asked only where entries would go with it."""
    lines = lines_of(queries.case(ref), queries.intervals())
    return page(
        "responses/no_overdose.html", ref=ref, form=EntryForm(formdata=None), lines=lines, spoken=spoken
    )


@allow(Permission.RESPOND)
def close(ref: str) -> Answer:
    """How it ended; what is missing is listed and may stay so."""
    case = queries.case(ref)
    taken: dict[str, Any] = {"outcome": "transported", "plan": "with_ems"} if to_hospital(case) else {}
    form = CloseForm(data=taken | {"visit_ends": True})

    def make(happened_at: datetime, at: datetime) -> Made:
        when: dict[str, Any] = {"by": actor(), "happened_at": happened_at, "at": at}
        with transaction():
            words: dict[str, Any] = {"token": form.token.data, "note": form.note.data or None}
            words["visit_ends"] = form.visit_ends.data
            row = actions.close(ref, form.outcome.data or "", form.plan.data or None, **when, **words)
            if form.ems_end.data and not case.last("ems_left"):
                actions.ems_left(ref, form.ems_end.data, **when)
        odds = odds_of(queries.case(ref))
        return " ".join([_("%(ref)s closed.", ref=ref), *([_(odds)] if odds else [])]), row.link_seq

    gaps = missing(case, filters.now())
    context = {"missing": gaps, "checks": asked(case), "CHECKS": CHECKS, "person": queries.person_of(ref)}
    return sheet(ref, "responses/close.html", form, make, **context)


@allow(Permission.RESPOND)
def timeline(ref: str) -> Answer:
    """Every entry by itself, struck and amended ones readable, each with its correction."""
    case = queries.case(ref)
    return page(
        "responses/timeline.html",
        ref=ref,
        case=case,
        lines=lines_of(case, queries.intervals()),
        initials=staff.initials(),
        where=where_label(case.area, case.place_code),
        spoken=spoken,
    )
