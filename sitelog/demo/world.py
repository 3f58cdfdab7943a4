"""What every part of the simulation shares: the clock, the dice, the desk with its places and its queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sitelog.demo.cast import Cast
from sitelog.demo.clockwork import Clockwork, Process
from sitelog.demo.crowd import Crowd
from sitelog.ground.access import Actor
from sitelog.site.rules import Place, SiteBook
from sitelog.visits.rules import fits

MINUTE = timedelta(minutes=1)


@dataclass(eq=False)
class Waiting:
    """Somebody on the list who will take a place that fits."""

    routes: Sequence[str]
    process: Process


@dataclass
class World:
    """One simulated site."""

    rng: Random
    book: SiteBook
    clock: Clockwork
    cast: Cast
    crowd: Crowd
    end: datetime
    taken: set[str] = field(default_factory=set)
    queue: list[Waiting] = field(default_factory=list)
    # Places that are kept free from an instant on, for the scene the simulation ends with.
    held: dict[str, datetime] = field(default_factory=dict)
    # The PINs of staff, for the handovers they read back; those of accounts made earlier are not known.
    pins: Mapping[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """Simulated time."""
        return self.clock.now

    def chance(self, share: float) -> bool:
        """Whether something happens that happens this often."""
        return self.rng.random() < share

    def minutes(self, low: float, high: float) -> timedelta:
        """A pause between two lengths, to the second."""
        return timedelta(seconds=self.rng.randint(round(low * 60), round(high * 60)))

    def about(self, median: float, spread: float, low: float, high: float) -> timedelta:
        """A pause in minutes around a median, with a long tail, within bounds."""
        drawn = median * self.rng.lognormvariate(0, spread)
        return timedelta(seconds=round(min(max(drawn, low), high) * 60))

    def words(self, by: Actor | None = None, ago: timedelta = timedelta()) -> dict[str, Any]:
        """Who says it and when, for a verb: somebody who is on, now, perhaps of a moment ago."""
        return {"by": by or self.cast.anyone(self.now), "happened_at": self.now - ago, "at": self.now}

    def is_near_end(self, within: timedelta) -> bool:
        """Whether the simulation ends this soon."""
        return self.now + within > self.end

    def place(self, code: str) -> Place:
        """A place by its code."""
        return self.book.place(code)

    def take(self, routes: Sequence[str]) -> str | None:
        """Reserve the first free place that fits, unless somebody who fits it waits already."""
        for place in self.book.places:
            if self._is_free(place) and fits(place, routes) and not self._wanted(place):
                self.taken.add(place.code)
                return place.code
        return None

    def wait(self, routes: Sequence[str]) -> Waiting:
        """Put the running process on the list."""
        assert self.clock.running is not None
        waiting = Waiting(routes, self.clock.running)
        self.queue.append(waiting)
        return waiting

    def give_up(self, waiting: Waiting) -> None:
        """Leave the list without a place."""
        if waiting in self.queue:
            self.queue.remove(waiting)

    def release(self, code: str) -> None:
        """A place is free: whoever has waited longest and fits takes it."""
        self.taken.discard(code)
        place = self.place(code)
        if not self._is_free(place):
            return
        for waiting in self.queue:
            if fits(place, waiting.routes):
                self.queue.remove(waiting)
                self.taken.add(code)
                self.clock.wake(waiting.process, code)
                return

    def _is_free(self, place: Place) -> bool:
        held = self.held.get(place.code)
        return place.code not in self.taken and not (held and self.now >= held)

    def _wanted(self, place: Place) -> bool:
        return any(fits(place, waiting.routes) for waiting in self.queue)
