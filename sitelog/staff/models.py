"""Accounts as versions that stay, and what may be forgotten: credentials, open sessions, registered desks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref


class Account(Recorded, Base):
    """One version of a person's account; the newest row of a ref is the one that counts."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role NOT IN ('desk', 'system')", name="role_of_a_person"),
        Index("ix_account_ref_id", "ref", "id"),
    )

    number: Mapped[int]
    ref: Mapped[str] = mapped_column(Ref)
    name: Mapped[str] = mapped_column(String(60))
    initials: Mapped[str] = mapped_column(String(4))
    role: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str | None] = mapped_column(String(40))
    active: Mapped[bool]


class Credential(Base):
    """How a person proves who they are, and how many wrong tries there were since it last worked."""

    __tablename__ = "credential"
    __table_args__ = (CheckConstraint("failed_tries >= 0", name="tries_are_counted"),)

    account_ref: Mapped[str] = mapped_column(Ref, primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    # Counted apart: whoever guesses at a password from afar must not shut the desk to a nurse.
    pin_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    pin_locked_until: Mapped[datetime | None] = mapped_column(Instant)


class Device(Base):
    """A browser that somebody of the staff signed in on with a password: a desk, where PINs work."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    label: Mapped[str] = mapped_column(String(40))
    registered_at: Mapped[datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(Ref)


class StaffSession(Base):
    """Somebody signed in on one browser. The browser holds a random token, we only its hash."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_ref: Mapped[str] = mapped_column(Ref, index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    locked_at: Mapped[datetime | None] = mapped_column(Instant)
