"""Exact or range: which numbers of one person breakdown are hidden, and which neighbour must give way.

The reader is taken to know the rule, the sum of the rows and every other printed cell. With one sum the
values he cannot rule out are exactly an interval, so `reach` is the whole of what he can work out from one
breakdown.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitelog.disclosure.policy import Policy
from sitelog.disclosure.printed import Cell, DoesNotApply, Exact, NotRecorded, Range, Withheld, limits
from sitelog.disclosure.tables import RawCell
from sitelog.ground.words import N_

TOO_FEW = Withheld(N_("too few"))


@dataclass(frozen=True, slots=True)
class Promise:
    """What must stay possible for a protected cell: every value from lo to hi (`slides`: that many values,
    wherever they lie)."""

    lo: int
    hi: int
    slides: bool = False

    @property
    def width(self) -> int:
        return self.hi - self.lo


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A breakdown as printed, with the promise each protected cell keeps."""

    cells: tuple[Cell, ...]
    promises: tuple[Promise | None, ...]


def plain(raw: RawCell) -> Cell:
    """An operational fact: exact, not recorded, or does not apply."""
    if not raw.applies:
        return DoesNotApply()
    return NotRecorded() if raw.count is None else Exact(raw.count, raw.unit)


def single(raw: RawCell, policy: Policy) -> Cell:
    """One person fact by itself (a total): exact for k people or more, else a range."""
    if raw.count is None or not raw.applies:
        return plain(raw)
    if raw.count < policy.k:
        return Range(0, policy.k - 1)
    if (raw.count if raw.people is None else raw.people) < policy.k:
        return Range(policy.k, None)
    return _rounded(raw.count, policy.rounding)


def promise(raw: RawCell, policy: Policy, open_total: int) -> Promise | None:
    """What the reader may not work out about this cell; None if it needs no protection."""
    if raw.count is None or not raw.applies or not isinstance(single(raw, policy), Range):
        return None
    if raw.count < policy.k:
        return Promise(0, min(policy.k - 1, open_total))
    if (raw.count if raw.people is None else raw.people) >= policy.k:
        return None
    width = min(max(policy.k - 1, -(-raw.count // 5)), open_total - policy.k)
    low = max(policy.k, raw.count - width)
    return Promise(low, low + width, slides=True)


def breakdown(
    rows: Sequence[RawCell],
    total: Cell | None,
    open_total: int,
    policy: Policy,
    *,
    names: Sequence[str],
    key: bytes,
    additive: bool = True,
) -> Suppressed:
    """The rows of one person breakdown as they may be printed.

    `total`: the printed sum of the rows, None if there is none (it is then taken to be known all the same);
    `open_total`: the operational total over the breakdown. Below 2k of that the whole breakdown is withheld,
    and also when no neighbour can give way far enough.
    """
    if open_total < 2 * policy.k:
        return _withheld(rows)
    promises = tuple(promise(row, policy, open_total) for row in rows)
    cells = [single(row, policy) for row in rows]
    sums = _known_sum(rows, total, additive)
    for index, band in _yielding(rows, promises, policy, _order(names, key)):
        if kept(cells, promises, sums, open_total, additive=additive):
            break
        cells[index] = band
    if not kept(cells, promises, sums, open_total, additive=additive):
        return _withheld(rows)
    return Suppressed(tuple(cells), promises)


def reach(
    cells: Sequence[Cell], index: int, sums: tuple[int, int], open_total: int, *, additive: bool = True
) -> tuple[int, int]:
    """The least and greatest value a reader cannot rule out for one cell, given the others and their sum.

    Exact for whole numbers under one sum: every value between the two fits as well."""
    boxes = [_box(cell, open_total) for cell in cells]
    low, high = boxes[index]
    others_low = sum(box[0] for box in boxes) - low
    others_high = sum(box[1] for box in boxes) - high
    # Where one person may stand in several rows, the rows add up to the total or to more.
    top = sums[1] - others_low if additive else sums[1]
    return max(low, sums[0] - others_high), min(high, top)


def kept(
    cells: Sequence[Cell],
    promises: Sequence[Promise | None],
    sums: tuple[int, int],
    open_total: int,
    *,
    additive: bool = True,
) -> bool:
    """Whether every promise holds against a reader of these cells."""
    for index, promised in enumerate(promises):
        if promised is None:
            continue
        low, high = reach(cells, index, sums, open_total, additive=additive)
        enough = (
            high - low >= promised.width if promised.slides else low <= promised.lo and high >= promised.hi
        )
        if not enough:
            return False
    return True


def _yielding(
    rows: Sequence[RawCell], promises: Sequence[Promise | None], policy: Policy, order: Sequence[int]
) -> Iterator[tuple[int, Range]]:
    """Neighbours that can give way, each with its band; those that stay at k or more whatever is hidden
    first."""
    late: list[tuple[int, Range]] = []
    for index in order:
        need = _need(rows, promises, index)
        band = need and _band(*need, policy.widths)
        if not need or not band:
            continue
        if need[0] >= policy.k:
            yield index, band
        else:
            late.append((index, band))
    yield from late


def _need(rows: Sequence[RawCell], promises: Sequence[Promise | None], index: int) -> tuple[int, int] | None:
    """All values this neighbour would have while the protected cells move through what is promised for them:
    the same whichever of those values is the true one, so the band does not give the truth away."""
    count = rows[index].count
    if count is None or promises[index] is not None or not rows[index].applies:
        return None
    moved = [(row.count, promised) for row, promised in zip(rows, promises, strict=True) if promised]
    return (
        max(0, count - sum(promised.hi - (true or 0) for true, promised in moved)),
        count + sum((true or 0) - promised.lo for true, promised in moved),
    )


def _band(low: int, high: int, widths: Sequence[int]) -> Range | None:
    """The smallest fixed band that holds both."""
    for width in widths:
        start = low // width * width
        if high < start + width:
            return Range(start, start + width - 1)
    return None


def _rounded(count: int, base: int) -> Cell:
    """The count, or where the policy rounds, the values that round to the same multiple."""
    if base == 1:
        return Exact(count)
    nearest = (count + base // 2) // base * base
    return Range(nearest - base // 2, nearest - base // 2 + base - 1)


def _known_sum(rows: Sequence[RawCell], total: Cell | None, additive: bool) -> tuple[int, int]:
    """What the reader knows of the sum of the rows (not additive: of the people in all rows together)."""
    counts = [row.count or 0 for row in rows if row.applies]
    true = sum(counts) if additive or not isinstance(total, Exact) else total.value
    bounds = limits(total) if total is not None else None
    if not isinstance(total, Range) or bounds is None:
        return true, true
    return bounds[0], true if bounds[1] is None else bounds[1]


def _box(cell: Cell, open_total: int) -> tuple[int, int]:
    bounds = limits(cell)
    if bounds is None:
        return 0, 0
    return bounds[0], open_total if bounds[1] is None else bounds[1]


def _order(names: Sequence[str], key: bytes) -> list[int]:
    """Indexes in the order of a keyed hash of the cells' names: chosen by no value, and not to be
    foretold."""
    return sorted(range(len(names)), key=lambda i: hmac.new(key, names[i].encode(), hashlib.sha256).digest())


def _withheld(rows: Sequence[RawCell]) -> Suppressed:
    return Suppressed(tuple(TOO_FEW for _ in rows), tuple(None for _ in rows))
