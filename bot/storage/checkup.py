"""Questions about the whole installation, over all its workspaces: for its operator alone."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage.deliveries import OPEN_STATES
from bot.storage.tables import DeliveryState, deliveries, workspaces


def workspace_ids(tx: Connection) -> list[str]:
    """Every workspace."""
    return list(tx.execute(select(workspaces.c.id)).scalars())


def open_since(tx: Connection, moment: datetime) -> int:
    """How many deliveries have been open since a moment or longer."""
    query = select(func.count()).where(deliveries.c.state.in_(OPEN_STATES), deliveries.c.not_before_at <= moment)
    return tx.execute(query).scalar_one()


def last_sent_at(tx: Connection) -> datetime | None:
    """When anything was last said."""
    return tx.execute(select(deliveries.c.sent_at).order_by(deliveries.c.sent_at.desc().nulls_last()).limit(1)).scalar()


def unsaid(tx: Connection, since: datetime) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    """(kind, reason, how many) of what failed and of what was skipped since a moment."""
    return _counted(tx, DeliveryState.FAILED, since), _counted(tx, DeliveryState.SKIPPED, since)


def _counted(tx: Connection, state: DeliveryState, since: datetime) -> list[tuple[str, str, int]]:
    reason = func.coalesce(deliveries.c.reason, "")
    rows = tx.execute(
        select(deliveries.c.kind, reason, func.count())
        .where(deliveries.c.state == state, deliveries.c.created_at >= since)
        .group_by(deliveries.c.kind, reason)
        .order_by(func.count().desc())
    )
    return [(str(row[0]), row[1], row[2]) for row in rows]
