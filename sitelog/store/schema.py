"""Make the tables, or bring older ones up to date, with their triggers."""

from sqlalchemy import Engine

from sitelog.store import guards
from sitelog.store.db import Base


def create(engine: Engine) -> None:
    """Make every table and trigger in an empty database."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        guards.install(connection)
