"""Channels that hear of their stalled deals."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.storage.records import TeamDigest, one, record
from bot.storage.tables import team_digests, workspaces


def get(tx: Connection, workspace_id: str, channel_id: str) -> TeamDigest | None:
    """A channel's digest, or None when it has none."""
    mine = (team_digests.c.workspace_id == workspace_id, team_digests.c.channel_id == channel_id)
    return one(TeamDigest, tx.execute(select(team_digests).where(*mine)))


def due(tx: Connection, now: datetime, limit: int) -> list[TeamDigest]:
    """Which channel's moment has come, the longest waiting first."""
    rows = tx.execute(
        select(team_digests)
        .join(workspaces, workspaces.c.id == team_digests.c.workspace_id)
        .where(team_digests.c.next_digest_at <= now, workspaces.c.uninstalled_at.is_(None))
        .order_by(team_digests.c.next_digest_at, team_digests.c.workspace_id, team_digests.c.channel_id)
        .limit(limit)
    )
    return [record(TeamDigest, row) for row in rows]


def move(tx: Connection, digest: TeamDigest, next_at: datetime | None) -> bool:
    """Compare-and-set the next moment; False when another process was first."""
    mine = (team_digests.c.workspace_id == digest.workspace_id, team_digests.c.channel_id == digest.channel_id)
    seen = team_digests.c.next_digest_at == digest.next_digest_at
    return tx.execute(update(team_digests).where(*mine, seen).values(next_digest_at=next_at)).rowcount == 1


def set_next(tx: Connection, digest: TeamDigest, next_at: datetime | None) -> None:
    """Set the next moment, whatever it was."""
    mine = (team_digests.c.workspace_id == digest.workspace_id, team_digests.c.channel_id == digest.channel_id)
    tx.execute(update(team_digests).where(*mine).values(next_digest_at=next_at))
