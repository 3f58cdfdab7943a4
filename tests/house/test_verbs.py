"""Every verb of every feature says by whom and when, and leaves its link in the trail."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitelog

ROOT = Path(sitelog.__file__).parent
WHEN_AND_WHO = {"by", "at"}
# The trail's own rooms are what the verbs leave their links with.
NOT_VERBS = {"trail"}
# Verbs that answer a question of the store or the file system and record nothing themselves.
READS: set[str] = {"reports.file_of"}


def verbs() -> Iterator[tuple[str, ast.FunctionDef, ast.Module]]:
    for path in sorted(ROOT.glob("*/actions.py")):
        feature = path.parent.name
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if named and feature not in NOT_VERBS and f"{feature}.{node.name}" not in READS:
                yield f"{feature}.{node.name}", node, tree


def called(node: ast.AST) -> set[str]:
    found = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            target = call.func
            found.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return found


def leaves_a_link(name: str, tree: ast.Module, looked_at: frozenset[str] = frozenset()) -> bool:
    """Whether a function reaches `append`, `amend` or `strike`, itself or through the ones it calls."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached = called(functions[name])
    if reached & {"append", "amend", "strike"}:
        return True
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sitelog.")
        for alias in node.names
        if alias.name == "actions" or (node.module or "").endswith(".actions")
    }
    calls_a_verb = any(
        isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in imported
        for call in ast.walk(functions[name])
        if isinstance(call, ast.Call)
    )
    deeper = (reached & functions.keys()) - looked_at - {name}
    return calls_a_verb or any(leaves_a_link(other, tree, looked_at | {name}) for other in deeper)


@pytest.mark.parametrize(("name", "node", "tree"), [pytest.param(*v, id=v[0]) for v in verbs()])
def test_a_verb_says_who_and_when_and_leaves_a_link(
    name: str, node: ast.FunctionDef, tree: ast.Module
) -> None:
    keywords = {argument.arg for argument in node.args.kwonlyargs}
    assert keywords >= WHEN_AND_WHO, f"{name} takes {sorted(WHEN_AND_WHO - keywords)} not as keywords"
    assert leaves_a_link(node.name, tree), f"{name} leaves no link in the trail"
