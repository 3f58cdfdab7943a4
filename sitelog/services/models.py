"""What is recorded of on-site services: what was given, what strips and FTIR showed, planned sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref


class Given(Recorded, Base):
    """One service given. An amended one repeats the number. A test's result has no column, on purpose."""

    __tablename__ = "service_given"
    __table_args__ = (
        CheckConstraint("number > 0", name="counts_from_one"),
        CheckConstraint("attending > 0", name="somebody_attended"),
    )

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    kind: Mapped[str] = mapped_column(String(32), info={"list": "on_site_service"})
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    session_ref: Mapped[str | None] = mapped_column(Ref, index=True)
    attending: Mapped[int | None]
    topic: Mapped[str | None] = mapped_column(String(32))
    result_given: Mapped[bool | None]
    expected: Mapped[str | None] = mapped_column(String(32), info={"list": "substance"})
    did: Mapped[str | None] = mapped_column(String(32), info={"list": "did_then"})
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    by: Mapped[str] = mapped_column(String(64))


class Strip(Recorded, Base):
    """What one strip showed in a drug check."""

    __tablename__ = "service_strip"
    __table_args__ = (CheckConstraint("result IN ('positive', 'negative', 'invalid')", name="known_result"),)

    ref: Mapped[str] = mapped_column(Ref, index=True)
    strip: Mapped[str] = mapped_column(String(32), info={"list": "strip"})
    result: Mapped[str] = mapped_column(String(16))


class Component(Recorded, Base):
    """One component that FTIR found in a drug check."""

    __tablename__ = "service_component"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    component: Mapped[str] = mapped_column(String(32), info={"list": "component"})


class Session(Recorded, Base):
    """A session that is planned. It was held where a service that stands names it."""

    __tablename__ = "service_session"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    kind: Mapped[str] = mapped_column(String(32), info={"list": "on_site_service"})
    starts_at: Mapped[datetime] = mapped_column(Instant, index=True)
    place: Mapped[str] = mapped_column(String(32), info={"list": "session_place"})
    leads: Mapped[str | None] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(64))


class Cancelled(Recorded, Base):
    """A session that will not be held."""

    __tablename__ = "service_session_cancelled"

    ref: Mapped[str] = mapped_column(Ref, index=True)
