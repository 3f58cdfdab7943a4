"""The database's shape, revision by revision (Alembic)."""
