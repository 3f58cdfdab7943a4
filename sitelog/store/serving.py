"""Whether an instance is being served: a lock on a file that ends with the process, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_

try:
    import fcntl as _fcntl
except ImportError:  # Windows has no shared locks: there nobody is told
    _locks: Any = None
else:
    _locks = _fcntl

NAME = "serving.lock"


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Say that this instance is served, for as long as this lasts; several servers may say so.

    Usage while somebody has it alone: their writing would keep the desk waiting.
    """
    with _opened(folder) as file:
        if _locks is not None:
            try:
                _locks.flock(file, _locks.LOCK_SH | _locks.LOCK_NB)
            except BlockingIOError:
                words = N_("An import is being written into this instance: serve it when that is done.")
                raise Usage(words) from None
        yield


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody serves this instance; if so, nobody can begin to until this is over."""
    with _opened(folder) as file:
        if _locks is None:
            yield True
            return
        try:
            _locks.flock(file, _locks.LOCK_EX | _locks.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _opened(folder: Path) -> IO[bytes]:
    return (folder / NAME).open("ab")
