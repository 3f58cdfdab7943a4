"""The neutral report: what stands on paper and in what order, whatever the format.

Numbers enter only as `Figure`, `SafeTable` and `SafeLines`, which nobody but `disclosure.protect` can make.
All words come in ready to read; `words` translates the few that formats and lines bring themselves (`WORDS`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sitelog.disclosure import lines
from sitelog.disclosure.alone import ELSEWHERE
from sitelog.disclosure.printed import (
    Cell,
    Change,
    DoesNotApply,
    Exact,
    Figure,
    NotRecorded,
    Range,
    SafeLines,
    SafeTable,
    Withheld,
)
from sitelog.disclosure.protect import NEXT_TIME, NOT_PUBLIC, WAIT
from sitelog.disclosure.suppress import TOO_FEW
from sitelog.ground.words import N_

A_RANGE = N_("a range: the true number is one of these")
ZERO = N_("counted, and there were none")
NO_ANSWER = N_("not recorded: the question was not answered")
NO_SENSE = N_("does not apply")
NOT_RECORDED = N_("n/r")
WHAT, WAS, IS_NOW = N_("Figure"), N_("Was"), N_("Is now")
HOURS, MINUTES = N_("%(hours)s h %(minutes)s min"), N_("%(minutes)s min")
PAGE = N_("Page %(page)s of %(pages)s")

WORDS: tuple[str, ...] = (
    A_RANGE, ZERO, NO_ANSWER, NO_SENSE, NOT_RECORDED, WHAT, WAS, IS_NOW, PAGE, HOURS, MINUTES,
    TOO_FEW.reason, ELSEWHERE.reason, NEXT_TIME.reason, WAIT.reason, NOT_PUBLIC.reason,
    *(word for head, codes in lines.COLUMNS.values() for word in (head, *codes.values())),
)  # fmt: skip
"""Every word that formats print and that the caller did not write: what `Document.words` may translate."""


class Written(Protocol):
    """What a paper says about itself, whatever stands on it. `stamp` is printed as the file's date."""

    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def stamp(self) -> datetime: ...
    @property
    def footer(self) -> str: ...
    @property
    def running(self) -> str: ...
    def say(self, word: str) -> str:
        """A word that formats bring themselves, in the reader's language."""


@dataclass(frozen=True)
class Text:
    """A paragraph; printed figures stand in it by name: Text("%(n)s of 9", {"n": figure}). With
    figures, a percent sign is written %%."""

    text: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    quiet: bool = True

    def __post_init__(self) -> None:
        for figure in self.figures.values():
            _only(figure, Figure)


@dataclass(frozen=True)
class Table:
    """A table of figures with its title as caption; `columns`: codes of those to show (default: all)."""

    table: SafeTable
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _only(self.table, SafeTable)


@dataclass(frozen=True)
class Lines:
    """The incident lines. `caption` stands above; `none` is said where there were none to print."""

    lines: SafeLines
    caption: str
    none: str

    def __post_init__(self) -> None:
        _only(self.lines, SafeLines)


@dataclass(frozen=True)
class Chart:
    """Horizontal bars of one column of a table that is printed too; `compare`: a column marked by a tick and
    in brackets. Totals have no bar."""

    table: SafeTable
    title: str
    column: str | None = None
    compare: str | None = None

    def __post_init__(self) -> None:
        _only(self.table, SafeTable)


@dataclass(frozen=True)
class Changes:
    """What reads otherwise than in the earlier version (`SafeRelease.changes`): figure, was, is now."""

    changes: tuple[Change, ...]
    caption: str

    def __post_init__(self) -> None:
        for change in self.changes:
            _only(change, Change)


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean here: (term, meaning)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """Two blocks side by side; `right` None leaves that half empty."""

    left: Block
    right: Block | None = None


Block = Text | Table | Lines | Chart | Changes | Definitions | Pair


@dataclass(frozen=True)
class Section:
    """A numbered section with a bookmark."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Kpi:
    """A key figure with the words above and below it."""

    label: str
    figure: Figure
    note: Text | None = None

    def __post_init__(self) -> None:
        _only(self.figure, Figure)


@dataclass(frozen=True)
class Document:
    """A report. `facts`: (label, words) of the header block. `stamp`: the end of the period, printed as the
    file's date, so that the time of making says nothing. `language`: a BCP 47 tag. `author`: who
    publishes."""

    title: str
    subtitle: str
    author: str
    language: str
    stamp: datetime
    facts: tuple[tuple[str, str], ...]
    kpis: tuple[Kpi, ...]
    sections: tuple[Section, ...]
    footer: str
    smallest: int
    """The smallest group that may show (k), for the range in the legend."""
    subject: str = ""
    running: str = ""
    """What stands on the right above every page but the first, e.g. the version."""
    words: Mapping[str, str] = field(default_factory=dict)

    def say(self, word: str) -> str:
        """A word of `WORDS` in the reader's language."""
        return self.words.get(word, word)

    def show(self, cell: Cell) -> str:
        """A printed cell as plain characters."""
        return show(cell, self.say)

    def filled(self, text: Text) -> str:
        """The paragraph with its figures in place."""
        shown = {name: self.show(figure.cell) for name, figure in text.figures.items()}
        return text.text % shown if shown else text.text


def show(cell: Cell, words: Callable[[str], str] = str) -> str:
    """A printed cell as plain characters."""
    match cell:
        case Exact(value, "minutes"):
            hours, minutes = divmod(value, 60)
            text = words(HOURS if hours else MINUTES)
            return text % {"hours": hours, "minutes": minutes}
        case Exact(value):
            return str(value)
        case Range(lo, None):
            return f"{lo}+"
        case Range(lo, hi):
            return f"{lo}–{hi}"
        case NotRecorded():
            return words(NOT_RECORDED)
        case DoesNotApply():
            return "–"
        case Withheld(reason):
            return words(reason)


def _only(thing: object, kind: type) -> None:
    if type(thing) is not kind:
        raise TypeError(f"a document takes a {kind.__name__} from protect(), not a {type(thing).__name__}")
