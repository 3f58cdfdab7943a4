"""The directory's versions, referrals, their rungs and their follow-ups."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import LATER, Recorded
from sitelog.store.types import Instant, Ref


class Service(Recorded, Base):
    """One version of a directory entry; the newest of a code is what the directory shows."""

    __tablename__ = "referral_service"

    code: Mapped[str] = mapped_column(String(32), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(32), info={"list": "referral_kind"})
    agency: Mapped[str] = mapped_column(String(80))
    opening: Mapped[str] = mapped_column(String(120))
    availability: Mapped[str] = mapped_column(String(40))
    tone: Mapped[str] = mapped_column(String(8))
    on_site: Mapped[bool]
    retired: Mapped[bool]
    # Whom to ask for and how, and who may come, in the agency's own words.
    contact: Mapped[str | None] = mapped_column(String(120), info=LATER)
    eligibility: Mapped[str | None] = mapped_column(String(200), info=LATER)
    # Who pays for the seats or beds this site may give away, and how many there are in all.
    sponsor: Mapped[str | None] = mapped_column(String(80), info=LATER)
    seats: Mapped[int | None] = mapped_column(info=LATER)


class Referral(Recorded, Base):
    """One offer of one service. An amended offer repeats the number, so that its rungs stay with it."""

    __tablename__ = "referral"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    service_code: Mapped[str] = mapped_column(String(32))
    # Kept as it was on the day: a report of that day counts it so, whatever the directory says later.
    kind: Mapped[str] = mapped_column(String(32), info={"list": "referral_kind"})
    on_site: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    # A response is on the same floor; people say R0412, and so does this row.
    response_ref: Mapped[str | None] = mapped_column(Ref, index=True)


class Rung(Recorded, Base):
    """One rung of a referral's ladder, with its date."""

    __tablename__ = "referral_rung"
    __table_args__ = (
        CheckConstraint("(rung = 'made') = (how IS NOT NULL)", name="made_says_how"),
        CheckConstraint("root_seq IS NULL OR root_seq < link_seq", name="root_is_earlier"),
    )

    ref: Mapped[str] = mapped_column(Ref, index=True)
    rung: Mapped[str] = mapped_column(String(16))
    how: Mapped[str | None] = mapped_column(String(16))
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    by: Mapped[str] = mapped_column(String(64))
    # The first version's link: an amended entry keeps its place in the order of entries.
    root_seq: Mapped[int | None]


class FollowUp(Recorded, Base):
    """A promise to ask again; the next rung or the next follow-up settles it."""

    __tablename__ = "referral_follow_up"

    ref: Mapped[str] = mapped_column(Ref, index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    root_seq: Mapped[int | None]
