"""How Alembic runs here: on the connection it is handed, inside the transaction that is open."""

from alembic import context

from sitelog.store.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
