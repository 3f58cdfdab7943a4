"""Nothing is kept that nobody uses: a table or a function that is named only where it is made."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITELOG = [path for path in sorted((ROOT / "sitelog").rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

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
