"""Resources: something of value to send along, and who has had it."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, exists, select

from bot.storage.records import Resource, columns_of, one, record
from bot.storage.tables import prospects, resource_uses, resources

ONE = select(resources).where(
    resources.c.workspace_id == bindparam("workspace"), resources.c.id == bindparam("resource")
)
OFFERED = (
    select(resources)
    .where(resources.c.workspace_id == bindparam("workspace"), resources.c.retired_at.is_(None))
    .order_by(resources.c.id.desc())
)
HAD = (
    select(resources)
    .join(
        resource_uses,
        and_(resource_uses.c.workspace_id == resources.c.workspace_id, resource_uses.c.resource_id == resources.c.id),
    )
    .where(resource_uses.c.workspace_id == bindparam("workspace"), resource_uses.c.prospect_id == bindparam("prospect"))
    .order_by(resource_uses.c.id)
)
WIDTH = len(columns_of(Resource))


def get(tx: Connection, workspace_id: str, resource_id: int, *, lock: bool = False) -> Resource | None:
    """A resource, deleted or not; ``lock`` holds its row until the transaction ends."""
    question = ONE.with_for_update() if lock else ONE
    return one(Resource, tx.execute(question, {"workspace": workspace_id, "resource": resource_id}))


def offered(tx: Connection, workspace_id: str) -> list[Resource]:
    """Everything that was not deleted, the newest first."""
    return [record(Resource, row) for row in tx.execute(OFFERED, {"workspace": workspace_id})]


def had_by(tx: Connection, workspace_id: str, prospect_id: int) -> list[Resource]:
    """What a prospect was sent, deleted since or not."""
    return [
        record(Resource, row[:WIDTH]) for row in tx.execute(HAD, {"workspace": workspace_id, "prospect": prospect_id})
    ]


def is_used(tx: Connection, workspace_id: str, resource_id: int) -> bool:
    """True once it was sent to somebody."""
    mine = (resource_uses.c.workspace_id == workspace_id, resource_uses.c.resource_id == resource_id)
    return bool(tx.execute(select(exists().where(*mine))).scalar_one())


def receivers(tx: Connection, workspace_id: str, resource_ids: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """(resource, name, company) of everybody who had one of these, the latest first."""
    rows = tx.execute(
        select(resource_uses.c.resource_id, prospects.c.name, prospects.c.company)
        .join(
            prospects,
            and_(
                prospects.c.workspace_id == resource_uses.c.workspace_id, prospects.c.id == resource_uses.c.prospect_id
            ),
        )
        .where(resource_uses.c.workspace_id == workspace_id, resource_uses.c.resource_id.in_(resource_ids))
        .order_by(resource_uses.c.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]
