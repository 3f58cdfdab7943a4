"""A link of the chain, and the erasable words that may hang on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    Text,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import LATER, Erasable, Recorded
from sitelog.store.types import Instant


class Link(Base):
    """One entry of the trail: what kind, about what, by whom, and the seal over its rows."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("seq > 0", name="counts_from_one"),
        CheckConstraint("length(mac) = 32", name="has_a_mac"),
        Index("ix_link_kind_seq", "kind", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64), index=True)
    actor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    # What was sent with the token, as a digest that says nothing without the browser's own half of it.
    sent: Mapped[str | None] = mapped_column(String(16), info=LATER)
    amends: Mapped[int | None] = mapped_column(ForeignKey("link.seq"), unique=True)
    reason: Mapped[str | None] = mapped_column(String(32))
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))

    @property
    def noun(self) -> str:
        """What the entry is about: the part of its kind before the dot."""
        return self.kind.partition(".")[0]

    @property
    def verb(self) -> str:
        """What was done: the part of its kind after the dot."""
        return self.kind.partition(".")[2]


class Walk(Base):
    """That the chain was walked, and how it went: bookkeeping of the machine's, no record."""

    __tablename__ = "walk"
    __table_args__ = (CheckConstraint("(digest IS NULL) <> (broken_at IS NULL)", name="held_or_broke"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    links: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    broken_at: Mapped[int | None]


class NoteSeal(Recorded, Base):
    """That a note was written: its salted digest stays in the chain when its words are erased."""

    __tablename__ = "note_seal"

    seal: Mapped[bytes] = mapped_column(LargeBinary(32))


class Note(Erasable, Base):
    """Free words. They live only here, so that they can be erased for good while the chain verifies."""

    __tablename__ = "note"

    link_seq: Mapped[int] = mapped_column(
        ForeignKey("link.seq", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))

    @classmethod
    def sealed(cls) -> Select[*tuple[Any, ...]]:
        """Each note with the seal on its link; it stands if it says the same subject and time."""
        stands = func.coalesce(and_(Link.subject == cls.subject, Link.at == cls.at), False)
        chosen = select(cls.link_seq, cls.salt, cls.text, NoteSeal.seal, stands)
        chosen = chosen.outerjoin(Link, Link.seq == cls.link_seq)
        return chosen.outerjoin(NoteSeal, NoteSeal.link_seq == cls.link_seq)
