"""What is built from this folder holds every page, style and script, and only what belongs in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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
