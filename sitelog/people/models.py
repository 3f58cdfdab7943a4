"""A person is a number; words that tell who they are lie apart, so that they can be erased for good."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Select, String, and_, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Erasable, Recorded
from sitelog.store.types import Instant, Ref


def _owner(**more: Any) -> Mapped[int]:
    # Checked at commit: a person and their handle are written together, in no particular order.
    return mapped_column(ForeignKey("person.id", deferrable=True, initially="DEFERRED"), **more)


def _choice(kind: str, **more: Any) -> Mapped[Any]:
    return mapped_column(String(32), info={"list": kind}, **more)


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
        return _sealed(cls, cls.handle_key, Naming, Naming.handle_key, Naming.handle_seal)


class Coding(Recorded, Base):
    """That a person has a code: its random key and a salted digest, not its words."""

    __tablename__ = "person_coding"

    person_id: Mapped[int] = _owner(index=True)
    code_key: Mapped[str] = mapped_column(String(32), unique=True)
    code_seal: Mapped[bytes] = mapped_column(LargeBinary(32))


class Code(Erasable, Base):
    """The words of a code. Whoever knows a person can work it out, so it is erased like a handle."""

    __tablename__ = "person_code"

    code_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = _owner(unique=True)
    text: Mapped[str] = mapped_column(String(80))
    normalised: Mapped[str] = mapped_column(String(160), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))

    @classmethod
    def sealed(cls) -> Select[*tuple[Any, ...]]:
        """Each code with the seal of its coding; it stands if that is the last coding of its person."""
        return _sealed(cls, cls.code_key, Coding, Coding.code_key, Coding.code_seal)


class Trait(Recorded, Base):
    """What reports ask of a person: birth year and gender (word of the list). The last entry counts whole."""

    __tablename__ = "person_trait"
    __table_args__ = (CheckConstraint("birth_year BETWEEN 1900 AND 2200", name="plausible_birth_year"),)

    person_id: Mapped[int] = _owner(index=True)
    birth_year: Mapped[int | None]
    gender: Mapped[str | None] = _choice("gender")


class Agreement(Recorded, Base):
    """That a person signed a version of the site's agreement, on a site date."""

    __tablename__ = "person_agreement"

    person_id: Mapped[int] = _owner(index=True)
    version: Mapped[str] = _choice("agreement")
    signed_on: Mapped[date]


class Alert(Recorded, Base):
    """Something staff should know about a person. Its words are a note, so that they can be erased."""

    __tablename__ = "person_alert"

    person_id: Mapped[int] = _owner(index=True)
    kind: Mapped[str] = _choice("person_alert")
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    # The first version's link: an ending names that one, whatever is amended later.
    root_seq: Mapped[int | None]


class Restriction(Recorded, Base):
    """That a person is asked to stay away: site dates, both included; a member of staff (ref) decided."""

    __tablename__ = "person_restriction"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),)

    person_id: Mapped[int] = _owner(index=True)
    reason: Mapped[str] = _choice("restriction_reason")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    review_on: Mapped[date | None] = mapped_column(index=True)
    decided_by: Mapped[str] = mapped_column(String(64))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    root_seq: Mapped[int | None]


class Ending(Recorded, Base):
    """That an alert or a restriction was ended by hand; `entry_seq` is the link of its first version."""

    __tablename__ = "person_ending"

    person_id: Mapped[int] = _owner(index=True)
    entry_seq: Mapped[int] = mapped_column(ForeignKey("link.seq"), index=True)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class LetIn(Recorded, Base):
    """That a person came in although a restriction was in force, and why."""

    __tablename__ = "person_let_in"

    person_id: Mapped[int] = _owner(index=True)
    reason: Mapped[str] = _choice("let_in_reason")
    happened_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class Merge(Recorded, Base):
    """That a registration is of somebody who was registered before. Nothing is rewritten: reads follow it."""

    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("person_id <> into_id", name="two_registrations"),)

    person_id: Mapped[int] = _owner(index=True)
    into_id: Mapped[int] = _owner(index=True)


def _sealed(words: Any, key: Any, said: Any, said_key: Any, seal: Any) -> Select[*tuple[Any, ...]]:
    mine, its_own = aliased(said), aliased(Person)
    last = select(func.max(mine.id)).where(mine.person_id == words.person_id).scalar_subquery()
    stands = func.coalesce(and_(said.person_id == words.person_id, said.id == last), False)
    where = func.coalesce(said.link_seq, its_own.link_seq, 0)
    chosen = select(where, words.salt, words.text, seal, stands)
    return chosen.outerjoin(said, said_key == key).outerjoin(its_own, its_own.id == words.person_id)
