"""Settings: every list and limit of the site by forms, who changed what, and a jurisdiction to start from."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from sitelog.ground.access import Permission
from sitelog.ground.errors import Conflict, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.site import actions, changes, differences, forms, history, queries, topics, usage
from sitelog.site.columns import Topic
from sitelog.site.forms import ChangeForm, PresetForm
from sitelog.site.presets import PRESETS
from sitelog.trail.queries import last_seq_of
from sitelog.web import filters, shell
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("site", __name__)
HOME = "/settings"
Raw = dict[str, Any]


@bp.get(HOME)
@allow(Permission.CONFIGURE)
def home() -> Answer:
    """The places; at a site without entries, also the choice of a jurisdiction."""
    return _page("places")


@bp.get(f"{HOME}/changes")
@allow(Permission.CONFIGURE)
def changed() -> Answer:
    """Who changed what, newest first."""
    raw = _raw()
    found = changes.changes(filters.now())
    return page("site/changes.html", changes=found, form=EntryForm(), **_frame(raw, None))


@bp.post(f"{HOME}/changes/<int:seq>/undo")
@allow(Permission.CONFIGURE)
def undo(seq: int) -> Answer:
    """Put back what a change changed, as a new version."""
    form = EntryForm()
    link = actions.undo_change(seq, by=actor(), at=filters.now(), token=form.token.data)
    return done(f"{HOME}/changes", _("The change is taken back."), link.seq, follow=True)


@bp.post(f"{HOME}/preset")
@allow(Permission.CONFIGURE)
def start() -> Answer:
    """Fill the settings as a jurisdiction has them."""
    form = PresetForm()
    try:
        chosen = form.preset.data or ""
        link = actions.start_from(chosen, by=actor(), at=filters.now(), token=form.token.data)
    except SitelogError as error:
        refuse(form, error)
        return _page("places", preset_form=form)
    said = _("The site starts as %(where)s does.", where=_(PRESETS[chosen].label))
    return done(HOME, said, link.seq, follow=True)


@bp.get(f"{HOME}/<code>")
@allow(Permission.CONFIGURE)
def topic(code: str) -> Answer:
    """One list, or one sheet of values."""
    return _page(code)


@bp.post(f"{HOME}/<code>")
@allow(Permission.CONFIGURE)
def set_values(code: str) -> Answer:
    """The values of a sheet, said anew."""
    raw = _raw()
    found = topics.topic_of(raw, code)
    if found.rows:
        raise Unknown(N_("There is nothing to set called “%(code)s”."), code=code)
    form = forms.form_for(found, raw)()
    return _entered(found, form, lambda words: actions.set_values(code, _values(form, found), **words), None)


@bp.route(f"{HOME}/<code>/new", methods=["GET", "POST"])
@allow(Permission.CONFIGURE)
def new(code: str) -> Answer:
    """A row more."""
    raw = _raw()
    found = _list(raw, code)
    form = forms.form_for(found, raw, new=True)()
    if request.method == "GET":
        return _form(found, form, None)
    return _entered(found, form, lambda words: actions.add(code, _values(form, found), **words), None)


@bp.route(f"{HOME}/<code>/<row>", methods=["GET", "POST"])
@allow(Permission.CONFIGURE)
def change(code: str, row: str) -> Answer:
    """One row, said anew."""
    raw = _raw()
    found = _list(raw, code)
    held = _row(found, raw, row)
    kind = forms.form_for(found, raw, held)
    if request.method == "GET":
        return _form(found, kind(data=forms.filled_with(found, held)), held)
    form = kind()
    return _entered(
        found, form, lambda words: actions.say_anew(code, row, _values(form, found), **words), held
    )


@bp.post(f"{HOME}/<code>/<row>/<any(retire, back, up, down):what>")
@allow(Permission.CONFIGURE)
def act(code: str, row: str, what: str) -> Answer:
    """Off the screens or back on them, one up or down."""
    form = ChangeForm()
    now, raw = filters.now(), _raw()
    held = _row(_list(raw, code), raw, row)
    words: dict[str, Any] = {"by": actor(), "at": now, "token": form.token.data, "known_seq": form.seen_seq()}
    if what in ("up", "down"):
        link = actions.move(code, row, -1 if what == "up" else 1, **words)
        said = _("%(what)s is moved.", what=_(str(held["label"])))
    elif what == "retire":
        link = actions.retire(code, row, **words)
        said = _("%(what)s is retired.", what=_(str(held["label"])))
    else:
        link = actions.bring_back(code, row, **words)
        said = _("%(what)s is back.", what=_(str(held["label"])))
    return done(f"{HOME}/{code}", said, link.seq, follow=True)


def _entered(
    found: Topic, form: ChangeForm, verb: Callable[[dict[str, Any]], Any], held: dict[str, Any] | None
) -> Answer:
    meanwhile: list[changes.Change] = []
    if form.validate_on_submit():
        try:
            link = verb(_words(form))
            return done(f"{HOME}/{found.code}", _said(form), link.seq, follow=True)
        except Conflict as error:
            meanwhile = changes.since(found, form.seen_seq() or 0, filters.now())
            refuse(form, error)
            # Who has seen both may save over it.
            form.known_seq.data = str(last_seq_of("site"))
        except SitelogError as error:
            refuse(form, error)
    return _form(found, form, held, meanwhile)


def _words(form: ChangeForm) -> dict[str, Any]:
    starts = form.valid_from(queries.calendar())
    words: dict[str, Any] = {
        "valid_from": starts,
        "known_seq": form.seen_seq(),
        "note": form.why.data or None,
    }
    return {"by": actor(), "at": filters.now(), "token": form.token.data, **words}


def _said(form: ChangeForm) -> str:
    if form.from_on.data:
        return str(_("Saved. It holds from %(on)s.", on=form.from_on.data))
    return str(_("Saved. It holds from now on."))


def _values(form: ChangeForm, found: Topic) -> dict[str, Any]:
    return forms.values_in(form, found)


def _form(
    found: Topic, form: ChangeForm, held: dict[str, Any] | None, meanwhile: list[changes.Change] | None = None
) -> Answer:
    if not found.rows:
        return _page(found.code, form=form, meanwhile=meanwhile)
    form.known_seq.data = form.known_seq.data or str(last_seq_of("site"))
    context = {"topic": found, "row": held, "meanwhile": meanwhile or [], **_people()}
    if request.method == "POST":
        return invalid("site/row.html", form, **context)
    return page("site/row.html", form=form, **context)


def _page(code: str, form: ChangeForm | None = None, **more: Any) -> Answer:
    raw, now = _raw(), filters.now()
    found = topics.topic_of(raw, code)
    context = _frame(raw, found) | {"planned": changes.planned(found, now), **more}
    if form is None and not found.rows:
        form = forms.form_for(found, raw)(data=forms.filled_with(found, topics.content(found, raw)))
    shown = form or ChangeForm()
    shown.known_seq.data = shown.known_seq.data or str(last_seq_of("site"))
    if request.method == "POST":
        return invalid("site/settings.html", more.get("preset_form") or shown, **context | {"shown": shown})
    return page("site/settings.html", form=shown, **context | {"shown": shown})


def _frame(raw: Raw, found: Topic | None) -> dict[str, Any]:
    rows = topics.content(found, raw) if found and found.rows else []
    sections = {
        name: [(one, _count(one, raw)) for one in topics.topics(raw) if one.section == name]
        for name in topics.SECTIONS
    }
    return {
        "topic": found,
        "rows": [row for row in rows if not row.get("retired")],
        "retired": [row for row in rows if row.get("retired")],
        "used": usage.used(found.kind) if found and found.rows else {},
        "counted": bool(found and found.rows and list(usage.columns_of(found.kind))),
        "sections": sections,
        "section_names": topics.SECTIONS,
        "say": lambda column, values: differences.said(column, column.read(values), raw),
        "fresh": not history.has_entries(),
        "presets": PRESETS,
        "meanwhile": [],
        **_people(),
    }


def _people() -> dict[str, Any]:
    return {"names": shell.ask("staff_names", {}), "differences": differences}


def _count(one: Topic, raw: Raw) -> int | None:
    if not one.rows:
        return None
    return sum(not row.get("retired") for row in topics.content(one, raw))


def _raw() -> Raw:
    found = history.versions()
    return history.values_of(found, found.present(filters.now()))


def _list(raw: Raw, code: str) -> Topic:
    found = topics.topic_of(raw, code)
    if not found.rows:
        raise Unknown(N_("There is nothing to set called “%(code)s”."), code=code)
    return found


def _row(found: Topic, raw: Raw, code: str) -> dict[str, Any]:
    for row in topics.content(found, raw):
        if row["code"] == code:
            return dict(row)
    raise Unknown(N_("There is no “%(code)s” on this list."), code=code)
