"""The pages of Settings: what each holds, where it is kept, how its rows are read and put back. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitelog.disclosure.policy import PRESETS
from sitelog.ground.errors import Unknown
from sitelog.ground.languages import known
from sitelog.ground.words import N_
from sitelog.site import defaults
from sitelog.site.columns import Column, Topic
from sitelog.site.defaults.limits import BOUNDS
from sitelog.site.defaults.shown import LISTS, Shown
from sitelog.site.rules import KEYS, PLACE_KINDS

SECTIONS = {
    "house": N_("The house"),
    "lists": N_("Lists"),
    "times": N_("Limits and questions"),
    "reports": N_("Reports"),
    "screen": N_("Screen"),
}
SCALES = {
    "avpu": N_("AVPU"),
    "gcs": N_("GCS, 3 to 15"),
    "poss": N_("POSS, S and 1 to 4"),
    "rass": N_("RASS, −5 to +4"),
}
LABEL = Column("label", N_("Word at the desk"), needed=True)
SITE = Topic(
    "site",
    N_("Name and clock"),
    "profile",
    (
        Column("name", N_("Name of the site"), needed=True),
        Column("zone", N_("Time zone"), needed=True, hint=N_("As Europe/Berlin.")),
        Column("day_starts", N_("The site's day starts"), "time", needed=True),
        Column("grace_minutes", N_("Report owed, minutes after the day"), "number", 0, 1440, needed=True),
    ),
    rows=False,
    section="house",
    hint=N_(
        "Time zone and start of the day stay as they are once there are entries: days would be cut anew."
    ),
)
PLACES = Topic(
    "places",
    N_("Places"),
    "places",
    (
        Column("code", N_("Key"), longest=8, needed=True, fixed=True),
        Column("label", N_("Name"), needed=True),
        Column("kind", N_("Kind"), "choice", of=PLACE_KINDS, needed=True),
        Column("limit_minutes", N_("Limit, min"), "number", 1, 600, needed=True),
        Column("check_minutes", N_("Check, min"), "number", 1, 120, needed=True),
        Column("routes", N_("Routes"), "choices", of="route", shown=False),
    ),
    section="house",
    kept_code=True,
    hint=N_("The order here is the order on the board. Minutes warn, they never block."),
)
SHIFTS = Topic(
    "shift_times",
    N_("Shift times"),
    "shift_times",
    (
        Column("label", N_("Name"), needed=True),
        Column("starts", N_("Starts"), "time", needed=True),
        Column("ends", N_("Ends"), "time", needed=True),
    ),
    section="house",
    hint=N_("On the site's clock. One that ends before it starts ends on the next day; two may overlap."),
)
QUESTIONS = Topic(
    "questions",
    N_("Questions and scale"),
    "policies",
    (
        Column("ask_where_else", N_("Ask where they would have used otherwise"), "yes"),
        Column("ask_alone", N_("Ask whether they would have been alone"), "yes"),
        Column("ask_last_use", N_("Ask for the last use"), "yes"),
        Column("sedation_scale", N_("Sedation scale"), "choice", of=SCALES, needed=True),
    ),
    rows=False,
    section="times",
)
BANDS = Topic(
    "bands",
    N_("Parts of the day"),
    "bands",
    (Column("label", N_("Name"), needed=True), Column("starts", N_("Starts"), "time", needed=True)),
    section="reports",
    ordered=False,
    hint=N_("Each lasts until the next one starts; reports count by them."),
)
AGES = Topic(
    "ages",
    N_("Age bands"),
    "policies",
    (
        Column(
            "ages",
            N_("Bands begin at the ages"),
            "numbers",
            1,
            120,
            needed=True,
            hint=N_("As 30, 50: under 30, 30 to 49, 50 and over. Few bands keep small groups safe."),
        ),
    ),
    rows=False,
    section="reports",
)
AUDIENCES = Topic(
    "audiences",
    N_("Small numbers"),
    "policies",
    (
        Column("code", N_("Audience"), longest=32, needed=True, fixed=True),
        Column(
            "preset",
            N_("Policy"),
            "choice",
            of={name: policy.label for name, policy in PRESETS.items()},
            needed=True,
        ),
        Column("k", N_("Smallest group shown"), "number", 1, 1000, needed=True),
    ),
    part="audiences",
    section="reports",
    kept_code=True,
    ordered=False,
    hint=N_("Whom the site reports to. The smallest group may be larger than the policy's, never smaller."),
)
LANGUAGES = Topic(
    "languages",
    N_("Languages"),
    "policies",
    (Column("languages", N_("Languages offered"), "choices", of=known()),),
    rows=False,
    section="screen",
    hint=N_("The first is the site's own; none: the machine's. One not translated yet shows in English."),
)
SINGLE_KEYS = Topic(
    "keys",
    N_("Keys"),
    "policies",
    tuple(
        Column(name, label, longest=1, needed=True, hint=N_("One letter."))
        for name, (label, _) in KEYS.items()
    ),
    rows=False,
    part="keys",
    section="screen",
    hint=N_("Each device can also switch its single keys off, under ? on the board. Function keys stay."),
)


def topics(raw: Mapping[str, Any]) -> list[Topic]:
    """Every page, in the order of the navigation; `raw` is every setting with the starters in it."""
    limits = Topic(
        "limits", N_("Limits and times"), "limits", _limits(raw["limits"]), rows=False, section="times"
    )
    lists = [_list(name.partition(".")[2], words) for name, words in raw.items() if name.startswith("words.")]
    return [
        *(SITE, PLACES, SHIFTS, *lists, limits, QUESTIONS),
        *(BANDS, AGES, AUDIENCES, LANGUAGES, SINGLE_KEYS),
    ]


def topic_of(raw: Mapping[str, Any], code: str) -> Topic:
    """The page of that address; Unknown if there is none."""
    for topic in topics(raw):
        if topic.code == code:
            return topic
    raise Unknown(N_("There is nothing to set called “%(code)s”."), code=code)


def content(topic: Topic, raw: Mapping[str, Any]) -> Any:
    """What a page shows: a list of rows, each with its `code`, or one mapping of values."""
    kept = raw[topic.setting]
    if topic is AUDIENCES:
        return [_audience(code, said) for code, said in kept["audiences"].items()]
    if topic is SINGLE_KEYS:
        return {name: kept["keys"].get(name, default) for name, (_, default) in KEYS.items()}
    if topic.rows:
        return [dict(row) for row in kept]
    return {column.name: kept.get(column.name) for column in topic.columns}


def put_back(topic: Topic, raw: Mapping[str, Any], shown: Any) -> Any:
    """The whole setting, with what a page shows put in its place."""
    kept = raw[topic.setting]
    if topic is AUDIENCES:
        return {**kept, "audiences": {row["code"]: _without(row, "code") for row in shown}}
    if topic is SINGLE_KEYS:
        return {**kept, "keys": {name: key for name, key in shown.items() if key != KEYS[name][1]}}
    return [dict(row) for row in shown] if topic.rows else {**kept, **shown}


def labels(column: Column, raw: Mapping[str, Any]) -> dict[str, str]:
    """What can be chosen in a column, and words retired since, by code."""
    if not isinstance(column.of, str):
        return dict(column.of)
    return {word["code"]: word["label"] for word in raw.get(f"words.{column.of}", ())}


def offered(column: Column, raw: Mapping[str, Any], held: Any = None) -> dict[str, str]:
    """What can be chosen in a column now, and what is held in it already."""
    if not isinstance(column.of, str):
        return dict(column.of)
    words = raw.get(f"words.{column.of}", ())
    kept = [held] if isinstance(held, str) else list(held or ())
    return {w["code"]: w["label"] for w in words if not w.get("retired") or w["code"] in kept}


def _audience(code: str, said: Any) -> dict[str, Any]:
    held = {"preset": said} if isinstance(said, str) else dict(said)
    return {"code": code, "label": code, "k": PRESETS[held["preset"]].k, **held}


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _limits(values: Mapping[str, int]) -> tuple[Column, ...]:
    known = [BOUNDS[name] for name in BOUNDS if name in values]
    rest = [name for name in values if name not in BOUNDS]
    return (*known, *(Column(name, _in_words(name), "number", needed=True) for name in rest))


def _list(kind: str, words: Sequence[Mapping[str, Any]]) -> Topic:
    shown = LISTS.get(kind) or _as_found(kind, words)
    columns = [LABEL]
    if shown.keys:
        columns.insert(0, Column("key", N_("Key"), longest=1))
    if shown.groups:
        columns.append(Column("group", N_("Class in reports"), "choice", of=shown.groups, needed=True))
    return Topic(kind, shown.title, f"words.{kind}", (*columns, *shown.columns), hint=shown.hint)


def _as_found(kind: str, words: Sequence[Mapping[str, Any]]) -> Shown:
    starters = defaults.WORDS.get(kind, words)
    groups = {word["group"]: _in_words(word["group"]) for word in starters if word.get("group")}
    return Shown(_in_words(kind), groups=groups or None, columns=tuple(_columns(starters)))


def _columns(words: Sequence[Mapping[str, Any]]) -> Iterator[Column]:
    found: dict[str, Any] = {}
    for word in words:
        found = {**(word.get("data") or {}), **found}
    for name, value in found.items():
        kind = {bool: "yes", int: "number", str: "words"}.get(type(value))
        if kind is not None:
            yield Column(name, _in_words(name), kind, data=True)  # type: ignore[arg-type]


def _in_words(code: str) -> str:
    return code.replace(".", ", ").replace("_", " ").capitalize()
