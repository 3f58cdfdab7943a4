"""Nothing is kept that nobody uses: a table, a function, a permission or a word of the frame."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from sitelog.ground.access import Permission

ROOT = Path(__file__).parents[2]
SITELOG = [path for path in sorted((ROOT / "sitelog").rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What lets somebody in: the guard of a route, and what a verb or a page asks of whoever is there.
ASKS = {"allow", "can", "may"}

# Used from outside the package alone, and by whom.
KEPT = {"let_go": "whoever opens one application after another, as the tests do"}


def made(path: Path) -> Iterator[str]:
    """What a file makes at its top: tables in capitals, functions; a decorator uses what it decorates."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name) and one.id.isupper())


def test_what_is_made_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*SITELOG, *TEMPLATES)]
    named = Counter(word for text in texts for word in re.findall(r"\w+", text))
    alone = {
        f"{path.relative_to(ROOT)}: {name}" for path in SITELOG for name in made(path) if named[name] < 2
    }
    assert {one for one in alone if one.partition(": ")[2] not in KEPT} == set()


def asked_for() -> Iterator[str]:
    """The permissions that a route, a verb or a page asks for."""
    for path in SITELOG:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ASKS & {
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            }:
                for part in (part for argument in node.args for part in ast.walk(argument)):
                    if isinstance(part, ast.Attribute) and getattr(part.value, "id", "") == "Permission":
                        yield part.attr


def test_a_permission_is_asked_for_somewhere() -> None:
    """One that only stands in the table of roles says of somebody that they may do what nobody can do."""
    idle = {one.name for one in Permission} - set(asked_for())
    assert idle == set(), "no route has it in @allow, no verb asks by.can(...): take it out or ask for it"


def test_what_the_frame_is_told_is_what_is_asked_of_it(app: Flask) -> None:
    """A word that is misspelled on either side shows nothing, and nobody is told why."""
    asks = [(r"\bshell\.ask\(\s*\"(\w+)\"", SITELOG), (r"\btold\(\s*\"(\w+)\"", TEMPLATES)]
    texts = [(call, path.read_text(encoding="utf-8")) for call, paths in asks for path in paths]
    asked = {word for call, text in texts for word in re.findall(call, text)}
    told = set(app.extensions["sitelog.shell"])
    assert asked - told == set(), "asked of the frame, and no shell.tell gives it"
    assert told - asked == set(), "told to the frame by shell.tell, and nobody asks for it"
