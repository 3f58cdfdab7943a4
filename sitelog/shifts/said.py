"""What the feed says about the entries of a shift: a read per table for any number of entries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.shifts.models import Duty, ReadBack, SignOff, Tick
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.db import db
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

STRUCK_WORDS = N_("Struck: an entry of the shift")


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry about a shift in words."""
    seqs = [link.seq for link in links if link.noun == "shift"]
    said: dict[int, Sentence] = {seq: Sentence(STRUCK_WORDS) for seq in seqs}
    for model, words in ((Duty, _duty), (Tick, _tick), (SignOff, _signed), (ReadBack, _read_back)):
        rows: Any = db.session.scalars(select(model).where(model.link_seq.in_(seqs)))
        said |= {row.link_seq: words(row) for row in rows}
    return said


def _duty(row: Duty) -> Sentence:
    name = staff.name_of(row.staff)
    if row.role is None:
        return Sentence(N_("%(name)s off the shift"), {"name": name})
    return Sentence(
        N_("%(name)s on: %(role)s"), {"name": name, "role": site.book().label("shift_role", row.role)}
    )


def _tick(row: Tick) -> Sentence:
    values: dict[str, Any] = {"item": site.book().label("opening_check", row.item), "n": row.number}
    if not row.fine:
        return Sentence(N_("Opening check, not in order: %(item)s"), values)
    if row.number is None:
        return Sentence(N_("Opening check: %(item)s"), values)
    return Sentence(N_("Opening check: %(item)s, %(n)s"), values)


def _signed(row: SignOff) -> Sentence:
    return Sentence(N_("Shift signed off, version %(version)s"), {"version": row.version})


def _read_back(row: ReadBack) -> Sentence:
    return Sentence(N_("Handover read back by %(name)s"), {"name": staff.name_of(row.staff)})
