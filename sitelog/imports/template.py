"""The template: every file with its header and one example row, and what each column means."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.imports.catalog import SHEETS
from sitelog.imports.cells import allowed
from sitelog.imports.plan import DESCRIPTION
from sitelog.imports.sheets import Column
from sitelog.referrals import queries as referrals
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook

HEADER = ("file", "column", "needed", "meaning", "may be")


def write(folder: Path) -> list[Path]:
    """Write the files; the words are those of the site's lists. Usage if one of them is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in (*(sheet.file for sheet in SHEETS), DESCRIPTION)]
    for path in paths:
        if path.exists():
            raise Usage(N_("%(file)s is there already; a template replaces nothing."), file=path)
    book, services = site.book(), [service.code for service in referrals.directory()]
    for path, sheet in zip(paths, SHEETS, strict=False):
        example = [_example(column, book, services) for column in sheet.columns]
        # A site without a directory can import no referral, not even the example.
        rows = [example] if all(example[n] for n, c in enumerate(sheet.columns) if c.needed) else []
        _write(path, [[column.name for column in sheet.columns], *rows])
    _write(paths[-1], [HEADER, *_described(book, services)])
    return paths


def _described(book: SiteBook, services: Sequence[str]) -> Iterable[Sequence[str]]:
    for sheet in SHEETS:
        yield sheet.file, "", "", sheet.words, ""
        for column in sheet.columns:
            words = ", ".join(_may_be(column, book, services))
            yield sheet.file, column.name, "yes" if column.needed else "", column.words, words


def _example(column: Column, book: SiteBook, services: Sequence[str]) -> str:
    return next(iter(_may_be(column, book, services)), "") if column.example == "*" else column.example


def _may_be(column: Column, book: SiteBook, services: Sequence[str]) -> Sequence[str]:
    return services if column.name == "service" else allowed(column.read, book)


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    # With a mark at its start, so that a spreadsheet reads it as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
