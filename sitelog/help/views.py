"""The help: contents, a page a screen, a page a role, the words; and what the dialog under `?` leads to."""

from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, g, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException

from sitelog.ground.access import Actor, Permission, Role
from sitelog.ground.errors import Forbidden, Unknown
from sitelog.ground.words import N_
from sitelog.help import keys, roles
from sitelog.help.page import Page, told
from sitelog.help.topics import BY_CODE, OF_SCREEN, SECTIONS, TOPICS, Topic
from sitelog.help.words import WORDS
from sitelog.web import shell
from sitelog.web.answers import Answer, page
from sitelog.web.guards import actor, allow, guard_of, public

bp = Blueprint("help", __name__)
DOOR = "sign-in"
# Between them every role of a person holds one of these.
ANYBODY = (Permission.LOG, Permission.READ_REPORTS, Permission.MANAGE_ACCOUNTS)


@dataclass(frozen=True)
class Here:
    """What the dialog “Keys and signs” shows on a page: its keys, and the help of the screen it lies over."""

    groups: list[keys.Group]
    topic: Topic | None
    role: Role | None


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    shell.tell(cast(Flask, state.app), help=here)


@bp.get("/help")
@allow(*ANYBODY)
def contents() -> Response:
    """Every page this reader may read."""
    return page("help/contents.html", **_shelf(actor()))


@bp.get("/help/words")
@allow(*ANYBODY)
def words() -> Response:
    """The words of the field and of the screens."""
    return page("help/words.html", words=WORDS, **_shelf(actor()))


@bp.get("/help/roles/<name>")
@allow(*ANYBODY)
def role(name: str) -> Response:
    """The page of a role, for whoever may do all that the role may."""
    found = next((one for one in roles.PAGES if one == name), None)
    if found is None:
        raise Unknown(N_("There is no help called “%(code)s”."), code=name)
    if found not in roles.readable(actor()):
        raise Forbidden(N_("That help is for people with other tasks."))
    reader = Actor("", "", "", found)
    return _page(roles.PAGES[found], role=found, screens=[one for one in TOPICS if _for(one, reader)])


@bp.get("/help/at")
@allow(*ANYBODY)
def at() -> Answer:
    """On to the help of the screen at an address; a sheet that lies over a page asks with its own."""
    topic = _at(request.args.get("path", ""))
    return redirect(url_for("help.topic", code=topic.code) if topic else url_for("help.contents"), 303)


@bp.get(f"/help/{DOOR}")
@public("says how to sign in, and nothing about the site")
def sign_in() -> Response:
    """How to sign in, also for whoever has not; the frame then is bare."""
    return _page(BY_CODE[DOOR].page, topic=BY_CODE[DOOR])


@bp.get("/help/<code>")
@allow(*ANYBODY)
def topic(code: str) -> Response:
    """The help of one screen, for whoever may open it."""
    found = BY_CODE.get(code)
    if found is None:
        raise Unknown(N_("There is no help called “%(code)s”."), code=code)
    if not _for(found, actor()):
        raise Forbidden(N_("That help is for people with other tasks."))
    return _page(found.page, topic=found)


def here() -> Here:
    """The help of the page that is being answered."""
    reader = _reader()
    found = OF_SCREEN.get(request.endpoint or "") or _at(request.path)
    found = found if found and (found.code == DOOR or (reader and _for(found, reader))) else None
    shown = (found.page.keys if found else ()) + keys.ALWAYS
    own = reader.role if reader and reader.role in roles.PAGES else None
    return Here(keys.groups(shown, reader), found, own)


def _reader() -> Actor | None:
    found: Actor | None = g.get("actor")
    return None if found is None or found.role is Role.DESK else found


def _for(topic: Topic, reader: Actor) -> bool:
    if topic.may is not None:
        return reader.can(topic.may)
    found = (guard_of(current_app.view_functions[screen]) for screen in topic.screens)
    return any(guard.admits(reader) for guard in found if guard)


def _at(path: str) -> Topic | None:
    adapter = current_app.create_url_adapter(request)
    try:
        return OF_SCREEN.get(adapter.match(path, method="GET")[0]) if adapter else None
    except HTTPException:  # no such page, or one that only takes a form
        return None


def _shelf(reader: Actor) -> dict[str, Any]:
    lists = {
        section: [one for one in TOPICS if one.section == section and _for(one, reader)]
        for section in SECTIONS
    }
    return {
        "role_pages": roles.readable(reader),
        "lists": {section: found for section, found in lists.items() if found},
        "section_names": SECTIONS,
    }


def _page(shown: Page, **more: Any) -> Response:
    reader = _reader()
    return page(
        "help/page.html",
        shown=shown,
        lines=lambda parts: told(parts, reader),
        groups=keys.groups(shown.keys, reader),
        words={code: WORDS[code] for code in shown.words},
        **(_shelf(reader) if reader else {}),
        **more,
    )
