"""Database triggers that refuse to change or delete a recorded row, whoever asks."""

from sqlalchemy import Connection, text

from sitelog.store.recorded import recorded_tables

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION sitelog_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME; END $$
"""
POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH ROW EXECUTE FUNCTION sitelog_refuse()
"""


def install(connection: Connection) -> None:
    """Put the triggers on every append-only table; run again after a migration rebuilt one."""
    postgres = connection.dialect.name == "postgresql"
    if postgres:
        connection.execute(text(POSTGRES_FUNCTION))
    template = POSTGRES if postgres else SQLITE
    for table in recorded_tables():
        for verb in ("update", "delete"):
            connection.exec_driver_sql(template.format(table=table.name, verb=verb, VERB=verb.upper()))
