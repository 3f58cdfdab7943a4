"""Who comes: a heavy-tailed crowd with handles and habits. Pure."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from sitelog.visits.rules import Item

# OnPoint NYC, first two months: 5,975 uses by 613 people, so one person in the crowd per 9.7 uses.
USES_PER_PERSON = 5975 / 613
MONTHS_DAYS = 61

# fmt: off
WORDS = (
    "heron", "quill", "mariposa", "pike", "tern", "moss", "juniper", "wren", "ash", "sparrow", "cobalt",
    "river", "fern", "otter", "maple", "finch", "slate", "willow", "lark", "ember", "birch", "raven",
    "poppy", "stone", "lynx", "clover", "dune", "marten", "cedar", "swift", "iris", "flint", "robin",
    "sage", "brook", "crane", "hazel", "north", "plum", "rook", "saffron", "thistle", "umber", "violet",
    "weaver", "alder", "basil", "cricket", "dove", "elm", "fox", "gull",
)
# fmt: on
# Share of what is declared first, by code of the starter list.
SUBSTANCES: dict[str, float] = {
    **{"down": 46, "crystal": 21, "crack": 13, "cocaine": 5, "hydromorphone": 5, "heroin": 4, "not_said": 2},
    **{"benzodiazepine": 1, "morphine": 1, "methylphenidate": 0.7, "ketamine": 0.6, "other": 0.7},
}
# How each is used; whatever is not named here is swallowed or snorted.
ROUTES: dict[str, dict[str, float]] = {
    "down": {"inject": 54, "smoke": 43, "snort": 3},
    "heroin": {"inject": 70, "smoke": 25, "snort": 5},
    "crystal": {"smoke": 60, "inject": 37, "swallow": 3},
    "crack": {"smoke": 93, "inject": 7},
    "cocaine": {"inject": 45, "snort": 40, "smoke": 15},
    "hydromorphone": {"inject": 88, "swallow": 12},
    "morphine": {"inject": 80, "swallow": 20},
    "methylphenidate": {"inject": 75, "snort": 25},
    "not_said": {"inject": 60, "smoke": 40},
}
ELSE = {"swallow": 55.0, "snort": 45.0}
# Taken with the first one, sometimes.
SECOND_SHARE = 0.11
SECOND = {"down": "crystal", "heroin": "cocaine", "crystal": "down", "crack": "down", "cocaine": "down"}


@dataclass(eq=False)
class Guest:
    """Somebody of the crowd. `ref` comes with the first visit; nobody's handle means an anonymous visit."""

    handle: str | None
    main: Item
    ref: str | None = None
    inside: bool = False


@dataclass
class Crowd:
    """The people of the neighbourhood, a few of whom come every day and most now and then."""

    rng: Random
    guests: list[Guest]
    weights: list[float]
    anonymous_share: float = 0.06
    known: list[str] = field(default_factory=list)

    def next(self) -> Guest:
        """Whoever comes next: somebody who is not inside, or somebody without a name."""
        if self.rng.random() < self.anonymous_share:
            return Guest(None, habit(self.rng, self.known))
        for _ in range(30):
            guest = self.rng.choices(self.guests, cum_weights=self.weights)[0]
            if not guest.inside:
                return guest
        return Guest(None, habit(self.rng, self.known))

    def regular(self, route: str) -> Guest:
        """A regular who is not inside and uses by this route; a new face if there is none."""
        for guest in self.guests:
            if guest.ref and not guest.inside and guest.main.route == route:
                return guest
        return Guest(None, Item("down", route))

    def items(self, guest: Guest) -> tuple[Item, ...]:
        """What is declared this time: mostly the usual, sometimes another, sometimes two."""
        first = guest.main if self.rng.random() < 0.82 else habit(self.rng, self.known)
        second = SECOND.get(first.substance)
        if second in self.known and self.rng.random() < SECOND_SHARE:
            return (first, Item(second, first.route))
        return (first,)


def gather(rng: Random, visits_per_day: int, known: Sequence[str]) -> Crowd:
    """A crowd of the size that fits the visits of two months; `known` are the site's codes of substances."""
    size = max(12, round(visits_per_day * MONTHS_DAYS / USES_PER_PERSON))
    handles = _handles(rng, size)
    guests = [Guest(handle, habit(rng, known)) for handle in handles]
    frequency = (min(60.0, rng.paretovariate(1.1)) for _ in guests)
    return Crowd(rng, guests, list(itertools.accumulate(frequency)), known=list(known))


def habit(rng: Random, known: Sequence[str]) -> Item:
    """A substance of the site's list and a plausible way of using it."""
    shares = {code: share for code, share in SUBSTANCES.items() if code in known} or {known[0]: 1.0}
    substance = rng.choices(list(shares), list(shares.values()))[0]
    ways = ROUTES.get(substance, ELSE)
    return Item(substance, rng.choices(list(ways), list(ways.values()))[0])


def _handles(rng: Random, size: int) -> list[str]:
    numbered = [f"{word}-{n}" for word in WORDS for n in range(2, 2 + size // len(WORDS) + 2)]
    plain = [*WORDS, *rng.sample(numbered, len(numbered))]
    return plain[:size]
