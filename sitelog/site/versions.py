"""Which version of each setting holds at an instant. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Version:
    """One version of one setting: its value as JSON text, since when it holds, when and by which link it
    was written."""

    id: int
    name: str
    value: str
    valid_from: datetime
    at: datetime
    seq: int

    @property
    def planned(self) -> bool:
        """Whether it was written ahead of the day it holds from."""
        return self.valid_from > self.at


@dataclass(frozen=True)
class History:
    """Every version of every setting, in the order they were written."""

    versions: tuple[Version, ...]

    @cached_property
    def starts(self) -> list[datetime]:
        """The instants at which something else begins to hold, in order."""
        return sorted({one.valid_from for one in self.versions})

    def holding(self, instant: datetime, before: int | None = None) -> dict[str, Version]:
        """The version of each setting that holds at an instant, as the record stood before the link `before`.

        What the site was set up with also holds for whatever happened before that.
        """
        found: dict[str, Version] = {}
        for one in self.versions:
            if before is not None and one.seq >= before:
                continue
            holds = one.valid_from <= instant or one.seq == self.versions[0].seq
            if holds and (one.name not in found or found[one.name].valid_from <= one.valid_from):
                found[one.name] = one
        return found

    def values(self, instant: datetime, before: int | None = None) -> dict[str, Any]:
        """The value of each setting at an instant."""
        return {name: json.loads(one.value) for name, one in self.holding(instant, before).items()}

    def present(self, now: datetime) -> datetime:
        """The instant that counts as now: what was changed at once holds, whatever a clock says."""
        return max([now, *(one.valid_from for one in self.versions if not one.planned)])

    def turns(self, now: datetime) -> datetime | None:
        """When the next planned version begins to hold."""
        present = self.present(now)
        return min((one.valid_from for one in self.versions if one.valid_from > present), default=None)

    def ahead(self, name: str, after: datetime) -> list[datetime]:
        """The instants after `after` from which planned versions of one setting hold."""
        return sorted(
            {one.valid_from for one in self.versions if one.name == name and one.valid_from > after}
        )

    def of_link(self, seq: int) -> list[Version]:
        """The versions one link wrote."""
        return [one for one in self.versions if one.seq == seq]

    def since(self, name: str, seq: int) -> list[Version]:
        """The versions of one setting that were written after a link."""
        return [one for one in self.versions if one.name == name and one.seq > seq]


def as_text(value: Any) -> str:
    """A setting's value as the text that is recorded."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def same(one: Mapping[str, Any] | Any, other: Mapping[str, Any] | Any) -> bool:
    """Whether two values would be recorded alike."""
    return as_text(one) == as_text(other)
