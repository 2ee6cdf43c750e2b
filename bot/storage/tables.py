"""Every table. The workspace's id stands in each of them and in each query."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
)

from bot.storage.types import BigInt, Json, Kept, UtcDateTime, Weekdays, Words
from cadences.model import (
    NO_RULES,
    Channel,
    DayRules,
    EnrollmentState,
    FollowUpType,
    Leave,
    LostReason,
    Mood,
    Outcome,
    Purpose,
    Stage,
    Temperature,
)

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


class Role(StrEnum):
    """What a member may do: a manager also acts on others' prospects, an admin also changes roles."""

    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"


class ChangeKind(StrEnum):
    """What somebody did; each can be undone."""

    ADDED = "added"
    EDITED = "edited"
    NOTED = "noted"
    LOGGED = "logged"
    SNOOZED = "snoozed"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"
    HANDED_OVER = "handed_over"
    CADENCE = "cadence"
    SETTINGS = "settings"
    PAUSED = "paused"
    TEAM = "team"
    ROLE = "role"
    SKIPPED = "skipped"
    OUT_OF_OFFICE = "out_of_office"
    ANSWERED = "answered"
    MET = "met"
    LIFTED = "lifted"
    REOPENED = "reopened"
    CALENDAR = "calendar"
    LEAVE = "leave"
    REPLANNED = "replanned"
    DROPPED = "dropped"
    BATCH = "batch"
    MERGED = "merged"
    HOOK = "hook"
    RESOURCE = "resource"
    VIEW = "view"
    SHORTHAND = "shorthand"
    ONE_MORE = "one_more"
    TOUCH_EDITED = "touch_edited"
    TOUCH_DELETED = "touch_deleted"
    UNDONE = "undone"


class Rhythm(StrEnum):
    """How often a member's digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


class StepEnd(StrEnum):
    """How a step ended: what statistics count, apart from its outcome."""

    DONE = "done"
    SKIPPED = "skipped"
    JUMPED = "jumped"
    RESTARTED = "restarted"
    SNOOZED = "snoozed"
    MOVED = "moved"
    PAUSED = "paused"
    SWITCHED = "switched"
    STOPPED = "stopped"
    CLOSED = "closed"


class DeliveryKind(StrEnum):
    """What is sent at most once per recipient, local date and subject."""

    DAILY = "daily"
    TEAM = "team"
    NUDGE = "nudge"
    NEWS = "news"
    QUESTION = "question"
    ZONE = "zone"
    SECOND_NUDGE = "second_nudge"
    RECAP = "recap"
    WELCOME = "welcome"


class DeliveryState(StrEnum):
    """pending → leased → sent or failed; skipped is silence with a logged reason."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


def _only(condition: str) -> dict[str, Any]:
    """The rows a partial index holds, said to both databases."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def _workspace() -> Column[str]:
    return Column("workspace_id", SLACK_ID, nullable=False)


def _id() -> Column[int]:
    return Column("id", BigInt, primary_key=True, autoincrement=True)


def _prospect_key() -> tuple[Column[str], Column[int], ForeignKeyConstraint]:
    return (
        _workspace(),
        Column("prospect_id", BigInt, nullable=False),
        ForeignKeyConstraint(["workspace_id", "prospect_id"], ["prospects.workspace_id", "prospects.id"]),
    )


MEMBER_MOMENTS = ("next_digest_at", "next_nudge_at", "next_recap_at")
"""When something is due that a member hears of."""


def _member_key(name: str) -> tuple[Column[str], ForeignKeyConstraint]:
    return (
        Column(name, SLACK_ID, nullable=False),
        ForeignKeyConstraint(["workspace_id", name], ["members.workspace_id", "members.id"]),
    )


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
    _workspace(),
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
    _workspace(),
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
    *(Index(None, name, **_only(f"{name} IS NOT NULL")) for name in MEMBER_MOMENTS),
)

prospects = Table(
    "prospects",
    metadata,
    _id(),
    _workspace(),
    *_member_key("owner_id"),
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
    Index("ix_prospects_do_not_contact", "workspace_id", **_only("do_not_contact_at IS NOT NULL")),
    Index(
        "ix_prospects_silent",
        *("workspace_id", "silent_run", "answered_run", "stage", "do_not_contact_at", "id"),
        **_only("silent_run > 0"),
    ),
    sqlite_autoincrement=True,  # an undone prospect's number is never given to another: old buttons name numbers
)

enrollments = Table(
    "enrollments",
    metadata,
    _id(),
    *_prospect_key(),
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
        **_only("ended_at IS NULL"),
    ),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)

cadences = Table(
    "cadences",
    metadata,
    _workspace(),
    Column("key", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("definition", Text, nullable=False, comment="its text; a version never changes"),
    *_member_key("member_id"),
    Column("owner_id", SLACK_ID, comment="whose own it is; NULL: everybody's"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime, comment="nobody new is put on it"),
    PrimaryKeyConstraint("workspace_id", "key", "version"),
)

cadence_rules = Table(
    "cadence_rules",
    metadata,
    _id(),
    _workspace(),
    *_member_key("member_id"),
    Column("cadence", String(64), nullable=False),
    Column("value_from_minor", BigInt),
    Column("value_below_minor", BigInt),
    Column("industry", NAME),
    Column("source", NAME),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "id"),
    sqlite_autoincrement=True,
)

steps = Table(
    "steps",
    metadata,
    _id(),
    *_prospect_key(),
    *_member_key("owner_id"),
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
        **_only("closed_at IS NULL"),
    ),
    Index("ix_steps_closed", "workspace_id", "prospect_id", **_only("closed_at IS NOT NULL")),
    Index(
        "ix_steps_due",
        "workspace_id",
        "owner_id",
        "due_at",
        **_only("closed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

touches = Table(
    "touches",
    metadata,
    _id(),
    *_prospect_key(),
    *_member_key("member_id"),
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
    _id(),
    *_prospect_key(),
    *_member_key("member_id"),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "prospect_id", "created_at"),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    _id(),
    _workspace(),
    *_member_key("member_id"),
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
        **_only("undone_at IS NULL AND request_id IS NOT NULL"),
    ),
    Index(None, "workspace_id", "member_id", "id"),
    Index(None, "workspace_id", "prospect_id", "id"),
    Index(None, "workspace_id", "step_id"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _workspace(),
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
        **_only("state IN ('pending', 'leased')"),
    ),
    sqlite_autoincrement=True,
)

saved_views = Table(
    "saved_views",
    metadata,
    _workspace(),
    *_member_key("member_id"),
    Column("key", NAME, nullable=False),
    Column("name", NAME, nullable=False),
    Column("line", Text, nullable=False, comment="what would be typed behind find"),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "member_id", "key"),
)

shorthands = Table(
    "shorthands",
    metadata,
    _workspace(),
    *_member_key("member_id"),
    Column("key", NAME, nullable=False),
    Column("words", NAME, nullable=False, comment="as they are typed in an add line"),
    Column("field", String(24), nullable=False, comment="what of a prospect they say"),
    Column("meaning", Text, nullable=False, comment="what is kept in their place"),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "member_id", "key"),
)

team_digests = Table(
    "team_digests",
    metadata,
    _workspace(),
    Column("channel_id", SLACK_ID, nullable=False),
    *_member_key("member_id"),
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
        **_only("next_digest_at IS NOT NULL"),
    ),
)

hooks = Table(
    "hooks",
    metadata,
    _id(),
    *_prospect_key(),
    *_member_key("member_id"),
    Column("text", Text, nullable=False, comment="what they care about, for a draft to refer to"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)

resources = Table(
    "resources",
    metadata,
    _id(),
    _workspace(),
    *_member_key("member_id"),
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
    _id(),
    *_prospect_key(),
    *_member_key("member_id"),
    Column("resource_id", BigInt, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id", "resource_id"], ["resources.workspace_id", "resources.id"]),
    Index(None, "workspace_id", "prospect_id", "id"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _workspace(),
    *_member_key("member_id"),
    Column("kind", String(32), nullable=False),
    Column("typed", Text, nullable=False, comment="what was typed, kept while a question about it is open"),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
