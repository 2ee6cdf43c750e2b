"""What is next: cadences, who is on which, and the steps."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.tables import StepEnd
from cadences.decisions import PlannedStep
from cadences.model import Channel, EnrollmentState, FollowUpType, Outcome, Purpose


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
