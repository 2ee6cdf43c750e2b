"""What happened with a prospect: touches and notes."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from bot.storage.records import Note, Touch, one, record
from bot.storage.tables import notes, touches

LATEST_FIRST = (touches.c.happened_at.desc(), touches.c.id.desc())


def last_touches(tx: Connection, workspace_id: str, prospect_ids: Sequence[int]) -> dict[int, Touch]:
    """Each prospect's latest touch; those never touched are left out."""
    nth = func.row_number().over(partition_by=touches.c.prospect_id, order_by=LATEST_FIRST).label("nth")
    newest = (
        select(touches.c.id, nth)
        .where(touches.c.workspace_id == workspace_id, touches.c.prospect_id.in_(prospect_ids))
        .subquery()
    )
    rows = tx.execute(select(touches).join(newest, newest.c.id == touches.c.id).where(newest.c.nth == 1))
    return {row.prospect_id: record(Touch, row) for row in rows}


def touches_of(tx: Connection, workspace_id: str, prospect_id: int, limit: int) -> list[Touch]:
    """A prospect's touches, newest first."""
    mine = (touches.c.workspace_id == workspace_id, touches.c.prospect_id == prospect_id)
    rows = tx.execute(select(touches).where(*mine).order_by(*LATEST_FIRST).limit(limit))
    return [record(Touch, row) for row in rows]


def notes_of(tx: Connection, workspace_id: str, prospect_id: int, limit: int) -> list[Note]:
    """A prospect's notes, newest first."""
    mine = (notes.c.workspace_id == workspace_id, notes.c.prospect_id == prospect_id)
    rows = tx.execute(select(notes).where(*mine).order_by(notes.c.created_at.desc(), notes.c.id.desc()).limit(limit))
    return [record(Note, row) for row in rows]


def count(tx: Connection, workspace_id: str, prospect_id: int) -> int:
    """How many touches and notes a prospect has."""
    return sum(
        tx.execute(
            select(func.count()).where(table.c.workspace_id == workspace_id, table.c.prospect_id == prospect_id)
        ).scalar_one()
        for table in (touches, notes)
    )


def touch_before(tx: Connection, touch: Touch) -> Touch | None:
    """The latest other touch of the same prospect."""
    mine = (touches.c.workspace_id == touch.workspace_id, touches.c.prospect_id == touch.prospect_id)
    query = select(touches).where(*mine, touches.c.id != touch.id).order_by(*LATEST_FIRST).limit(1)
    return one(Touch, tx.execute(query))
