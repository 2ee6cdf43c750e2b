"""Which deals have stalled, and in which order they deserve a look."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from cadences.calendar import business_days_between, local_date
from cadences.model import Stage
from cadences.work_calendar import WEEKDAYS, WorkCalendar

IDLE_LIMITS: Mapping[Stage, int] = MappingProxyType(
    {Stage.NEW: 5, Stage.WORKING: 7, Stage.ENGAGED: 10, Stage.PROPOSAL: 14}
)
"""Business days without a done touch, reply or note; at the limit the deal is idle."""

AGEING_LIMITS: Mapping[Stage, int] = MappingProxyType(
    {Stage.NEW: 30, Stage.WORKING: 45, Stage.ENGAGED: 60, Stage.PROPOSAL: 60}
)
"""Calendar days in one stage; at the limit the deal is ageing."""


class Label(StrEnum):
    """What is the matter with a deal; each is told on its own."""

    IDLE = "idle"
    AGEING = "ageing"
    PAST_CLOSE = "past its close date"


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What is known about an open deal; `last_activity_at` is its latest done touch, reply or note."""

    stage: Stage
    last_activity_at: datetime | None
    stage_since_at: datetime
    close_on: date | None = None
    next_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a deal stands: the facts as labels, and whether a step is planned soon enough to count."""

    idle_days: int
    labels: tuple[Label, ...] = ()
    planned: bool = False
    next_step_too_far: bool = False

    @property
    def stalled(self) -> bool:
        """True when the deal is idle and nothing is planned inside the limit."""
        return Label.IDLE in self.labels and not self.planned


def silence(cal: WorkCalendar) -> WorkCalendar:
    """The days that count as silence: the owner's, in a whole week where hers is shorter.

    They wait on her free Thursday too; whoever works one day a week would else hear of a deal after three months.
    """
    return cal if len(cal.workdays) >= len(WEEKDAYS) else replace(cal, workdays=WEEKDAYS)


def judge(
    facts: DealFacts,
    now: datetime,
    cal: WorkCalendar,
    idle_limits: Mapping[Stage, int] = IDLE_LIMITS,
    ageing_limits: Mapping[Stage, int] = AGEING_LIMITS,
) -> Verdict:
    """How the deal stands now; a deal that is not open never stalls."""
    cal = silence(cal)
    today = local_date(now, cal.zone)
    since = facts.last_activity_at or facts.stage_since_at
    idle_days = business_days_between(local_date(since, cal.zone), today, cal)
    if not facts.stage.is_open:
        return Verdict(idle_days)
    limit = idle_limits[facts.stage]
    age = (today - local_date(facts.stage_since_at, cal.zone)).days
    found = {
        Label.IDLE: idle_days >= limit,
        Label.AGEING: age >= ageing_limits[facts.stage],
        Label.PAST_CLOSE: facts.close_on is not None and facts.close_on < today,
    }
    ahead = _days_ahead(facts.next_due_at, today, cal)
    return Verdict(
        idle_days=idle_days,
        labels=tuple(label for label, holds in found.items() if holds),
        planned=ahead is not None and ahead <= limit,
        next_step_too_far=ahead is not None and ahead > limit,
    )


def _days_ahead(next_due_at: datetime | None, today: date, cal: WorkCalendar) -> int | None:
    """Business days until the next step; None without one, and for an overdue one: ignoring a step plans nothing."""
    if next_due_at is None:
        return None
    due_on = local_date(next_due_at, cal.zone)
    return business_days_between(today, due_on, cal) if due_on >= today else None


def rank(value_minor: int | None, idle_days: int) -> tuple[int, int]:
    """A sort key, the most urgent first: by value × idle days, then deals without a value by idle days."""
    if not value_minor:
        return 1, -idle_days
    return 0, -value_minor * idle_days
