"""The arithmetic of the chain: what a link's digest and MAC are made of. Pure."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

GENESIS = bytes(32)


def seal(salt: bytes, *parts: bytes) -> bytes:
    """A salted SHA-256 over parts, each preceded by its length so that no two splits agree."""
    digest = hashlib.sha256(salt)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def content_digest(salt: bytes, at: datetime, happened_at: datetime, rows: Iterable[bytes]) -> bytes:
    """What was recorded, as a salted digest: the rows and both times can be erased, the chain still holds."""
    return seal(salt, _instant(at), _instant(happened_at), *sorted(rows))


def mac(
    key: bytes,
    previous: bytes,
    *,
    seq: int,
    kind: str,
    subject: str,
    actor: str,
    amends: int | None,
    reason: str | None,
    digest: bytes,
) -> bytes:
    """HMAC-SHA256 of one link over the link before it; 32 bytes."""
    words = "\x1f".join((str(seq), kind, subject, actor, str(amends or ""), reason or ""))
    return hmac.new(key, seal(previous, words.encode(), digest), hashlib.sha256).digest()


def _instant(value: datetime) -> bytes:
    return value.astimezone(UTC).isoformat(timespec="microseconds").encode()
