"""Rows of incidents: what happened, the answers, the steps taken, what it belongs to, how it ended."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref


class Incident(Recorded, Base):
    """Something that happened; `ref` is what people say (I0007)."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    kind: Mapped[str] = mapped_column(String(32), info={"list": "incident_kind"})
    # A place of the site, or one of ELSEWHERE; None: not said.
    where_code: Mapped[str | None] = mapped_column(String(16))
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Answer(Recorded, Base):
    """One answer to a field of an incident: a word of the list, a number, or a person of the desk."""

    __tablename__ = "incident_answer"
    __table_args__ = (
        CheckConstraint(
            "answer IS NOT NULL OR number IS NOT NULL OR staff_ref IS NOT NULL", name="says_something"
        ),
    )

    ref: Mapped[str] = mapped_column(Ref, index=True)
    field: Mapped[str] = mapped_column(String(32), info={"list": "incident_field"})
    answer: Mapped[str | None] = mapped_column(String(32), info={"list": "incident_answer"})
    number: Mapped[int | None]
    staff_ref: Mapped[str | None] = mapped_column(Ref)


class StepTaken(Recorded, Base):
    """A step of an incident's protocol, how it went, and who saw it."""

    __tablename__ = "incident_step"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    step: Mapped[str] = mapped_column(String(32), info={"list": "incident_step"})
    outcome: Mapped[str] = mapped_column(String(16))
    witness_ref: Mapped[str | None] = mapped_column(Ref)
    happened_at: Mapped[datetime] = mapped_column(Instant)


class Tied(Recorded, Base):
    """That an incident belongs to a visit, a response or another incident, by the ref people say."""

    __tablename__ = "incident_tie"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    to_ref: Mapped[str] = mapped_column(Ref, index=True)


class Ended(Recorded, Base):
    """That an incident needs nobody any more; an incident is open while no such row stands."""

    __tablename__ = "incident_end"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    how: Mapped[str] = mapped_column(String(32), info={"list": "incident_end"})
    happened_at: Mapped[datetime] = mapped_column(Instant)
