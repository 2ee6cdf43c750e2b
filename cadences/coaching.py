"""Why a prospect deserves a look now: each reason a fact with a number, for views to put into words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cadences.calendar import business_days_between, local_date
from cadences.decisions import PlannedStep
from cadences.model import Channel, Outcome
from cadences.stalled import silence
from cadences.work_calendar import WorkCalendar

REASONS_AT_MOST = 3
CLOSE_DATE_NEAR_DAYS = 14
SNOOZES_WORTH_SAYING = 2


class ReasonKind(StrEnum):
    """What a reason is about."""

    PROMISED = "promised"
    OVERDUE = "overdue"
    SILENT = "silent"
    NEVER_TOUCHED = "never_touched"
    CLOSES_SOON = "closes_soon"
    CLOSE_PASSED = "close_passed"
    SNOOZED = "snoozed"
    IDLE = "idle"
    PARKED = "parked"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``count`` is business days for overdue, silent and idle, calendar days for a close date."""

    kind: ReasonKind
    count: int = 0
    channel: Channel | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class NowFacts:
    """What is known of a prospect when its row is drawn."""

    step: PlannedStep
    snoozes: int = 0
    last_touch_at: datetime | None = None
    last_channel: Channel | None = None
    last_outcome: Outcome | None = None
    close_on: date | None = None
    was_parked: bool = False
    awaited: bool = False
    """It was put off because it was for them to answer."""
    idle_days: int | None = None
    """Business days without activity, where that makes the deal stalled."""


def why_now(facts: NowFacts, today: date, cal: WorkCalendar) -> tuple[Reason, ...]:
    """The strongest reasons, at most three, the strongest first."""
    found = [
        _promised(facts, today, cal),
        _overdue(facts, today, cal),
        Reason(ReasonKind.PARKED) if facts.was_parked else None,
        Reason(ReasonKind.AWAITED) if facts.awaited else None,
        Reason(ReasonKind.IDLE, facts.idle_days) if facts.idle_days is not None else None,
        _close_date(facts, today),
        _silence(facts, today, cal) if facts.idle_days is None else None,  # idle says it already
        Reason(ReasonKind.SNOOZED, facts.snoozes) if facts.snoozes >= SNOOZES_WORTH_SAYING else None,
    ]
    return tuple(reason for reason in found if reason is not None)[:REASONS_AT_MOST]


def _promised(facts: NowFacts, today: date, cal: WorkCalendar) -> Reason | None:
    if not facts.step.promised or local_date(facts.step.due_at, cal.zone) > today:
        return None
    return Reason(ReasonKind.PROMISED)


def _overdue(facts: NowFacts, today: date, cal: WorkCalendar) -> Reason | None:
    due_on = local_date(facts.step.due_at, cal.zone)
    if due_on >= today:
        return None
    return Reason(ReasonKind.OVERDUE, max(1, business_days_between(due_on, today, cal)))


def _close_date(facts: NowFacts, today: date) -> Reason | None:
    if facts.close_on is None:
        return None
    days = (facts.close_on - today).days
    if days < 0:
        return Reason(ReasonKind.CLOSE_PASSED, -days)
    return Reason(ReasonKind.CLOSES_SOON, days) if days <= CLOSE_DATE_NEAR_DAYS else None


def _silence(facts: NowFacts, today: date, cal: WorkCalendar) -> Reason | None:
    if facts.last_touch_at is None:
        return Reason(ReasonKind.NEVER_TOUCHED)
    days = business_days_between(local_date(facts.last_touch_at, cal.zone), today, silence(cal))
    return Reason(ReasonKind.SILENT, days, facts.last_channel, facts.last_outcome)
