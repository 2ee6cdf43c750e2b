"""Typed lines that wait for an answer; nothing typed is lost while a question is open."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.records import Draft, one
from bot.storage.tables import drafts


def get(tx: Connection, workspace_id: str, draft_id: int) -> Draft | None:
    """A draft, or None."""
    return one(Draft, tx.execute(select(drafts).where(drafts.c.workspace_id == workspace_id, drafts.c.id == draft_id)))


def latest(tx: Connection, workspace_id: str, member_id: str, kind: str) -> Draft | None:
    """A member's newest draft of a kind, or None."""
    mine = (drafts.c.workspace_id == workspace_id, drafts.c.member_id == member_id, drafts.c.kind == kind)
    return one(Draft, tx.execute(select(drafts).where(*mine).order_by(drafts.c.id.desc()).limit(1)))


def replace(tx: Connection, workspace_id: str, member_id: str, kind: str, typed: str, now: datetime) -> int:
    """Keep a line in place of those of this kind before it; its number."""
    mine = (drafts.c.workspace_id == workspace_id, drafts.c.member_id == member_id, drafts.c.kind == kind)
    tx.execute(delete(drafts).where(*mine))
    return add(tx, workspace_id, member_id, kind, typed, now)


def forget(tx: Connection, workspace_id: str, member_id: str, kind: str, before: datetime) -> None:
    """Remove a member's drafts of a kind that are older than this."""
    mine = (drafts.c.workspace_id == workspace_id, drafts.c.member_id == member_id, drafts.c.kind == kind)
    tx.execute(delete(drafts).where(*mine, drafts.c.created_at < before))


def add(tx: Connection, workspace_id: str, member_id: str, kind: str, typed: str, now: datetime) -> int:
    """Keep a typed line; its number."""
    values = {"workspace_id": workspace_id, "member_id": member_id, "kind": kind, "typed": typed, "created_at": now}
    return int(tx.execute(insert(drafts).values(**values).returning(drafts.c.id)).scalar_one())
