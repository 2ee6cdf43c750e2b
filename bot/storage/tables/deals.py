"""Prospects, and what happened between us and them."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text, Time, UniqueConstraint

from bot.storage.tables.base import NAME, SLACK_ID, member_key, metadata, number, only, prospect_key, workspace
from bot.storage.types import BigInt, UtcDateTime, Words
from cadences.model import Channel, FollowUpType, LostReason, Mood, Outcome, Stage, Temperature

prospects = Table(
    "prospects",
    metadata,
    number(),
    workspace(),
    *member_key("owner_id"),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("company", NAME),
    Column("company_key", NAME),
    Column("role", NAME),
    Column("email", String(320)),
    Column("phone", String(40)),
    Column("value_minor", BigInt),
    Column("currency", String(3)),
    Column("stage", Words(Stage), nullable=False),
    Column("stage_since_at", UtcDateTime, nullable=False),
    Column("source", NAME),
    Column("close_on", Date),
    Column("parked_until_on", Date),
    Column("lost_reason", Words(LostReason)),
    Column("closed_on", Date),
    Column("close_note", Text),
    Column("active_at", UtcDateTime, nullable=False, comment="last done touch, reply or note: the stalled clock"),
    Column("active_kind", String(24), nullable=False, comment="what reset that clock: a channel, reply, note or added"),
    Column("active_by", SLACK_ID, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("zone", String(64), comment="where they are; without it their phone number may tell"),
    Column("industry", NAME),
    Column("renewal_on", Date),
    Column("do_not_contact_at", UtcDateTime),
    Column("temperature", Words(Temperature), comment="set by hand; without it the score tells"),
    Column("preferred_channel", Words(Channel)),
    Column("best_time", Time, comment="on their wall clock"),
    Column("merged_into_id", BigInt, comment="the prospect that this one became part of"),
    Column("profile_url", Text, comment="their page on LinkedIn, or wherever they show themselves"),
    Column("silent_run", Integer, nullable=False, server_default="0", comment="most touches in a row nobody answered"),
    Column("answered_run", Integer, nullable=False, server_default="0", comment="of those before their last answer"),
    UniqueConstraint("workspace_id", "id"),
    Index(None, "workspace_id", "owner_id", "stage"),
    Index(None, "workspace_id", "name_key"),
    Index(None, "workspace_id", "company_key"),
    Index(None, "workspace_id", "email"),
    Index(None, "workspace_id", "phone"),
    Index("ix_prospects_do_not_contact", "workspace_id", **only("do_not_contact_at IS NOT NULL")),
    Index(
        "ix_prospects_silent",
        *("workspace_id", "silent_run", "answered_run", "stage", "do_not_contact_at", "id"),
        **only("silent_run > 0"),
    ),
    sqlite_autoincrement=True,  # an undone prospect's number is never given to another: old buttons name numbers
)

touches = Table(
    "touches",
    metadata,
    number(),
    *prospect_key(),
    *member_key("member_id"),
    Column("channel", Words(Channel), nullable=False),
    Column("type", Words(FollowUpType), nullable=False),
    Column("outcome", Words(Outcome), nullable=False),
    Column("note", Text),
    Column("cadence", String(64)),
    Column("number", Integer),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, comment="of the cadence"),
    Column("mood", Words(Mood)),
    Column("via", NAME, comment="a channel of the team's own, by its name"),
    Index(None, "workspace_id", "prospect_id", "happened_at"),
    Index(None, "workspace_id", "member_id", "happened_at"),
    sqlite_autoincrement=True,
)

notes = Table(
    "notes",
    metadata,
    number(),
    *prospect_key(),
    *member_key("member_id"),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "prospect_id", "created_at"),
    sqlite_autoincrement=True,
)

hooks = Table(
    "hooks",
    metadata,
    number(),
    *prospect_key(),
    *member_key("member_id"),
    Column("text", Text, nullable=False, comment="what they care about, for a draft to refer to"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)

resources = Table(
    "resources",
    metadata,
    number(),
    workspace(),
    *member_key("member_id"),
    Column("title", NAME, nullable=False),
    Column("url", Text, nullable=False),
    Column("industry", NAME),
    Column("objection", NAME),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    UniqueConstraint("workspace_id", "id"),
    sqlite_autoincrement=True,
)

resource_uses = Table(
    "resource_uses",
    metadata,
    number(),
    *prospect_key(),
    *member_key("member_id"),
    Column("resource_id", BigInt, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id", "resource_id"], ["resources.workspace_id", "resources.id"]),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)
