"""What a site is made of, as plain values. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
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
# What single letters do, with the letter a new site starts with; a site may give each another one.
KEYS = {
    "arrive": (N_("Arrive"), "a"),
    "supplies": (N_("Supplies"), "s"),
    "referral": (N_("Referral"), "r"),
    "note": (N_("Note"), "n"),
    "incident": (N_("Incident"), "i"),
    "undo": (N_("Undo my last entry"), "u"),
    "done": (N_("Done, then the place"), "d"),
    "next": (N_("Next of the waiting list"), "j"),
    "previous": (N_("The one before"), "k"),
    "time": (N_("Time of the next step of a response"), "t"),
    "late": (N_("Late entry in a response"), "l"),
    "vitals": (N_("Vitals in a response"), "v"),
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
    retired: bool = False


@dataclass(frozen=True)
class Choice:
    """A word of one of the site's lists. `code` is never re-used, `label` is free to change.

    `group` is the coarse class reports use; `key` the key that picks it on the arrival sheet. What a list
    asks of its words is `data`; in every list `alone` says that a word does not go with another.
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
    """When a shift begins and ends on the site's clock: it may cross midnight, and overlap another."""

    code: str
    label: str
    starts: time
    ends: time


@dataclass(frozen=True)
class SiteBook:
    """Everything that is set for the site, as one value that changes only when it is configured.

    `places` are those in use, in the board's order; `until` is when a change that is planned takes effect.
    """

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
    retired_places: tuple[Place, ...] = ()
    until: datetime | None = None

    @property
    def calendar(self) -> SiteCalendar:
        """The site's day and week."""
        return SiteCalendar(self.zone, self.day_starts)

    @cached_property
    def _words_by_code(self) -> dict[tuple[str, str], Choice]:
        return {(word.kind, word.code): word for word in reversed(self.words)}

    def choices(self, kind: str, retired: bool = False) -> list[Choice]:
        """The words of one list, in the site's order; retired ones only where old entries are shown."""
        return [word for word in self.words if word.kind == kind and (retired or not word.retired)]

    def choice(self, kind: str, code: str) -> Choice:
        """One word, retired or not; a code the list never had shows as itself."""
        return self._words_by_code.get((kind, code)) or Choice(kind, code, code)

    def label(self, kind: str, code: str) -> str:
        """The label of one word."""
        return self.choice(kind, code).label

    def place(self, code: str) -> Place:
        """The place people call by this code, in use or retired."""
        for place in (*self.places, *self.retired_places):
            if place.code == code:
                return place
        raise Unknown(N_("There is no place “%(code)s” here."), code=code)

    def places_with(self, occupied: Sequence[str | None]) -> list[Place]:
        """The places in use, and a retired one for as long as somebody is there."""
        return [*self.places, *(place for place in self.retired_places if place.code in occupied)]

    @property
    def ages(self) -> tuple[tuple[int, int | None], ...]:
        """The age bands reports count by, in completed years, both ends included."""
        starts = [0, *self.policy("ages", (30, 50))]
        ends = [*(start - 1 for start in starts[1:]), None]
        return tuple(zip(starts, ends, strict=True))

    @property
    def keys_pressed(self) -> dict[str, str]:
        """What a letter stands for where the site moved keys: by the letter pressed, the one it starts with;
        nothing for a letter that was given up."""
        moved = {KEYS[name][1]: key for name, key in self.policy("keys", {}).items() if name in KEYS}
        return {**dict.fromkeys(moved, ""), **{key: usual for usual, key in moved.items()}}

    def limit(self, name: str) -> int:
        """A limit in the unit its name ends with."""
        return self.limits[name]

    def policy(self, name: str, default: Any = None) -> Any:
        """What the site has decided about one question."""
        return self.policies.get(name, default)


def with_words_of(now: SiteBook, then: SiteBook) -> SiteBook:
    """The book of now, with every word and place that was retired since `then` in use as it was then."""
    used = {(word.kind, word.code): word for word in then.words if not word.retired}
    back = [word for word in now.words if word.retired and (word.kind, word.code) in used]
    open_then = {place.code for place in then.places}
    places = [place for place in now.retired_places if place.code in open_then]
    if not back and not places:
        return now
    words = (used.get((word.kind, word.code), word) if word.retired else word for word in now.words)
    shut = tuple(place for place in now.retired_places if place not in places)
    return replace(now, words=tuple(words), places=(*now.places, *places), retired_places=shut)


def with_every_word(now: SiteBook) -> SiteBook:
    """The book of now as if nothing had ever been retired: for what is read before its day is known."""
    words = tuple(replace(word, retired=False) for word in now.words)
    return replace(now, words=words, places=(*now.places, *now.retired_places), retired_places=())


def check_choice(book: SiteBook, kind: str, code: str, field: str | None = None) -> None:
    """Refuse a word that is not on the site's list."""
    if code not in {word.code for word in book.choices(kind)}:
        if not code:
            raise Refused(N_("Nothing is chosen yet."), field=field)
        raise Refused(N_("“%(code)s” is not on this site's list."), field=field, code=code)


def check_alone(offered: Iterable[Choice], chosen: Collection[object], field: str | None = None) -> None:
    """Refuse a word that stands alone ("Nothing", "Not said") together with any other."""
    found = [word for word in offered if word.code in chosen and word.data.get("alone")]
    if found and len(set(chosen)) > 1:
        said = N_("“%(label)s” does not go with another answer: untick it, or the others.")
        raise Refused(said, field=field, label=found[0].label)


def check_profile(profile: Mapping[str, Any]) -> None:
    """Refuse a site without a name, a time zone nobody keeps, or a time of day that no clock shows."""
    if not profile["name"].strip():
        raise Refused(N_("Say what the site is called."), "name")
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


def spread(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting, one a list ("words.substance"), with the starter where a site has said nothing."""
    lists = {**defaults.WORDS, **settings.get("words", {})}
    return {
        "profile": settings["profile"],
        "places": settings["places"],
        "shift_times": settings.get("shift_times", defaults.SHIFT_TIMES),
        **{f"words.{kind}": settings.get(f"words.{kind}", words) for kind, words in lists.items()},
        "limits": {**defaults.LIMITS, **settings["limits"]},
        "policies": {**defaults.POLICIES, **settings["policies"]},
        "bands": settings["bands"],
    }


def assemble(settings: Mapping[str, Any], since_seq: int = 0, until: datetime | None = None) -> SiteBook:
    """The book, from what was last said about each setting (see `defaults.starter` for their shapes)."""
    raw = spread(settings)
    profile = raw["profile"]
    lists = {name.partition(".")[2]: words for name, words in raw.items() if name.startswith("words.")}
    places = [_place(values, n) for n, values in enumerate(raw["places"])]
    return SiteBook(
        name=profile["name"],
        zone=profile["zone"],
        day_starts=time.fromisoformat(profile["day_starts"]),
        grace_minutes=profile["grace_minutes"],
        places=tuple(place for place in places if not place.retired),
        words=tuple(Choice(kind, **word) for kind, words in lists.items() for word in words),
        limits=raw["limits"],
        policies=raw["policies"],
        bands=_bands(raw["bands"]),
        shift_times=_shift_times(raw["shift_times"]),
        since_seq=since_seq,
        retired_places=tuple(place for place in places if place.retired),
        until=until,
    )


def _place(values: Mapping[str, Any], position: int) -> Place:
    # A place that was added in Settings stands in the room of its kind, and takes every route of the list.
    said = {"room": values["kind"], **values, "routes": tuple(values.get("routes") or ())}
    return Place(**said, position=position)


def _bands(bands: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    used = [b for b in bands if not b.get("retired")]
    return tuple(Band(b["code"], b["label"], time.fromisoformat(b["starts"])) for b in used)


def _shift_times(shifts: Sequence[Mapping[str, Any]]) -> tuple[ShiftTime, ...]:
    def one(values: Mapping[str, Any]) -> ShiftTime:
        starts, ends = (time.fromisoformat(values[name]) for name in ("starts", "ends"))
        return ShiftTime(values["code"], values["label"], starts, ends)

    return tuple(one(values) for values in shifts if not values.get("retired"))
