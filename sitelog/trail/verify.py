"""Walk the chain from its first link and name the first that does not hold."""

import heapq
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Table, select

from sitelog.ground.errors import Broken
from sitelog.ground.words import N_
from sitelog.store.db import db
from sitelog.store.keys import key
from sitelog.store.recorded import canonical, erasable, recorded_tables
from sitelog.trail import chain
from sitelog.trail.models import Link
from sitelog.trail.stored import misstored

_BATCH = 2000
_LINKS = select(Link).order_by(Link.seq).execution_options(yield_per=_BATCH)
Hung = tuple[int, bytes]


@dataclass(frozen=True)
class Verified:
    """A chain that holds: how many links, and the last link's MAC in hex."""

    count: int
    digest: str


def verify() -> Verified:
    """Recompute every link from its rows; Broken names the first that was changed, removed or put in."""
    if found := misstored():
        raise _broken(found[0], N_("a row of %(table)s is not stored as it was written"), table=found[1])
    with ExitStack() as reading:
        hung = [reading.enter_context(closing(_hung(table))) for table in _tables()]
        links = reading.enter_context(db.session.scalars(_LINKS))
        walked = _walked(links, groupby(heapq.merge(*hung), key=lambda pair: pair[0]))
    _check_words()
    return walked


def _walked(links: Iterable[Link], rows: Iterator[tuple[int, Iterator[Hung]]]) -> Verified:
    previous, count = chain.GENESIS, 0
    here = next(rows, None)
    for link in links:
        count += 1
        if here is not None and here[0] < link.seq:
            raise _broken(here[0], N_("rows hang on a link that is not there"))
        found: list[bytes] = []
        if here is not None and here[0] == link.seq:
            found = [spelled for _, spelled in here[1]]
            here = next(rows, None)
        previous = _check(link, count, previous, found)
    if here is not None:
        raise _broken(here[0], N_("rows hang on a link that is not there"))
    return Verified(count, previous.hex())


def _check(link: Link, count: int, previous: bytes, rows: list[bytes]) -> bytes:
    if link.seq != count:
        raise _broken(count, N_("the link is missing"))
    if chain.content_digest(link.salt, link.at, link.happened_at, rows) != link.digest:
        raise _broken(link.seq, N_("what was recorded has been changed"), link)
    names = ("seq", "kind", "subject", "actor", "amends", "reason", "digest")
    mac = chain.mac(key("chain"), previous, **{name: getattr(link, name) for name in names})
    if mac != link.mac:
        raise _broken(link.seq, N_("the link itself, or the one before it, has been changed"), link)
    return mac


def _check_words() -> None:
    for model in erasable():
        with db.session.execute(model.sealed().execution_options(yield_per=_BATCH)) as kept:
            for seq, salt, words, seal, stands in kept:
                if not stands or chain.seal(salt, words.encode()) != seal:
                    raise _broken(seq, N_("the words of a note or a handle have been changed"))


def _tables() -> list[Table]:
    return [table for table in recorded_tables() if table.name != "link"]


def _hung(table: Table) -> Generator[Hung]:
    ordered = select(table).order_by(table.c.link_seq, table.c.id)
    with db.session.execute(ordered.execution_options(yield_per=_BATCH)) as rows:
        for row in rows:
            values: dict[str, Any] = dict(row._mapping)
            yield values["link_seq"], canonical(table, values)


def _broken(seq: int, why: str, link: Link | None = None, **said: str) -> Broken:
    what = f" ({link.kind} {link.subject})" if link else ""
    words = N_("The chain is broken at link %(seq)s%(what)s: %(why)s.")
    return Broken(words, seq=seq, what=what, why=why % said if said else why)
