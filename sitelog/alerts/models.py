"""Rows of drug alerts: that one was written, read, ended; its words are kept apart and can be erased."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Select, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Erasable, Recorded
from sitelog.store.types import Instant, Ref


class DrugAlert(Recorded, Base):
    """A warning, or a newer version of it; `ref` is what people say (A0003)."""

    __tablename__ = "drug_alert"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    since_on: Mapped[date]
    # None: it stands until somebody ends it.
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    words_key: Mapped[str] = mapped_column(String(32), unique=True)
    words_seal: Mapped[bytes] = mapped_column(LargeBinary(32))


class AlertWords(Erasable, Base):
    """What an alert says, on its first line, and what it advises; the chain holds only their seal."""

    __tablename__ = "drug_alert_words"

    words_key: Mapped[str] = mapped_column(
        ForeignKey("drug_alert.words_key", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    text: Mapped[str] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))

    @classmethod
    def sealed(cls) -> Select[*tuple[Any, ...]]:
        """Each alert's words with the seal on its link; they stand where an alert says their key."""
        stands = func.coalesce(DrugAlert.words_key == cls.words_key, False)
        where = func.coalesce(DrugAlert.link_seq, 0)
        chosen = select(where, cls.salt, cls.text, DrugAlert.words_seal, stands).select_from(cls)
        return chosen.outerjoin(DrugAlert, DrugAlert.words_key == cls.words_key)


class AlertRead(Recorded, Base):
    """That whoever made the entry has read one version of an alert: the entry `version_seq`."""

    __tablename__ = "drug_alert_read"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    version_seq: Mapped[int] = mapped_column(index=True)


class AlertEnded(Recorded, Base):
    """That an alert was ended by hand."""

    __tablename__ = "drug_alert_end"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    happened_at: Mapped[datetime] = mapped_column(Instant)
