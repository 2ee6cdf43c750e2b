"""Prospects whose owner left."""

from sqlalchemy import Connection, and_, func, select

from bot.storage.tables import members, prospects
from cadences.model import OPEN_STAGES, Stage

WAITING = (*OPEN_STAGES, Stage.PARKED)


def owners(tx: Connection, workspace_id: str) -> list[tuple[str, str, int]]:
    """(id, name, how many) of who was deactivated and still owns prospects that wait for something."""
    query = (
        select(members.c.id, members.c.name, func.count())
        .join_from(
            members,
            prospects,
            and_(prospects.c.workspace_id == members.c.workspace_id, prospects.c.owner_id == members.c.id),
        )
        .where(
            members.c.workspace_id == workspace_id,
            members.c.is_deleted,
            prospects.c.stage.in_(WAITING),
            prospects.c.merged_into_id.is_(None),
        )
        .group_by(members.c.id, members.c.name)
        .order_by(members.c.name, members.c.id)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query)]


def waiting_of(tx: Connection, workspace_id: str, owner_id: str) -> list[int]:
    """Her prospects that wait for something, in the order in which they are held."""
    mine = (prospects.c.workspace_id == workspace_id, prospects.c.owner_id == owner_id)
    query = select(prospects.c.id).where(*mine, prospects.c.stage.in_(WAITING), prospects.c.merged_into_id.is_(None))
    return list(tx.execute(query.order_by(prospects.c.id)).scalars())
