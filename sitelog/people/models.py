"""A person is a number; the handle's words are kept apart, so that they can be erased for good."""

from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, Select, String, and_, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Erasable, Recorded
from sitelog.store.types import Ref


def _owner(**more: Any) -> Mapped[int]:
    # Checked at commit: a person and their handle are written together, in no particular order.
    return mapped_column(ForeignKey("person.id", deferrable=True, initially="DEFERRED"), **more)


class Person(Recorded, Base):
    """Somebody who comes here: only a number."""

    __tablename__ = "person"

    number: Mapped[int] = mapped_column(unique=True)
    ref: Mapped[str] = mapped_column(Ref, unique=True)


class Naming(Recorded, Base):
    """That a person took a handle: its random key and a salted digest, not its words."""

    __tablename__ = "person_naming"

    person_id: Mapped[int] = _owner(index=True)
    handle_key: Mapped[str] = mapped_column(String(32), unique=True)
    handle_seal: Mapped[bytes] = mapped_column(LargeBinary(32))


class Handle(Erasable, Base):
    """The words of a handle. Erased when a person is forgotten; the chain holds only their seal."""

    __tablename__ = "handle"

    handle_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = _owner(unique=True)
    text: Mapped[str] = mapped_column(String(80))
    normalised: Mapped[str] = mapped_column(String(160), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))

    @classmethod
    def sealed(cls) -> Select[*tuple[Any, ...]]:
        """Each handle with the seal of its naming; it stands if that is the last naming of its person."""
        mine, its_own = aliased(Naming), aliased(Person)
        last = select(func.max(mine.id)).where(mine.person_id == cls.person_id).scalar_subquery()
        stands = func.coalesce(and_(Naming.person_id == cls.person_id, Naming.id == last), False)
        where = func.coalesce(Naming.link_seq, its_own.link_seq, 0)
        chosen = select(where, cls.salt, cls.text, Naming.handle_seal, stands)
        chosen = chosen.outerjoin(Naming, Naming.handle_key == cls.handle_key)
        return chosen.outerjoin(its_own, its_own.id == cls.person_id)
