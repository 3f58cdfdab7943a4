"""What is recorded of a visit: the arrival, what was declared, each stay, each check, the leaving."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref

_CODE = String(32)


def _owner() -> Mapped[Any]:
    # Checked at commit: a visit and its arrival are written together, in no particular order.
    return mapped_column(ForeignKey("visit.id", deferrable=True, initially="DEFERRED"), index=True)


class Visit(Recorded, Base):
    """One visit: only its number. Everything said about it are entries that can be corrected."""

    __tablename__ = "visit"

    number: Mapped[int] = mapped_column(unique=True)
    ref: Mapped[str] = mapped_column(Ref, unique=True)


class Arrival(Recorded, Base):
    """Somebody came in, and what they were asked at the door. A visit without a standing arrival was none.

    `person_id` and `anonymous_number` (which counts within the site's day) exclude each other.
    """

    __tablename__ = "visit_arrival"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (anonymous_number IS NULL)", name="somebody_or_a_number"),
        CheckConstraint("purpose IN ('consume', 'service')", name="known_purpose"),
    )

    visit_id: Mapped[int] = _owner()
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    anonymous_number: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(_CODE)
    help_reason: Mapped[str | None] = mapped_column(_CODE, info={"list": "help_reason"})
    help: Mapped[bool]
    splitting: Mapped[bool]
    drug_check: Mapped[bool]
    step_free: Mapped[bool]
    # Optional questions; None where the site did not ask or nothing was answered.
    where_else: Mapped[str | None] = mapped_column(_CODE, info={"list": "where_else"})
    alone: Mapped[str | None] = mapped_column(_CODE)
    last_use: Mapped[str | None] = mapped_column(_CODE)
    by: Mapped[str] = mapped_column(String(64))


class Declared(Recorded, Base):
    """A substance and its route as the person says it, for the first, second ... episode of the visit."""

    __tablename__ = "visit_declared"
    __table_args__ = (CheckConstraint("episode > 0", name="counts_from_one"),)

    visit_id: Mapped[int] = _owner()
    episode: Mapped[int]
    substance: Mapped[str] = mapped_column(_CODE, info={"list": "substance"})
    route: Mapped[str | None] = mapped_column(_CODE, info={"list": "route"})


class Stay(Recorded, Base):
    """From `happened_at` on the person is in this area. `turn` orders stays that began together;
    a stay at a place belongs to an `episode`, the visit's first, second ... use of a place."""

    __tablename__ = "visit_stay"
    __table_args__ = (
        CheckConstraint("area IN ('waiting', 'place', 'aftercare', 'service')", name="known_area"),
        CheckConstraint("(area = 'place') = (place_code IS NOT NULL)", name="a_place_has_a_code"),
        CheckConstraint("(area = 'place') = (episode IS NOT NULL)", name="a_place_is_an_episode"),
        Index("ix_visit_stay_area_happened_at", "area", "happened_at"),
    )

    visit_id: Mapped[int] = _owner()
    turn: Mapped[int]
    area: Mapped[str] = mapped_column(_CODE)
    place_code: Mapped[str | None] = mapped_column(String(8), info={"list": "place"})
    episode: Mapped[int | None]
    # Aftercare after an emergency is longer than aftercare after an ordinary episode.
    after_response: Mapped[bool]
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class Check(Recorded, Base):
    """Somebody looked: how the person looks, and what was measured (%, breaths a minute)."""

    __tablename__ = "visit_check"
    __table_args__ = (
        CheckConstraint("spo2 BETWEEN 0 AND 100", name="possible_spo2"),
        CheckConstraint("respirations BETWEEN 0 AND 120", name="possible_respirations"),
    )

    visit_id: Mapped[int] = _owner()
    place_code: Mapped[str | None] = mapped_column(String(8), info={"list": "place"})
    looks: Mapped[str | None] = mapped_column(_CODE, info={"list": "looks"})
    spo2: Mapped[int | None]
    respirations: Mapped[int | None]
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    by: Mapped[str] = mapped_column(String(64))


class Departure(Recorded, Base):
    """The person left, after being served or before (then perhaps for a reason)."""

    __tablename__ = "visit_departure"
    __table_args__ = (CheckConstraint("how IN ('left', 'left_before_service')", name="known_way"),)

    visit_id: Mapped[int] = _owner()
    how: Mapped[str] = mapped_column(_CODE)
    reason: Mapped[str | None] = mapped_column(_CODE, info={"list": "left_reason"})
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    by: Mapped[str] = mapped_column(String(64))
