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


def make(folder: Path) -> list[Path]:
    """Make what is missing, for a site that has no entry yet; the files made. No key is ever replaced."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made = missing(folder)
    for path in made:
        _write(path, secrets.token_hex(32))
    return made


def missing(folder: Path) -> list[Path]:
    """The key files that are not there."""
    return [path for name in NAMES if not (path := folder / f"{name}.key").exists()]


def check_complete(folder: Path) -> None:
    """Usage, naming the file, where a key of a site that is in use is missing: a new one would open nothing,
    and every link would look changed."""
    for path in missing(folder):
        raise Usage(
            N_("%(file)s is missing. Restore it from your copy; nothing else opens this site."), file=path
        )


def read(folder: Path) -> dict[str, bytes]:
    """The keys by name, 32 bytes each; one that is missing is named."""
    check_complete(folder)
    files = {name: folder / f"{name}.key" for name in NAMES}
    return {name: bytes.fromhex(path.read_text(encoding="ascii").strip()) for name, path in files.items()}


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
