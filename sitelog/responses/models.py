"""What is recorded of a response: where and when it began, and every step, measurement, duty and closing."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import LATER, Recorded
from sitelog.store.types import Instant, Ref

_CODE = String(32)


def _owner() -> Mapped[Any]:
    # Checked at commit: a response and its beginning are written together, in no particular order.
    return mapped_column(ForeignKey("response.id", deferrable=True, initially="DEFERRED"), index=True)


class Response(Recorded, Base):
    """One response: its number, and which of the keys opens it (0: the first) for as long as it runs.

    When and where are entries, so that they can be corrected.
    """

    __tablename__ = "response"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(unique=True)
    ref: Mapped[str] = mapped_column(Ref, unique=True)
    desk_key: Mapped[int | None] = mapped_column(info=LATER)


class Recognition(Recorded, Base):
    """That it was recognised, at `happened_at`. A response whose last recognition is struck was none."""

    __tablename__ = "response_recognition"

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Whereabouts(Recorded, Base):
    """Where it is, and whose visit it belongs to; the last one said counts."""

    __tablename__ = "response_whereabouts"
    __table_args__ = (
        CheckConstraint("(area = 'place') = (place_code IS NOT NULL)", name="a_place_has_a_code"),
    )

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant)
    area: Mapped[str] = mapped_column(_CODE)
    place_code: Mapped[str | None] = mapped_column(String(8), index=True, info={"list": "place"})
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)


class PathwayChange(Recorded, Base):
    """The pathway worked by from `happened_at` on; the last one said counts."""

    __tablename__ = "response_pathway"

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant)
    pathway: Mapped[str] = mapped_column(_CODE)


class Step(Recorded, Base):
    """One thing done or seen. What a kind fills is in `steps.KINDS`; EMS's doses are a kind of their own."""

    __tablename__ = "response_step"
    __table_args__ = (
        CheckConstraint("litres_per_minute BETWEEN 0 AND 60", name="possible_flow"),
        CheckConstraint("micrograms BETWEEN 1 AND 100000", name="possible_dose"),
        CheckConstraint("(giver IS NOT NULL) = (kind LIKE '%naloxone')", name="a_dose_has_a_giver"),
        Index("ix_response_step_kind_happened_at", "kind", "happened_at"),
    )

    response_id: Mapped[int] = _owner()
    kind: Mapped[str] = mapped_column(_CODE)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(_CODE, info={"list": "oxygen_device"})
    litres_per_minute: Mapped[int | None]
    micrograms: Mapped[int | None]
    route: Mapped[str | None] = mapped_column(_CODE)
    giver: Mapped[str | None] = mapped_column(String(8))
    word: Mapped[str | None] = mapped_column(_CODE)


class Vitals(Recorded, Base):
    """One measurement or a set of them. `bound` says that a single value is a limit: below or above it."""

    __tablename__ = "response_vitals"
    __table_args__ = (
        CheckConstraint("spo2 BETWEEN 0 AND 100", name="possible_spo2"),
        CheckConstraint("respirations BETWEEN 0 AND 80", name="possible_respirations"),
        CheckConstraint("pulse BETWEEN 0 AND 300", name="possible_pulse"),
        CheckConstraint("glucose_tenths BETWEEN 0 AND 1000", name="possible_glucose"),
        CheckConstraint("temperature_tenths BETWEEN 150 AND 460", name="possible_temperature"),
        CheckConstraint("systolic BETWEEN 0 AND 350", name="possible_systolic"),
        CheckConstraint("diastolic BETWEEN 0 AND 250", name="possible_diastolic"),
        CheckConstraint("(sedation_scale IS NULL) = (sedation_score IS NULL)", name="a_score_has_a_scale"),
        CheckConstraint("bound IN ('below', 'above')", name="bound_is_known"),
    )

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant)
    spo2: Mapped[int | None]
    respirations: Mapped[int | None]
    pulse: Mapped[int | None]
    sedation_scale: Mapped[str | None] = mapped_column(_CODE)
    sedation_score: Mapped[int | None]
    pupils: Mapped[str | None] = mapped_column(_CODE)
    skin: Mapped[str | None] = mapped_column(_CODE)
    glucose_tenths: Mapped[int | None]
    temperature_tenths: Mapped[int | None]
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    bound: Mapped[str | None] = mapped_column(String(8))


class DutyAssignment(Recorded, Base):
    """Who does what; the last one said counts, and nobody (None) is possible."""

    __tablename__ = "response_duty"

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant)
    duty: Mapped[str] = mapped_column(_CODE)
    staff_ref: Mapped[str | None] = mapped_column(Ref)


class Closing(Recorded, Base):
    """How it ended, and what was planned for afterwards."""

    __tablename__ = "response_closing"

    response_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(_CODE, info={"list": "outcome"})
    plan: Mapped[str | None] = mapped_column(_CODE)
