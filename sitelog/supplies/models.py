"""What was handed out, taken back, picked up, and every move of stock."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded
from sitelog.store.types import Instant, Ref


class Entry(Recorded, Base):
    """The head of one entry at the supplies desk; an amended one repeats its number."""

    __tablename__ = "supply_entry"
    __table_args__ = (CheckConstraint("number > 0", name="counts_from_one"),)

    number: Mapped[int] = mapped_column(index=True)
    ref: Mapped[str] = mapped_column(Ref, index=True)
    # Visits stand on the same floor; people say V1187, and so does this row. None: no visit, no person.
    visit_ref: Mapped[str | None] = mapped_column(Ref, index=True)
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Given(Recorded, Base):
    """A number of one item, or of one kit, that was handed out."""

    __tablename__ = "supply_given"
    __table_args__ = (CheckConstraint("count > 0", name="something_given"),)

    item: Mapped[str] = mapped_column(String(32), info={"list": "supply"})
    # The kit it came in; the items are kept as the kit was made up that day.
    kit: Mapped[str | None] = mapped_column(String(32), info={"list": "supply_kit"})
    count: Mapped[int]


class Returned(Recorded, Base):
    """Syringes taken back, and how their number is known; `grams` is what the scale said."""

    __tablename__ = "supply_returned"
    __table_args__ = (CheckConstraint("count >= 0", name="not_below_none"),)

    count: Mapped[int]
    method: Mapped[str] = mapped_column(String(32), info={"list": "return_method"})
    grams: Mapped[int | None]


class KitGiven(Recorded, Base):
    """Naloxone kits handed to one person to take along."""

    __tablename__ = "naloxone_kit"
    __table_args__ = (CheckConstraint("count > 0", name="something_given"),)

    form: Mapped[str] = mapped_column(String(32), info={"list": "naloxone_form"})
    count: Mapped[int]
    trained: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(32), info={"list": "resupply_reason"})


class PickUp(Recorded, Base):
    """Sharps picked up in public, or a bin emptied: a count, litres, or both."""

    __tablename__ = "supply_pick_up"
    __table_args__ = (CheckConstraint("count IS NOT NULL OR litres IS NOT NULL", name="says_how_much"),)

    kind: Mapped[str] = mapped_column(String(32), info={"list": "pick_up_kind"})
    count: Mapped[int | None]
    litres: Mapped[int | None]


class Move(Recorded, Base):
    """One change of stock; on hand is the sum of the moves that stand, never a stored number."""

    __tablename__ = "stock_move"

    item: Mapped[str] = mapped_column(String(32), index=True, info={"list": "supply"})
    kind: Mapped[str] = mapped_column(String(16))
    change: Mapped[int]
    lot: Mapped[str | None] = mapped_column(String(32))
    expires_on: Mapped[date | None]
    # What a count found, and why it differs; why something was thrown away.
    counted: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(32), info={"list": "stock_reason"})
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Cylinder(Recorded, Base):
    """What was last said about an oxygen cylinder: its state, and how full it is in percent."""

    __tablename__ = "oxygen_cylinder"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="between_empty_and_full"),)

    code: Mapped[str] = mapped_column(String(16), index=True)
    state: Mapped[str] = mapped_column(String(16))
    percent: Mapped[int]
    happened_at: Mapped[datetime] = mapped_column(Instant)
