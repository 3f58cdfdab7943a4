"""The store: one database, one way to write to it, rows that stay."""
