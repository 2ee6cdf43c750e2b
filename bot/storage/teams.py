"""Teams, and whom a change of days concerns."""

from sqlalchemy import Connection, select

from bot.storage.records import Team, one
from bot.storage.tables import members, teams


def get(tx: Connection, workspace_id: str, key: str, *, lock: bool = False) -> Team | None:
    """A team by its key, or None; ``lock`` holds the row until the transaction ends."""
    query = select(teams).where(teams.c.workspace_id == workspace_id, teams.c.key == key)
    return one(Team, tx.execute(query.with_for_update(key_share=True) if lock else query))


def names(tx: Connection, workspace_id: str) -> list[str]:
    """What the teams are called, in order."""
    rows = tx.execute(select(teams.c.name).where(teams.c.workspace_id == workspace_id).order_by(teams.c.key))
    return list(rows.scalars())


def people(tx: Connection, workspace_id: str, key: str | None = None) -> list[str]:
    """The members of a team, or of the whole workspace; held one after the other in the same order by everybody."""
    query = select(members.c.id).where(members.c.workspace_id == workspace_id)
    if key is not None:
        query = query.where(members.c.team == key)
    return list(tx.execute(query.order_by(members.c.id)).scalars())
