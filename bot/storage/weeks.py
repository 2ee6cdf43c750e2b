"""What one member did in a stretch of time, for the numbers of her week."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, exists, func, select

from bot.storage.records import Member
from bot.storage.tables import ChangeKind, StepEnd, changes, prospects, steps, touches
from cadences.model import Channel, Outcome, Stage

Stretch = tuple[datetime, datetime]
"""From a moment, and before another."""


def touched(tx: Connection, member: Member, stretch: Stretch) -> list[tuple[Channel, Outcome, datetime]]:
    """The touches she made."""
    mine = (touches.c.workspace_id == member.workspace_id, touches.c.member_id == member.id)
    within = (touches.c.happened_at >= stretch[0], touches.c.happened_at < stretch[1])
    rows = tx.execute(select(touches.c.channel, touches.c.outcome, touches.c.happened_at).where(*mine, *within))
    return [(row[0], row[1], row[2]) for row in rows]


def won(tx: Connection, member: Member, first_on: date, last_on: date) -> list[tuple[int | None, str | None]]:
    """What her deals are worth that were won on these days, whoever closed them."""
    rows = tx.execute(
        select(prospects.c.value_minor, prospects.c.currency).where(
            prospects.c.workspace_id == member.workspace_id,
            prospects.c.owner_id == member.id,
            prospects.c.stage == Stage.WON,
            prospects.c.closed_on >= first_on,
            prospects.c.closed_on <= last_on,
            prospects.c.merged_into_id.is_(None),
        )
    )
    return [(row[0], row[1]) for row in rows]


def promises_done(tx: Connection, member: Member, stretch: Stretch) -> list[tuple[datetime, datetime]]:
    """(due, done) of what she promised and did."""
    rows = tx.execute(
        select(steps.c.due_at, steps.c.closed_at).where(
            steps.c.workspace_id == member.workspace_id,
            steps.c.owner_id == member.id,
            steps.c.promised.is_(True),
            steps.c.ended_as == StepEnd.DONE,
            steps.c.closed_at >= stretch[0],
            steps.c.closed_at < stretch[1],
        )
    )
    return [(row[0], row[1]) for row in rows]


def how_often(tx: Connection, member: Member, kind: ChangeKind, stretch: Stretch) -> int:
    """How many changes of a kind she made that stand."""
    query = select(func.count()).where(
        changes.c.workspace_id == member.workspace_id,
        changes.c.member_id == member.id,
        changes.c.kind == kind,
        changes.c.happened_at >= stretch[0],
        changes.c.happened_at < stretch[1],
        changes.c.undone_at.is_(None),
        changes.c.undoes_id.is_(None),
    )
    return tx.execute(query).scalar_one()


def newcomers(tx: Connection, member: Member, stretch: Stretch) -> Sequence[tuple[datetime, datetime | None]]:
    """(added, first touched) of her prospects who were added then; who was promised a date is not among them."""
    both = (steps.c.workspace_id == prospects.c.workspace_id, steps.c.prospect_id == prospects.c.id)
    first = select(func.min(touches.c.happened_at)).where(
        touches.c.workspace_id == prospects.c.workspace_id, touches.c.prospect_id == prospects.c.id
    )
    rows = tx.execute(
        select(prospects.c.created_at, first.scalar_subquery()).where(
            prospects.c.workspace_id == member.workspace_id,
            prospects.c.owner_id == member.id,
            prospects.c.created_at >= stretch[0],
            prospects.c.created_at < stretch[1],
            prospects.c.merged_into_id.is_(None),
            ~exists().where(*both, steps.c.promised.is_(True)),
        )
    )
    return [(row[0], row[1]) for row in rows]
