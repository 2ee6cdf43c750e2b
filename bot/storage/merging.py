"""Everything that hangs on a prospect and goes along when it becomes part of another."""

from typing import Any

from sqlalchemy import Connection, Table, select

from bot.storage.records import Enrollment, Hook, Note, Prospect, ResourceUse, StepRow, Touch, record
from bot.storage.tables import enrollments, hooks, notes, prospects, resource_uses, steps, touches

HANGING: tuple[tuple[type[Any], Table], ...] = (
    (Touch, touches),
    (Note, notes),
    (StepRow, steps),
    (Enrollment, enrollments),
    (Hook, hooks),
    (ResourceUse, resource_uses),
)


def rows_of(tx: Connection, workspace_id: str, prospect_id: int) -> list[Any]:
    """What was done, said and planned with a prospect."""
    found: list[Any] = []
    for kind, table in HANGING:
        mine = (table.c.workspace_id == workspace_id, table.c.prospect_id == prospect_id)
        found += [record(kind, row) for row in tx.execute(select(table).where(*mine).order_by(table.c.id))]
    return found


def parts_of(tx: Connection, workspace_id: str, prospect_id: int) -> list[Prospect]:
    """Those that became part of a prospect."""
    mine = (prospects.c.workspace_id == workspace_id, prospects.c.merged_into_id == prospect_id)
    return [record(Prospect, row) for row in tx.execute(select(prospects).where(*mine).order_by(prospects.c.id))]
