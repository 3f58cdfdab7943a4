"""The board's pages and regions, its live stream and the pulse that stands in for it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from sitelog.board import actions, feed, live, notices, queries
from sitelog.board.forms import AmendNoteForm, NoteForm, OutForm, UndoForm
from sitelog.board.fragments import Tag, answer, reader
from sitelog.board.house import REGIONS
from sitelog.ground.access import Permission
from sitelog.ground.errors import SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.site import actions as places_verbs
from sitelog.site import queries as site
from sitelog.site.rules import ELSEWHERE
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.web import filters
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import EntryForm
from sitelog.web.guards import actor, allow

bp = Blueprint("board", __name__)
live.add_to(bp)
notices.add_to(bp)


@bp.get("/")
@allow(Permission.READ_BOARD)
def board() -> Response:
    """The supervision desk."""
    seq, house = notices.chain_length(), queries.house(filters.now())
    entries = feed.last_entries(actor(), house.now)
    return page("board/board.html", entries=entries, tags=_tags(house, entries, seq), **_words(house))


@bp.get("/board/waiting")
@allow(Permission.READ_BOARD)
def waiting() -> Response:
    """Who waits, and who else is in the house."""
    return _region("waiting")


@bp.get("/board/places")
@allow(Permission.READ_BOARD)
def places() -> Response:
    """Every place by room."""
    return _region("places")


@bp.get("/board/aftercare")
@allow(Permission.READ_BOARD)
def aftercare() -> Response:
    """Who is in aftercare."""
    return _region("aftercare")


@bp.get("/board/feed")
@allow(Permission.READ_BOARD)
def last_entries() -> Response:
    """The last entries."""
    now = filters.now()

    def read() -> tuple[dict[str, Any], datetime | None]:
        entries = feed.last_entries(actor(), now)
        return {"entries": entries}, feed.changes(entries)

    return answer("board/_feed.html", now, read)


@bp.post("/board/undo")
@allow(Permission.LOG)
def undo() -> Answer:
    """Take back my last entry."""
    form = UndoForm()
    seq = form.seq.data if form.validate_on_submit() else None
    struck = actions.undo(by=actor(), at=filters.now(), seq=seq, token=form.token.data)
    what = filters.in_words(feed.told([struck])[struck.seq]) if struck else ""
    return done("/", _("Undone: %(what)s. It stays readable.", what=what) if what else _("Undone."))


@bp.route("/board/note", methods=["GET", "POST"])
@allow(Permission.LOG)
def note() -> Answer:
    """A note about the shift."""
    form = NoteForm()
    if form.validate_on_submit():
        try:
            when = {"happened_at": form.happened_at(site.calendar(), filters.now()), "at": filters.now()}
            made = actions.note(form.words.data, by=actor(), **when, token=form.token.data)
            return done("/", _("Note kept."), made.seq)
        except SitelogError as error:
            refuse(form, error)
    return _form("board/note.html", form)


@bp.route("/board/entries/<int:seq>/amend", methods=["GET", "POST"])
@allow(Permission.LOG)
def amend_note(seq: int) -> Answer:
    """Correct a note."""
    old = _own_note(seq)
    amending.check_words_kept(seq)
    form = AmendNoteForm(words=trail.notes([seq]).get(seq, ""))
    if form.validate_on_submit():
        try:
            words: dict[str, Any] = {"by": actor(), "reason": form.why.data, "token": form.token.data}
            when: dict[str, Any] = {"happened_at": old.happened_at, "at": filters.now()}
            made = actions.amend_note(seq, form.words.data, **when, **words)
            return done("/", _("Amended. The old words stay readable."), made.seq)
        except SitelogError as error:
            refuse(form, error)
    return _form("board/amend_note.html", form, seq=seq)


@bp.post("/board/entries/<int:seq>/strike")
@allow(Permission.LOG)
def strike_note(seq: int) -> Answer:
    """Strike a note through."""
    _own_note(seq)
    form = UndoForm()
    actions.strike_note(seq, by=actor(), at=filters.now(), reason="other", token=form.token.data)
    return done("/", _("Struck. It stays readable, struck through."))


@bp.route("/board/places/<code>", methods=["GET", "POST"])
@allow(Permission.LOG)
def out_of_service(code: str) -> Answer:
    """Take a place out of service."""
    place, form = site.book().place(code), OutForm()
    form.reason.offer(site.book().choices("out_reason"))
    if form.validate_on_submit():
        try:
            words: dict[str, Any] = {"note": form.words.data or None, "token": form.token.data}
            when: dict[str, Any] = {
                "happened_at": form.happened_at(site.calendar(), filters.now()),
                "at": filters.now(),
            }
            places_verbs.take_out_of_service(code, form.reason.data, by=actor(), **when, **words)
            return done("/", _("%(place)s is out of service.", place=place.label))
        except SitelogError as error:
            refuse(form, error)
    return _form("board/out.html", form, place=place)


@bp.post("/board/places/<code>/back")
@allow(Permission.LOG)
def back_in_service(code: str) -> Answer:
    """Open a place again."""
    form, at = EntryForm(), filters.now()
    when = {"happened_at": form.happened_at(site.calendar(), at), "at": at}
    places_verbs.put_back_in_service(code, by=actor(), **when, token=form.token.data)
    return done("/", _("%(place)s is back in service.", place=site.book().place(code).label))


def _region(name: str) -> Response:
    now = filters.now()

    def read() -> tuple[dict[str, Any], datetime | None]:
        house = queries.house(now)
        return _words(house), house.next_change(name)

    return answer(f"board/_{name}.html", now, read, shared=True)


def _words(house: queries.House) -> dict[str, Any]:
    return {"house": house, "ELSEWHERE": ELSEWHERE}


def _tags(house: queries.House, entries: list[feed.Entry], seq: int) -> dict[str, Tag]:
    until = {name: house.next_change(name) for name in REGIONS} | {"feed": feed.changes(entries)}
    return {name: Tag(seq, until.get(name), reader()) for name in (*until, "alerts")}


def _form(template: str, form: EntryForm, **context: Any) -> Response:
    if request.method == "POST":
        return invalid(template, form, **context)
    return page(template, form=form, **context)


def _own_note(seq: int) -> Link:
    found = trail.link(seq)
    if found.noun != "board":
        raise Unknown(N_("Entry %(seq)s is not a note."), seq=seq)
    amending.check_own(found, actor())
    return found
