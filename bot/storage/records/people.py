"""Workspaces and who works in them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.storage.records.base import JOINED
from bot.storage.tables import Rhythm, Role
from cadences.work_calendar import NO_RULES, DayRules, Leave, WorkCalendar


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
class Draft:
    """A typed line that waits for an answer."""

    id: int
    workspace_id: str
    member_id: str
    kind: str
    typed: str
    created_at: datetime
