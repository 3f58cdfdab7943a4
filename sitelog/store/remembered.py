"""What was read once for everybody: for as long as the record says the same, or brought up to date."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import current_app

from sitelog.store.transaction import following, writing

T = TypeVar("T")


def remembered(slot: str, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives: read again only when `key` is another, as a length of the chain is.

    While a transaction writes it is read each time, and kept by nobody: all of it may yet be taken back, and
    what the chain holds under the same number then is something else.
    """
    if writing():
        return read()
    kept: tuple[Hashable, T] | None = current_app.extensions.get(slot)
    if kept is None or kept[0] != key:
        kept = current_app.extensions[slot] = (key, read())
    return kept[1]


def followed(slot: str, read: Callable[[T | None], T]) -> T:
    """What `read` makes of what it gave the last time (None: never): what the record has told since is added
    to it, for what is dear to ask of the whole record each time.

    What an open transaction makes of it is kept with that transaction, and for everybody once it committed.
    """
    mine = following() if writing() else current_app.extensions
    known: T | None = mine.get(slot, current_app.extensions.get(slot))
    found = mine[slot] = read(known)
    return found
