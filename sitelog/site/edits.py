"""What can be done to a list of Settings: add, say anew, retire, bring back, move. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.words import N_
from sitelog.site.columns import Topic

Row = dict[str, Any]
Edit = Callable[[Any], Any]
LONGEST_CODE = 32


def added(topic: Topic, values: Mapping[str, Any]) -> Edit:
    """A row at the end of the list; its code is made of its label, once and for all, unless it is said."""

    def edit(rows: Sequence[Row]) -> list[Row]:
        codes = {row["code"] for row in rows}
        if topic.kept_code:
            code = str(values.get("code") or "").strip()
            if code.casefold() in {one.casefold() for one in codes}:
                raise Refused(
                    N_("“%(code)s” is on this list already, perhaps retired. A code is never given twice."),
                    "code",
                    code=code,
                )
        else:
            code = fresh_code(str(values.get("label") or ""), codes)
        return [*rows, filled(topic, {"code": code}, values)]

    return edit


def said_anew(topic: Topic, code: str, values: Mapping[str, Any]) -> Edit:
    """One row with other values; its code stays."""

    def edit(rows: Sequence[Row]) -> list[Row]:
        _row(rows, code)
        return [filled(topic, row, values) if row["code"] == code else row for row in rows]

    return edit


def retired(code: str, yes: bool = True) -> Edit:
    """One row off the screens, or back on them."""

    def edit(rows: Sequence[Row]) -> list[Row]:
        _row(rows, code)
        return [_retired(row, yes) if row["code"] == code else row for row in rows]

    return edit


def moved(code: str, by: int) -> Edit:
    """One row up (-1) or down (+1) among those in use; the retired ones stay where they are."""

    def edit(rows: Sequence[Row]) -> list[Row]:
        _row(rows, code)
        used = [n for n, row in enumerate(rows) if not row.get("retired")]
        here = next((n for n, at in enumerate(used) if rows[at]["code"] == code), None)
        there = None if here is None else here + by
        if here is None or there is None or not 0 <= there < len(used):
            raise Refused(N_("It cannot be moved further."))
        changed = list(rows)
        changed[used[here]], changed[used[there]] = rows[used[there]], rows[used[here]]
        return changed

    return edit


def replaced(values: Mapping[str, Any]) -> Edit:
    """A sheet's values said anew; what is not named stays."""
    return lambda sheet: {**sheet, **values}


def filled(topic: Topic, row: Mapping[str, Any], values: Mapping[str, Any]) -> Row:
    """A row with the values of its columns put in."""
    found = dict(row)
    for column in topic.columns:
        if column.name in values and column.name != "code":
            found = column.put(found, values[column.name])
    return found


def fresh_code(label: str, taken: set[str]) -> str:
    """A code the list never had, made of a label: wound_care, wound_care_2 ..."""
    plain = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain))[: LONGEST_CODE - 4].strip("_") or "word"
    numbered = (f"{stem}_{n}" for n in count(2))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


def _row(rows: Sequence[Row], code: str) -> Row:
    for row in rows:
        if row["code"] == code:
            return row
    raise Unknown(N_("There is no “%(code)s” on this list."), code=code)


def _retired(row: Row, yes: bool) -> Row:
    kept = {name: value for name, value in row.items() if name != "retired"}
    return {**kept, "retired": True} if yes else kept
