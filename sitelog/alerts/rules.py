"""What a drug alert has to say, how long it stands, and who has read it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_

LONGEST_WHAT, LONGEST_ADVICE = 120, 400


@dataclass(frozen=True)
class Alert:
    """A warning: what it is about, what to do, since which day, and the last day it stands (None: until
    somebody ends it)."""

    what: str
    advice: str
    since_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """An alert as it stands: `seq` is the entry that holds this version, `readings` who has read that one
    and when. Who wrote it need not read it."""

    ref: str
    seq: int
    what: str
    advice: str
    since_on: date
    ends_at: datetime | None
    written_at: datetime
    author: str
    readings: tuple[tuple[str, datetime], ...] = ()

    def is_read_by(self, who: str) -> bool:
        """Whether somebody knows this version."""
        return who == self.author or any(reader == who for reader, _at in self.readings)

    def holds(self, now: datetime) -> bool:
        """Whether it has not ended by itself."""
        return self.ends_at is None or now < self.ends_at


def one_line(words: str) -> str:
    """Words on one line, without blanks around them."""
    return " ".join(words.split())


def check(alert: Alert, today: date) -> None:
    """Refuse an alert that says nothing, is about the future, or is over already."""
    for words, name, most in ((alert.what, "what", LONGEST_WHAT), (alert.advice, "advice", LONGEST_ADVICE)):
        if not words.strip():
            raise Refused(N_("Say this in a few words."), name)
        if len(words) > most:
            raise Refused(N_("At most %(n)s characters."), name, n=most)
    if alert.since_on > today:
        raise Refused(N_("That day is still to come."), "since_on")
    if alert.ends_on is not None and not today <= alert.ends_on <= date(today.year + 1, 12, 31):
        raise Refused(N_("Choose a day from today on, until the end of next year at most."), "ends_on")


def unread(alerts: Iterable[Standing], who: str) -> list[Standing]:
    """Those of these alerts that somebody has not read."""
    return [one for one in alerts if not one.is_read_by(who)]


def next_end(alerts: Iterable[Standing]) -> datetime | None:
    """When the first of these ends by itself."""
    return min((one.ends_at for one in alerts if one.ends_at), default=None)
