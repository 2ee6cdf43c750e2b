"""The rows as frozen records, column for column (a test compares them with the tables)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Result, Row

from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState, Rhythm, Role, StepEnd
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
    PlannedStep,
    Purpose,
    Stage,
    Temperature,
    WorkCalendar,
)

R = TypeVar("R")
JOINED = {"joined": True}
"""Marks a field that is read from another table and no column of its own."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One Slack workspace."""

    id: str
    name: str
    bot_user_id: str
    currency: str
    created_at: datetime
    uninstalled_at: datetime | None
    rules: DayRules = NO_RULES


@dataclass(frozen=True, slots=True)
class Team:
    """Members who share their holidays and days off."""

    workspace_id: str
    key: str
    name: str
    rules: DayRules
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the workspace who uses the app."""

    workspace_id: str
    id: str
    name: str
    zone: str
    locale: str
    role: Role
    is_deleted: bool
    dm_channel: str | None
    digest_time: time
    workdays: frozenset[int]
    digest_on: bool
    all_clear: bool
    paused_until_on: date | None
    next_digest_at: datetime | None
    created_at: datetime
    team: str | None
    opens_time: time
    closes_time: time
    due_cap: int
    new_cap: int
    rules: DayRules
    leave: tuple[Leave, ...]
    rhythm: Rhythm
    second_nudge: bool
    recap: bool
    onboarded_at: datetime | None
    next_nudge_at: datetime | None
    next_recap_at: datetime | None
    language: str | None
    team_rules: DayRules = field(default=NO_RULES, metadata=JOINED)
    workspace_rules: DayRules = field(default=NO_RULES, metadata=JOINED)

    @property
    def calendar(self) -> WorkCalendar:
        """When she works."""
        levels = (self.rules, self.team_rules, self.workspace_rules)
        return WorkCalendar(
            ZoneInfo(self.zone),
            self.workdays,
            opens=self.opens_time,
            closes=self.closes_time,
            rules=tuple(rules for rules in levels if rules != NO_RULES),
            leave=self.leave,
        )

    def local(self, moment: datetime) -> datetime:
        """``moment`` on her wall clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    @property
    def speaks(self) -> str:
        """The locale she is spoken to in: the language she chose, else as in her Slack, with its country's habits."""
        return self.locale if self.language is None or self.locale.startswith(self.language) else self.language

    @property
    def may_manage(self) -> bool:
        """True for managers and admins, who act on others' prospects too."""
        return self.role in {Role.MANAGER, Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Prospect:
    """A person we want to win, and where the deal stands."""

    id: int
    workspace_id: str
    owner_id: str
    name: str
    name_key: str
    company: str | None
    company_key: str | None
    role: str | None
    email: str | None
    phone: str | None
    value_minor: int | None
    currency: str | None
    stage: Stage
    stage_since_at: datetime
    source: str | None
    close_on: date | None
    parked_until_on: date | None
    lost_reason: LostReason | None
    closed_on: date | None
    close_note: str | None
    active_at: datetime
    active_kind: str
    active_by: str
    created_at: datetime
    zone: str | None
    industry: str | None
    renewal_on: date | None
    do_not_contact_at: datetime | None
    temperature: Temperature | None
    preferred_channel: Channel | None
    best_time: time | None
    merged_into_id: int | None
    profile_url: str | None
    silent_run: int
    answered_run: int


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A prospect on a cadence."""

    id: int
    workspace_id: str
    prospect_id: int
    cadence: str
    version: int
    done_number: int
    state: EnrollmentState
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """One immutable version of a cadence made in Slack."""

    workspace_id: str
    key: str
    version: int
    definition: str
    member_id: str
    owner_id: str | None
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class CadenceRule:
    """Which cadence is suggested for whom; what is None does not matter."""

    id: int
    workspace_id: str
    member_id: str
    cadence: str
    value_from_minor: int | None
    value_below_minor: int | None
    industry: str | None
    source: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StepRow:
    """A next step; the open one of a prospect has no ``closed_at``."""

    id: int
    workspace_id: str
    prospect_id: int
    owner_id: str
    cadence: str | None
    number: int | None
    of: int | None
    channel: Channel
    type: FollowUpType
    purpose: Purpose
    due_at: datetime
    timed: bool
    promised: bool
    snoozes: int
    closed_at: datetime | None
    version: int | None
    attempt: int
    skipped: tuple[int, ...]
    wanted_on: date | None
    paused_until_on: date | None
    ended_as: StepEnd | None
    outcome: Outcome | None
    reason: str | None

    @property
    def planned(self) -> PlannedStep:
        """The step as the engine knows it."""
        return PlannedStep(
            self.due_at,
            self.channel,
            self.type,
            self.purpose,
            self.number,
            timed=self.timed,
            promised=self.promised,
            attempt=self.attempt,
            skipped=self.skipped,
            wanted_on=self.wanted_on,
            paused_until_on=self.paused_until_on,
        )


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact made."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    channel: Channel
    type: FollowUpType
    outcome: Outcome
    note: str | None
    cadence: str | None
    number: int | None
    happened_at: datetime
    created_at: datetime
    version: int | None
    mood: Mood | None
    via: str | None


@dataclass(frozen=True, slots=True)
class SavedView:
    """A search that somebody keeps under a name."""

    workspace_id: str
    member_id: str
    key: str
    name: str
    line: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Words of somebody's own in an add line, and what they mean."""

    workspace_id: str
    member_id: str
    key: str
    words: str
    field: str
    meaning: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember about a prospect."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One undoable action: who, when, from where, which rows, before and after."""

    id: int
    workspace_id: str
    member_id: str
    kind: ChangeKind
    origin: str
    request_id: str | None
    prospect_id: int | None
    step_id: int | None
    facts: dict[str, Any]
    images: list[dict[str, Any]]
    happened_at: datetime
    undone_at: datetime | None
    undoes_id: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be said once: the outbox's row."""

    id: int
    workspace_id: str
    kind: DeliveryKind
    recipient_id: str
    local_on: date
    subject: str
    state: DeliveryState
    reason: str | None
    content: dict[str, Any] | None
    page: int
    channel: str | None
    ts: str | None
    attempts: int
    not_before_at: datetime
    leased_until_at: datetime | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class TeamDigest:
    """Where and when a channel hears of its stalled deals."""

    workspace_id: str
    channel_id: str
    member_id: str
    zone: str
    weekday: int
    post_time: time
    shows_money: bool
    is_on: bool
    next_digest_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A typed line that waits for an answer."""

    id: int
    workspace_id: str
    member_id: str
    kind: str
    typed: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Hook:
    """What a prospect cares about, for a draft to refer to."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    text: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of value to send along."""

    id: int
    workspace_id: str
    member_id: str
    title: str
    url: str
    industry: str | None
    objection: str | None
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResourceUse:
    """A resource that was sent to somebody."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    resource_id: int
    used_at: datetime


def record(kind: Callable[..., R], row: Row[Any] | Sequence[Any]) -> R:
    """The row of a ``select(table)`` as its record."""
    return kind(*row)


def one(kind: Callable[..., R], result: Result[Any]) -> R | None:
    """The only row as its record, or None."""
    row = result.one_or_none()
    return None if row is None else kind(*row)


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """The record's field names, which are its table's column names."""
    return tuple(item.name for item in fields(kind) if not item.metadata)


def values_of(row: Any) -> dict[str, Any]:
    """The record's values by column name."""
    return {name: getattr(row, name) for name in columns_of(type(row))}
