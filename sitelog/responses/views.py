"""The response page and its taps: each tap is one POST that is saved, whatever is missing around it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, Refused, Unknown
from sitelog.ground.words import N_
from sitelog.responses import actions, persons, queries, sheets
from sitelog.responses.case import summarise
from sitelog.responses.desk import desk, etag
from sitelog.responses.forms import PathwayForm, PlaceForm, StartForm, StepForm, VitalsForm, sent
from sitelog.responses.pathways import BEHIND, CHECKS, IN_FRONT, PATHWAYS
from sitelog.responses.sentences import odd_words, spoken, step_words, vitals_words, where_label
from sitelog.responses.steps import AREAS, KINDS, RED_FLAGS
from sitelog.site import queries as site
from sitelog.site.rules import ELSEWHERE
from sitelog.trail import queries as trail
from sitelog.web import filters
from sitelog.web.answers import Answer, done, page
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("responses", __name__)
sheets.add_to(bp)


@bp.get("/responses")
@allow(Permission.RESPOND)
def index() -> Answer:
    """What runs, what is to be closed, and the ones before."""
    now, unclosed = filters.now(), queries.unclosed()
    # What runs comes first; however long ago it was, one that is not closed is not missed.
    unclosed.sort(key=lambda one: one.state != "open")
    open_refs = {one.ref for one in unclosed}
    before = [(one.ref, case) for one, case in queries.recent() if one.ref not in open_refs]
    return page(
        "responses/index.html",
        unclosed=[(one.ref, one.case, summarise(one.case, now)) for one in unclosed],
        before=[(ref, case, summarise(case, now)) for ref, case in before],
        where_label=where_label,
        book=site.book(),
        PATHWAYS=PATHWAYS,
        spoken=spoken,
    )


@bp.post("/responses")
@allow(Permission.START_RESPONSE)
def start() -> Answer:
    """One tap, from anywhere, a locked desk too: it runs, the rest is asked afterwards."""
    form = StartForm()
    now = filters.now()
    made = actions.start(
        form.where.data if form.where.data in AREAS else "elsewhere",
        _place_code(form.place_code.data),
        form.visit.data or None,
        by=actor(),
        happened_at=_when(form, now),
        at=now,
        token=form.token.data,
    )
    return done(
        f"/responses/{made.ref}", _("Response %(ref)s runs.", ref=made.ref), made.link_seq, follow=True
    )


@bp.get("/responses/<ref>")
@allow(Permission.RESPOND)
def response(ref: str) -> Answer:
    """The page of one response."""
    return page("responses/response.html", **_context(ref))


@bp.get("/responses/<ref>/live")
@allow(Permission.RESPOND)
def live(ref: str) -> Answer:
    """What changes on that page, for screens that are open: 304 while nothing did."""
    now = filters.now()
    waiting = request.args.get("until", "") > now.isoformat(timespec="milliseconds")
    sent_tag = request.headers.get("If-None-Match", "")
    if sent_tag and sent_tag.strip('"') == etag(trail.last_seq(), ref, waiting):
        return Response(status=304, headers={"ETag": sent_tag})
    context = _context(ref)
    answer = page("responses/_live.html", **context)
    answer.headers["ETag"] = f'"{context["tag"]}"'
    return answer


@bp.post("/responses/<ref>/pathway")
@allow(Permission.RESPOND)
def pathway(ref: str) -> Answer:
    """Another pathway; every entry stays."""
    form = PathwayForm(formdata=sent())
    row = actions.set_pathway(ref, form.pathway.data, **_said(form))
    label = _(PATHWAYS[row.pathway].label)
    return done(f"/responses/{ref}", _("Pathway: %(pathway)s", pathway=label), row.link_seq)


@bp.post("/responses/<ref>/place")
@allow(Permission.RESPOND)
def place(ref: str) -> Answer:
    """Where it is, said afterwards."""
    form = PlaceForm(formdata=sent())
    code = _place_code(form.place_code.data)
    case, visit = queries.case(ref), form.visit.data or None
    if visit and not persons.id_of(visit):
        raise Refused(N_("Nobody here is called “%(who)s”."), who=visit)
    if not (visit or code or form.where.data):
        raise Refused(N_("Type who it is about, or tap where it is. Nothing was entered."), field="visit")
    here = None if form.where.data else case.place_code
    place = "place" if code or here else form.where.data or case.area
    row = actions.place_said(ref, place, code or here, visit, **_said(form))
    where = _(where_label(row.area, row.place_code))
    return done(f"/responses/{ref}", _("Place: %(where)s", where=where), row.link_seq)


@bp.post("/responses/<ref>/vitals")
@allow(Permission.RESPOND)
def vitals(ref: str) -> Answer:
    """One tap of the pad, or the form with exact values."""
    form = VitalsForm(formdata=sent())
    if "exact" in request.form:
        return sheets.exact_vitals(ref, form)
    now = filters.now()
    happened_at, doubt = _tapped(form, now)
    measured = form.measured(happened_at)
    row = actions.record_vitals(ref, measured, by=actor(), at=now, token=form.token.data)
    said = [vitals_words(row), *form.rounded, *odd_words(measured), doubt]
    return done(f"/responses/{ref}", " ".join(said).strip(), row.link_seq)


@bp.post("/responses/<ref>/aftercare")
@allow(Permission.RESPOND)
def aftercare(ref: str) -> Answer:
    """The emergency is over: watched in aftercare, the place is free."""
    row = actions.to_aftercare(ref, **_said(EntryForm()))
    return done(f"/responses/{ref}", _("To aftercare. Close it when you know how it ended."), row.link_seq)


@bp.post("/responses/<ref>/no-overdose")
@allow(Permission.RESPOND)
def no_overdose(ref: str) -> Answer:
    """It was none."""
    form = EntryForm()
    link = actions.no_overdose(ref, by=actor(), at=filters.now(), token=form.token.data)
    return done("/", _("%(ref)s struck: no overdose.", ref=ref), link.seq, follow=True)


@bp.post("/responses/<ref>/again")
@allow(Permission.RESPOND)
def again(ref: str) -> Answer:
    """It was one after all."""
    form = EntryForm()
    made = actions.take_up_again(ref, by=actor(), at=filters.now(), token=form.token.data)
    return done(f"/responses/{ref}", _("%(ref)s runs again.", ref=made.ref), follow=True)


@bp.post("/responses/<ref>/undo")
@allow(Permission.RESPOND)
def undo(ref: str) -> Answer:
    """Take back my last entry about this response, while it is fresh."""
    form, now = EntryForm(), filters.now()
    last = queries.last_entry_by(ref, actor().ref)
    if last is None or (now - last.at).total_seconds() > site.book().limit("undo_seconds"):
        raise Conflict(N_("Nothing of yours is fresh enough to undo. Amend or strike it in the timeline."))
    words: dict[str, Any] = {"reason": "undone", "token": form.token.data}
    link = actions.strike(last.seq, by=actor(), at=now, **words)
    return done(f"/responses/{ref}", _("Undone. It stays readable, struck through."), link.seq)


@bp.post("/responses/<ref>/<kind>")
@allow(Permission.RESPOND)
def step(ref: str, kind: str) -> Answer:
    """A step: one tap, or a form with what it carries."""
    if kind not in KINDS:
        raise Unknown(N_("There is no step called “%(kind)s”."), kind=kind[:40])
    form = StepForm(formdata=sent(), kind=kind)
    if "exact" in request.form:
        return sheets.exact_step(ref, kind, form)
    now = filters.now()
    happened_at, doubt = _tapped(form, now)
    entered = form.done(kind, happened_at)
    row = actions.add_step(ref, entered, by=actor(), at=now, token=form.token.data)
    return done(f"/responses/{ref}", f"{spoken(step_words(row))} {doubt}".strip(), row.link_seq)


def _context(ref: str) -> dict[str, Any]:
    seen = desk(ref, filters.now())
    return {
        "d": seen,
        "tag": etag(seen.seq, ref, seen.until is not None),
        "book": site.book(),
        "spoken": spoken,
        "PATHWAYS": PATHWAYS,
        "IN_FRONT": IN_FRONT,
        "BEHIND": BEHIND,
        "KINDS": KINDS,
        "CHECKS": CHECKS,
        "RED_FLAGS": RED_FLAGS,
        "ELSEWHERE": ELSEWHERE,
    }


def _said(form: EntryForm) -> dict[str, Any]:
    _check(form)
    now = filters.now()
    return {"by": actor(), "happened_at": _when(form, now), "at": now, "token": form.token.data}


def _when(form: EntryForm, now: datetime) -> datetime:
    return form.happened_at(site.calendar(), now)


def _tapped(form: EntryForm, now: datetime) -> tuple[datetime, str]:
    """When a tap happened, and what to say of it: what is for another time than now lies in the timeline
    where nobody looks. A time nobody can mean holds up no dose: it is now, and that is said."""
    if form.validate() or set(form.errors) - {"earlier", "earlier_at"}:
        _check(form)
        try:
            found = _when(form, now)
            return found, "" if found == now else _("at %(time)s", time=filters.local(found))
        except Refused:
            pass
    typed = form.earlier_at.data or form.earlier.data
    return now, _("Entered for now: “%(typed)s” cannot be when it was. Amend its time.", typed=typed)


def _check(form: EntryForm) -> None:
    # A tap has no form of its own on the screen to show an error in: it is said in words.
    if not form.validate():
        said = next((str(error) for errors in form.errors.values() for error in errors), "")
        raise Refused(said)


def _place_code(text: str | None) -> str | None:
    return text.strip() or None if text else None
