"""What a later correction changed in a summary that was signed, in words. Pure."""

from collections.abc import Iterator, Mapping

from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.shifts.rules import Words
from sitelog.shifts.summary import Summary


def changes(before: Summary, now: Summary, measures: Mapping[str, Measure]) -> list[Words]:
    """Each difference as a sentence; both summaries as they come out of JSON."""
    found = [*_figures(before, now, measures), *_responses(before, now), *_splits(before, now, measures)]
    return found or [*_hours(before, now)]


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
        if any(new[ref].get(name) != value for name, value in old[ref].items()):
            yield Words(N_("Response %(ref)s was corrected"), {"ref": ref})


def _splits(before: Summary, now: Summary, measures: Mapping[str, Measure]) -> Iterator[Words]:
    # A total that changed has been said; where only the kinds changed within it, that is said.
    names = before.splits.keys() | now.splits.keys()
    other = {
        name.partition(".")[0] for name in names if before.splits.get(name, {}) != now.splits.get(name, {})
    }
    for code in sorted(other & measures.keys()):
        if before.figure(code) == now.figure(code):
            yield Words(N_("%(what)s: same number, other kinds"), {"what": measures[code].label})


def _hours(before: Summary, now: Summary) -> Iterator[Words]:
    # Where a total changed, the hours did too.
    if before.hours != now.hours:
        yield Words(N_("Accesses: same number, at other hours"), {})
