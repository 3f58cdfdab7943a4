"""What is built from this folder holds every page, style and script, and only what belongs in it."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project as it would be installed elsewhere."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_template_inside_the_package(wheel: zipfile.ZipFile) -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html")}
    assert pages
    assert {f"sitelog/{page}" for page in pages} <= set(wheel.namelist())


def test_the_wheel_holds_every_style_script_font_and_language(wheel: zipfile.ZipFile) -> None:
    kept = [path for path in (ROOT / "sitelog").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert {path.relative_to(ROOT).as_posix() for path in kept} <= set(wheel.namelist())


def test_the_wheel_holds_nothing_of_a_site_and_no_tests(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"sitelog"}


def test_the_wheel_brings_the_command(wheel: zipfile.ZipFile) -> None:
    scripts = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "sitelog = sitelog.cli:main" in wheel.read(scripts).decode()


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.txt": [*PROJECT["dependencies"], *EXTRAS["editable"]],
    "requirements-test.txt": [*PROJECT["dependencies"], *EXTRAS["editable"], *EXTRAS["test"]],
    "requirements-postgres.txt": [*PROJECT["dependencies"], *EXTRAS["postgres"]],
}


def pinned(lock: str) -> dict[str, str]:
    """Name and version of everything a lock file names."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[\w,]+\])?==([\w.]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for(lock: str) -> None:
    pins = pinned(lock)
    for wanted in map(Requirement, LOCKS[lock]):
        assert wanted.specifier.contains(pins[wanted.name.lower()]), wanted


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_content_and_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", text)


def test_the_locks_agree() -> None:
    runs, tests = pinned("requirements.txt"), pinned("requirements-test.txt")
    assert {name: tests.get(name) for name in runs} == runs
