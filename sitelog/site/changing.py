"""The verbs of Settings: each writes a new version, from now or a day to come; `actions` hands them on."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.site import checks, edits, history, presets, rules, topics
from sitelog.site.columns import Topic
from sitelog.site.edits import Edit
from sitelog.site.models import Setting
from sitelog.site.versions import History, as_text, same
from sitelog.store.transaction import kept, transaction
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link

CHANGED, UNDONE = "site.changed", "site.change_undone"


def add(code: str, values: Mapping[str, Any], *, by: Actor, at: datetime, **words: Any) -> Link:
    """Put a row on the list of a page (`topics`): its columns by name."""
    return change(code, lambda topic: edits.added(topic, values), by=by, at=at, **words)


def say_anew(
    code: str, row: str, values: Mapping[str, Any], *, by: Actor, at: datetime, **words: Any
) -> Link:
    """Give one row other values; its code stays, so that old entries still know it."""
    return change(code, lambda topic: edits.said_anew(topic, row, values), by=by, at=at, **words)


def retire(code: str, row: str, *, by: Actor, at: datetime, **words: Any) -> Link:
    """Take one row off the screens; entries, reports and search still know it."""
    return change(code, lambda topic: edits.retired(row), by=by, at=at, **words)


def bring_back(code: str, row: str, *, by: Actor, at: datetime, **words: Any) -> Link:
    """Put a retired row back on the screens."""
    return change(code, lambda topic: edits.retired(row, False), by=by, at=at, **words)


def move(code: str, row: str, steps: int, *, by: Actor, at: datetime, **words: Any) -> Link:
    """Move one row up (-1) or down (+1)."""
    return change(code, lambda topic: edits.moved(row, steps), by=by, at=at, **words)


def set_values(code: str, values: Mapping[str, Any], *, by: Actor, at: datetime, **words: Any) -> Link:
    """Say the values of a sheet anew; what is not named stays."""
    return change(code, lambda topic: edits.replaced(values), by=by, at=at, **words)


def change(
    code: str,
    edit: Any,
    *,
    by: Actor,
    at: datetime,
    valid_from: datetime | None = None,
    known_seq: int | None = None,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Write a new version of a page's setting, and of each version that is planned for later.

    `edit(topic)` gives what is done to the page's content; `known_seq` is the newest entry about the site
    that was seen: a Conflict if the page was changed since.
    """
    with transaction():
        if first := seen(token, by=by):
            return first
        found = history.versions()
        starts = _starts(found, valid_from, at)
        raw = history.values_of(found, starts)
        topic = topics.topic_of(raw, code)
        _check_known(topic, found, starts, known_seq)
        moments = [starts, *found.ahead(topic.setting, starts)]
        rows = [_edited(topic, edit(topic), history.values_of(found, moment), moment) for moment in moments]
        edited = {**raw, topic.setting: json.loads(rows[0].value)}
        if same(topics.content(topic, raw), topics.content(topic, edited)):
            raise Refused(N_("Nothing is different from what is set already."))
        return _write(CHANGED, topic.setting, rows, by=by, at=at, token=token, note=note)


def undo_change(seq: int, *, by: Actor, at: datetime, token: str | None = None) -> Link:
    """Put back what an entry changed, as a new version; a Conflict if the same was changed again since."""
    with transaction():
        if first := seen(token, by=by):
            return first
        found, link = history.versions(), trail.link(seq)
        changed = found.of_link(seq)
        if link.kind not in (CHANGED, UNDONE) or not changed:
            raise Conflict(N_("That entry cannot be taken back; change the settings instead."))
        if later := found.since(changed[0].name, seq):
            raise Conflict(
                N_("This was changed again by entry %(seq)s. Take that one back first."), seq=later[-1].seq
            )
        moments = [max(one.valid_from, found.present(at)) for one in changed]
        rows = [_restored(found, one.name, moment, seq) for one, moment in zip(changed, moments, strict=True)]
        return _write(UNDONE, changed[0].name, rows, by=by, at=at, token=token)


def start_from(preset: str, *, by: Actor, at: datetime, token: str | None = None) -> Link:
    """Fill the settings from a jurisdiction's preset; a Conflict once anything was entered at the site."""
    with transaction():
        if first := seen(token, by=by):
            return first
        if history.has_entries():
            raise Conflict(N_("The site has entries already. Change one list after the other instead."))
        found = history.versions()
        present = found.present(at)
        raw = history.values_of(found, present)
        settings = presets.settings_of(presets.preset_of(preset), raw)
        rows = [_row(name, value, present) for name, value in settings.items() if not same(value, raw[name])]
        return _write("site.started_from_preset", preset, rows, by=by, at=at, token=token)


def _starts(found: History, valid_from: datetime | None, at: datetime) -> datetime:
    present = found.present(at)
    if valid_from is None:
        return present
    if valid_from <= at:
        raise Refused(N_("Choose a day that is still to come, or leave it empty for now."), "from_on")
    return valid_from


def _check_known(topic: Topic, found: History, starts: datetime, known_seq: int | None) -> None:
    if known_seq is None:
        return
    was = history.values_of(found, starts, before=known_seq + 1)
    now = history.values_of(found, starts)
    if topic.setting in was and not same(topics.content(topic, was), topics.content(topic, now)):
        raise Conflict(
            N_("Somebody else changed this since you opened it. Look at both; saving again adds yours to it.")
        )


def _edited(topic: Topic, edit: Edit, raw: dict[str, Any], moment: datetime) -> Setting:
    shown = edit(topics.content(topic, raw))
    value = topics.put_back(topic, raw, shown)
    edited = {**raw, topic.setting: value}
    checks.check(topic, shown, edited)
    rules.assemble(edited)  # what cannot be read again is never written: every page would fail
    if topic is topics.SITE and history.has_entries():
        _check_same_clock(raw["profile"], value)
    return _row(topic.setting, value, moment)


def _restored(found: History, name: str, moment: datetime, before: int) -> Setting:
    # What was fine then may clash with what was set elsewhere since: a letter that another place took.
    now = history.values_of(found, moment)
    then = {**now, name: history.values_of(found, moment, before=before)[name]}
    for topic in topics.topics(then):
        shown = topics.content(topic, then)
        if topic.setting == name and not same(shown, topics.content(topic, now)):
            checks.check(topic, shown, then)
    if name == topics.SITE.setting and history.has_entries():
        _check_same_clock(now[name], then[name])
    return _row(name, then[name], moment)


def _check_same_clock(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name in ("zone", "day_starts"):
        if before[name] != after[name]:
            raise Refused(N_("There are entries already: their days would be cut anew."), name)


def _row(name: str, value: Any, moment: datetime) -> Setting:
    return Setting(name=name, value=as_text(value), valid_from=moment)


def _write(kind: str, subject: str, rows: list[Setting], *, by: Actor, at: datetime, **words: Any) -> Link:
    link = append(kind, subject, *rows, by=by, happened_at=at, at=at, **words)
    kept().pop("book", None)
    return link
