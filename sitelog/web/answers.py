"""How a view answers: an entry made, a form that needs another look, a page or a part of one."""

import json
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from sitelog.ground.errors import WHEN, Conflict, SitelogError, Unknown
from sitelog.web import i18n
from sitelog.web.forms import EntryForm, fresh_token

Answer = Response | BaseResponse
_STATUS = "answer_status"
# The next page says which form it is the answer to, so that the browser need not keep what was typed in it.
ANSWERED = "answered"


def wants_fragment() -> bool:
    """Whether the script asked for a part of the page, not a browser for the whole."""
    whole = ("HX-Boosted", "HX-History-Restore-Request")
    return "HX-Request" in request.headers and not any(name in request.headers for name in whole)


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A page; or, for htmx, only its block `content`. The template says `{% extends layout %}`."""
    layout = "_fragment.html" if wants_fragment() else "base.html"
    return make_response(render_template(template, layout=layout, **context), status)


def done(next_url: str, said: str, seq: int | None = None, follow: bool = False) -> Answer:
    """An entry was made: say so.

    `seq` is its link, so that it can be undone; with `follow`, htmx too goes on to `next_url`.
    """
    if not wants_fragment():
        flash(said, "said")
        flash(request.form.get("token", ""), ANSWERED)
        return redirect(next_url, 303)
    if follow:
        flash(said, "said")
        return Response(status=204, headers={"HX-Redirect": next_url})
    news = json.dumps({"entered": {"said": str(said), "seq": seq}})
    return Response(status=204, headers={"HX-Trigger": news})


def refuse(form: FlaskForm, error: SitelogError) -> None:
    """Put a verb's refusal beside its field, or above the form; `invalid` then answers 422 or 409."""
    field = getattr(error, "field", None)
    if field == WHEN and isinstance(form, EntryForm):
        field = form.said_when
    said = i18n.words(error)
    if field and field in form:
        form[field].errors = [*form[field].errors, said]
    else:
        form.form_errors = [*form.form_errors, said]
    if isinstance(error, Conflict) and "token" in form:
        # Whoever sends it now has read why it was not entered, and means it.
        form["token"].sent = fresh_token()
    setattr(form, _STATUS, _status_of(error))


def _status_of(error: SitelogError) -> int:
    if isinstance(error, Conflict):
        return 409
    # The page is there; it is what was typed on it that is not.
    return 422 if isinstance(error, Unknown) else error.status


def invalid(template: str, form: FlaskForm, **context: Any) -> Response:
    """The form again with everything typed in it: 422, or 409 when someone else was first."""
    status = getattr(form, _STATUS, 422)
    return page(template, status=status, form=form, **context)
