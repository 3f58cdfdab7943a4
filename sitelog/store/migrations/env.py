"""How Alembic runs here: on the connection it is handed, inside the transaction that is open."""

from typing import Any, Literal

from alembic import context

from sitelog.store.db import Base
from sitelog.store.types import Instant


def plain(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Spell our own types as the database knows them: a revision must not change with the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain,
)
context.run_migrations()
