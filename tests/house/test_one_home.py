"""What several features need has one home: the same lines do not stand in two packages."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2] / "sitelog"

# May be alike, with the reason.
ALIKE = {
    "strike": "the verb of each noun, which asks its own feature whether the entry may be changed",
    "_form": "how a package of pages shows its own template",
    "about": "a form of the register, and the part of another form that registers somebody on the way",
}


def lines_of(node: ast.FunctionDef | ast.ClassDef) -> str:
    """What a function or a class does, without its name and its words; empty where that is one statement."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    statements = sum(isinstance(part, ast.stmt) for one in body for part in ast.walk(one))
    return ast.dump(ast.Module(body, [])) if statements > 1 else ""


def test_the_same_lines_do_not_stand_in_two_packages() -> None:
    homes = defaultdict[str, set[str]](set)
    for path in sorted(ROOT.glob("*/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in ALIKE:
                homes[lines_of(node)].add(f"{path.parent.name}: {node.name}")
    homes.pop("", None)
    assert [sorted(one) for one in homes.values() if len({home.partition(":")[0] for home in one}) > 1] == []
