"""Hooks: what a prospect cares about."""

from sqlalchemy import Connection, bindparam, select

from bot.storage.records import Hook, one, record
from bot.storage.tables import hooks

ONE = select(hooks).where(hooks.c.workspace_id == bindparam("workspace"), hooks.c.id == bindparam("hook"))
OF = (
    select(hooks)
    .where(hooks.c.workspace_id == bindparam("workspace"), hooks.c.prospect_id == bindparam("prospect"))
    .order_by(hooks.c.id.desc())
)


def get(tx: Connection, workspace_id: str, hook_id: int, *, lock: bool = False) -> Hook | None:
    """A hook, used or not; ``lock`` holds its row until the transaction ends."""
    question = ONE.with_for_update() if lock else ONE
    return one(Hook, tx.execute(question, {"workspace": workspace_id, "hook": hook_id}))


def of(tx: Connection, workspace_id: str, prospect_id: int) -> list[Hook]:
    """A prospect's hooks, used or not, the newest first."""
    return [record(Hook, row) for row in tx.execute(OF, {"workspace": workspace_id, "prospect": prospect_id})]
