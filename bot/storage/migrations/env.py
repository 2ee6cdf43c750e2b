"""Runs the chain on a connection that was handed over, or on DATABASE_URL when alembic itself was called."""

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from bot.storage.engine import Database
from bot.storage.tables import metadata


def _plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration names the database's own types: it must still run when ours have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters a table by making it anew
        compare_type=True,
        render_item=_plain,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    with Database(os.environ.get("DATABASE_URL", "sqlite:///followup.sqlite3")).engine.connect() as own:
        _run(own)
