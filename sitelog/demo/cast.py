"""The staff of the simulated site, and who is on in which shift."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.ground.days import SiteCalendar
from sitelog.staff import actions as staff
from sitelog.staff import queries
from sitelog.staff.actions import FreshAccount

# Name, role, and the shift worked; the lead is there by day and in the evening.
PEOPLE = (
    ("Amina K.", Role.NURSE, ("evening",)),
    ("Joel T.", Role.NURSE, ("evening",)),
    ("Priya S.", Role.NURSE, ("evening",)),
    ("Marc D.", Role.LEAD, ("day", "evening")),
    ("Lena W.", Role.NURSE, ("day",)),
    ("Omar B.", Role.NURSE, ("night",)),
    ("Sana R.", Role.NURSE, ("day",)),
    ("Theo M.", Role.NURSE, ("day",)),
    ("Nia P.", Role.NURSE, ("night",)),
)
FUNDER = ("Harbour Fund", Role.FUNDER)
ADMIN = ("Ines V.", Role.ADMIN)
SHIFTS = {"day": range(7, 15), "evening": range(15, 23)}


@dataclass(frozen=True)
class Cast:
    """The people of the desk by shift."""

    rng: Random
    calendar: SiteCalendar
    shifts: dict[str, list[Actor]]

    def on(self, at: datetime) -> list[Actor]:
        """Who is on at an instant."""
        hour = self.calendar.local(at).hour
        return self.shifts[next((name for name, hours in SHIFTS.items() if hour in hours), "night")]

    def anyone(self, at: datetime) -> Actor:
        """One of those who are on."""
        return self.rng.choice(self.on(at))


def hire(at: datetime) -> list[FreshAccount]:
    """Make the accounts; names that are taken already are left as they are."""
    wanted = [(name, role, None) for name, role, _ in PEOPLE]
    others = [(*FUNDER, "funder"), (*ADMIN, None)]
    missing = [one for one in [*wanted, *others] if queries.account_named(one[0]) is None]
    said: dict[str, Any] = {"by": OPERATOR, "at": at}
    return [staff.add_fresh_account(name, role, audience=where, **said) for name, role, where in missing]


def gather(rng: Random, calendar: SiteCalendar) -> Cast:
    """The cast, from the accounts as they are."""
    shifts: dict[str, list[Actor]] = {"day": [], "evening": [], "night": []}
    for name, _, on in PEOPLE:
        found = queries.account_named(name)
        if found is not None:
            for shift in on:
                shifts[shift].append(queries.actor_of(found))
    return Cast(rng, calendar, shifts)
