"""How secrets are kept: passwords and PINs as Argon2, tokens as SHA-256, made outside any transaction."""

import hashlib
import hmac
import secrets
import threading

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
# Each takes tens of megabytes: many at once, sent by nobody with an account, would take the machine's memory.
_AT_ONCE = threading.BoundedSemaphore(2)
PATIENCE = 2  # seconds; then whoever asks is sent away, so that the others find a thread to be served by
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def password_hash(password: str) -> str:
    """The hash of a password (default cost of argon2-cffi)."""
    return _PASSWORDS.hash(password)


def pin_hash(ref: str, pin: str) -> str:
    """The hash of a person's PIN."""
    return _PINS.hash(_peppered(ref, pin))


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed; as slow where there is none."""
    return _matches(_PASSWORDS, kept or _no_password(), password) and kept is not None


def pin_matches(kept: str | None, ref: str, pin: str) -> bool:
    """Whether a PIN is the one that was hashed; as slow where there is none."""
    return _matches(_PINS, kept or _no_pin(), _peppered(ref, pin)) and kept is not None


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


def _matches(hasher: PasswordHasher, kept: str, secret: str) -> bool:
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        words = N_("Too many people come in at this moment. Try again in a few seconds.")
        raise Refused(words, field="secret")
    try:
        return hasher.verify(kept, secret)
    except (Argon2Error, InvalidHashError):
        return False
    finally:
        _AT_ONCE.release()


_decoys: dict[str, str] = {}


def _no_password() -> str:
    return _decoys.setdefault("password", _decoys.get("password") or _PASSWORDS.hash(fresh_token()))


def _no_pin() -> str:
    return _decoys.setdefault("pin", _decoys.get("pin") or _PINS.hash(fresh_token()))
