"""What is open now and goes on into the next shift: each feature's open ends, in one list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from sitelog.board import queries as board
from sitelog.board.queries import House
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.referrals import queries as referrals
from sitelog.responses import queries as responses
from sitelog.shifts.rules import Words
from sitelog.site import queries as site
from sitelog.supplies import queries as supplies
from sitelog.visits.queries import Present


@dataclass(frozen=True)
class Who:
    """Somebody an open item is about, by number: what to call them is looked up when it is shown, so that
    nothing that is frozen holds a handle."""

    person_id: int | None
    otherwise: str


@dataclass(frozen=True)
class OpenItem:
    """One open end: `key` is its own for as long as it is open; the tag says by when, or what to do."""

    key: str
    icon: str
    said: Words
    tag: Words = field(default_factory=lambda: Words("", {}))
    tone: str = ""
    url: str = ""


def open_items(now: datetime, house: House | None = None) -> list[OpenItem]:
    """Everything open at `now`, the most pressing kind first; as many reads for any number of them."""
    seen = house or board.house(now)
    return [item for source in SOURCES for item in source(now, seen)]


def _running(now: datetime, house: House) -> Iterator[OpenItem]:
    for one in responses.unclosed():
        values = {"ref": one.ref, "where": one.where, "at": one.recognised_at}
        runs = one.state == "open"
        text = (
            N_("Response %(ref)s, %(where)s: running since %(at)s")
            if runs
            else N_("Response %(ref)s, %(where)s: to be closed")
        )
        tag = Words(N_("running") if runs else N_("close"), {})
        yield OpenItem(
            f"response.{one.ref}", "resp", Words(text, values), tag, "resp", f"/responses/{one.ref}"
        )


def _aftercare(now: datetime, house: House) -> Iterator[OpenItem]:
    for after in house.aftercare:
        due = after.watch.due_at
        values: dict[str, object] = {"who": who(after.present), "at": due or after.watch.ends_at}
        text = N_("%(who)s: observation due %(at)s") if due else N_("%(who)s: in aftercare until %(at)s")
        late = due is not None and due <= now
        tag = Words(N_("due now") if late else N_("aftercare"), {})
        url = f"/visits/{after.present.ref}"
        yield OpenItem(
            f"visit.{after.present.ref}", "due", Words(text, values), tag, "due" if late else "", url
        )


def _in_the_room(now: datetime, house: House) -> Iterator[OpenItem]:
    for card in (card for room in house.rooms for card in room.cards if card.present):
        assert card.present is not None
        values: dict[str, object] = {"who": who(card.present), "where": card.place.label}
        values["at"] = card.present.since
        said = Words(N_("%(who)s: in %(where)s since %(at)s"), values)
        tag = Words(N_("in a place"), {})
        yield OpenItem(f"visit.{card.present.ref}", "use", said, tag, "", f"/visits/{card.present.ref}")
    for wait in house.waiting:
        values = {"who": who(wait.present), "at": wait.present.since}
        said = Words(N_("%(who)s: waiting since %(at)s"), values)
        yield OpenItem(f"visit.{wait.present.ref}", "clock", said, Words(N_("waiting"), {}))
    for present in house.service:
        values = {"who": who(present), "at": present.since}
        said = Words(N_("%(who)s: here for a service since %(at)s"), values)
        yield OpenItem(f"visit.{present.ref}", "people", said, Words(N_("service"), {}))


def _follow_ups(now: datetime, house: House) -> Iterator[OpenItem]:
    tags = {"late": N_("late"), "now": N_("today"), "left": N_("tomorrow")}
    for one in referrals.due(now):
        # The name of a person is not kept in what is frozen: the number of the referral leads to it.
        said = Words(N_("%(ref)s: ask about %(service)s"), {"ref": one.ref, "service": one.service})
        tone = "" if one.tone == "left" else "due"
        yield OpenItem(
            f"ask.{one.ref}", "refer", said, Words(tags[one.tone], {}), tone, f"/referrals/{one.ref}"
        )


def _stock(now: datetime, house: House) -> Iterator[OpenItem]:
    for warn in supplies.warns(now):
        about = str(warn.values.get("code") or warn.values.get("item") or "oxygen")
        words = Words(warn.text, dict(warn.values))
        # An item may be short and out of date at once: what is said about it is a part of its key.
        key = f"stock.{slug(about)[:30]}-{crc32(warn.text.encode()):08x}"
        yield OpenItem(key, "warn", words, Words(N_("stock"), {}), "due", "/supplies")


def _out_of_service(now: datetime, house: House) -> Iterator[OpenItem]:
    book = site.book()
    for code, outage in site.out_of_service().items():
        values = {"place": book.place(code).label, "reason": book.label("out_reason", outage.reason)}
        said = Words(N_("%(place)s out of service: %(reason)s"), values)
        yield OpenItem(f"out.{code}", "oos", said, Words(N_("since %(at)s"), {"at": outage.since}), "", "/")


# Every feature whose open ends a shift hands over. A new one is one line here.
SOURCES: tuple[Callable[[datetime, House], Iterator[OpenItem]], ...] = (
    _running,
    _aftercare,
    _in_the_room,
    _stock,
    _out_of_service,
    _follow_ups,
)


def who(present: Present) -> Who:
    """Somebody in the house, by number."""
    return Who(present.person_id, present.who if present.person_id is None else present.ref)


def slug(text: str) -> str:
    """A text as a part of a line's key."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)[:40]


def freeze(items: Sequence[OpenItem]) -> list[dict[str, Any]]:
    """Open items as plain values that JSON keeps."""
    return [
        {"key": one.key, "icon": one.icon, "said": _plain(one.said), "tag": _plain(one.tag), "tone": one.tone}
        for one in items
    ]


def thaw(kept: Sequence[Mapping[str, Any]]) -> list[OpenItem]:
    """Open items as they were frozen; where they lead has changed since, so they lead nowhere."""
    return [
        OpenItem(one["key"], one["icon"], _words(one["said"]), _words(one["tag"]), one["tone"])
        for one in kept
    ]


def names_of(items: Sequence[OpenItem]) -> dict[int, str]:
    """What to call the people in these items, by person id: one read; a forgotten one has only a number."""
    values = [value for one in items for value in one.said.values.values()]
    return people.handle_of(value.person_id for value in values if isinstance(value, Who) and value.person_id)


def _plain(words: Words) -> dict[str, Any]:
    return {"text": words.text, "values": {name: _value(value) for name, value in words.values.items()}}


def _value(value: object) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, Who):
        return {"person": value.person_id, "otherwise": value.otherwise}
    return value if isinstance(value, int | str) else str(value)


def _words(kept: Mapping[str, Any]) -> Words:
    return Words(kept["text"], {name: _thawed(value) for name, value in kept["values"].items()})


def _thawed(value: Any) -> object:
    if isinstance(value, dict):
        if "at" in value:
            return datetime.fromisoformat(value["at"])
        return Who(value["person"], value["otherwise"])
    return value
