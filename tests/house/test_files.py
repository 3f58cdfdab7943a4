"""Every file is where the house says, says what it is, and stays small; only the clock reads the time."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITELOG = sorted((ROOT / "sitelog").rglob("*.py"))
PYTHON = [*SITELOG, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "scripts").rglob("*.py"))]

# A revision is drawn by Alembic from the models; it lists every table and is read once.
WRITTEN = [path for path in SITELOG if "versions" not in path.parts]

TOP = {"pyproject.toml", "sitelog", "templates", "instance", "tests", "scripts", "README.md"}
LOCKS = re.compile(r"requirements[\w.-]*\.(txt|lock)|uv\.lock")
MADE = {"build", "dist", "htmlcov", "mutants"}  # by tools, ignored by git

# Longer than this is two files.
MOST_LINES = 300

# Which file alone may import a library, so that it can be replaced by changing one place.
KEPT_TO = {
    "reportlab": "formats/",
    "apscheduler": "jobs/alarm.py",
    "sqlcipher3": "store/",
    "argon2": "staff/",
}

CLOCK = ROOT / "sitelog" / "ground" / "clock.py"
READS_TIME = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "monotonic", "perf_counter", "clock_gettime")),
    *(f"time.{name}_ns" for name in ("time", "monotonic", "perf_counter", "clock_gettime")),
    *(f"time.{name}" for name in ("localtime", "gmtime", "ctime", "strftime")),
    *(f"sqlalchemy.func.{name}" for name in ("now", "current_timestamp", "current_date", "localtimestamp")),
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_file_says_in_its_first_line_what_it_is(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False)
    assert words, "the first statement is not a docstring"
    first, _, rest = words.partition("\n")
    assert first.strip(), "the first line of the docstring is empty"
    assert not rest or rest.startswith("\n"), "what follows the first line is not set apart from it"


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - MADE
    assert {name for name in found if not LOCKS.fullmatch(name)} == TOP


def imported(tree: ast.AST) -> dict[str, str]:
    """What each imported name in a file stands for, in full."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def full_name(node: ast.expr, names: dict[str, str]) -> str | None:
    """The full dotted name of an expression, through the file's imports; None when it is not a plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and (before := full_name(node.value, names)):
        return f"{before}.{node.attr}"
    return None


def readings_of_time(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of everything in a source that would read the time, called or handed on."""
    tree = ast.parse(source)
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (full := full_name(node, names)) in READS_TIME:
            yield node.lineno, str(full)


def test_only_the_clock_reads_the_time() -> None:
    found = [
        f"{name_of(path)}:{line}: {name}"
        for path in SITELOG
        if path != CLOCK
        for line, name in readings_of_time(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime as d\nfield(default_factory=d.utcnow)",
        "from datetime import date\ndate.today()",
        "import time as t\nt.time()",
        "from time import monotonic\nmonotonic()",
        "from sqlalchemy import func\ncolumn(server_default=func.now())",
    ],
)
def test_a_reading_of_the_time_is_seen_however_it_is_written(source: str) -> None:
    assert len(list(readings_of_time(source))) == 1


def test_a_library_stays_behind_its_own_door() -> None:
    found = []
    for path in SITELOG:
        place = path.relative_to(ROOT / "sitelog").as_posix()
        for full in imported(ast.parse(path.read_text(encoding="utf-8"))).values():
            home = KEPT_TO.get(full.split(".")[0])
            if home and not place.startswith(home):
                found.append(f"sitelog/{place} imports {full}; only sitelog/{home} may")
    assert found == []
