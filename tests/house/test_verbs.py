"""Every verb of every feature says by whom and when, and leaves its link in the trail."""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import sitelog
from sitelog.trail import actions as trail

ROOT = Path(sitelog.__file__).parent
WHEN_AND_WHO = {"by", "at"}
# What is open in a room of verbs and is none, besides what only checks; each with what it is instead.
NO_VERBS = {
    "imports.outcome": "says what an import brought",
    "incidents.staff_refs": "reads who works here",
    "referrals.services_by_code": "reads the directory",
    "reports.file_of": "finds the file of what was published",
    "supplies.use_up": "makes the rows that the link of a dose seals",
}


def open_functions() -> dict[str, FunctionType]:
    """The public functions of every `actions` room: defined in it, or named in its `__all__`."""
    found = {}
    for path in sorted(ROOT.glob("*/actions.py")):
        room = importlib.import_module(f"sitelog.{path.parent.name}.actions")
        open_names = set(getattr(room, "__all__", ()))
        for name, one in vars(room).items():
            mine = isinstance(one, FunctionType) and (one.__module__ == room.__name__ or name in open_names)
            # The trail's own room is what the verbs leave their links with.
            if mine and not name.startswith("_") and room is not trail:
                found[f"{path.parent.name}.{name}"] = one
    return found


def only_checks(name: str) -> bool:
    """Whether a function refuses or lets pass, and writes nothing; whoever is checked in comes."""
    return bool(re.match(r"\w+\.check_(?!in(_|$))", name))


OPEN = open_functions()
VERBS = {name: one for name, one in OPEN.items() if not only_checks(name) and name not in NO_VERBS}
OTHERS = {name: one for name, one in OPEN.items() if name not in VERBS}


def reaches(value: Any) -> Iterator[FunctionType]:
    """The functions of sitelog that a global can stand for: itself, or the values of a table."""
    values = (
        value.values()
        if isinstance(value, Mapping)
        else value
        if isinstance(value, tuple | list)
        else [value]
    )
    for one in values:
        function = inspect.unwrap(one) if callable(one) else one
        if isinstance(function, FunctionType) and function.__module__.startswith("sitelog."):
            yield function


def used(function: FunctionType) -> Iterator[FunctionType]:
    """The functions of sitelog a function names in its body."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield from reaches(function.__globals__.get(node.id))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = function.__globals__.get(node.value.id)
            if inspect.ismodule(owner):
                yield from reaches(getattr(owner, node.attr, None))


def keywords(verb: FunctionType) -> set[str]:
    """The keywords a verb takes, and those of whatever it hands its `**words` on to."""
    parameters = inspect.signature(verb).parameters.values()
    own = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
    rest = {p.name for p in parameters if p.kind is p.VAR_KEYWORD}
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(verb)))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and rest & handed_on(node):
            for further in reaches(verb.__globals__.get(node.func.id)):
                own |= keywords(further)
    return own


def handed_on(call: ast.Call) -> set[str]:
    """The names whose values a call takes as keywords."""
    starred = [keyword.value for keyword in call.keywords if keyword.arg is None]
    return {node.id for value in starred for node in ast.walk(value) if isinstance(node, ast.Name)}


def leaves_a_link(function: FunctionType) -> bool:
    seen: set[FunctionType] = set()
    ahead = [function]
    while ahead:
        here = ahead.pop()
        if here in (trail.append, trail.append_many):
            return True
        if here not in seen:
            seen.add(here)
            ahead += used(here)
    return False


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_says_who_and_when(name: str) -> None:
    assert keywords(VERBS[name]) >= WHEN_AND_WHO, f"{name} does not take who and when as keywords"


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_leaves_its_link_in_the_trail(name: str) -> None:
    assert leaves_a_link(VERBS[name]), f"{name} leaves no link in the trail"


# Wrong tries lock an account, and that is an entry of the door's own.
@pytest.mark.parametrize("name", sorted(OTHERS.keys() - {"staff.check_own_pin"}))
def test_what_stands_beside_the_verbs_leaves_no_link(name: str) -> None:
    assert not leaves_a_link(OTHERS[name]), f"{name} leaves a link: it is a verb"


def test_what_is_said_to_be_no_verb_is_there() -> None:
    assert NO_VERBS.keys() <= OPEN.keys()
