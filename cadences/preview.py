"""What a cadence comes to: the dated list, by the very code that schedules it, each step done when it is due."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from cadences import engine, pace, planning
from cadences.decisions import Advance, Decision, Facts, Finish, PlannedStep
from cadences.load import NO_LOAD, USUAL_CAPS, Caps, Load
from cadences.model import Cadence, Channel, Delay, DelayUnit, FollowUpType, Outcome, Step
from cadences.pace import Clock
from cadences.shifts import Calendars, Dated, Shift, Wish, dated
from cadences.work_calendar import WorkCalendar

__all__ = ["Dated", "Missing", "Preview", "Shift", "Skipped", "preview"]

USUAL = Outcome.SENT
"""Done, and nobody answered. What a call usually comes to, connected, leads to the same next step."""
PARKING = Delay(engine.PARK_DAYS, DelayUnit.DAYS)


class Missing(StrEnum):
    """Why a step is passed over."""

    EMAIL = "no email"
    PHONE = "no phone"
    RENEWAL = "no renewal date"
    TOO_LATE = "too close to the renewal"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that can't be made, and why."""

    number: int
    step: Step
    missing: Missing


@dataclass(frozen=True, slots=True)
class Preview:
    """Every step with its date, and what follows the last one when nobody answers."""

    cadence: Cadence
    starts_at: datetime
    cal: WorkCalendar
    steps: tuple[Dated, ...]
    end: Finish
    then: Dated | None
    skipped: tuple[Skipped, ...] = ()

    @property
    def rows(self) -> tuple[tuple[Step, Dated], ...]:
        """Each step that is made, as it is written, with its date; the planned step has its number."""
        return tuple((_as_written(self.cadence, each.planned), each) for each in self.steps)


@dataclass(frozen=True, slots=True)
class _Scheduler:
    """What stays the same from step to step."""

    cadence: Cadence
    calendars: Calendars
    load: Load
    caps: Caps

    def planned(self, decision: Decision, clock: Clock) -> Decision:
        """The decision as it would be written down at this moment."""
        return planning.planned(decision, self.cadence, self.load, self.caps, clock.now, clock.cal, clock.facts)


def preview(
    cadence: Cadence,
    now: datetime,
    cal: WorkCalendar,
    facts: Facts = engine.NOTHING_KNOWN,
    *,
    load: Load = NO_LOAD,
    caps: Caps = USUAL_CAPS,
) -> Preview:
    """The list as it would be if the cadence started now, each step were done when it is due and nobody answered.

    `load` is what else the member has to do, all the time that the cadence takes.
    """
    scheduler = _Scheduler(cadence, Calendars.of(cal), load, caps)
    steps: list[Dated] = []
    skipped: list[Skipped] = []
    clock, done = Clock(now, now, cal, facts), 0
    decision = scheduler.planned(engine.start(cadence, now, cal, facts), clock)
    while isinstance(decision, Advance):
        step = decision.step
        counted, passed = _pass_over(cadence, step, clock)
        skipped += passed
        # A step that closes a long silence stands for the one whose turn it is, and keeps that one's date.
        turn = cadence.steps[done + len(passed)]
        steps.append(dated(step, _wish(turn, counted), scheduler.calendars))
        done = step.number or done
        decision, clock = _done(scheduler, step, done, clock)
    if not isinstance(decision, Finish):
        raise TypeError(f"a step that was done leads on or to the end, not to {decision}")
    then = None
    if decision.step is not None:
        counted, passed = _pass_over(cadence, decision.step, clock)
        skipped += passed
        wish = Wish(_end_delay(cadence, decision, decision.step), counted.after_at)
        then = dated(decision.step, wish, scheduler.calendars)
    return Preview(cadence, now, cal, tuple(steps), decision, then, tuple(skipped))


def _done(scheduler: _Scheduler, step: PlannedStep, number: int, clock: Clock) -> tuple[Decision, Clock]:
    """What follows a step that is done when it is due, and the clock it is counted by."""
    at, cal, before = step.due_at, clock.cal, clock.facts
    light = pace.is_light(scheduler.cadence, step.number, step.channel, USUAL)
    decision = engine.after_touch(
        scheduler.cadence, number, USUAL, at, at, cal, before, attempt=step.attempt, channel=step.channel, light=light
    )
    after = pace.touched(at, at, cal, replace(before, unanswered=before.unanswered + 1), light=light)
    return scheduler.planned(decision, after), after


def _pass_over(cadence: Cadence, step: PlannedStep, clock: Clock) -> tuple[Clock, list[Skipped]]:
    """The steps before this one that can't be made, and the clock after them."""
    passed = []
    for number in step.skipped:
        written = cadence.steps[number - 1]
        due_at = _due_at(written, clock)
        passed.append(Skipped(number, written, _missing(written, due_at, clock.facts.reach.renewal_on)))
        clock = pace.as_if_made(due_at, clock, light=written.light) if due_at is not None else clock
    return clock, passed


def _due_at(step: Step, clock: Clock) -> datetime | None:
    if not step.before_renewal:
        return pace.apart(step.delay, clock)
    renewal_on = clock.facts.reach.renewal_on
    return pace.before(renewal_on, step.delay, clock) if renewal_on else None


def _missing(step: Step, due_at: datetime | None, renewal_on: date | None) -> Missing:
    if due_at is None:
        return Missing.RENEWAL if renewal_on is None else Missing.TOO_LATE
    return Missing.EMAIL if step.channel is Channel.EMAIL else Missing.PHONE


def _wish(step: Step, clock: Clock) -> Wish:
    return Wish(step.delay, clock.after_at, clock.facts.reach.renewal_on if step.before_renewal else None)


def _end_delay(cadence: Cadence, finish: Finish, step: PlannedStep) -> Delay:
    """The delay of what the engine chose as the end: a long silence may have softened the cadence's own."""
    if finish.park_until_on is not None:
        return PARKING
    if step.type is FollowUpType.RE_ENGAGEMENT:
        return cadence.end.every or engine.NURTURE_EVERY
    return engine.NEXT_BUSINESS_DAY


def _as_written(cadence: Cadence, step: PlannedStep) -> Step:
    """The cadence's own step; where the engine put another in its place, that one."""
    written = cadence.steps[(step.number or 1) - 1]
    return replace(written, channel=step.channel, type=step.type, purpose=step.purpose)
