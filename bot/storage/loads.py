"""How much a member has on each day: what planning looks at before it puts one more there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.storage.tables import steps

BETWEEN = select(steps.c.due_at, steps.c.number, steps.c.promised).where(
    steps.c.workspace_id == bindparam("workspace"),
    steps.c.owner_id == bindparam("owner"),
    steps.c.closed_at.is_(None),
    steps.c.due_at >= bindparam("from_at"),
    steps.c.due_at < bindparam("before_at"),
)

AHEAD = select(steps.c.id, steps.c.due_at, steps.c.number, steps.c.promised).where(
    steps.c.workspace_id == bindparam("workspace"),
    steps.c.owner_id == bindparam("owner"),
    steps.c.closed_at.is_(None),
    steps.c.due_at >= bindparam("from_at"),
)


def ahead(
    tx: Connection, workspace_id: str, owner_id: str, from_at: datetime
) -> Sequence[tuple[int, datetime, int | None, bool]]:
    """(id, due_at, number, promised) of a member's open steps from a moment on."""
    rows = tx.execute(AHEAD, {"workspace": workspace_id, "owner": owner_id, "from_at": from_at})
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def between(
    tx: Connection, workspace_id: str, owner_id: str, from_at: datetime, before_at: datetime
) -> Sequence[tuple[datetime, int | None, bool]]:
    """(due_at, number, promised) of a member's open steps in a stretch of time."""
    return [
        (row[0], row[1], row[2])
        for row in tx.execute(
            BETWEEN, {"workspace": workspace_id, "owner": owner_id, "from_at": from_at, "before_at": before_at}
        )
    ]
