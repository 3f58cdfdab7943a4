"""The pages that amend and strike an entry of a response; both versions stay readable."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Refused, SitelogError
from sitelog.ground.words import N_
from sitelog.responses import actions, queries
from sitelog.responses.forms import (
    AmendClosingForm,
    AmendForm,
    AmendPlaceForm,
    AmendStepForm,
    AmendVitalsForm,
)
from sitelog.responses.models import Closing, Recognition, Step, Vitals, Whereabouts
from sitelog.responses.sentences import entry_words, odd_words, spoken
from sitelog.responses.steps import KINDS
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.amend import check_amendable, check_words_kept
from sitelog.trail.forms import StrikeForm
from sitelog.trail.models import Link
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.guards import actor, allow

# What can be corrected of each kind of row beside its time.
FIELDS: dict[type[Any], tuple[str, ...]] = {
    Vitals: (
        "spo2",
        "respirations",
        "pulse",
        "sedation_score",
        "temperature_tenths",
        "glucose_tenths",
        "systolic",
        "diastolic",
        "pupils",
        "skin",
    ),
    Closing: ("outcome", "plan"),
    Whereabouts: ("where", "place_code"),
}


def add_to(bp: Blueprint) -> None:
    """Give the blueprint these pages."""
    both = ["GET", "POST"]
    bp.add_url_rule("/responses/entries/<int:seq>/amend", view_func=amend, methods=both)
    bp.add_url_rule("/responses/entries/<int:seq>/strike", view_func=strike, methods=both)


@allow(Permission.RESPOND)
def amend(seq: int) -> Answer:
    """Correct an entry's time or values."""
    link, calendar, now = queries.entry(seq), site.calendar(), filters.now()
    row = _telling(queries.rows_on(link))
    shown = _fields(row)
    before = {"time": calendar.local(link.happened_at).time(), "note": trail.notes([seq]).get(seq, "")}
    form = _form(row, {**before, **_values(row, shown)})
    context: dict[str, Any] = {
        "link": link,
        "fields": shown,
        "kind": _kind(row),
        "ref": link.subject,
        "said": _said(link),
    }
    if request.method == "GET":
        check_amendable(seq)
        if row is None:
            check_words_kept(seq)
        return page("responses/amend.html", form=form, **context)
    if not form.validate():
        return invalid("responses/amend.html", form, **context)
    try:
        happened_at = form.near(link.happened_at, calendar)
        new = _amend(link, form, shown, happened_at, now)
    except SitelogError as error:
        refuse(form, error)
        return invalid("responses/amend.html", form, **context)
    told = [_("Amended; the first version stays readable.")]
    if isinstance(form, AmendVitalsForm):
        told += [*form.rounded, *odd_words(form.measured(happened_at))]
    return done(f"/responses/{link.subject}", " ".join(told), new.seq)


@allow(Permission.RESPOND)
def strike(seq: int) -> Answer:
    """Take an entry out of what counts."""
    link, now = queries.entry(seq), filters.now()
    form = StrikeForm()
    context: dict[str, Any] = {"link": link, "ref": link.subject, "said": _said(link)}
    if request.method == "GET":
        check_amendable(seq)
        return page("responses/strike.html", form=form, **context)
    if not form.validate():
        return invalid("responses/strike.html", form, **context)
    words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
    try:
        struck = actions.strike(seq, by=actor(), at=now, token=form.token.data, **words)
    except SitelogError as error:
        refuse(form, error)
        return invalid("responses/strike.html", form, **context)
    return done(f"/responses/{link.subject}", _("Struck; it stays readable."), struck.seq)


def _amend(link: Link, form: AmendForm, shown: tuple[str, ...], happened_at: datetime, now: datetime) -> Link:
    words: dict[str, Any] = {"reason": form.why.data or "other", "note": form.note.data or None}
    words |= {"changes": _changes(form, shown), "token": form.token.data}
    return actions.amend(link.seq, happened_at=happened_at, by=actor(), at=now, **words)


def _telling(rows: list[Any]) -> Any:
    # A start carries both that and where: the place is what can be corrected beside the time.
    last = [row for row in rows if not isinstance(row, Recognition)]
    return (last or rows or [None])[-1]


def _fields(row: Any) -> tuple[str, ...]:
    if isinstance(row, Step):
        carries = KINDS[row.kind].carries
        return tuple("milligrams" if name == "micrograms" else name for name in carries)
    return FIELDS.get(type(row), ())


def _form(row: Any, data: dict[str, Any]) -> AmendForm:
    values: dict[str, Any] = {"data": data} if request.method == "POST" else {"data": data, "formdata": None}
    if isinstance(row, Step):
        return AmendStepForm(kind=row.kind, **values)
    forms = {Vitals: AmendVitalsForm, Closing: AmendClosingForm, Whereabouts: AmendPlaceForm}
    return forms.get(type(row), AmendForm)(**values)


def _values(row: Any, shown: tuple[str, ...]) -> dict[str, Any]:
    columns = {"milligrams": "micrograms", "where": "area"}
    found = {name: getattr(row, columns.get(name, name)) for name in shown}
    if isinstance(row, Vitals) and row.bound:
        sign = "<%s" if row.bound == "below" else "%s+"
        limited = [name for name in shown[:3] if found[name] is not None]
        found |= {name: sign % found[name] for name in limited}
    return found


def _changes(form: AmendForm, shown: tuple[str, ...]) -> dict[str, Any]:
    said = {name: form[name].data for name in shown}
    found = {name: None if value == "" else value for name, value in said.items()}
    if "milligrams" in found:
        found["micrograms"] = found.pop("milligrams")
    if "where" in found:
        found["area"] = "place" if found["place_code"] else found.pop("where") or "elsewhere"
        found.pop("where", None)
    if isinstance(form, AmendVitalsForm):
        measured = form.measured(filters.now())
        found |= {"sedation_scale": measured.sedation_scale, "bound": measured.bound}
    if found.get("outcome", "") is None:
        raise Refused(N_("Choose an outcome; “unknown” is one."), field="outcome")
    return found


def _kind(row: Any) -> str:
    return row.kind if isinstance(row, Step) else ""


def _said(link: Link) -> str:
    rows, notes = queries.rows_on(link), trail.notes([link.seq])
    return spoken(entry_words(link, rows, notes.get(link.seq)))
