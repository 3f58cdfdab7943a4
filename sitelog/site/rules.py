"""What a site is made of, as plain values. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.facts import Band
from sitelog.ground.words import N_
from sitelog.site import defaults

PLACE_KINDS = {
    "injection": N_("Injection booths"),
    "inhalation": N_("Inhalation room"),
    "other": N_("Other places"),
}
# Where a response may be that is not a numbered place (where it happened is always asked for).
ELSEWHERE = {
    "waiting": N_("Waiting"),
    "washroom": N_("Washroom"),
    "aftercare": N_("Aftercare"),
    "outside": N_("Outside"),
}


@dataclass(frozen=True)
class Place:
    """A booth or seat. `code` is what staff call out and the key they press; the minutes only warn."""

    code: str
    label: str
    kind: str
    room: str
    position: int
    limit_minutes: int
    check_minutes: int
    routes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A word of one of the site's lists. `code` is never re-used, `label` is free to change.

    `group` is the coarse class reports use; `key` the key that picks it on the arrival sheet.
    """

    kind: str
    code: str
    label: str
    group: str = ""
    key: str = ""
    retired: bool = False
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ShiftTime:
    """A shift as the site's clock tells it; one that does not end after it starts ends on the next day."""
    """When a shift begins and ends on the site's clock: it may cross midnight, and overlap another."""

    code: str
    label: str
    starts: time
    ends: time


@dataclass(frozen=True)
class SiteBook:
    """Everything that is set for the site, as one value that changes only when it is configured."""

    name: str
    zone: str
    day_starts: time
    grace_minutes: int
    places: tuple[Place, ...]
    words: tuple[Choice, ...]
    limits: Mapping[str, int]
    policies: Mapping[str, Any]
    bands: tuple[Band, ...]
    shift_times: tuple[ShiftTime, ...] = ()
    since_seq: int = 0

    @property
    def calendar(self) -> SiteCalendar:
        """The site's day and week."""
        return SiteCalendar(self.zone, self.day_starts)

    def choices(self, kind: str, retired: bool = False) -> list[Choice]:
        """The words of one list, in the site's order; retired ones only where old entries are shown."""
        return [word for word in self.words if word.kind == kind and (retired or not word.retired)]

    def choice(self, kind: str, code: str) -> Choice:
        """One word, retired or not; a code the list never had shows as itself."""
        found = [word for word in self.words if word.kind == kind and word.code == code]
        return found[0] if found else Choice(kind, code, code)

    def label(self, kind: str, code: str) -> str:
        """The label of one word."""
        return self.choice(kind, code).label

    def place(self, code: str) -> Place:
        """The place people call by this code."""
        for place in self.places:
            if place.code == code:
                return place
        raise Unknown(N_("There is no place “%(code)s” here."), code=code)

    def limit(self, name: str) -> int:
        """A limit in the unit its name ends with."""
        return self.limits[name]

    def policy(self, name: str, default: Any = None) -> Any:
        """What the site has decided about one question."""
        return self.policies.get(name, default)


def check_choice(book: SiteBook, kind: str, code: str, field: str | None = None) -> None:
    """Refuse a word that is not on the site's list."""
    if code not in {word.code for word in book.choices(kind)}:
        if not code:
            raise Refused(N_("Nothing is chosen yet."), field=field)
        raise Refused(N_("“%(code)s” is not on this site's list."), field=field, code=code)


def check_profile(profile: Mapping[str, Any]) -> None:
    """Refuse a time zone nobody keeps, or a time of day that no clock shows."""
    try:
        _ = SiteCalendar(profile["zone"]).tz
    except (ValueError, LookupError, OSError):
        said = profile["zone"]
        raise Refused(
            N_("“%(said)s” is no time zone; one is like Europe/Berlin."), "zone", said=said
        ) from None
    try:
        time.fromisoformat(profile["day_starts"])
    except ValueError:
        said = profile["day_starts"]
        raise Refused(N_("“%(said)s” is no time; one is like 04:00."), "day_starts", said=said) from None


def freeze(values: Mapping[str, Any]) -> str:
    """A setting's value as the text that is recorded."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def thaw(text: str) -> Any:
    """A recorded setting's value."""
    return json.loads(text)


def assemble(settings: Mapping[str, Any], since_seq: int = 0) -> SiteBook:
    """The book, from what was last said about each setting (see `defaults.STARTER` for their shapes)."""
    profile = settings["profile"]
    lists = {**defaults.WORDS, **settings["words"]}
    return SiteBook(
        name=profile["name"],
        zone=profile["zone"],
        day_starts=time.fromisoformat(profile["day_starts"]),
        grace_minutes=profile["grace_minutes"],
        places=tuple(_place(values, n) for n, values in enumerate(settings["places"])),
        words=tuple(Choice(kind, **word) for kind, words in lists.items() for word in words),
        limits={**defaults.LIMITS, **settings["limits"]},
        policies={**defaults.POLICIES, **settings["policies"]},
        bands=_bands(settings["bands"]),
        shift_times=_shift_times(settings.get("shift_times", defaults.SHIFT_TIMES)),
        since_seq=since_seq,
    )


def _place(values: Mapping[str, Any], position: int) -> Place:
    return Place(**{**values, "position": position, "routes": tuple(values.get("routes", ()))})


def _bands(bands: Sequence[Mapping[str, str]]) -> tuple[Band, ...]:
    return tuple(Band(b["code"], b["label"], time.fromisoformat(b["starts"])) for b in bands)


def _shift_times(times: Sequence[Mapping[str, str]]) -> tuple[ShiftTime, ...]:
    return tuple(
        ShiftTime(t["code"], t["label"], time.fromisoformat(t["starts"]), time.fromisoformat(t["ends"]))
        for t in times
    )
def _shift_times(shifts: Sequence[Mapping[str, Any]]) -> tuple[ShiftTime, ...]:
    def one(values: Mapping[str, Any]) -> ShiftTime:
        starts, ends = (time.fromisoformat(values[name]) for name in ("starts", "ends"))
        return ShiftTime(values["code"], values["label"], starts, ends)

    return tuple(one(values) for values in shifts if not values.get("retired"))
