"""Who was on, what was ticked at opening, and what was signed; drafts of the handover, which are no entry."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.erasure import DRAFTS
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref

ShiftRef = String(48)


class Duty(Recorded, Base):
    """Somebody came on in a role, or went off (`role` is then None)."""

    __tablename__ = "shift_duty"

    ref: Mapped[str] = mapped_column(ShiftRef, index=True)
    staff: Mapped[str] = mapped_column(Ref)
    role: Mapped[str | None] = mapped_column(String(32), info={"list": "shift_role"})
    happened_at: Mapped[datetime] = mapped_column(Instant)


class Tick(Recorded, Base):
    """One point of the opening check: fine or not, and the number that was read off, if there is one."""

    __tablename__ = "shift_tick"
    __table_args__ = (CheckConstraint("number IS NULL OR number >= 0", name="not_below_none"),)

    ref: Mapped[str] = mapped_column(ShiftRef, index=True)
    item: Mapped[str] = mapped_column(String(32), info={"list": "opening_check"})
    fine: Mapped[bool]
    number: Mapped[int | None]
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class SignOff(Recorded, Base):
    """One signed version of a shift's summary, frozen as JSON without words or handles, and its SHA-256.

    `through_seq` is the length of the chain when it was counted. The words of the handover are the note of
    the same link, so that they can be erased and their seal still holds.
    """

    __tablename__ = "shift_sign_off"
    __table_args__ = (CheckConstraint("version > 0", name="counts_from_one"),)

    ref: Mapped[str] = mapped_column(ShiftRef, index=True)
    version: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)
    through_seq: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class ReadBack(Recorded, Base):
    """The lead of the next shift has read a version back."""

    __tablename__ = "shift_read_back"

    ref: Mapped[str] = mapped_column(ShiftRef, index=True)
    version: Mapped[int]
    staff: Mapped[str] = mapped_column(Ref)
    happened_at: Mapped[datetime] = mapped_column(Instant)


class Draft(Base):
    """What somebody typed into a line of the handover. Another person's words are never written over:
    the newest row of a line is what it says, the older ones stay until the words are erased. Only the name
    of somebody who is forgotten is replaced in all of them by their number."""

    __tablename__ = "shift_draft"
    __table_args__ = (Index("ix_shift_draft_ref_line", "ref", "line"), {"info": DRAFTS})

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(ShiftRef)
    line: Mapped[str] = mapped_column(String(88))
    text: Mapped[str] = mapped_column(Text)
    # What the log said when this was typed: where it says something else now, that is offered beside it.
    drafted: Mapped[str] = mapped_column(Text)
    edits: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
