"""The instance's secret keys: one file each, mode 600, made once and never printed."""

import os
import secrets
from pathlib import Path

from flask import current_app

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_

# What each key is for: the links' MAC, the database at rest, PINs, cookies, the order of report lines.
NAMES = ("chain", "database", "pepper", "cookies", "lines")
EXTENSION = "sitelog.keys"


def make(folder: Path) -> None:
    """Make the keys that are missing; an existing key is never replaced."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for name in NAMES:
        path = folder / f"{name}.key"
        if not path.exists():
            _write(path, secrets.token_hex(32))


def read(folder: Path) -> dict[str, bytes]:
    """The keys by name, 32 bytes each; one that is missing is named."""
    found = {}
    for name in NAMES:
        path = folder / f"{name}.key"
        if not path.exists():
            raise Usage(N_("%(file)s is missing: run “sitelog init”, or restore the key"), file=path)
        found[name] = bytes.fromhex(path.read_text(encoding="ascii").strip())
    return found


def key(name: str) -> bytes:
    """One key of the instance at work."""
    keys: dict[str, bytes] = current_app.extensions[EXTENSION]
    return keys[name]


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
