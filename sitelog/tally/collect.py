"""Collect the facts of a window from every feature that counts something."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from sitelog.alerts import facts as alerts
from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.incidents import facts as incidents
from sitelog.people import facts as people
from sitelog.referrals import facts as referrals
from sitelog.responses import facts as responses
from sitelog.services import facts as services
from sitelog.site import facts as house
from sitelog.site.rules import SiteBook
from sitelog.supplies import facts as supplies
from sitelog.visits import facts as visits

# Every feature that counts. A new one is one line here.
SOURCES: tuple[ModuleType, ...] = (
    people,
    visits,
    supplies,
    responses,
    services,
    incidents,
    alerts,
    referrals,
)
# What lasts: counted up to the end of a window, so only of one that is over.
LASTING: tuple[ModuleType, ...] = (house,)
MEASURES: dict[str, Measure] = {measure.code: measure for room in SOURCES for measure in room.MEASURES}


@dataclass(frozen=True)
class Tally:
    """The facts of one window."""

    window: Window
    facts: tuple[Fact, ...]


def collect(window: Window, book: SiteBook, sources: Sequence[ModuleType] = SOURCES) -> Tally:
    """What happened in a window, as facts. People are pseudonyms that no other collection shares."""
    grain = Grain(book.calendar, book.bands, pseudonyms())
    return Tally(window, tuple(fact for room in sources for fact in room.facts(window, grain)))


def unrecorded(window: Window, sources: Sequence[ModuleType] = SOURCES) -> frozenset[str]:
    """Measures nobody had ever entered anything of by a window's end: a zero would claim a count.

    Asked apart from the facts: only what is published has to say so.
    """
    asked = [room.unrecorded for room in sources if hasattr(room, "unrecorded")]
    return frozenset(code for ask in asked for code in ask(window))


def pseudonyms() -> Callable[[str], str]:
    """A name for each person that cannot be computed again: its key is thrown away with the function."""
    throwaway = secrets.token_bytes(32)
    return cache(lambda key: hmac.new(throwaway, key.encode(), hashlib.sha256).hexdigest())
