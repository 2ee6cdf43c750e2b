"""Words of somebody's own in an add line."""

from sqlalchemy import Connection, bindparam, select

from bot.storage.records import Shorthand, record
from bot.storage.tables import shorthands

MINE = (
    select(shorthands)
    .where(shorthands.c.workspace_id == bindparam("workspace"), shorthands.c.member_id == bindparam("member"))
    .order_by(shorthands.c.key)
)


def of(tx: Connection, workspace_id: str, member_id: str) -> list[Shorthand]:
    """All of a member's, by their words."""
    return [record(Shorthand, row) for row in tx.execute(MINE, {"workspace": workspace_id, "member": member_id})]
