"""The words that columns keep: what somebody is, did, and is sent."""

from enum import StrEnum


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
