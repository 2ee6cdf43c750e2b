"""Remembers: synchronous SQLAlchemy Core functions over one set of tables, on SQLite and PostgreSQL alike."""
