"""A receipt: one job was done for one period, or somebody is at it, or it failed. Bookkeeping, no record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.types import Instant


class Receipt(Base):
    """One job and period. While `owner` holds the lease nobody else may work at it; `done_at` ends it."""

    __tablename__ = "receipt"
    __table_args__ = (CheckConstraint("attempts > 0", name="was_tried"),)

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    period: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(32))
    claimed_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int]
    # What went wrong last, without any value that was being worked on: kind of error and where.
    error: Mapped[str | None] = mapped_column(String(300))
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    retry_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
