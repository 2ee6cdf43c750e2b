"""What all tables share."""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String, text

from bot.storage.types import BigInt

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SLACK_ID = String(32)
NAME = String(200)


def only(condition: str) -> dict[str, Any]:
    """The rows a partial index holds, said to both databases."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def workspace() -> Column[str]:
    """Whose row it is."""
    return Column("workspace_id", SLACK_ID, nullable=False)


def number() -> Column[int]:
    """A row's own number, counted up by the database."""
    return Column("id", BigInt, primary_key=True, autoincrement=True)


def prospect_key() -> tuple[Column[str], Column[int], ForeignKeyConstraint]:
    """Which prospect of the same workspace it is about."""
    return (
        workspace(),
        Column("prospect_id", BigInt, nullable=False),
        ForeignKeyConstraint(["workspace_id", "prospect_id"], ["prospects.workspace_id", "prospects.id"]),
    )


def member_key(name: str) -> tuple[Column[str], ForeignKeyConstraint]:
    """Which member of the same workspace."""
    return (
        Column(name, SLACK_ID, nullable=False),
        ForeignKeyConstraint(["workspace_id", name], ["members.workspace_id", "members.id"]),
    )
