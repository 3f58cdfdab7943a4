"""What changed since a shift was signed, in words: what was counted, and what was typed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.shifts.rules import PARTS, Words
from sitelog.shifts.summary import Summary

# What is frozen of a response: the column of the summary that shows it.
COLUMNS = {
    "start": N_("Start"),
    "end": N_("Watched"),
    "over": N_("Watched"),
    "area": N_("Where"),
    "place": N_("Where"),
    "pathway": N_("Pathway"),
    "tier": N_("Tier"),
    "to_oxygen": N_("To O₂"),
    "to_naloxone": N_("To nal."),
    "doses": N_("Staff doses"),
    "micrograms": N_("Staff doses"),
    "unsaid": N_("Staff doses"),
    "ems": N_("EMS"),
    "ems_seconds": N_("EMS"),
    "hospital": N_("Hospital"),
    "watched": N_("Watched"),
    "outcome": N_("Outcome"),
    "missing": N_("What is missing"),
}
# How often it was amended says that it was, and not what.
ONLY_CHANGED = N_("Changes")


@dataclass(frozen=True)
class Handover:
    """The words of a handover: its lines as part and text, and what those that were typed say, by key (""
    where one was left out)."""

    lines: Sequence[tuple[str, str]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


def changes(
    before: Summary, now: Summary, measures: Mapping[str, Measure], known: int | None = None
) -> list[Words]:
    """Each difference as a sentence; both summaries as they come out of JSON. The pictures of the places are
    compared over the minutes that were `known` before."""
    found = [*_figures(before, now, measures), *_responses(before, now)]
    return [*(found or _hours(before, now)), *_places(before, now, known)]


def retyped(before: Handover, now: Handover) -> Iterator[Words]:
    """Each line that was typed and does not say any more what it said."""
    for key, text in now.typed.items():
        was = before.typed.get(key)
        if text and text != was and (key[0], text) not in before.lines:
            yield Words(N_("Handover, %(part)s: “%(text)s”"), {"part": PARTS[key[0]], "text": text})
        elif not text and was:
            yield _left_out(key, was)
        elif not text and was is None and not is_own(key):
            yield Words(N_("Handover, %(part)s: a line was left out"), {"part": PARTS[key[0]]})
    for key, was in before.typed.items():
        if was and key not in now.typed and (key[0], was) not in now.lines:
            yield _left_out(key, was)


def is_own(key: str) -> bool:
    """Whether a line is one somebody added, which the log knows nothing of."""
    return key[1:].startswith(".own.")


def _left_out(key: str, was: str) -> Words:
    return Words(N_("Handover, %(part)s: “%(text)s” was left out"), {"part": PARTS[key[0]], "text": was})


def _figures(before: Summary, now: Summary, measures: Mapping[str, Measure]) -> Iterator[Words]:
    for code, measure in measures.items():
        was, is_now = before.figure(code), now.figure(code)
        if was != is_now:
            values = {"what": measure.label, "now": is_now, "was": was}
            yield Words(N_("%(what)s: %(now)s, was %(was)s"), values)


def _responses(before: Summary, now: Summary) -> Iterator[Words]:
    old, new = ({one["ref"]: one for one in each.responses} for each in (before, now))
    for ref in sorted(new.keys() - old.keys()):
        yield Words(N_("Response %(ref)s came in"), {"ref": ref})
    for ref in sorted(old.keys() - new.keys()):
        yield Words(N_("Response %(ref)s is no longer counted"), {"ref": ref})
    for ref in sorted(new.keys() & old.keys()):
        # What an older version of sitelog did not freeze is no correction.
        other = [name for name, value in old[ref].items() if new[ref].get(name) != value]
        if other:
            values = {"ref": ref, "columns": _columns(other)}
            yield Words(N_("Response %(ref)s was corrected: %(columns)s"), values)


def _columns(other: Sequence[str]) -> tuple[str, ...]:
    found = dict.fromkeys(label for name, label in COLUMNS.items() if name in other)
    return tuple(found) or (ONLY_CHANGED,)


def _hours(before: Summary, now: Summary) -> Iterator[Words]:
    # Where a total changed, the hours did too.
    if before.hours != now.hours:
        yield Words(N_("Accesses: same number, at other hours"), {})


def _places(before: Summary, now: Summary, known: int | None) -> Iterator[Words]:
    for column, text in ((1, N_("Places in use: another picture")), (2, N_("Open places: another picture"))):
        was, is_now = (_steps(each.places, column, known) for each in (before, now))
        if was != is_now:
            yield Words(text, {})


def _steps(places: Sequence[Sequence[int]], column: int, known: int | None) -> list[tuple[int, int]]:
    """From which minute on how many, without the minutes where nothing changed."""
    last = {step[0]: step[column] for step in places if known is None or step[0] < known}
    found: list[tuple[int, int]] = []
    for minute, many in last.items():
        if not found or found[-1][1] != many:
            found.append((minute, many))
    return found
