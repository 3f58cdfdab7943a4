"""The staff of the simulated site: accounts with random passwords, and who is on in which shift."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused
from sitelog.staff import actions as staff
from sitelog.staff import queries, rules

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
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SHIFTS = {"day": range(7, 15), "evening": range(15, 23)}


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo with its secrets, which are shown once and kept nowhere."""

    ref: str
    name: str
    role: Role
    password: str
    pin: str


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


def hire(at: datetime) -> list[DemoAccount]:
    """Make the accounts; names that are taken already are left as they are."""
    wanted = [(name, role, None) for name, role, _ in PEOPLE]
    others = [(*FUNDER, "funder"), (*ADMIN, None)]
    return [_account(*one, at) for one in [*wanted, *others] if queries.account_named(one[0]) is None]


def gather(rng: Random, calendar: SiteCalendar) -> Cast:
    """The cast, from the accounts as they are."""
    shifts: dict[str, list[Actor]] = {"day": [], "evening": [], "night": []}
    for name, _, on in PEOPLE:
        found = queries.account_named(name)
        if found is not None:
            for shift in on:
                shifts[shift].append(queries.actor_of(found))
    return Cast(rng, calendar, shifts)


def _account(name: str, role: Role, audience: str | None, at: datetime) -> DemoAccount:
    pin = _pin() if role in rules.DESK_ROLES else ""
    made = DemoAccount("", name, role, _password(), pin)
    words = {"password": made.password, "pin": pin or None, "audience": audience}
    row = staff.add_account(name, role, **words, by=OPERATOR, at=at)  # type: ignore[arg-type]
    return replace(made, ref=row.ref)


def _password() -> str:
    """Twenty bits a group, and nothing that is read as something else."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _pin() -> str:
    while True:
        pin = f"{secrets.randbelow(10**rules.PIN_LENGTH):0{rules.PIN_LENGTH}}"
        try:
            rules.check_pin(pin)
        except Refused:
            continue
        return pin
