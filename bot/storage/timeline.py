"""What happened with a prospect: touches and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from bot.storage.records import Note, Touch, record
from bot.storage.tables import notes, touches
from cadences.model import Mood, Outcome

LATEST_FIRST = (touches.c.happened_at.desc(), touches.c.id.desc())
LOOKED_BACK = 12
"""Touches: more than any cadence makes without an answer."""
LATELY = (
    select(touches.c.id, touches.c.happened_at, touches.c.outcome)
    .where(touches.c.workspace_id == bindparam("workspace"), touches.c.prospect_id == bindparam("prospect"))
    .order_by(*LATEST_FIRST)
    .limit(LOOKED_BACK)
)
LAST_MOOD = (
    select(touches.c.mood)
    .where(
        touches.c.workspace_id == bindparam("workspace"),
        touches.c.prospect_id == bindparam("prospect"),
        touches.c.mood.is_not(None),
    )
    .order_by(*LATEST_FIRST)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Made:
    """A touch, as far as the engine looks at it."""

    touch_id: int
    happened_at: datetime
    outcome: Outcome


def lately(tx: Connection, workspace_id: str, prospect_id: int) -> list[Made]:
    """A prospect's latest touches, newest first."""
    rows = tx.execute(LATELY, {"workspace": workspace_id, "prospect": prospect_id})
    return [Made(*row) for row in rows]


def last_mood(tx: Connection, workspace_id: str, prospect_id: int) -> Mood | None:
    """How they felt when it was last written down."""
    return tx.execute(LAST_MOOD, {"workspace": workspace_id, "prospect": prospect_id}).scalar_one_or_none()


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
