"""Searches that somebody keeps under a name."""

from sqlalchemy import Connection, bindparam, select

from bot.storage.records import SavedView, record
from bot.storage.tables import saved_views

MINE = (
    select(saved_views)
    .where(saved_views.c.workspace_id == bindparam("workspace"), saved_views.c.member_id == bindparam("member"))
    .order_by(saved_views.c.key)
)


def of(tx: Connection, workspace_id: str, member_id: str) -> list[SavedView]:
    """All of a member's, by name."""
    return [record(SavedView, row) for row in tx.execute(MINE, {"workspace": workspace_id, "member": member_id})]
