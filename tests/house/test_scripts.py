"""The two commands run on a bare Python, and one that will not do is told in one line what to install."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
# Benches measure the package itself and run on its own Python; the two commands run on any.
OURS = {path.stem for path in SCRIPTS.glob("*.py")}


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.name)
def test_a_script_needs_nothing_installed(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).split(".")[0])
    assert names - OURS <= sys.stdlib_module_names


@pytest.mark.parametrize("name", ["_venv", "run", "test"])
def test_an_old_python_can_read_far_enough_to_be_told_so(name: str) -> None:
    ast.parse((SCRIPTS / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("name", ["run", "test"])
@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("sys.version_info = (3, 9, 2)", "Python 3.11 or newer is needed"),
        ("sys.modules['ensurepip'] = None", "without venv and pip. On Debian or Ubuntu: apt install python3"),
    ],
)
def test_a_machine_that_lacks_something_is_told_what_to_install(name: str, lacking: str, told: str) -> None:
    begin = f"import runpy, sys; {lacking}; sys.path.insert(0, {str(SCRIPTS)!r}); sys.argv = ['{name}.py']"
    start = f"runpy.run_path({str(SCRIPTS / name) + '.py'!r}, run_name='__main__')"
    command = [sys.executable, "-c", f"{begin}; {start}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
