"""When people come: a queue at opening, a lull, the evening, a benefit day now and then. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from sitelog.ground.days import SiteCalendar

# Share of a day's arrivals by wall-clock hour; the doors are closed from 3 to 7.
HOURS: dict[int, float] = {
    **{7: 9.0, 8: 6.5, 9: 5.0, 10: 4.5, 11: 5.0, 12: 5.5, 13: 5.0, 14: 4.5, 15: 5.0},
    **{16: 5.5, 17: 6.5, 18: 7.5, 19: 7.0, 20: 6.0, 21: 5.0, 22: 4.0, 23: 3.0, 0: 2.5, 1: 1.8, 2: 1.2},
}
WEEKDAYS = (1.0, 0.97, 0.98, 1.0, 1.08, 1.05, 0.92)
# Benefits are paid on the last Wednesday of a month: the two days after are fuller.
BENEFIT_DAYS = 1.25
# Most of the opening queue stands at the door already.
OPENING_MINUTES = 20


def arrivals(rng: Random, calendar: SiteCalendar, on: date, per_day: float) -> list[datetime]:
    """The instants at which people come through the door on one site day, in order."""
    expected = per_day * WEEKDAYS[on.weekday()] * (BENEFIT_DAYS if _after_benefits(on) else 1.0)
    count = max(0, round(rng.gauss(expected, expected**0.5)))
    hours = rng.choices(list(HOURS), list(HOURS.values()), k=count)
    window = calendar.day(on)
    return sorted(at for at in _instants(rng, calendar, on, hours) if at in window)


def _instants(rng: Random, calendar: SiteCalendar, on: date, hours: list[int]) -> Iterator[datetime]:
    for hour in hours:
        span = OPENING_MINUTES if hour == 7 and rng.random() < 0.6 else 60
        seconds = rng.randrange(span * 60)
        day = on if hour >= calendar.day_starts.hour else on + timedelta(days=1)
        wall = datetime(day.year, day.month, day.day, hour, tzinfo=calendar.tz)
        yield wall.astimezone(calendar.day(on).start.tzinfo) + timedelta(seconds=seconds)


def _after_benefits(on: date) -> bool:
    for back in (1, 2):
        day = on - timedelta(days=back)
        if day.weekday() == 2 and (day + timedelta(days=7)).month != day.month:
            return True
    return False
