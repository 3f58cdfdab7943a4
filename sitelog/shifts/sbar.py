"""The handover as the log drafts it: situation, background, assessment, recommendation, by line. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sitelog.ground.words import N_
from sitelog.shifts.items import RUNNING, OpenItem
from sitelog.shifts.rules import Words
from sitelog.shifts.summary import Summary

# Watched for longer than this after a response is said: it keeps a chair and a pair of eyes.
LONG_WATCH_SECONDS = 3600
# Open ends that the next shift is asked to see to, a line for each kind: how many, and the first of them.
FOLLOWED = {
    "visit": N_("Aftercare"),
    "alert": N_("To be read"),
    "incident": N_("Incidents"),
    "stock": N_("Stock"),
    "restriction": N_("Restrictions"),
    "session": N_("Sessions"),
    "ask": N_("Follow-ups"),
}
# As many of a kind are named; what is urgent always is.
NAMED = 3
# Whatever else is open, counted in a line each; of some kinds only what is due: the rest is as planned.
STILL_OPEN = {
    "out": N_("Places out of service: %(n)s."),
    "alert": N_("Drug alerts that somebody of the desk has not read: %(n)s."),
    "stock": N_("Warnings about stock: %(n)s."),
    "restriction": N_("Restrictions that end or are to be looked at again: %(n)s."),
    "session": N_("Planned sessions that nobody closed: %(n)s."),
    "ask": N_("Follow-ups of referrals due by tomorrow: %(n)s."),
}
ONLY_DUE = frozenset({"alert", "session"})


@dataclass(frozen=True)
class Line:
    """One drafted line. `key` begins with its part and stays the same while its facts change; `more` is how
    many of its kind it does not name."""

    key: str
    said: Words
    more: int = 0

    @property
    def part(self) -> str:
        """The letter of its part."""
        return self.key[0]


def draft(summary: Summary, items: Sequence[OpenItem]) -> list[Line]:
    """Every line that the log can say, in the order it is handed over."""
    return [
        *_situation(summary, items),
        *_background(summary),
        *_assessment(summary, items),
        *_recommendation(items),
    ]


def _situation(summary: Summary, items: Sequence[OpenItem]) -> Iterator[Line]:
    icons = [one.icon for one in items]
    here = {"places": icons.count("use"), "waiting": icons.count("clock"), "aftercare": icons.count("due")}
    text = N_("%(places)s in places, %(waiting)s waiting, %(aftercare)s in aftercare.")
    yield Line("S.people", Words(text, here))
    for one in items:
        if one.key.startswith(("response.", "alert.", "out.")):
            yield Line(f"S.{one.key}", one.said)
    yield from _still_here(summary, items)


# What is said of somebody in the house: whether a response runs for them, and whether they had one before.
_THEIRS = {
    (False, True): N_("%(who)s; had response %(refs)s, %(given)s."),
    (True, False): N_("%(who)s; has a running response, %(running)s, %(given)s."),
    (True, True): N_("%(who)s; has a running response, %(running)s, after response %(refs)s, %(given)s."),
}


def _still_here(summary: Summary, items: Sequence[OpenItem]) -> Iterator[Line]:
    """Who had a response in this shift and is in the house: what they were given may wear off on the next."""
    known = {one["ref"]: one for one in summary.responses}
    running = {one.said.values["ref"] for one in _running(items)}
    for one in items:
        theirs = [ref for ref in one.responses if ref in known]
        if theirs:
            values: dict[str, Any] = {"who": one.said, "given": _given([known[ref] for ref in theirs])}
            values["refs"] = tuple(ref for ref in theirs if ref not in running)
            values["running"] = tuple(ref for ref in theirs if ref in running)
            text = _THEIRS[bool(values["running"]), bool(values["refs"])]
            yield Line(f"S.{one.key}", Words(text, values))


def _given(had: Sequence[Mapping[str, Any]]) -> Words:
    doses, micrograms = sum(one["doses"] for one in had), sum(one["micrograms"] for one in had)
    if not doses:
        return Words(N_("no naloxone by staff"), {})
    if not micrograms:
        return Words(N_("naloxone doses by staff: %(n)s"), {"n": doses})
    values = {"n": doses, "mg": f"{micrograms / 1000:g}"}
    return Words(N_("naloxone doses by staff: %(n)s, %(mg)s mg"), values)


def _background(summary: Summary) -> Iterator[Line]:
    counted = {"came": summary.figure("accesses"), "used": summary.figure("episodes")}
    yield Line("B.counts", Words(N_("%(came)s accesses, %(used)s episodes."), counted))
    found = summary.responses
    if not found:
        yield Line("B.responses", Words(N_("No overdose response."), {}))
        return
    values = {"n": len(found), "hospital": sum(one["hospital"] for one in found)}
    values |= {"ems": sum(bool(one["ems"]) for one in found), "doses": sum(one["doses"] for one in found)}
    text = N_("Responses: %(n)s; EMS called: %(ems)s; to hospital: %(hospital)s; naloxone doses: %(doses)s.")
    yield Line("B.responses", Words(text, values))
    yield from _at_once(summary)


def _at_once(summary: Summary) -> Iterator[Line]:
    """A line for each while in which more than one ran: how many at most, and how many of them still do."""
    run: list[str] = []
    together: list[tuple[datetime, list[str]]] = []
    for at, begins, ref in _turns(summary.responses):
        run = [*run, ref] if begins else [one for one in run if one != ref]
        if len(run) > 1:
            together.append((at, run))
        elif together:
            yield _together(together, until=at)
            together = []
    if together:
        yield _together(together, until=None)


def _turns(found: Sequence[Mapping[str, Any]]) -> list[tuple[datetime, bool, str]]:
    """When each began and when it was over, in order; of one instant, what is over comes first."""
    begun = [(_at(one["start"]), True, one["ref"]) for one in found]
    # What an older version of sitelog froze knows only when a response was closed.
    ends = [(one.get("over", one["end"]), one["ref"]) for one in found]
    return sorted([*begun, *((_at(end), False, ref) for end, ref in ends if end)])


def _together(run: Sequence[tuple[datetime, Sequence[str]]], until: datetime | None) -> Line:
    since, first = run[0]
    values: dict[str, Any] = {"n": max(len(refs) for _, refs in run), "from": since}
    key = f"B.two-at-once.{'.'.join(first)}"
    if until is None:
        values["running"] = len(run[-1][1])
        return Line(key, Words(N_("%(n)s responses at once, from %(from)s; %(running)s still run."), values))
    values["until"] = until
    return Line(key, Words(N_("%(n)s responses at once, %(from)s to %(until)s."), values))


def _assessment(summary: Summary, items: Sequence[OpenItem]) -> Iterator[Line]:
    found = [*_open_now(items), *_stood_out(summary)]
    yield from found or [Line("A.quiet", Words(N_("Nothing in the log stands out."), {}))]


def _open_now(items: Sequence[OpenItem]) -> Iterator[Line]:
    """What is not over: the responses and incidents by their numbers, the rest counted."""
    responses, incidents = _of_kind("response", items), _of_kind("incident", items)
    running = _running(items)
    closing = [one for one in responses if one not in running]
    named = (
        ("A.running", N_("Responses running now: %(refs)s."), running),
        ("A.closing", N_("Responses still to be closed: %(refs)s."), closing),
    )
    for key, text, found in named:
        if found:
            yield Line(key, Words(text, {"refs": tuple(one.said.values["ref"] for one in found)}))
    if incidents:
        # Sorted by how grave they are, and named by what they are: a number alone tells nobody how it is.
        called = tuple(_kind_too(one) for one in incidents)
        yield Line("A.incidents", Words(N_("Open incidents: %(refs)s."), {"refs": called}))
    watched = [one for one in items if one.icon == "due"]
    if watched:
        text = N_("In aftercare: %(n)s; observation due now: %(due)s.")
        due = sum(one.tone == "due" for one in watched)
        yield Line("A.aftercare", Words(text, {"n": len(watched), "due": due}))
    for kind, text in STILL_OPEN.items():
        n = sum(one.tone == "due" or kind not in ONLY_DUE for one in _of_kind(kind, items))
        if n:
            yield Line(f"A.{kind}", Words(text, {"n": n}))


def _running(items: Sequence[OpenItem]) -> list[OpenItem]:
    return [one for one in _of_kind("response", items) if one.tag.text == RUNNING]


def _kind_too(one: OpenItem) -> Words:
    return Words(N_("%(ref)s %(kind)s"), {name: one.said.values[name] for name in ("ref", "kind")})


def _of_kind(kind: str, items: Sequence[OpenItem]) -> list[OpenItem]:
    return [one for one in items if one.key.startswith(f"{kind}.")]


def _stood_out(summary: Summary) -> Iterator[Line]:
    left, full = summary.figure("left_before_service"), minutes_full(summary)
    watched = sum((one["watched"] or 0) > LONG_WATCH_SECONDS for one in summary.responses)
    unfinished = sum(bool(one["missing"]) for one in summary.responses)
    said = (
        ("A.left", N_("Left before they were served: %(n)s."), left),
        ("A.full", N_("Every open place was in use for %(n)s min."), full),
        ("A.watched", N_("Watched for more than an hour after a response: %(n)s."), watched),
        ("A.unfinished", N_("Responses closed with something missing: %(n)s."), unfinished),
    )
    yield from (Line(key, Words(text, {"n": n})) for key, text, n in said if n)


def _recommendation(items: Sequence[OpenItem]) -> Iterator[Line]:
    for one in _of_kind("response", items):
        text = N_("Finish and close response %(ref)s.")
        yield Line(f"R.{one.key}", Words(text, {"ref": one.said.values["ref"]}))
    for kind, label in FOLLOWED.items():
        found = [one for one in _of_kind(kind, items) if _is_followed(one)]
        if found:
            yield _in_one_line(kind, label, found)


def _is_followed(one: OpenItem) -> bool:
    """Who is in a place or waits is no recommendation, nor is an alert that everybody has read."""
    if one.key.startswith("visit."):
        return one.icon == "due"
    return one.urgent if one.key.startswith("alert.") else True


def _in_one_line(kind: str, label: str, found: Sequence[OpenItem]) -> Line:
    """The most pressing of a kind by what they say, and how many more there are."""
    urgent, rest = [one for one in found if one.urgent], [one for one in found if not one.urgent]
    named = [*urgent, *rest[: max(0, NAMED - len(urgent))]]
    more = len(found) - len(named)
    values = {"kind": label, "n": len(found), "named": tuple(one.said for one in named), "more": more}
    text = (
        N_("%(kind)s (%(n)s): %(named)s; and %(more)s more.") if more else N_("%(kind)s (%(n)s): %(named)s.")
    )
    return Line(f"R.{kind}", Words(text, values), more)


def minutes_full(summary: Summary) -> int:
    """For how many minutes every open place was in use, as far as the places are known."""
    steps = list(summary.places)
    pairs = zip(steps, steps[1:], strict=False)
    return sum(end - start for (start, used, places), (end, _, _) in pairs if used >= places > 0)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
