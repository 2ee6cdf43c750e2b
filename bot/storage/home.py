"""What App Home lists of one member, or of everybody: who is due, waits, is on a cadence; what the week held."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from bot.storage.prospects import PROSPECT_WIDTH, seen_in
from bot.storage.records import Prospect, StepRow, record
from bot.storage.tables import members, prospects, steps, touches
from cadences.model import Stage

Listed = tuple[list[tuple[Prospect, StepRow]], int]
"""One page, and how many there are on all pages."""
Whose = tuple[str, str | None]
"""A workspace and one of its members; None: everybody."""
BOTH = and_(prospects.c.workspace_id == steps.c.workspace_id, prospects.c.id == steps.c.prospect_id)


def waiting(tx: Connection, whose: Whose, from_at: datetime, stage: Stage | None, *, first: int, limit: int) -> Listed:
    """Snoozed, parked or away until a moment or later; whoever comes back first stands first."""
    put_off = or_(steps.c.snoozes > 0, steps.c.paused_until_on.is_not(None), prospects.c.stage == Stage.PARKED)
    condition = and_(_open_of(whose), steps.c.due_at >= from_at, put_off, *_of(stage))
    return _page(tx, condition, (steps.c.due_at, steps.c.id), first, limit)


def on_cadences(tx: Connection, whose: Whose, stage: Stage | None, *, first: int, limit: int) -> Listed:
    """Everybody whose next step a cadence planned, cadence by cadence."""
    condition = and_(_open_of(whose), steps.c.cadence.is_not(None), *_of(stage))
    return _page(tx, condition, (steps.c.cadence, steps.c.due_at, steps.c.id), first, limit)


def how_many_on(tx: Connection, whose: Whose, stage: Stage | None) -> dict[str, int]:
    """How many of a member's prospects each cadence has."""
    condition = and_(_open_of(whose), steps.c.cadence.is_not(None), *_of(stage))
    rows = tx.execute(
        select(steps.c.cadence, func.count())
        .join_from(steps, prospects, BOTH)
        .where(condition)
        .group_by(steps.c.cadence)
    )
    return {row[0]: row[1] for row in rows}


def due(tx: Connection, whose: Whose, before_at: datetime, stage: Stage | None, *, first: int, limit: int) -> Listed:
    """Due before a moment, the longest due first."""
    condition = and_(_open_of(whose), steps.c.due_at < before_at, *_of(stage))
    return _page(tx, condition, (steps.c.due_at, steps.c.id), first, limit)


def planned(tx: Connection, whose: Whose, from_at: datetime, before_at: datetime) -> list[datetime]:
    """When steps are due in a stretch of time."""
    within = and_(_open_of(whose), steps.c.due_at >= from_at, steps.c.due_at < before_at)
    return list(tx.execute(select(steps.c.due_at).join(prospects, BOTH).where(within)).scalars())


def touched(tx: Connection, whose: Whose, from_at: datetime, before_at: datetime) -> list[datetime]:
    """When touches were made in a stretch of time."""
    workspace_id, member_id = whose
    mine = and_(touches.c.workspace_id == workspace_id, *([touches.c.member_id == member_id] if member_id else []))
    within = and_(touches.c.happened_at >= from_at, touches.c.happened_at < before_at)
    return list(tx.execute(select(touches.c.happened_at).where(mine, within)).scalars())


def people(tx: Connection, workspace_id: str, limit: int) -> list[tuple[str, str]]:
    """(id, name) of the members, by name."""
    here = and_(members.c.workspace_id == workspace_id, members.c.is_deleted.is_(False))
    rows = tx.execute(
        select(members.c.id, members.c.name).where(here).order_by(members.c.name, members.c.id).limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def _open_of(whose: Whose) -> ColumnElement[bool]:
    workspace_id, owner_id = whose
    mine = [steps.c.owner_id == owner_id] if owner_id else []
    return and_(seen_in(workspace_id), steps.c.workspace_id == workspace_id, steps.c.closed_at.is_(None), *mine)


def _of(stage: Stage | None) -> list[ColumnElement[bool]]:
    return [prospects.c.stage == stage] if stage else []


def _page(tx: Connection, condition: ColumnElement[bool], order: tuple[Any, ...], first: int, limit: int) -> Listed:
    found = select(prospects, steps).join_from(steps, prospects, BOTH).where(condition)
    rows = tx.execute(found.order_by(*order).offset(first).limit(limit))
    count = tx.execute(select(func.count()).select_from(steps).join(prospects, BOTH).where(condition)).scalar_one()
    page = [(record(Prospect, row[:PROSPECT_WIDTH]), record(StepRow, row[PROSPECT_WIDTH:])) for row in rows]
    return page, count
