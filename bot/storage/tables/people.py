"""Workspaces and who works in them: teams, members, and what each member keeps for herself."""

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
    false,
)

from bot.storage.tables.base import NAME, SLACK_ID, member_key, metadata, number, only, workspace
from bot.storage.tables.kinds import Rhythm, Role
from bot.storage.types import Kept, UtcDateTime, Weekdays, Words
from cadences.work_calendar import NO_RULES, DayRules, Leave

MEMBER_MOMENTS = ("next_digest_at", "next_nudge_at", "next_recap_at")
"""When something is due that a member hears of."""

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", SLACK_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("bot_user_id", SLACK_ID, nullable=False),
    Column("currency", String(3), nullable=False, server_default="USD"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("uninstalled_at", UtcDateTime),
    Column("rules", Kept(DayRules, NO_RULES), comment="which days differ for everybody"),
)

teams = Table(
    "teams",
    metadata,
    workspace(),
    Column("key", NAME, nullable=False),
    Column("name", NAME, nullable=False),
    Column("rules", Kept(DayRules, NO_RULES), comment="which days differ for the team"),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)

members = Table(
    "members",
    metadata,
    workspace(),
    Column("id", SLACK_ID, nullable=False),
    Column("name", NAME, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("role", Words(Role), nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    Column("dm_channel", SLACK_ID),
    Column("digest_time", Time, nullable=False),
    Column("workdays", Weekdays, nullable=False),
    Column("digest_on", Boolean, nullable=False),
    Column("all_clear", Boolean, nullable=False, comment="wants to hear that nothing is due"),
    Column("paused_until_on", Date),
    Column("next_digest_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("team", NAME, comment="the key of her team; a team that is gone sets no days"),
    Column("opens_time", Time, nullable=False, server_default="08:00:00"),
    Column("closes_time", Time, nullable=False, server_default="18:00:00", comment="quiet hours begin"),
    Column("due_cap", Integer, nullable=False, server_default="20"),
    Column("new_cap", Integer, nullable=False, server_default="10"),
    Column("rules", Kept(DayRules, NO_RULES), comment="which days differ for her"),
    Column("leave", Kept(tuple[Leave, ...], ())),
    Column("rhythm", Words(Rhythm), nullable=False, server_default="daily"),
    Column("second_nudge", Boolean, nullable=False, server_default=false()),
    Column("recap", Boolean, nullable=False, server_default=false(), comment="wants the weekly recap"),
    Column("onboarded_at", UtcDateTime),
    Column("next_nudge_at", UtcDateTime),
    Column("next_recap_at", UtcDateTime),
    Column("language", String(16), comment="chosen by hand; else as in Slack"),
    PrimaryKeyConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    *(Index(None, name, **only(f"{name} IS NOT NULL")) for name in MEMBER_MOMENTS),
)

saved_views = Table(
    "saved_views",
    metadata,
    workspace(),
    *member_key("member_id"),
    Column("key", NAME, nullable=False),
    Column("name", NAME, nullable=False),
    Column("line", Text, nullable=False, comment="what would be typed behind find"),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "member_id", "key"),
)

shorthands = Table(
    "shorthands",
    metadata,
    workspace(),
    *member_key("member_id"),
    Column("key", NAME, nullable=False),
    Column("words", NAME, nullable=False, comment="as they are typed in an add line"),
    Column("field", String(24), nullable=False, comment="what of a prospect they say"),
    Column("meaning", Text, nullable=False, comment="what is kept in their place"),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "member_id", "key"),
)

drafts = Table(
    "drafts",
    metadata,
    number(),
    workspace(),
    *member_key("member_id"),
    Column("kind", String(32), nullable=False),
    Column("typed", Text, nullable=False, comment="what was typed, kept while a question about it is open"),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
