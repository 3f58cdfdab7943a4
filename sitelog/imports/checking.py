"""One check of one set of files, noun by noun, so that each may name what stands before it."""

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sitelog.imports.catalog import NOUNS
from sitelog.imports.cells import Reading, words
from sitelog.imports.nouns import Check, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Problem, Row
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.keys import key
from sitelog.trail import queries as trail

# A link's token, 64 letters: "im.", what the row is called, ".", what it says.
_PREFIX, _HALF = "im.", 30

Told = Callable[[str, int, int], None]
"""Hears how far it is: the stage, how much of it is done, and of how much."""


class Checking:
    """The rows of all files, by file; `new` is asked for each noun in the catalog's order.

    Of the files that were read only `partly` nobody is told that a row is missing.
    """

    def __init__(
        self, rows: dict[str, list[Row]], partly: set[str], reading: Reading, names: Names, told: Told
    ) -> None:
        self._partly = partly
        self.problems: list[Problem] = []
        self._rows, self._reading, self._names, self._told = rows, reading, names, told
        # What earlier imports made: what it was called -> what it said, and its ref.
        self._before = {
            token[len(_PREFIX) : len(_PREFIX) + _HALF]: (token[-_HALF:], subject)
            for token, subject in trail.tokens(_PREFIX).items()
        }
        self._ids: dict[str, dict[str, Row]] = {}
        # Rows that were imported before, and what they made was struck since.
        self._gone: dict[str, set[str]] = {}
        self._total = sum(len(rows.get(noun.sheet.file, ())) for noun in NOUNS)
        self._done = 0

    def new(self, noun: Noun) -> list[Unit]:
        """What is not on record yet, and can be."""
        rows = self._rows.get(noun.sheet.file, [])
        self._ids[noun.name] = self._called(rows)
        parts = self._parts(noun)
        self._find_named(noun, rows)
        check, found, earlier = noun.checking(self._reading), list[Unit](), dict[str, str]()
        for unit in _units(noun, rows, parts):
            self._done += 1
            self._told("Checking", self._done, self._total)
            # A row that could not even be read has been told of.
            if not all(row.good for row in (unit.row, *unit.parts)):
                continue
            before = self._before.get(unit.token[len(_PREFIX) : len(_PREFIX) + _HALF])
            if before is None and self._fits(noun, unit, check):
                found.append(unit)
            elif before is not None and self._same(noun, unit, *before) and unit.row["id"] is not None:
                earlier[unit.row["id"]] = before[1]
        self._gone[noun.name] = self._learn(noun, earlier)
        return found

    def _wrong(self, row: Row, column: str, reason: str) -> None:
        self.problems.append(Problem(row.sheet.file, row.line, column, reason))

    def _called(self, rows: Sequence[Row]) -> dict[str, Row]:
        """The rows by what they are called; no two are called the same."""
        found: dict[str, Row] = {}
        for row in rows:
            if (called := row["id"]) is not None:
                if called in found:
                    self._wrong(row, "id", f"This is the id of line {found[called].line} already.")
                found.setdefault(called, row)
        return found

    def _parts(self, noun: Noun) -> dict[str, list[Row]]:
        """The rows of a noun's further files, by what the row they belong to is called."""
        found: dict[str, list[Row]] = defaultdict(list)
        for part in noun.parts if noun.sheet.file not in self._partly else ():
            for row in self._rows.get(part.sheet.file, ()):
                owner = row[part.owner]
                if owner is not None and owner not in self._ids[noun.name]:
                    reason = f"No row of {noun.sheet.file}, beside this file, has this id."
                    self._wrong(row, part.owner, reason)
                elif owner is not None:
                    found[owner].append(row)
        return found

    def _find_named(self, noun: Noun, rows: Sequence[Row]) -> None:
        """Find what the rows name: in this set, in an earlier one, or by the ref people say."""
        for column in noun.sheet.columns:
            other = next((one for one in NOUNS if one.name == column.names), None)
            if other is None or other.sheet.file in self._partly:
                continue
            named = {row[column.name] for row in rows} - {None} - self._ids[other.name].keys()
            missing = self._learn(other, {name: self._ref(other, name) for name in named})
            missing |= self._gone[other.name]
            for row in rows:
                if row[column.name] in missing:
                    reason = f"No {other.name} of these files or on record is called this."
                    self._wrong(row, column.name, reason)

    def _ref(self, noun: Noun, called: str) -> str:
        """The ref of what an earlier import called so; else it may be a ref itself."""
        found = self._before.get(_mac(noun.name, "id", called))
        return found[1] if found else called

    def _learn(self, noun: Noun, refs: dict[str, str]) -> set[str]:
        """Learn what is on record under these refs, by what it is called; the rest is not there."""
        known = noun.refs(set(refs.values()))
        for called, ref in refs.items():
            if ref in known:
                self._names.learn(noun.name, called, known[ref])
        return {called for called, ref in refs.items() if ref not in known}

    def _same(self, noun: Noun, unit: Unit, said: str, ref: str) -> bool:
        if said == unit.token[-_HALF:]:
            return True
        # One digest tells of a row with its parts: which of them is another, nobody knows.
        it = " or ".join(("it", *(f"its rows of {part.sheet.file}" for part in noun.parts)))
        reason = f"Imported before as {ref}, when {it} said something else: correct it at the desk."
        self._wrong(unit.row, "", reason)
        return False

    def _fits(self, noun: Noun, unit: Unit, check: Check) -> bool:
        """Whether it can be entered."""
        wrong = list(noun.joined(unit)) or list(self._out_of_use(unit))
        wrong = wrong or list(check(unit, noun.make(unit, self._names)))
        for one in wrong:
            self._wrong(*one)
        return not wrong

    def _out_of_use(self, unit: Unit) -> Iterator[Wrong]:
        """The words that are retired now, and were not on the site's list when their row happened either."""
        for row in (unit.row, *unit.parts):
            for column in row.sheet.columns if self._reading.retired else ():
                value = row[column.name]
                said = words(column.read, value) if value is not None else ()
                for kind, code in self._reading.retired.intersection(said):
                    rule = partial(check_choice, site.book_for(_when(unit, row)), kind, code, column.name)
                    yield from refused(row, rule)


def _when(unit: Unit, row: Row) -> datetime:
    """When a row happened, or the one it belongs to where it does not say so itself."""
    of = row if row.sheet.when else unit.row
    assert of.sheet.when is not None
    found: datetime = of[of.sheet.when.name]
    return found


def _units(noun: Noun, rows: Sequence[Row], parts: dict[str, list[Row]]) -> Iterator[Unit]:
    """Each row with its parts and its token."""
    again: Counter[str] = Counter()
    for row in rows:
        called = row["id"]
        mine = parts.get(called, []) if called is not None else []
        says = _mac(noun.name, "says", _spelled(row, mine))
        again[says] += 1
        # What has no id is called by what it says, and by how often that was said so far.
        words = ("id", called) if called is not None else ("nth", f"{again[says]} {says}")
        yield Unit(row, mine, f"{_PREFIX}{_mac(noun.name, *words)}.{says}")


def _spelled(row: Row, parts: Sequence[Row]) -> str:
    """The one spelling of what a row says, without words that can be erased: no trace of those may stay."""
    return "\x1e".join((_json(row), *sorted(map(_json, parts))))


def _json(row: Row) -> str:
    return json.dumps([row.sheet.file, row.told()], default=_plain, sort_keys=True)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    assert isinstance(value, date)
    return value.isoformat()


def _mac(*words: str) -> str:
    """A keyed digest: what rows are called elsewhere cannot be guessed from the record."""
    spelled = "\x1f".join(("import", *words)).encode()
    return hmac.new(key("chain"), spelled, hashlib.sha256).hexdigest()[:_HALF]
