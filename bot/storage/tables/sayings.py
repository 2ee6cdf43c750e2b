"""What was done and what is said: changes, the outbox, and the channels that hear of stalled deals."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from bot.storage.tables.base import SLACK_ID, member_key, metadata, number, only, workspace
from bot.storage.tables.kinds import ChangeKind, DeliveryKind, DeliveryState
from bot.storage.types import BigInt, Json, UtcDateTime, Words

changes = Table(
    "changes",
    metadata,
    number(),
    workspace(),
    *member_key("member_id"),
    Column("kind", Words(ChangeKind), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("request_id", String(255)),
    Column("prospect_id", BigInt),
    Column("step_id", BigInt, comment="the step it made the next one"),
    Column("facts", Json, nullable=False, comment="what its words are made of"),
    Column("images", Json, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undoes_id", BigInt),
    Index(
        "uq_changes_request",
        "workspace_id",
        "request_id",
        unique=True,
        **only("undone_at IS NULL AND request_id IS NOT NULL"),
    ),
    Index(None, "workspace_id", "member_id", "id"),
    Index(None, "workspace_id", "prospect_id", "id"),
    Index(None, "workspace_id", "step_id"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    number(),
    workspace(),
    Column("kind", Words(DeliveryKind), nullable=False),
    Column("recipient_id", SLACK_ID, nullable=False, comment="a member, or the channel of a team digest"),
    Column("local_on", Date, nullable=False),
    Column("subject", String(64), nullable=False, server_default="", comment="what it is about; a digest has none"),
    Column("state", Words(DeliveryState), nullable=False),
    Column("reason", Text, comment="why it was skipped or failed, in words"),
    Column("content", Json),
    Column("page", Integer, nullable=False, server_default="0"),
    Column("channel", SLACK_ID),
    Column("ts", String(32)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before_at", UtcDateTime, nullable=False),
    Column("leased_until_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    UniqueConstraint("workspace_id", "kind", "recipient_id", "local_on", "subject"),
    Index(None, "workspace_id", "channel", "ts"),
    Index(
        "ix_deliveries_open",
        "not_before_at",
        **only("state IN ('pending', 'leased')"),
    ),
    sqlite_autoincrement=True,
)

team_digests = Table(
    "team_digests",
    metadata,
    workspace(),
    Column("channel_id", SLACK_ID, nullable=False),
    *member_key("member_id"),
    Column("zone", String(64), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("post_time", Time, nullable=False),
    Column("shows_money", Boolean, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("next_digest_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id"),
    Index(
        None,
        "next_digest_at",
        **only("next_digest_at IS NOT NULL"),
    ),
)
