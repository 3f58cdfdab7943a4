"""What a help page is made of: the same parts in the same order on each, so that eyes find them at night."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitelog.ground.access import Actor, Permission


@dataclass(frozen=True)
class Line:
    """A sentence or two; `may` is what one must be allowed for it to be of use."""

    text: str
    may: Permission | None = None


@dataclass(frozen=True)
class Trouble:
    """What may go wrong, and what to do then."""

    when: str
    then: str
    may: Permission | None = None


@dataclass(frozen=True)
class Page:
    """Help for one screen or one role; `keys` are groups of `help.keys`, `words` codes of `help.words`."""

    title: str
    purpose: str
    first: tuple[Line, ...]
    also: tuple[Line, ...] = ()
    wrong: tuple[Trouble, ...] = ()
    kept: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def lines(*texts: str, may: Permission | None = None) -> tuple[Line, ...]:
    """Lines for whoever reads the page, or for those who hold a permission."""
    return tuple(Line(text, may) for text in texts)


def told(parts: Iterable[Line | Trouble], actor: Actor | None) -> list[Line | Trouble]:
    """What of it is for this reader."""
    return [one for one in parts if one.may is None or (actor is not None and actor.can(one.may))]
