"""The files of published reports: written before the ledger commits, put on the shelf after it did."""

import hashlib
import os
import secrets
from pathlib import Path

from flask import current_app

from sitelog.ground.errors import Broken, Unknown
from sitelog.ground.settings import Settings
from sitelog.ground.words import N_

_WAITING = ".part"


def folder() -> Path:
    """Where published files are kept; only the site's own account may read it."""
    settings: Settings = current_app.config["SITELOG"]
    settings.reports.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.reports


def put_by(file_name: str, content: bytes) -> Path:
    """Write a file beside the shelf, safe on the disk, where nobody reads it yet."""
    waiting = folder() / f".{file_name}.{secrets.token_hex(6)}{_WAITING}"
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync(waiting.parent)
    return waiting


def hand_out(waiting: Path, file_name: str) -> Path:
    """Put a waiting file on the shelf under its name; the ledger has committed. What is published stays: a
    file that is there already under this name is set aside under its digest."""
    final = waiting.with_name(file_name)
    try:
        _set_aside(final, waiting)
        os.replace(waiting, final)
    except FileNotFoundError:
        if not final.exists():  # else another process found it waiting and put it there
            raise
    _sync(final.parent)
    return final


def _set_aside(final: Path, waiting: Path) -> None:
    # A ledger restored from before it was published does not know it; whoever holds it does.
    if final.exists() and final.read_bytes() != waiting.read_bytes():
        digest = hashlib.sha256(final.read_bytes()).hexdigest()
        os.replace(final, final.with_name(f"{final.stem}-{digest[:12]}{final.suffix}"))


def drop(waiting: Path) -> None:
    """Forget a waiting file that somebody else was faster than."""
    waiting.unlink(missing_ok=True)


def read(file_name: str, sha256: str) -> bytes:
    """A published file's bytes, if they are still those that were published."""
    path = folder() / file_name
    if not path.exists() and not adopt(file_name, sha256):
        raise Unknown(N_("The file of this report is not on this machine. Restore it from a backup."))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Broken(N_("The file of this report was changed on the disk. Restore it from a backup."))
    return content


def adopt(file_name: str, sha256: str) -> bool:
    """Put the file of a release on the shelf that a power cut left waiting; and clear what else waits for it.

    The waiting file was safe on the disk before the ledger committed, so after a cut it is there.
    """
    final = folder() / file_name
    for waiting in folder().glob(f".{file_name}.*{_WAITING}"):
        if not final.exists() and hashlib.sha256(waiting.read_bytes()).hexdigest() == sha256:
            hand_out(waiting, file_name)
        else:
            drop(waiting)
    return final.exists()


def _sync(path: Path) -> None:
    # A new name is only safe once its folder is; Windows has no such call and needs none.
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
