"""Who may call a view: every route is allowed or explicitly public, or the app does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, Request, Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from sitelog.ground.access import Actor, Permission, Role
from sitelog.ground.errors import Forbidden
from sitelog.ground.words import N_
from sitelog.web import csrf, shell
from sitelog.web.kept import Kept

View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN = "/sign-in"
_GUARD = "__guard__"
_LOADER = "sitelog.load_actor"
_CHALLENGE = "sitelog.challenge"


class Unguarded(RuntimeError):
    """A route that nobody said who may call."""


@dataclass(frozen=True)
class Guard:
    """Who may call a view: holders of any of these permissions, or everybody for the reason `why`."""

    permissions: frozenset[Permission] = frozenset()
    why: str | None = None

    def admits(self, actor: Actor | None) -> bool:
        """Whether this actor (None: nobody is signed in) may call the view."""
        return self.why is not None or (actor is not None and any(map(actor.can, self.permissions)))


@dataclass(frozen=True)
class Identity:
    """Who a request comes from: the actor it acts as, the person behind a lock, the device it comes from."""

    actor: Actor | None = None
    person: Actor | None = None
    device: str | None = None
    locked: bool = False


def allow(*permissions: Permission) -> Callable[[View], View]:
    """Allow a view to whoever holds one of these permissions."""
    return _mark(Guard(permissions=frozenset(permissions)))


def public(why: str) -> Callable[[View], View]:
    """Allow a view to everybody; `why` is read by the next reviewer."""
    return _mark(Guard(why=why))


def actor() -> Actor:
    """Whoever this request is made by; only for views that are allowed to a permission."""
    found: Actor | None = g.get("actor")
    if found is None:
        raise Forbidden(N_("Sign in to do this."))
    return found


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """What was said about a view, if anything was."""
    return getattr(view, _GUARD, None)


def check_routes(app: Flask) -> None:
    """Raise Unguarded, naming every view nobody put a guard on; called when the app is composed."""
    views = app.view_functions.items()
    bare = sorted(name for name, view in views if name != "static" and not guard_of(view))
    if bare:
        raise Unguarded(f"no guard on: {', '.join(bare)}. Put @allow(Permission...) or @public(why) on each.")


def load_actor_with(app: Flask, load: Callable[[Request], Identity]) -> None:
    """Tell the guards how to find out who a request comes from (staff does; web is below it)."""
    app.extensions[_LOADER] = load


def challenge_with(app: Flask, challenge: Callable[[Kept], str]) -> None:
    """Tell the guards how to ask for a sign-in that carries a posted form along; it answers with a page."""
    app.extensions[_CHALLENGE] = challenge


def identity(app: Flask, request: Request) -> Identity:
    """Who a request comes from, as the loader sees it now."""
    load: Callable[[Request], Identity] | None = app.extensions.get(_LOADER)
    return load(request) if load else Identity()


def init_app(app: Flask) -> None:
    """Check every request before its view sees it."""
    app.before_request(_admit)


def _mark(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _GUARD, guard)
        return view

    return mark


def _admit() -> Response | BaseResponse | None:
    if request.endpoint == "static":
        return None
    _identify()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None  # no such page: Flask says so
    guard = guard_of(view)
    if guard is None or not guard.admits(g.actor):
        return _turn_away()
    csrf.check()
    return None


def _identify() -> None:
    found = identity(current_app, request)
    g.actor, g.locked = found.actor, found.locked
    g.person, g.device = found.person, found.device


def _turn_away() -> Response | BaseResponse:
    if g.actor is not None and g.actor.role is not Role.DESK:
        # Whoever opens the site's address wants their own first page, which is not the board for everybody.
        if request.path == "/" and (own := shell.home()) != "/":
            return redirect(own, 303)
        raise Forbidden(N_("Your account is not allowed to do this. Ask the site lead if it should be."))
    if "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty":
        # The page stays as it is, with what was typed; the script puts the lock over it and tries again.
        return Response(status=401, headers={"HX-Trigger": "locked"})
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return redirect(f"{SIGN_IN}?{urlencode({'next': request.full_path.rstrip('?')})}", 303)
    challenge = current_app.extensions.get(_CHALLENGE)
    page = challenge(Kept.of(request)) if challenge else ""
    return Response(page, status=401, mimetype="text/html")
