"""Whether the machine's clock can be believed: one that leapt ahead ends days that have not begun. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# What the clock may gain on the time that went by, and how long a leap is given to be set right.
LEAP = timedelta(hours=1)
SETTLES = timedelta(hours=1)


@dataclass
class Watch:
    """Compares the clock with the seconds the machine has been on, which nobody can set.

    A machine that was off is no leap: it begins to watch anew, and what was missed is caught up at once.
    """

    at: datetime | None = None
    awake: float = 0.0
    leapt: float | None = None

    def look(self, at: datetime, awake: float) -> timedelta:
        """How long reports have to wait yet, at this instant and after so many seconds; zero: not at all."""
        gained = at - self.at - timedelta(seconds=awake - self.awake) if self.at else timedelta()
        if gained > LEAP:
            self.leapt = awake
        elif gained < -LEAP:  # set right again
            self.leapt = None
        self.at, self.awake = at, awake
        return self.rest(awake)

    def rest(self, awake: float) -> timedelta:
        """How long reports have to wait yet."""
        if self.leapt is None:
            return timedelta()
        return max(timedelta(), SETTLES - timedelta(seconds=awake - self.leapt))
