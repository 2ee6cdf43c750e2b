"""What a database holds, in a form two moments can be compared by."""

from typing import Any

from sqlalchemy import Select, Table, func, select

from bot.storage import prospects
from bot.storage.engine import Database
from bot.storage.tables import MEMBER_MOMENTS, changes, deliveries, metadata

KEPT_BESIDE = frozenset({"changes", "deliveries"})
"""What is written down about the data, not the data."""
CURSORS = frozenset(MEMBER_MOMENTS)
"""Moved by the worker, and set anew after settings were undone."""

Rows = dict[str, list[tuple[Any, ...]]]


def _all_rows(table: Table, *, cursors: bool) -> Select[Any]:
    columns = [column for column in table.c if cursors or column.name not in CURSORS]
    return select(*columns).order_by(*table.primary_key)


QUESTIONS = {
    cursors: {
        table.name: _all_rows(table, cursors=cursors)
        for table in metadata.sorted_tables
        if table.name not in KEPT_BESIDE
    }
    for cursors in (True, False)
}
"""Made once: making a statement costs more than its answer."""


def everything(db: Database, *, cursors: bool = False) -> Rows:
    """Every row of every data table, by primary key; ``cursors``: with the moments of the next digests."""
    with db.read() as tx:
        return {name: [tuple(row) for row in tx.execute(question)] for name, question in QUESTIONS[cursors].items()}


def change_count(db: Database) -> int:
    """How many changes were written down."""
    with db.read() as tx:
        return tx.execute(select(func.count()).select_from(changes)).scalar_one()


def delivery_count(db: Database) -> int:
    """How many deliveries were opened."""
    with db.read() as tx:
        return tx.execute(select(func.count()).select_from(deliveries)).scalar_one()


def forgotten(db: Database, workspace_id: str) -> list[str]:
    """Names of open or parked prospects that nothing will bring back: there must be none."""
    with db.read() as tx:
        return [prospect.name for prospect in prospects.without_next_step(tx, workspace_id)]
