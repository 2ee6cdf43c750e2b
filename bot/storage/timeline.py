"""What happened with a prospect: touches and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from bot.storage.records import Note, Touch, one, record
from bot.storage.tables import notes, touches
from cadences.model import Channel, Mood, Outcome

LATEST_FIRST = (touches.c.happened_at.desc(), touches.c.id.desc())
LOOKED_BACK = 12
"""Touches: more than any cadence makes without an answer."""
LATELY = (
    select(
        *(touches.c.id, touches.c.happened_at, touches.c.outcome, touches.c.channel),
        *(touches.c.cadence, touches.c.version, touches.c.number),
    )
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


_NTH = (
    select(touches.c.id, func.row_number().over(partition_by=touches.c.prospect_id, order_by=LATEST_FIRST).label("nth"))
    .where(
        touches.c.workspace_id == bindparam("workspace"),
        touches.c.prospect_id.in_(bindparam("numbers", expanding=True)),
    )
    .subquery()
)
LAST_OF_EACH = select(touches).join(_NTH, _NTH.c.id == touches.c.id).where(_NTH.c.nth == 1)


@dataclass(frozen=True, slots=True)
class Made:
    """A touch, as far as the engine looks at it."""

    touch_id: int
    happened_at: datetime
    outcome: Outcome
    channel: Channel
    cadence: str | None
    version: int | None
    number: int | None
    """The step of the cadence that it was made for."""


def lately(tx: Connection, workspace_id: str, prospect_id: int) -> list[Made]:
    """A prospect's latest touches, newest first."""
    rows = tx.execute(LATELY, {"workspace": workspace_id, "prospect": prospect_id})
    return [Made(*row) for row in rows]


def touch(tx: Connection, workspace_id: str, touch_id: int) -> Touch | None:
    """A touch, or None."""
    return one(
        Touch,
        tx.execute(select(touches).where(touches.c.workspace_id == workspace_id, touches.c.id == touch_id)),
    )


def own_channels(tx: Connection, workspace_id: str) -> list[tuple[int, str]]:
    """Channels of the team's own by name, each with a touch that was made on it."""
    own = (touches.c.workspace_id == workspace_id, touches.c.via.is_not(None))
    rows = tx.execute(select(func.max(touches.c.id), touches.c.via).where(*own).group_by(touches.c.via))
    return sorted(((row[0], row[1]) for row in rows), key=lambda each: each[1].casefold())


def last_mood(tx: Connection, workspace_id: str, prospect_id: int) -> Mood | None:
    """How they felt when it was last written down."""
    return tx.execute(LAST_MOOD, {"workspace": workspace_id, "prospect": prospect_id}).scalar_one_or_none()


def last_touches(tx: Connection, workspace_id: str, prospect_ids: Sequence[int]) -> dict[int, Touch]:
    """Each prospect's latest touch; those never touched are left out."""
    rows = tx.execute(LAST_OF_EACH, {"workspace": workspace_id, "numbers": list(prospect_ids)})
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
