"""How secrets are kept: passwords and PINs as Argon2, tokens as SHA-256, made outside any transaction."""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.staff import rules
from sitelog.store.keys import key

_PASSWORDS = PasswordHasher()
# OWASP's smaller cost (19 MiB, 2 passes): a PIN is asked for every few minutes. Six digits are weak
# whatever they cost, so the hash is useless without the pepper, which is not in the database.
_PINS = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
PATIENCE = 2  # seconds; then whoever asks is sent away, so that the others find a thread to be served by
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Turns:
    """So many secrets looked at together, and so many more that wait for it; whoever comes then is sent away.

    Each takes tens of megabytes, and who waits holds a thread: many at once, sent by nobody with an account,
    would take the machine's memory and leave no thread to start a response with."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places = threading.BoundedSemaphore(at_once + waiting)
        self._turns = threading.BoundedSemaphore(at_once)

    @contextmanager
    def one(self) -> Iterator[None]:
        """One turn; Refused where too many wait already, or it takes too long."""
        if not self._places.acquire(blocking=False):
            raise _too_many()
        with ExitStack() as held:
            held.callback(self._places.release)
            if not self._turns.acquire(timeout=PATIENCE):
                raise _too_many()
            held.callback(self._turns.release)
            yield


# Passwords can be tried by anybody, PINs only at a registered desk: the first never keep the second waiting.
_PASSWORD_TURNS = Turns(1, 8)
_PIN_TURNS = Turns(2, 16)


def _too_many() -> Refused:
    words = N_("Too many people come in at this moment. Try again in a few seconds.")
    return Refused(words, field="secret")


def password_hash(password: str) -> str:
    """The hash of a password (default cost of argon2-cffi)."""
    return _PASSWORDS.hash(password)


def pin_hash(ref: str, pin: str) -> str:
    """The hash of a person's PIN."""
    return _PINS.hash(_peppered(ref, pin))


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed; as slow where there is none."""
    return _matches(_PASSWORD_TURNS, _PASSWORDS, kept or _no_password(), password) and kept is not None


def pin_matches(kept: str | None, ref: str, pin: str) -> bool:
    """Whether a PIN is the one that was hashed; as slow where there is none."""
    return _matches(_PIN_TURNS, _PINS, kept or _no_pin(), _peppered(ref, pin)) and kept is not None


def fresh_password() -> str:
    """A password to be read out once: 16 characters without look-alikes, 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def fresh_pin() -> str:
    """A PIN to be read out once, and none that is guessed first."""
    while True:
        pin = f"{secrets.randbelow(10**rules.PIN_LENGTH):0{rules.PIN_LENGTH}}"
        try:
            rules.check_pin(pin)
        except Refused:
            continue
        return pin


def fresh_token() -> str:
    """A token for a cookie: 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _peppered(ref: str, pin: str) -> str:
    return hmac.new(key("pepper"), f"{ref}:{pin}".encode(), "sha256").hexdigest()


def _matches(turns: Turns, hasher: PasswordHasher, kept: str, secret: str) -> bool:
    with turns.one():
        try:
            return hasher.verify(kept, secret)
        except (Argon2Error, InvalidHashError):
            return False


_decoys: dict[str, str] = {}


def _no_password() -> str:
    return _decoys.setdefault("password", _decoys.get("password") or _PASSWORDS.hash(fresh_token()))


def _no_pin() -> str:
    return _decoys.setdefault("pin", _decoys.get("pin") or _PINS.hash(fresh_token()))
