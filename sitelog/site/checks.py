"""What a setting may not be, in words beside its field. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from sitelog.disclosure.policy import preset
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site import topics
from sitelog.site.columns import Column, Topic
from sitelog.site.rules import KEYS, check_profile

MOST_AGE_BANDS = 8
# A report of one day prints exact operational counts for each.
SHORTEST_BAND = timedelta(hours=2)


def check(topic: Topic, shown: Any, raw: Mapping[str, Any]) -> None:
    """Refuse a page's content as a whole; `raw` is every setting as it would be with it."""
    for row in shown if topic.rows else [shown]:
        _check_values(topic, row, raw)
    if topic.rows:
        _check_rows(topic, shown)
    own: dict[str, Callable[[Any], None]] = {
        "site": check_profile,
        "bands": _check_bands,
        "audiences": lambda rows: _check_audiences(rows, int(raw["policies"]["least_k"])),
        "ages": _check_ages,
        "on_site_service": _check_services,
    }
    if topic.code in own:
        own[topic.code](shown)
    if topic.code in ("places", "keys"):
        _check_board_keys(raw)
    if topic.code in ("substance", "route"):
        _check_arrival_keys(raw)


def in_use(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that are not retired."""
    return [row for row in rows if not row.get("retired")]


def _check_values(topic: Topic, row: Mapping[str, Any], raw: Mapping[str, Any]) -> None:
    for column in topic.columns:
        value = column.read(row)
        empty = value is None or value in ("", [], {})
        if column.needed and empty:
            raise Refused(N_("Say something here."), column.name)
        if not empty:
            _check_value(column, value, raw)


def _check_value(column: Column, value: Any, raw: Mapping[str, Any]) -> None:
    if column.kind == "words" and len(str(value)) > column.longest:
        raise Refused(N_("At most %(n)s characters."), column.name, n=column.longest)
    if column.kind == "number" and not column.low <= int(value) <= column.high:
        raise Refused(
            N_("Between %(low)s and %(high)s, please."), column.name, low=column.low, high=column.high
        )
    if column.kind in ("choice", "choices", "amounts"):
        known = topics.labels(column, raw)
        for code in [value] if isinstance(value, str) else value:
            if code not in known:
                raise Refused(N_("“%(code)s” is not on this site's list."), column.name, code=code)


def _check_rows(topic: Topic, rows: Sequence[Mapping[str, Any]]) -> None:
    used = in_use(rows)
    if not used:
        raise Refused(N_("One of them has to stay: the desk needs something to choose."))
    for row in rows:
        if topic.kept_code and not _plain(str(row["code"])):
            raise Refused(N_("Letters, digits, - and _ only."), "code")
    if topic.column("label") is None:
        return
    # Where the class is no column of the page, it says which question a word answers: "Staff" may answer two.
    apart = topic.column("group") is None
    said = [(str(row["label"]).strip().casefold(), row.get("group", "") if apart else "") for row in used]
    if twice := next((row for row, one in zip(used, said, strict=True) if said.count(one) > 1), None):
        raise Refused(N_("“%(label)s” is on this list already."), "label", label=twice["label"])


def _plain(code: str) -> bool:
    return code.isascii() and code.replace("-", "").replace("_", "").isalnum()


def _check_bands(rows: Sequence[Mapping[str, Any]]) -> None:
    starts = [time.fromisoformat(row["starts"]) for row in in_use(rows)]
    if len(set(starts)) < len(starts):
        raise Refused(N_("Another part of the day starts at that time."), "starts")
    if any(gap < SHORTEST_BAND for gap in _gaps(starts)):
        raise Refused(
            N_("A part of the day has two hours at least, or it tells when somebody came."), "starts"
        )


def _gaps(starts: Sequence[time]) -> list[timedelta]:
    """How long each part of the day is: until the next begins, around midnight too."""
    minutes = sorted(one.hour * 60 + one.minute for one in starts)
    after = [*minutes[1:], minutes[0] + 24 * 60] if minutes else []
    return [timedelta(minutes=then - one) for one, then in zip(minutes, after, strict=True)]


def _check_audiences(rows: Sequence[Mapping[str, Any]], least: int) -> None:
    for row in in_use(rows):
        smallest = max(preset(row["preset"]).k, least)
        if int(row["k"]) < smallest:
            raise Refused(N_("The smallest group must be at least %(k)s here."), "k", k=smallest)


def _check_ages(sheet: Mapping[str, Any]) -> None:
    ages = sheet["ages"]
    if ages != sorted(set(ages)) or not all(1 <= age <= 120 for age in ages):
        raise Refused(N_("Ages from young to old, each once, between 1 and 120."), "ages")
    if len(ages) >= MOST_AGE_BANDS:
        raise Refused(N_("At most %(n)s bands: finer ones would be ranges only."), "ages", n=MOST_AGE_BANDS)


def _check_services(rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        data = row.get("data") or {}
        if "topic" in data.get("asks", ()) and not data.get("topics"):
            raise Refused(N_("Say from which list its topic is chosen."), "topics")
        if not set(data.get("needs", ())) <= set(data.get("asks", ())):
            raise Refused(N_("It can only need what it asks for."), "needs")


def _check_board_keys(raw: Mapping[str, Any]) -> None:
    places = {str(row["code"]).casefold(): str(row["label"]) for row in in_use(raw["places"])}
    moved, taken = raw["policies"]["keys"], dict[str, str]()
    for name, (label, usual) in KEYS.items():
        key = moved.get(name, usual)
        if not (len(key) == 1 and key.isascii() and key.isalpha() and key.islower()):
            raise Refused(N_("One small letter, please."), name)
        if key in places:
            # Beside the letter that was moved; else it is the place that takes a letter of the board.
            _refuse_key(key, label, places[key], name if name in moved else "code")
        if key in taken:
            _refuse_key(key, taken[key], label, name)
        taken[key] = label


def _check_arrival_keys(raw: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {"9": "…"}
    for word in in_use([*raw["words.substance"], *raw["words.route"]]):
        key = str(word.get("key") or "").casefold()
        if key and not (len(key) == 1 and key.isascii() and key.isalnum()):
            raise Refused(N_("One letter or digit, please."), "key")
        if key in taken:
            _refuse_key(key, taken[key], word["label"], "key")
        if key:
            taken[key] = word["label"]


def _refuse_key(key: str, one: str, other: str, field: str) -> None:
    raise Refused(
        N_("“%(key)s” would be the key of %(one)s and of %(other)s."), field, key=key, one=one, other=other
    )
