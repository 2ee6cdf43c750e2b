"""The steps that a free day or a leave concerns, and what happened while somebody was away."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, func, or_, select, update

from bot.storage.records import Member, Prospect, StepRow, columns_of, record
from bot.storage.tables import StepEnd, members, prospects, steps, touches
from cadences.work_calendar import Leave

AT_STAKE = 20_000
"""More open steps than one person can hold."""
WIDTH = len(columns_of(Prospect))
SAME = and_(prospects.c.workspace_id == steps.c.workspace_id, prospects.c.id == steps.c.prospect_id)
PEOPLE: BindParameter[list[str]] = bindparam("people", expanding=True)
WITH_LEAVE = select(members.c.workspace_id, members.c.id, members.c.leave).where(members.c.leave.is_not(None))
"""This and the next two run with every tick: built once."""
LENT = (
    select(prospects.c.owner_id, steps.c.owner_id, steps.c.due_at)
    .join_from(prospects, steps, SAME)
    .where(prospects.c.workspace_id == bindparam("workspace"), prospects.c.owner_id.in_(PEOPLE))
    .where(steps.c.closed_at.is_(None), steps.c.owner_id != prospects.c.owner_id)
)
HELD_BEFORE = select(steps.c.owner_id, steps.c.due_at).where(
    steps.c.workspace_id == bindparam("workspace"),
    steps.c.closed_at.is_(None),
    steps.c.owner_id.in_(PEOPLE),
    steps.c.due_at < bindparam("before"),
)


def ahead(
    tx: Connection, workspace_id: str, holder_id: str, from_at: datetime, *, lock: bool = False
) -> list[tuple[Prospect, StepRow]]:
    """The open steps a member holds that are due from a moment on; ``lock`` holds their prospects, as verbs do."""
    return _found(tx, lock, *_open(workspace_id), steps.c.owner_id == holder_id, steps.c.due_at >= from_at)


def before(
    tx: Connection, workspace_id: str, holder_id: str, before_at: datetime, *, lock: bool = False
) -> list[tuple[Prospect, StepRow]]:
    """The same for those that were due before a moment."""
    return _found(tx, lock, *_open(workspace_id), steps.c.owner_id == holder_id, steps.c.due_at < before_at)


def overdue(tx: Connection, workspace_id: str, holder_id: str, before_at: datetime) -> list[tuple[int | None, bool]]:
    """(number, promised) of the open steps a member holds that were due before a moment."""
    query = select(steps.c.number, steps.c.promised)
    mine = (steps.c.owner_id == holder_id, steps.c.due_at < before_at)
    return [(row[0], row[1]) for row in tx.execute(query.where(*_open(workspace_id), *mine))]


def handed_out(
    tx: Connection, workspace_id: str, owner_id: str, *, lock: bool = False
) -> list[tuple[Prospect, StepRow]]:
    """The open steps of a member's own prospects that somebody else holds for her."""
    return _found(tx, lock, *_open(workspace_id), prospects.c.owner_id == owner_id, steps.c.owner_id != owner_id)


def hold_prospects(tx: Connection, workspace_id: str, step_ids: Sequence[int]) -> None:
    """Hold the prospects of these steps, in the one order that everybody keeps."""
    mine = (steps.c.workspace_id == workspace_id, steps.c.id.in_(step_ids))
    held = select(prospects.c.id).join_from(steps, prospects, SAME).where(*mine).order_by(prospects.c.id)
    tx.execute(held.with_for_update(of=prospects))


def give(tx: Connection, workspace_id: str, step_ids: Sequence[int], holder_id: str) -> None:
    """Whose the steps are from now on, outside any change: a leave ended by itself."""
    mine = (steps.c.workspace_id == workspace_id, steps.c.id.in_(step_ids))
    tx.execute(update(steps).where(*mine).values(owner_id=holder_id))


def with_leave(tx: Connection) -> list[tuple[str, str, tuple[Leave, ...]]]:
    """(workspace, id, leaves) of everybody who has a leave written down."""
    return [(row[0], row[1], row[2]) for row in tx.execute(WITH_LEAVE)]


def lent(tx: Connection, workspace_id: str, owner_ids: Sequence[str]) -> list[tuple[str, str, datetime]]:
    """(owner, holder, due) of the open steps that somebody else holds for one of these owners."""
    rows = tx.execute(LENT, {"workspace": workspace_id, "people": list(owner_ids)})
    return [(row[0], row[1], row[2]) for row in rows]


def held_before(
    tx: Connection, workspace_id: str, holder_ids: Sequence[str], before_at: datetime
) -> list[tuple[str, datetime]]:
    """(holder, due) of the open steps that these hold and that are due before a moment."""
    rows = tx.execute(HELD_BEFORE, {"workspace": workspace_id, "people": list(holder_ids), "before": before_at})
    return [(row[0], row[1]) for row in rows]


def waited(tx: Connection, member: Member, from_at: datetime, before_at: datetime) -> list[tuple[Prospect, StepRow]]:
    """A member's prospects that had a step in a stretch of time that was put off, or by its end one that was not made.

    With each its step now.
    """
    put_off = and_(steps.c.ended_as == StepEnd.MOVED, steps.c.due_at >= from_at)
    missed = (
        select(steps.c.prospect_id)
        .where(
            steps.c.workspace_id == member.workspace_id,
            steps.c.due_at < before_at,
            or_(steps.c.closed_at.is_(None), put_off),
        )
        .distinct()
    )
    own = (prospects.c.owner_id == member.id, steps.c.owner_id == member.id, prospects.c.id.in_(missed))
    return _found(tx, False, *_open(member.workspace_id), *own)


def made_by(
    tx: Connection, workspace_id: str, person_ids: Iterable[str], owner_id: str, from_at: datetime, before_at: datetime
) -> tuple[int, int]:
    """How many touches others made with a member's prospects in a stretch of time, and with how many of them."""
    query = (
        select(func.count(), func.count(touches.c.prospect_id.distinct()))
        .join_from(
            touches,
            prospects,
            and_(prospects.c.workspace_id == touches.c.workspace_id, prospects.c.id == touches.c.prospect_id),
        )
        .where(
            touches.c.workspace_id == workspace_id,
            touches.c.member_id.in_(list(person_ids)),
            prospects.c.owner_id == owner_id,
            touches.c.happened_at >= from_at,
            touches.c.happened_at < before_at,
        )
    )
    row = tx.execute(query).one()
    return int(row[0]), int(row[1])


def _open(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    return steps.c.workspace_id == workspace_id, steps.c.closed_at.is_(None)


def _found(tx: Connection, lock: bool, *conditions: ColumnElement[bool]) -> list[tuple[Prospect, StepRow]]:
    if lock:
        # In one order for everybody, before their steps are looked at: two who move the same never block each other.
        held = select(prospects.c.id).join_from(steps, prospects, SAME).where(*conditions).order_by(prospects.c.id)
        tx.execute(held.with_for_update(of=prospects))
    query = select(prospects, steps).join_from(steps, prospects, SAME).where(*conditions)
    rows = tx.execute(query.order_by(steps.c.due_at, steps.c.id).limit(AT_STAKE))
    return [(record(Prospect, row[:WIDTH]), record(StepRow, row[WIDTH:])) for row in rows]
