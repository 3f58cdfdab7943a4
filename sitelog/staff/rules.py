"""What holds for accounts, passwords, PINs and locks. Pure."""

import re
from datetime import datetime, timedelta

from sitelog.ground.access import ROLES, Permission, Role
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_

PERSON_ROLES = tuple(role for role in Role if role not in (Role.DESK, Role.SYSTEM))
# Whose name stands on a desk's tiles, and whose sign-in makes a browser a desk: those who log.
DESK_ROLES = tuple(role for role in PERSON_ROLES if Permission.LOG in ROLES[role])
PASSWORD_LENGTH = (10, 200)
PIN_LENGTH = 6
TRIES = 5
LOCKED_FOR = timedelta(minutes=5)
SESSION_LASTS = timedelta(hours=14)
# Being seen is written at most this often, so a lock by idleness may come this much late.
SEEN_EVERY = timedelta(minutes=1)
IDLE_SECONDS = 240
ONLY_AT_A_DESK = N_("PINs work only at a registered desk. Sign in with your password.")

_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
_INITIALS = re.compile(r"[^\W\d_]{1,3}[0-9]?")
_AUDIENCE = re.compile(r"[a-z][a-z0-9-]{0,39}")


def check_name(name: str) -> None:
    """A name people can read on a tile."""
    if not _NAME.fullmatch(name) or not name.strip():
        raise Refused(N_("A name has 1 to 60 characters."), field="name")


def check_initials(initials: str) -> None:
    """Initials that fit beside an entry."""
    if not _INITIALS.fullmatch(initials):
        raise Refused(N_("Initials are one to three letters, and perhaps a digit."), field="initials")


def check_role(role: str, audience: str | None) -> None:
    """A role a person can have; a funder reads one named shelf."""
    if role not in PERSON_ROLES:
        known = ", ".join(PERSON_ROLES)
        words = N_("“%(role)s” is not a role. Choose one of: %(known)s.")
        raise Refused(words, field="role", role=role, known=known)
    if role == Role.FUNDER and not _AUDIENCE.fullmatch(audience or ""):
        raise Refused(N_("Say which audience this funder belongs to, in small letters."), field="audience")
    if role != Role.FUNDER and audience:
        raise Refused(N_("Only a funder has an audience."), field="audience")


def check_password(password: str) -> None:
    """Long is what counts."""
    low, high = PASSWORD_LENGTH
    if not low <= len(password) <= high:
        raise Refused(N_("A password has at least %(low)s characters."), field="password", low=low)


def check_pin(pin: str) -> None:
    """Six digits that are not the first ones anybody would try."""
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        raise Refused(N_("A PIN has %(n)s digits."), field="pin", n=PIN_LENGTH)
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    if steps in ({0}, {1}, {9}):
        raise Refused(N_("That PIN is too easy to guess."), field="pin")


def check_not_locked(locked_until: datetime | None, at: datetime) -> None:
    """Refuse a name that had too many wrong tries, and say for how long."""
    if locked_until and locked_until > at:
        minutes = -(-int((locked_until - at).total_seconds()) // 60)
        words = N_("Too many wrong tries. This name opens again in %(minutes)s min; others can use the desk.")
        raise Refused(words, field="secret", minutes=max(1, minutes))


def check_name_free(name: str, taken: set[str]) -> None:
    """Two accounts cannot be called by the same name."""
    if name.casefold() in {other.casefold() for other in taken}:
        raise Conflict(N_("There is already an account called “%(name)s”."), name=name)


def check_another_admin(others: int) -> None:
    """Somebody must be able to open accounts again."""
    if others < 1:
        raise Conflict(N_("This is the last active administrator. Make another one first."))


def initials_of(name: str, taken: set[str]) -> str:
    """Initials for a name, with a digit if somebody has them already."""
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name))[:3].upper() or "X"
    numbered = (letters, *(f"{letters}{n}" for n in range(2, 10)))
    return next((initials for initials in numbered if initials not in taken), letters)


def tries_left(failed_tries: int) -> int:
    """How often this name may still be wrong before it is locked."""
    return max(0, TRIES - failed_tries)


def is_idle(seen_at: datetime, at: datetime, idle_seconds: int) -> bool:
    """Whether nobody has touched the desk for longer than the site allows; 0 seconds: never."""
    return idle_seconds > 0 and at - seen_at > timedelta(seconds=idle_seconds) + SEEN_EVERY


def is_over(ends_at: datetime, at: datetime) -> bool:
    """Whether a session has lasted as long as it may."""
    return at >= ends_at
