"""An open end that a shift hands over, and how it is kept in what is frozen: no handle, no free words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.shifts.rules import Words

# What the tag of a response says that has not ended; of one in aftercare it says another word.
RUNNING = N_("running")


@dataclass(frozen=True)
class Who:
    """Somebody an open item is about, by number: what to call them is looked up when it is shown, so that
    nothing that is frozen holds a handle."""

    person_id: int | None
    otherwise: str


@dataclass(frozen=True)
class OpenItem:
    """One open end: `key` is its own for as long as it is open; the tag says by when, or what to do. One that
    is `urgent` is named in the handover, however much else is open. `responses` are those that somebody in
    the house had."""

    key: str
    icon: str
    said: Words
    tag: Words = field(default_factory=lambda: Words("", {}))
    tone: str = ""
    url: str = ""
    urgent: bool = False
    responses: tuple[str, ...] = ()


def freeze(items: Sequence[OpenItem]) -> list[dict[str, Any]]:
    """Open items as plain values that JSON keeps."""
    return [
        {
            "key": one.key,
            "icon": one.icon,
            "said": freeze_words(one.said),
            "tag": freeze_words(one.tag),
            "tone": one.tone,
        }
        for one in items
    ]


def thaw(kept: Sequence[Mapping[str, Any]]) -> list[OpenItem]:
    """Open items as they were frozen; where they lead has changed since, so they lead nowhere."""
    return [
        OpenItem(one["key"], one["icon"], thaw_words(one["said"]), thaw_words(one["tag"]), one["tone"])
        for one in kept
    ]


def names_of(items: Sequence[OpenItem]) -> dict[int, str]:
    """What to call the people in these items, by person id: one read; a forgotten one has only a number."""
    values = [value for one in items for value in one.said.values.values()]
    return people.handle_of(value.person_id for value in values if isinstance(value, Who) and value.person_id)


def freeze_words(words: Words) -> dict[str, Any]:
    """Words as plain values that JSON keeps."""
    return {"text": words.text, "values": {name: _value(value) for name, value in words.values.items()}}


def _value(value: object) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, Who):
        return {"person": value.person_id, "otherwise": value.otherwise}
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value if isinstance(value, int | str) else str(value)


def thaw_words(kept: Mapping[str, Any]) -> Words:
    """Words as they were frozen."""
    return Words(kept["text"], {name: _thawed(value) for name, value in kept["values"].items()})


def _thawed(value: Any) -> object:
    if isinstance(value, dict):
        if "at" in value:
            return datetime.fromisoformat(value["at"])
        if "on" in value:
            return date.fromisoformat(value["on"])
        return Who(value["person"], value["otherwise"])
    return tuple(map(_thawed, value)) if isinstance(value, list) else value
