"""The declarative base every model inherits, and the session that Flask-SQLAlchemy keeps for us."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Every constraint has a name, so that a migration can find it on either database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMES)


# Objects stay readable after a commit: rows never change, so there is nothing to refresh.
db = SQLAlchemy(session_options={"expire_on_commit": False})


def one_snapshot() -> None:
    """Begin to read anew: until the next commit or rollback everything read is of one moment.

    SQLite's reads always are; PostgreSQL's are if they say so.
    """
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
