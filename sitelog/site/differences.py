"""What changed between two versions of a page of Settings, in words: before and after. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sitelog.ground.words import N_
from sitelog.site import topics
from sitelog.site.columns import Column, Topic

NOTHING = "–"
YES, NO = N_("yes"), N_("no")


@dataclass(frozen=True)
class Difference:
    """One thing that changed: a template with the row (`what`), the column (`which`), before and after.

    `which`, `was` and `now` may be words of the program or of the site: all are shown translated.
    """

    text: str
    what: str = ""
    which: str = ""
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


ADDED = N_("%(what)s added")
RETIRED = N_("%(what)s retired")
BACK = N_("%(what)s brought back")
MOVED = N_("order changed: %(was)s → %(now)s")
CHANGED = N_("%(what)s, %(which)s: %(was)s → %(now)s")
SET = N_("%(which)s: %(was)s → %(now)s")


def differences(topic: Topic, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Everything a page shows otherwise; `before` and `after` are every setting."""
    was, now = topics.content(topic, before), topics.content(topic, after)
    if not topic.rows:
        yield from _values(topic, "", was, now, before, after)
        return
    known = {row["code"]: row for row in was}
    for row in now:
        old = known.get(row["code"])
        if old is None:
            yield Difference(ADDED, what=str(row.get("label") or row["code"]))
        else:
            yield from _row(topic, old, row, before, after)
    order = [row["code"] for row in now if row["code"] in known]
    if order != [code for code in known if code in order]:
        labels = {row["code"]: str(row["label"]) for row in now}
        old_order = tuple(labels[code] for code in known if code in labels)
        yield Difference(MOVED, was=old_order, now=tuple(labels[code] for code in order))


def said(column: Column, value: Any, raw: Mapping[str, Any]) -> tuple[str, ...]:
    """A value in words: one, or several of a list; each may be translated."""
    if value is None or value in ("", [], {}):
        return (NOTHING,) if column.kind != "yes" else (NO,)
    if column.kind == "yes":
        return (YES if value else NO,)
    labels = topics.labels(column, raw)
    if column.kind == "amounts":
        return tuple(f"{count} × {labels.get(code, code)}" for code, count in value.items())
    if isinstance(value, list | tuple):
        return tuple(labels.get(str(one), str(one)) for one in value)
    return (labels.get(str(value), str(value)),)


def _row(
    topic: Topic, was: Mapping[str, Any], now: Mapping[str, Any], before: Any, after: Any
) -> Iterator[Difference]:
    label = str(was.get("label") or was["code"])
    if bool(was.get("retired")) != bool(now.get("retired")):
        yield Difference(RETIRED if now.get("retired") else BACK, what=label)
    yield from _values(topic, label, was, now, before, after)


def _values(
    topic: Topic, label: str, was: Mapping[str, Any], now: Mapping[str, Any], before: Any, after: Any
) -> Iterator[Difference]:
    for column in topic.columns:
        old, new = column.read(was), column.read(now)
        if (old or None) != (new or None):
            words = said(column, old, before), said(column, new, after)
            yield Difference(CHANGED if label else SET, label, column.label, *words)
