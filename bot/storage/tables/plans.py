"""What is next: cadences, who is on which, and the steps."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from bot.storage.tables.base import NAME, SLACK_ID, member_key, metadata, number, only, prospect_key, workspace
from bot.storage.tables.kinds import StepEnd
from bot.storage.types import BigInt, Kept, UtcDateTime, Words
from cadences.model import Channel, EnrollmentState, FollowUpType, Outcome, Purpose

cadences = Table(
    "cadences",
    metadata,
    workspace(),
    Column("key", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("definition", Text, nullable=False, comment="its text; a version never changes"),
    *member_key("member_id"),
    Column("owner_id", SLACK_ID, comment="whose own it is; NULL: everybody's"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime, comment="nobody new is put on it"),
    PrimaryKeyConstraint("workspace_id", "key", "version"),
)

cadence_rules = Table(
    "cadence_rules",
    metadata,
    number(),
    workspace(),
    *member_key("member_id"),
    Column("cadence", String(64), nullable=False),
    Column("value_from_minor", BigInt),
    Column("value_below_minor", BigInt),
    Column("industry", NAME),
    Column("source", NAME),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "id"),
    sqlite_autoincrement=True,
)

enrollments = Table(
    "enrollments",
    metadata,
    number(),
    *prospect_key(),
    Column("cadence", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("done_number", Integer, nullable=False),
    Column("state", Words(EnrollmentState), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(
        "uq_enrollments_active",
        "workspace_id",
        "prospect_id",
        unique=True,
        **only("ended_at IS NULL"),
    ),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)

steps = Table(
    "steps",
    metadata,
    number(),
    *prospect_key(),
    *member_key("owner_id"),
    Column("cadence", String(64)),
    Column("number", Integer),
    Column("of", Integer),
    Column("channel", Words(Channel), nullable=False),
    Column("type", Words(FollowUpType), nullable=False),
    Column("purpose", Words(Purpose), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("timed", Boolean, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("snoozes", Integer, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("version", Integer, comment="of the cadence"),
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("skipped", Kept(tuple[int, ...], ()), comment="numbers passed over before it: no phone, no e-mail"),
    Column("wanted_on", Date, comment="where it would be, had that day not been full"),
    Column("paused_until_on", Date, comment="they are away"),
    Column("ended_as", Words(StepEnd)),
    Column("outcome", Words(Outcome)),
    Column("reason", Text, comment="why it was skipped, or the cadence stopped"),
    Index(
        "uq_steps_open",
        "workspace_id",
        "prospect_id",
        unique=True,
        **only("closed_at IS NULL"),
    ),
    Index("ix_steps_closed", "workspace_id", "prospect_id", **only("closed_at IS NOT NULL")),
    Index(
        "ix_steps_due",
        "workspace_id",
        "owner_id",
        "due_at",
        **only("closed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)
