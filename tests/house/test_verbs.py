"""Every verb of every feature says by whom and when, and leaves its link in the trail."""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import sitelog
from sitelog.trail import actions as trail

ROOT = Path(sitelog.__file__).parent
WHEN_AND_WHO = {"by", "at"}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions of every `actions` room: defined in it, or named in its `__all__`."""
    for path in sorted(ROOT.glob("*/actions.py")):
        room = importlib.import_module(f"sitelog.{path.parent.name}.actions")
        open_names = set(getattr(room, "__all__", ()))
        for name, found in vars(room).items():
            mine = isinstance(found, FunctionType) and (
                found.__module__ == room.__name__ or name in open_names
            )
            # The trail's own room is what the verbs leave their links with.
            tool = name.startswith(("_", "check_")) or room is trail
            if mine and not tool and "by" in inspect.signature(found).parameters:
                yield f"{path.parent.name}.{name}", found


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


@pytest.mark.parametrize(("name", "verb"), [pytest.param(*v, id=v[0]) for v in verbs()])
def test_a_verb_says_who_and_when(name: str, verb: FunctionType) -> None:
    parameters = inspect.signature(verb).parameters
    keywords = {p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert keywords >= WHEN_AND_WHO, f"{name} takes {sorted(WHEN_AND_WHO - keywords)} not as keywords"


@pytest.mark.parametrize(("name", "verb"), [pytest.param(*v, id=v[0]) for v in verbs()])
def test_a_verb_leaves_its_link_in_the_trail(name: str, verb: FunctionType) -> None:
    assert leaves_a_link(verb), f"{name} leaves no link in the trail"
