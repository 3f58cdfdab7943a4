"""What was set for the site, each setting as a recorded version; and places out of service."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant


class Setting(Recorded, Base):
    """One version of one setting (profile, places, words, limits, policies, bands), as JSON text."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(32), index=True)
    value: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime] = mapped_column(Instant)


class PlaceService(Recorded, Base):
    """A place went out of service for a reason, or came back (`reason` is then None)."""

    __tablename__ = "place_service"

    place_code: Mapped[str] = mapped_column(String(8), index=True, info={"list": "place"})
    reason: Mapped[str | None] = mapped_column(String(32), info={"list": "out_reason"})
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
