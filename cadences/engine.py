"""What happens next with a prospect: pure decisions over a cadence, an outcome and now.

A delay counts from the touch actually made, so a late step shifts the later ones and nothing is caught up in a bunch.
Nothing is ever planned in the past, on a free day, or closer to the last touch than the minimum gap.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import assert_never

from cadences import calendar
from cadences.model import (
    Advance,
    Cadence,
    Channel,
    Decision,
    Delay,
    DelayUnit,
    EndAction,
    EnrollmentState,
    Finish,
    FollowUpType,
    Hold,
    Outcome,
    PlannedStep,
    Purpose,
    Stage,
    WorkCalendar,
)

MIN_GAP = 2
"""Business days between two touches to one prospect, unless the date was promised."""
MIN_GAP_AFTER_HOURS = 1
"""A delay in hours answers something that just happened (a meeting, a call): only "one touch a day" holds for it."""

ANSWER_WITHIN = Delay(24, DelayUnit.HOURS)
MEETING_CHECK_AFTER = Delay(7, DelayUnit.DAYS)
NEXT_BUSINESS_DAY = Delay(1, DelayUnit.BUSINESS_DAYS)
NURTURE_EVERY = Delay(30, DelayUnit.DAYS)
ASK_AGAIN_AFTER = Delay(7, DelayUnit.DAYS)
PARK_DAYS = 90

STAGES_BEFORE_ENGAGED = frozenset({Stage.NEW, Stage.WORKING, Stage.PARKED})
SAYS_NOTHING = frozenset({Outcome.CONNECTED, Outcome.SENT, Outcome.VOICEMAIL, Outcome.NO_ANSWER})
"""Outcomes without an answer in them: only a cadence knows what follows."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a new moment is counted from, and what it may not come before."""

    after_at: datetime
    now: datetime
    cal: WorkCalendar
    last_touch_at: datetime | None = None


def start(cadence: Cadence, now: datetime, cal: WorkCalendar, *, last_touch_at: datetime | None = None) -> Advance:
    """The first step, its delay counted from now."""
    return Advance(_cadence_step(cadence, 1, _Clock(now, now, cal, last_touch_at)))


def after_touch(
    cadence: Cadence,
    number: int | None,
    outcome: Outcome,
    happened_at: datetime,
    now: datetime,
    cal: WorkCalendar,
    *,
    last_touch_at: datetime | None = None,
    meeting_at: datetime | None = None,
    stage: Stage | None = None,
) -> Decision:
    """What follows step `number` (None: a one-off touch before step 1) once it ended like this.

    `last_touch_at` is the latest other touch, `meeting_at` when a booked meeting is, `stage` where the deal stands.
    A touch after the end passes any number past the last: nurturing goes on, and the owner is asked again in a week.
    """
    happened_at = min(happened_at, now)
    touched_at = max(happened_at, last_touch_at or happened_at)
    clock = _Clock(happened_at, now, cal, touched_at)
    match outcome:
        case Outcome.CONNECTED | Outcome.SENT:
            return _go_on(cadence, number, clock)
        case Outcome.VOICEMAIL | Outcome.NO_ANSWER:
            return _after_unreached(cadence, number, clock)
        case _:
            return _after_answer(outcome, number, clock, meeting_at, stage)


def touch_without_cadence(
    outcome: Outcome,
    happened_at: datetime,
    now: datetime,
    cal: WorkCalendar,
    *,
    meeting_at: datetime | None = None,
    stage: Stage | None = None,
) -> Decision | None:
    """What follows a touch where no cadence is active; None where the outcome says nothing: start the default one."""
    if outcome in SAYS_NOTHING:
        return None
    return _after_answer(outcome, None, _Clock(min(happened_at, now), now, cal), meeting_at, stage)


def skip(
    cadence: Cadence, number: int | None, now: datetime, cal: WorkCalendar, *, last_touch_at: datetime | None = None
) -> Decision:
    """The step after `number`, its delay counted from now; no touch was made."""
    return _go_on(cadence, number, _Clock(now, now, cal, last_touch_at))


def snooze(step: PlannedStep, on: date, at: time | None, cal: WorkCalendar) -> Hold:
    """The same step on another date, at its own clock time if it has one; a promise moved by hand stays a promise."""
    if at is None:
        at = calendar.local_time(step.due_at, cal.zone) if step.timed else cal.step_time
        timed = step.timed
    else:
        timed = True
    due_at = calendar.resolve(on, at, cal.zone) if step.promised else calendar.on_workday(on, at, cal)
    return Hold(replace(step, due_at=due_at, timed=timed))


def replan(step: PlannedStep, now: datetime, cal: WorkCalendar) -> Hold:
    """The same step at a moment that may stand: ahead of now and on a workday. A promised step never moves."""
    if step.promised:
        return Hold(step)
    at = calendar.local_time(step.due_at, cal.zone)
    if step.due_at <= now:
        return Hold(replace(step, due_at=calendar.next_occurrence(at if step.timed else cal.step_time, now, cal)))
    on = calendar.local_date(step.due_at, cal.zone)
    if calendar.is_workday(on, cal):
        return Hold(step)
    return Hold(replace(step, due_at=calendar.on_workday(on, at, cal)))


def park(until_on: date, cal: WorkCalendar, state: EnrollmentState = EnrollmentState.STOPPED) -> Finish:
    """Leave the prospect alone until a date; a re-engaging email waits there."""
    due_at = calendar.on_workday(until_on, cal.step_time, cal)
    step = PlannedStep(due_at, Channel.EMAIL, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE)
    return Finish(state, step, Stage.PARKED, calendar.local_date(due_at, cal.zone))


def _after_unreached(cadence: Cadence, number: int | None, clock: _Clock) -> Decision:
    """Nobody picked up. Linear: the next step. Retrying the same call sooner is decided here and nowhere else."""
    return _go_on(cadence, number, clock)


def _after_answer(
    outcome: Outcome, number: int | None, clock: _Clock, meeting_at: datetime | None, stage: Stage | None
) -> Decision:
    """The outcomes that mean the same on every cadence, and without one."""
    replied, stopped = EnrollmentState.FINISHED_REPLIED, EnrollmentState.STOPPED
    match outcome:
        case Outcome.REPLIED:
            return Finish(replied, _answer(clock), _engaged(stage))
        case Outcome.MEETING_BOOKED:
            return Finish(replied, _meeting_check(clock, meeting_at), _engaged(stage))
        case Outcome.NO_SHOW:
            return Advance(_call_again(number, clock))
        case Outcome.NOT_NOW:
            return park(_in_days(PARK_DAYS, clock), clock.cal, replied)
        case Outcome.NOT_INTERESTED:
            # Lost needs a reason from a person, so the loop is closed by hand.
            return Finish(stopped, _close_the_loop(FollowUpType.FEEDBACK, clock))
        case Outcome.ASKED_TO_STOP:
            return Finish(stopped, None, Stage.LOST)
        case Outcome.CONNECTED | Outcome.SENT | Outcome.VOICEMAIL | Outcome.NO_ANSWER:
            raise ValueError(f"only a cadence knows what follows {outcome.words}")
        case _:
            assert_never(outcome)


def _go_on(cadence: Cadence, number: int | None, clock: _Clock) -> Advance | Finish:
    """The step after `number`, or the end of the cadence."""
    if number is not None and number < 1:
        raise ValueError(f"steps are counted from 1, not {number}")
    following = 1 if number is None else number + 1
    if following > len(cadence.steps):
        return _end(cadence, clock, again=following > len(cadence.steps) + 1)
    return Advance(_cadence_step(cadence, following, clock))


def _cadence_step(cadence: Cadence, number: int, clock: _Clock) -> PlannedStep:
    step = cadence.steps[number - 1]
    return PlannedStep(_apart(step.delay, clock), step.channel, step.type, step.purpose, number=number)


def _end(cadence: Cadence, clock: _Clock, *, again: bool) -> Finish:
    """The last step is done and nobody answered; `again`: nor did anyone answer a touch made after that."""
    silent = EnrollmentState.FINISHED_SILENT
    match cadence.end.action:
        case EndAction.NURTURE:
            due_at = _apart(cadence.end.every or NURTURE_EVERY, clock)
            step = PlannedStep(due_at, Channel.EMAIL, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE)
            return Finish(silent, step)
        case EndAction.ASK:
            # The owner is asked for won, lost or park; that is no touch, so the gap does not hold it back. An owner who
            # wrote once more instead of deciding is given time, or every closing email would bring the next one.
            after = ASK_AGAIN_AFTER if again else NEXT_BUSINESS_DAY
            return Finish(silent, _close_the_loop(FollowUpType.REMINDER, clock, after))
        case EndAction.STOP:
            return park(_in_days(PARK_DAYS, clock), clock.cal, silent)


def _ahead(delay: Delay, clock: _Clock) -> datetime:
    """When the delay is over; if that has passed, the next time work begins."""
    due_at = calendar.due_moment(clock.after_at, delay, clock.cal)
    return due_at if due_at > clock.now else calendar.next_occurrence(clock.cal.step_time, clock.now, clock.cal)


def _apart(delay: Delay, clock: _Clock) -> datetime:
    """When the delay is over, moved out of the minimum gap after the last touch at the same clock time."""
    due_at, zone = _ahead(delay, clock), clock.cal.zone
    if clock.last_touch_at is None:
        return due_at
    gap = MIN_GAP_AFTER_HOURS if delay.unit is DelayUnit.HOURS else MIN_GAP
    earliest_on = calendar.add_workdays(calendar.local_date(clock.last_touch_at, zone), gap, clock.cal)
    if calendar.local_date(due_at, zone) >= earliest_on:
        return due_at
    return calendar.on_workday(earliest_on, calendar.local_time(due_at, zone), clock.cal)


def _in_days(days: int, clock: _Clock) -> date:
    return calendar.local_date(clock.now, clock.cal.zone) + timedelta(days=days)


def _engaged(stage: Stage | None) -> Stage | None:
    """A prospect who answers is engaged; a deal further on stays where it is."""
    return Stage.ENGAGED if stage is None or stage in STAGES_BEFORE_ENGAGED else None


def _answer(clock: _Clock) -> PlannedStep:
    due_at = _ahead(ANSWER_WITHIN, clock)
    return PlannedStep(due_at, Channel.EMAIL, FollowUpType.REMINDER, Purpose.ANSWER_OBJECTION)


def _call_again(number: int | None, clock: _Clock) -> PlannedStep:
    """A call after a no-show; it keeps the number, so that the cadence goes on behind it and does not begin again."""
    due_at = _ahead(NEXT_BUSINESS_DAY, clock)
    return PlannedStep(due_at, Channel.CALL, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING, number=number)


def _close_the_loop(kind: FollowUpType, clock: _Clock, after: Delay = NEXT_BUSINESS_DAY) -> PlannedStep:
    return PlannedStep(_ahead(after, clock), Channel.EMAIL, kind, Purpose.CLOSE_THE_LOOP)


def _meeting_check(clock: _Clock, meeting_at: datetime | None) -> PlannedStep:
    """The meeting itself where its moment is known, which is a promise; else, a week later, whether it took place."""
    known = meeting_at is not None and meeting_at > clock.now
    due_at = meeting_at if meeting_at is not None and known else _ahead(MEETING_CHECK_AFTER, clock)
    return PlannedStep(
        due_at, Channel.MEETING, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING, timed=known, promised=known
    )
