"""What a cadence comes to: the dated list, by the very code that schedules it, each step done when it is due."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from cadences import calendar, engine
from cadences.model import (
    Advance,
    Cadence,
    Decision,
    Delay,
    DelayUnit,
    EndAction,
    Finish,
    Outcome,
    PlannedStep,
    Step,
    WorkCalendar,
)

USUAL = Outcome.SENT
"""Done, and nobody answered. What a call usually comes to, connected, leads to the same next step."""

AT_THE_END = {
    EndAction.ASK: engine.NEXT_BUSINESS_DAY,
    EndAction.STOP: Delay(engine.PARK_DAYS, DelayUnit.DAYS),
    EndAction.NURTURE: engine.NURTURE_EVERY,
}


class Shift(StrEnum):
    """Why a date is later than its delay alone would have it."""

    FREE_DAY = "free day"
    NIGHT = "night"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Dated:
    """A planned step with what moved it; ``wanted_on`` is its date if every day were a workday."""

    planned: PlannedStep
    wanted_on: date
    shifts: frozenset[Shift]

    @property
    def due_at(self) -> datetime:
        """When it is due, in UTC."""
        return self.planned.due_at


@dataclass(frozen=True, slots=True)
class Preview:
    """Every step with its date, and what follows the last one when nobody answers."""

    cadence: Cadence
    starts_at: datetime
    cal: WorkCalendar
    steps: tuple[Dated, ...]
    end: Finish
    then: Dated | None

    @property
    def rows(self) -> tuple[tuple[Step, Dated], ...]:
        """Each step as it is written, with its date."""
        return tuple(zip(self.cadence.steps, self.steps, strict=True))


def preview(cadence: Cadence, now: datetime, cal: WorkCalendar, *, last_touch_at: datetime | None = None) -> Preview:
    """The list as it would be if the cadence started now, each step were done when it is due and nobody answered."""
    dated: list[Dated] = []
    after_at, touched_at = now, last_touch_at
    decision: Decision = engine.start(cadence, now, cal, last_touch_at=last_touch_at)
    while isinstance(decision, Advance):
        dated.append(_dated(decision.step, cadence.steps[len(dated)].delay, after_at, cal))
        due_at = decision.step.due_at
        decision = engine.after_touch(cadence, len(dated), USUAL, due_at, due_at, cal, last_touch_at=touched_at)
        after_at = touched_at = due_at
    if not isinstance(decision, Finish):
        raise TypeError(f"a step that was done leads on or to the end, not to {decision}")
    then = _dated(decision.step, _end_delay(cadence), after_at, cal) if decision.step else None
    return Preview(cadence, now, cal, tuple(dated), decision, then)


def _end_delay(cadence: Cadence) -> Delay:
    return cadence.end.every or AT_THE_END[cadence.end.action]


def _dated(step: PlannedStep, delay: Delay, after_at: datetime, cal: WorkCalendar) -> Dated:
    wanted_on = _wanted_on(after_at, delay, cal)
    shifts = set()
    if not calendar.is_workday(wanted_on, cal):
        shifts.add(Shift.FREE_DAY)
    if delay.unit is DelayUnit.HOURS and calendar.local_date(_later(after_at, delay), cal.zone) < wanted_on:
        shifts.add(Shift.NIGHT)
    alone_on = calendar.local_date(calendar.due_moment(after_at, delay, cal), cal.zone)
    if calendar.local_date(step.due_at, cal.zone) > alone_on:
        shifts.add(Shift.GAP)
    return Dated(step, wanted_on, frozenset(shifts))


def _wanted_on(after_at: datetime, delay: Delay, cal: WorkCalendar) -> date:
    """The date in a week without free days; business days leave those out by themselves, and are not moved."""
    week = cal if delay.unit is DelayUnit.BUSINESS_DAYS else replace(cal, workdays=calendar.EVERY_DAY)
    return calendar.local_date(calendar.due_moment(after_at, delay, week), cal.zone)


def _later(after_at: datetime, delay: Delay) -> datetime:
    return after_at + timedelta(hours=delay.amount)
