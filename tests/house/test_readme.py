"""README is true: its commands exist, and its states are those the code uses."""

import re
from pathlib import Path

import click

from sitelog import cli, drawing
from sitelog.site.presets import PRESETS
from tests.house.test_files import TOP
from tests.house.test_floors import FLOORS, ROOT

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, before: str = "") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        path = f"{before} {name}".strip()
        found |= commands(command, path) if isinstance(command, click.Group) else {path}
    return found


def test_the_states_in_readme_are_what_the_command_prints() -> None:
    assert drawing.states() in README, "README “States”: paste what `sitelog states` prints"


def test_every_command_is_in_readme() -> None:
    table = README.split("## The `sitelog` command")[1].split("\n## ")[0]
    for path in commands(cli.sitelog):
        for word in path.split():
            assert re.search(rf"\b{word}\b", table), f"README does not speak of “sitelog {path}”"


def test_every_package_has_its_floor_on_the_map() -> None:
    drawn: dict[str, int] = {}
    floor = 0
    for line in README.split("## The map")[1].split("\n\n")[2].splitlines():
        floor = int(line[4:6].strip() or floor)
        drawn |= dict.fromkeys(line[7:28].split(), floor)
    there = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {
        path.stem for path in ROOT.glob("*.py")
    }
    assert FLOORS.keys() == there - {"__init__"}, "tests/house/test_floors.py"
    assert drawn == FLOORS


def test_what_lies_beside_the_floors_is_named_under_the_map() -> None:
    words = README.split("## The map")[1].split("\n## ")[0]
    plain = {path.name for path in ROOT.iterdir() if path.is_dir() and not (path / "__init__.py").is_file()}
    tops = {path.name for path in ROOT.parent.iterdir() if path.is_dir()} & TOP
    beside = {f"`{name}/`" for name in (plain | tops) - {"__pycache__", "sitelog"}}
    assert {name for name in beside if name not in words} == set()


def test_the_two_commands_come_first() -> None:
    first_code = re.search(r"\n    (\S.*)\n    (\S.*)\n", README)
    assert first_code is not None
    assert first_code[1].startswith("python3 scripts/run.py")
    assert first_code[2].startswith("python3 scripts/test.py")


def test_every_option_of_the_first_command_is_in_readme() -> None:
    script = (ROOT.parent / "scripts" / "run.py").read_text(encoding="utf-8")
    words = README.split("## Two commands")[1].split("\n## ")[0]
    options = re.findall(r'add_argument\("(--\w+)"', script)
    assert options and [one for one in options if f"`{one}" not in words] == []


def test_the_pictures_are_there() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parents[2] / path).is_file(), path


def test_every_preset_is_named_by_its_code() -> None:
    assert [code for code in PRESETS if f"`{code}`" not in README] == []
