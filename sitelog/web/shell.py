"""What the frame around every page shows and from whom it hears it: site, navigation, alerts, who is on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request

from sitelog.ground.access import Permission
from sitelog.ground.words import N_

_TOLD = "sitelog.shell"
_PATHS = "sitelog.paths"
_COUNTS = "sitelog.counts"

# Label, address, who sees it. A line appears once its page exists.
NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    (N_("Board"), "/", Permission.READ_BOARD),
    (N_("People"), "/people", Permission.LOG),
    (N_("Referrals"), "/referrals", Permission.REFER),
    (N_("Supplies"), "/supplies", Permission.LOG),
    (N_("Services"), "/services", Permission.LOG),
    (N_("Incidents"), "/incidents", Permission.LOG),
    (N_("Shift"), "/shifts", Permission.LOG),
    (N_("Reports"), "/reports", Permission.READ_REPORTS),
    (N_("Jobs"), "/jobs", Permission.READ_JOBS),
    (N_("Trail"), "/trail", Permission.READ_TRAIL),
    (N_("Settings"), "/settings", Permission.CONFIGURE),
    (N_("Accounts"), "/accounts", Permission.MANAGE_ACCOUNTS),
)

# Lines the bar has room for beside warnings, the clock and the way into a response; the others fold.
ROOM = 7


@dataclass(frozen=True)
class NavLine:
    """One line of the navigation; `count` is a small number beside it, if there is one to show, of what is
    `said` ("due", "open")."""

    label: str
    path: str
    here: bool
    count: int | None = None
    said: str = ""


def tell(app: Flask, **functions: Callable[[], Any]) -> None:
    """Give the shell its sources, each a function without arguments, asked at most once per request: a
    template asks `told("word")`, a view `ask("word")`."""
    app.extensions.setdefault(_TOLD, {}).update(functions)


def count(app: Flask, path: str, source: Callable[[], int], said: str) -> None:
    """Show a number beside a line of the navigation, and the word that says of what."""
    app.extensions.setdefault(_COUNTS, {})[path] = source, said


def ask(word: str, otherwise: Any = None) -> Any:
    """What the shell was told about a word, or `otherwise`."""
    known = g.setdefault("_shell", {})
    if word not in known:
        source = current_app.extensions.get(_TOLD, {}).get(word)
        known[word] = source() if source else otherwise
    return known[word]


def navigation() -> Iterator[NavLine]:
    """The lines this request's actor may follow."""
    actor = g.get("actor")
    counts = current_app.extensions.get(_COUNTS, {})
    for label, path, permission in NAVIGATION:
        if actor and actor.can(permission) and path in _paths():
            here = request.path == path or (path != "/" and request.path.startswith(f"{path}/"))
            source, said = counts.get(path, (None, ""))
            yield NavLine(label, path, here, source() if source else None, said)


def home() -> str:
    """The first page this request's actor may see."""
    return next((line.path for line in navigation()), "/")


def _paths() -> set[str]:
    paths: set[str] | None = current_app.extensions.get(_PATHS)
    if paths is None:
        paths = {rule.rule.rstrip("/") or "/" for rule in current_app.url_map.iter_rules()}
        current_app.extensions[_PATHS] = paths
    return paths
