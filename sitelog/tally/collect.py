"""Collect the facts of a window from every feature that counts something."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
    """The facts of one window. `unrecorded`: measures nobody had ever entered anything of by its end."""

    window: Window
    facts: tuple[Fact, ...]
    unrecorded: frozenset[str] = frozenset()


def collect(window: Window, book: SiteBook, sources: Sequence[ModuleType] = SOURCES) -> Tally:
    """What happened in a window, as facts. People are pseudonyms that no other collection shares."""
    grain = Grain(book.calendar, book.bands, pseudonyms())
    facts = tuple(fact for room in sources for fact in room.facts(window, grain))
    return Tally(window, facts, frozenset(code for room in sources for code in _unrecorded(room, window)))


def _unrecorded(room: ModuleType, window: Window) -> Iterable[str]:
    """What a room cannot say of a window because its site does not use it: a zero would claim a count."""
    asked = getattr(room, "unrecorded", None)
    return asked(window) if asked else ()


def pseudonyms() -> Callable[[str], str]:
    """A name for each person that cannot be computed again: its key is thrown away with the function."""
    throwaway = secrets.token_bytes(32)
    return lambda key: hmac.new(throwaway, key.encode(), hashlib.sha256).hexdigest()
