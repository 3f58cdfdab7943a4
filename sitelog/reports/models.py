"""A release, every figure it printed, and beside each figure what it hides."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant


class Release(Recorded, Base):
    """One version of one report for one audience. A later version's link amends this one's."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("kind", "audience", "first_on", "version"),
        CheckConstraint("version > 0", name="counts_from_one"),
        CheckConstraint("first_on <= last_on", name="ends_after_it_starts"),
        CheckConstraint("length(sha256) = 64", name="has_a_digest"),
    )

    kind: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(String(32), index=True)
    # The preset of small-number policy, and the smallest group it was held to.
    policy: Mapped[str] = mapped_column(String(32))
    k: Mapped[int]
    # Site dates, both included, and the instants they stood for when the report was made.
    first_on: Mapped[date] = mapped_column(Date, index=True)
    last_on: Mapped[date] = mapped_column(Date)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int]
    as_of: Mapped[datetime] = mapped_column(Instant)
    # The last link that was counted, and its MAC as printed.
    through_seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(120), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    # What was hidden or kept and why, and what a new version changed, as JSON lists of words.
    notes: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)

    @property
    def name(self) -> str:
        """What the release is called: "daily-2026-11-17-v1"."""
        return f"{self.kind}-{self.first_on.isoformat()}-v{self.version}"


class ReleaseCell(Recorded, Base):
    """One printed figure; it hangs on the link of its release."""

    __tablename__ = "release_cell"

    table_id: Mapped[str] = mapped_column(String(64))
    row_code: Mapped[str] = mapped_column(String(120))
    column_code: Mapped[str] = mapped_column(String(64))
    measure: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    # JSON: [[dimension, category or merged categories], ...], and the values of the printed cell.
    dims: Mapped[str] = mapped_column(Text)
    start_on: Mapped[date] = mapped_column(Date)
    end_on: Mapped[date] = mapped_column(Date)
    shown: Mapped[str] = mapped_column(String(16))
    cell: Mapped[str] = mapped_column(Text)


class CellTruth(Base):
    """What a printed figure hides. As sensitive as the events, and erasable: it is not part of the chain."""

    __tablename__ = "cell_truth"

    link_seq: Mapped[int] = mapped_column(ForeignKey("link.seq"), primary_key=True)
    table_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    row_code: Mapped[str] = mapped_column(String(120), primary_key=True)
    column_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    truth: Mapped[int | None]
    people: Mapped[int | None]
    protected: Mapped[bool]
    width: Mapped[int]
