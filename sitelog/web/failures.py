"""When something fails: a page in words with what was typed still in it, never a trace."""

import json
import logging
import secrets
import traceback
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from sitelog.ground.errors import Conflict, Forbidden, Refused, SitelogError, Unknown
from sitelog.ground.words import N_
from sitelog.web import i18n
from sitelog.web.answers import wants_fragment
from sitelog.web.forms import fresh_token
from sitelog.web.kept import Kept

log = logging.getLogger("sitelog.web")

TITLES: dict[int, str] = {
    400: N_("That could not be read"),
    401: N_("Sign in first"),
    403: N_("Not allowed"),
    404: N_("Nothing here"),
    405: N_("That cannot be done here"),
    409: N_("Not possible as things are now"),
    413: N_("That is too large"),
    422: N_("That is not possible"),
    500: N_("Something went wrong here"),
}
WORDS: dict[int, str] = {
    400: N_("The request was not one this program understands. Nothing was saved."),
    404: N_("There is no such page. The address may be mistyped, or the thing was never entered."),
    405: N_("This address does not take that kind of request. Go back and use the button on the page."),
    413: N_("What was sent is larger than this program accepts. Nothing was saved; shorten it."),
    415: N_("The request was not one this program understands. Nothing was saved."),
    500: N_(
        "The program failed and nothing was saved. Your entry is still on the page before this one. "
        "Tell whoever looks after the program this code: %(code)s."
    ),
}


@dataclass(frozen=True)
class Failure:
    """What is shown: a status, words, and the form to send again where that can help."""

    status: int
    words: str
    kept: Kept | None = None
    bare: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Answer every failure in words."""
    app.register_error_handler(SitelogError, _said_no)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _said_no(error: SitelogError) -> Response:
    # Below a view that shows its own form: what was typed is offered again.
    kept = Kept.of(request) if isinstance(error, Conflict | Refused) and request.method == "POST" else None
    if kept and isinstance(error, Conflict):
        kept = kept.anew(fresh_token())
    known = isinstance(error, Conflict | Refused | Unknown | Forbidden)
    status = error.status if known else 400
    return _answer(Failure(status, i18n.words(error), kept))


def _old_form(error: CSRFError) -> Response:
    said = _("This page is from an earlier time of this browser. Nothing was saved yet: send it again.")
    return _answer(Failure(400, said, Kept.of(request), headers={"X-CSRFToken": generate_csrf()}))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    ours = error.description if error.description != type(error).description else None
    said = _(ours) if ours and status == 400 else _(WORDS.get(status, WORDS[400]))
    methods = getattr(error, "valid_methods", None)
    return _answer(Failure(status, said, headers={"Allow": ", ".join(sorted(methods))} if methods else {}))


def _unforeseen(error: Exception) -> Response:
    code = secrets.token_hex(4).upper()
    # Names of files and functions only: a message may hold what somebody typed.
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    where = " | ".join(frames[-12:])
    log.error("incident %s: %s at %s: %s", code, type(error).__name__, request.endpoint, where)
    if current_app.testing:
        log.error("in full, since this is a test", exc_info=error)
    return _answer(Failure(500, _(WORDS[500], code=code), bare=True))


def _answer(failure: Failure) -> Response:
    whole = not wants_fragment()
    answer = make_response(_page(failure), failure.status) if whole else _for_htmx(failure)
    answer.headers.update(failure.headers)
    return answer


def _for_htmx(failure: Failure) -> Response:
    # The form on the screen stays exactly as it is; the script says these words beside it.
    news = {"failed": {"said": failure.words, "status": failure.status}}
    headers = {"HX-Reswap": "none", "HX-Trigger": json.dumps(news)}
    return Response(failure.words, status=failure.status, mimetype="text/plain", headers=headers)


def _page(failure: Failure) -> str:
    title = _(TITLES.get(failure.status, TITLES[400]))
    context: dict[str, Any] = {"title": title, "words": failure.words, "kept": failure.kept}
    if failure.bare or "actor" not in g:
        return render_template("errors/plain.html", **context)
    return render_template("errors/error.html", layout="base.html", **context)
