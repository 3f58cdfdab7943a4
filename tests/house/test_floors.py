"""The floors: every import goes down, and between features only through the open rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitelog

ROOT = Path(sitelog.__file__).parent
FLOORS: dict[str, int] = {
    "__main__": 14,
    "cli": 13,
    **dict.fromkeys(["instance", "serve", "drawing"], 12),
    "app": 11,
    **dict.fromkeys(["jobs", "exports", "imports", "demo"], 10),
    **dict.fromkeys(["shifts", "reports"], 9),
    **dict.fromkeys(["board", "tally"], 8),
    **dict.fromkeys(["responses", "incidents", "services", "referrals", "alerts"], 7),
    **dict.fromkeys(["visits", "supplies"], 6),
    "people": 5,
    **dict.fromkeys(["site", "staff"], 4),
    **dict.fromkeys(["trail", "formats", "help"], 3),
    **dict.fromkeys(["store", "web", "disclosure"], 2),
    "ground": 1,
}
FEATURES = {
    "site",
    "staff",
    "people",
    "visits",
    "supplies",
    "responses",
    "incidents",
    "services",
    "referrals",
    "alerts",
    "shifts",
}
OPEN_ROOMS = {"rules", "queries", "actions", "facts", "defaults"}
# They put the house together, and may open any door.
COMPOSERS = {"app", "instance", "cli"}
# The composition root is imported lazily by the package itself, and by nothing else below it.
LAZY = {("__init__", "app")}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every import of sitelog in a file, as line and dotted parts after `sitelog`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("sitelog."):
                yield node.lineno, name.split(".")[1:]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    here = package_of(path)
    for line, parts in imported(path):
        there = parts[0]
        if there == here or there == "__version__" or (here, there) in LAZY:
            continue
        assert there in FLOORS, f"{path}:{line}: {there} has no floor"
        assert FLOORS[there] < FLOORS.get(here, 99), (
            f"{path}:{line}: {here} imports {there}, which is not below it"
        )


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_features_meet_only_in_their_open_rooms(path: Path) -> None:
    here = package_of(path)
    for line, parts in imported(path):
        if parts[0] in FEATURES - {here} and here not in COMPOSERS and len(parts) > 1:
            assert parts[1] in OPEN_ROOMS, f"{path}:{line}: {here} reaches into {'.'.join(parts)}"


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("rules", {"flask", "sqlalchemy", "flask_sqlalchemy", "flask_wtf", "wtforms", "flask_babel"}),
        ("actions", {"flask", "flask_wtf", "wtforms", "flask_babel"}),
    ],
)
def test_rules_are_pure_and_verbs_know_no_http(room: str, forbidden: set[str]) -> None:
    for path in modules():
        if path.stem != room:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in forbidden, f"{path}:{node.lineno}: {room} imports {name}"
