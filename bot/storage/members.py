"""Workspaces and the people in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, select, update

from bot.storage.engine import insert_once
from bot.storage.records import Member, Workspace, one, record
from bot.storage.tables import DeliveryKind, Role, deliveries, members, teams, workspaces

WITH_RULES = (
    select(members, teams.c.rules.label("team_rules"), workspaces.c.rules.label("workspace_rules"))
    .join(workspaces, workspaces.c.id == members.c.workspace_id)
    .outerjoin(teams, and_(teams.c.workspace_id == members.c.workspace_id, teams.c.key == members.c.team))
)
"""A member with the days that her team and her workspace set: when she works is read in one go."""
ONE = WITH_RULES.where(members.c.workspace_id == bindparam("workspace"), members.c.id == bindparam("member"))
"""Built once, as are the other queries of every request: putting one together costs more than running it."""
NAMED = WITH_RULES.where(
    members.c.workspace_id == bindparam("workspace"), members.c.id.in_(bindparam("people", expanding=True))
)
HELD = ONE.with_for_update(of=members, key_share=True)
"""Held against others who change it, not against the steps that name her as their owner: those are made while their
prospect is held, and two who hold one and want the other would wait forever."""


def workspace(tx: Connection, workspace_id: str) -> Workspace | None:
    """The workspace, or None when the app was never used there."""
    return one(Workspace, tx.execute(select(workspaces).where(workspaces.c.id == workspace_id)))


def hold_workspace(tx: Connection, workspace_id: str) -> None:
    """Let one transaction at a time make what the whole workspace has only once."""
    tx.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id).with_for_update(key_share=True))


def add_workspace(tx: Connection, **values: Any) -> None:
    """A new workspace, unless another process was first."""
    tx.execute(insert_once(tx, workspaces).values(**values).on_conflict_do_nothing())


def update_workspace(tx: Connection, workspace_id: str, **values: Any) -> None:
    """Set columns of a workspace."""
    tx.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(**values))


def get(tx: Connection, workspace_id: str, member_id: str, *, lock: bool = False) -> Member | None:
    """A member, or None when she never used the app; ``lock`` holds the row until the transaction ends."""
    return one(Member, tx.execute(HELD if lock else ONE, {"workspace": workspace_id, "member": member_id}))


def named(tx: Connection, workspace_id: str, member_ids: Sequence[str]) -> dict[str, Member]:
    """Members by id; unknown ids are left out."""
    found = tx.execute(NAMED, {"workspace": workspace_id, "people": list(member_ids)})
    return {row.id: record(Member, row) for row in found}


def add(tx: Connection, **values: Any) -> None:
    """A new member, unless another process was first."""
    tx.execute(insert_once(tx, members).values(**values).on_conflict_do_nothing())


def change(tx: Connection, workspace_id: str, member_id: str, **values: Any) -> None:
    """Set columns of a member outside any change: what Slack told us, or the digest's cursor."""
    mine = (members.c.workspace_id == workspace_id, members.c.id == member_id)
    tx.execute(update(members).where(*mine).values(**values))


def here(tx: Connection, workspace_id: str) -> list[str]:
    """Everybody who was not deactivated, in the order they came."""
    mine = (members.c.workspace_id == workspace_id, members.c.is_deleted.is_(False))
    return list(tx.scalars(select(members.c.id).where(*mine).order_by(members.c.created_at, members.c.id)))


def due(tx: Connection, moment: str, now: datetime, limit: int) -> list[Member]:
    """Whose moment of a kind (`next_digest_at`) has come, the longest waiting first."""
    rows = tx.execute(
        WITH_RULES.where(members.c[moment] <= now, workspaces.c.uninstalled_at.is_(None))
        .order_by(members.c[moment], members.c.workspace_id, members.c.id)
        .limit(limit)
    )
    return [record(Member, row) for row in rows]


def first_admins(tx: Connection, since_at: datetime, limit: int) -> list[Member]:
    """In each workspace that was first known since a moment and was not greeted yet: the first admin in it."""
    greeted = exists().where(deliveries.c.workspace_id == workspaces.c.id, deliveries.c.kind == DeliveryKind.WELCOME)
    rows = tx.execute(
        WITH_RULES.where(
            workspaces.c.created_at >= since_at,
            workspaces.c.uninstalled_at.is_(None),
            members.c.role == Role.ADMIN,
            members.c.is_deleted.is_(False),
            ~greeted,
        )
        .order_by(members.c.created_at.desc(), members.c.id.desc())
        .limit(limit)
    )
    first = {row.workspace_id: record(Member, row) for row in rows}
    return list(first.values())


def move(tx: Connection, member: Member, moment: str, next_at: datetime | None) -> bool:
    """Compare-and-set the next moment of a kind; False when another process was first."""
    seen = members.c[moment] == getattr(member, moment)
    mine = (members.c.workspace_id == member.workspace_id, members.c.id == member.id)
    return tx.execute(update(members).where(*mine, seen).values({moment: next_at})).rowcount == 1
