"""Nothing leaves the house but what protect() made."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

import sitelog
from sitelog.disclosure import printed
from sitelog.disclosure.printed import Exact, Figure, SafeLines, SafeRelease, SafeRow, SafeTable
from sitelog.formats.document import Chart, Kpi, Lines, Table, Text
from tests.formats.example import bands, protected

ROOT = Path(sitelog.__file__).parent
SAFE = protected().safe


def test_a_safe_table_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError, match="made by disclosure.protect"):
        SafeTable("t", "Title", "Head", (), ())


@pytest.mark.parametrize("kind", [Figure, SafeRow, SafeTable, SafeLines, SafeRelease])
def test_no_safe_thing_can_be_made_with_a_forged_seal(kind: type) -> None:
    missing = [None for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING]
    with pytest.raises(TypeError):
        kind(*missing, seal=object())


def test_a_safe_figure_cannot_be_changed_or_copied_with_another_number() -> None:
    figure = SAFE.table("figures").figure("accesses")
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.cell = Exact(1)  # type: ignore[misc]
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(figure, cell=Exact(1))


def test_only_protect_knows_the_seal() -> None:
    users = {p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.py") if "_SEAL" in p.read_text("utf-8")}
    assert users == {"disclosure/printed.py", "disclosure/protect.py"}


def test_a_document_takes_nothing_that_protect_did_not_make() -> None:
    raw = bands()
    for make in (
        lambda: Table(raw),  # type: ignore[arg-type]
        lambda: Chart(raw, "Bars"),  # type: ignore[arg-type]
        lambda: Lines((), "Lines", "None"),  # type: ignore[arg-type]
        lambda: Kpi("Accesses", 214),  # type: ignore[arg-type]
        lambda: Text("%(n)s", {"n": 214}),  # type: ignore[dict-item]
    ):
        with pytest.raises(TypeError, match="protect"):
            make()


def test_formats_never_see_raw_tables() -> None:
    for path in (ROOT / "formats").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "sitelog.disclosure.tables", path.name


def test_disclosure_is_pure() -> None:
    allowed = ("sitelog.disclosure", "sitelog.ground")
    for path in (ROOT / "disclosure").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            for name in names:
                assert name.startswith(allowed) or name.split(".")[0] in STANDARD, f"{path.name}: {name}"


STANDARD = {"__future__", "collections", "dataclasses", "datetime", "enum", "hashlib", "hmac", "typing"}


def test_a_safe_release_holds_no_truth_and_no_number_of_people() -> None:
    words = {f.name for kind in vars(printed).values() if dataclasses.is_dataclass(kind)
             for f in dataclasses.fields(kind)}  # fmt: skip
    assert not words & {"truth", "people", "count", "protect", "protected", "width"}
