"""What an answer leads to: the same on every cadence, and without one."""

from datetime import date, datetime, timedelta
from typing import assert_never

from cadences import calendar
from cadences.decisions import Facts, Finish, PlannedStep, Switch
from cadences.model import Channel, Delay, DelayUnit, EnrollmentState, FollowUpType, Outcome, Purpose, Stage
from cadences.pace import NOTHING_KNOWN, Clock, ahead, apart
from cadences.reach import one_off
from cadences.work_calendar import WorkCalendar

ANSWER_WITHIN = Delay(24, DelayUnit.HOURS)
MEETING_CHECK_AFTER = Delay(7, DelayUnit.DAYS)
NEXT_BUSINESS_DAY = Delay(1, DelayUnit.BUSINESS_DAYS)
PARK_DAYS = 90
NO_SHOW_CADENCE = "no-show"

STAGES_BEFORE_ENGAGED = frozenset({Stage.NEW, Stage.WORKING, Stage.PARKED})
SAYS_NOTHING = frozenset({Outcome.CONNECTED, Outcome.SENT, Outcome.VOICEMAIL, Outcome.NO_ANSWER})
"""Outcomes without an answer in them: only a cadence knows what follows."""

Followed = Finish | Switch


def after_answer(outcome: Outcome, clock: Clock, meeting_at: datetime | None) -> Followed:
    """The outcomes that end a cadence, or lead to another one."""
    replied, stopped = EnrollmentState.FINISHED_REPLIED, EnrollmentState.STOPPED
    match outcome:
        case Outcome.REPLIED:
            return Finish(replied, _answer(clock), _engaged(clock.facts.stage))
        case Outcome.MEETING_BOOKED:
            return Finish(replied, _meeting_check(clock, meeting_at), _engaged(clock.facts.stage))
        case Outcome.NO_SHOW:
            return Switch(NO_SHOW_CADENCE)
        case Outcome.NOT_NOW:
            return park(in_days(PARK_DAYS, clock), clock.cal, replied, clock.facts)
        case Outcome.NOT_INTERESTED:
            # Lost needs a reason from a person, so the loop is closed by hand.
            return Finish(stopped, close_the_loop(FollowUpType.FEEDBACK, clock, NEXT_BUSINESS_DAY))
        case Outcome.ASKED_TO_STOP:
            return Finish(stopped, None, Stage.LOST, do_not_contact=True)
        case Outcome.CONNECTED | Outcome.SENT | Outcome.VOICEMAIL | Outcome.NO_ANSWER | Outcome.OUT_OF_OFFICE:
            raise ValueError(f"{outcome.words} is no answer")
        case _:
            assert_never(outcome)


def park(
    until_on: date,
    cal: WorkCalendar,
    state: EnrollmentState = EnrollmentState.STOPPED,
    facts: Facts = NOTHING_KNOWN,
) -> Finish:
    """Leave the prospect alone until a date; a re-engaging email waits there."""
    due_at = calendar.on_workday(until_on, calendar.step_time(cal), cal)
    step = one_off(due_at, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE, facts.reach)
    return Finish(state, step, Stage.PARKED, calendar.local_date(due_at, cal.zone))


def close_the_loop(kind: FollowUpType, clock: Clock, after: Delay) -> PlannedStep:
    """Ask whoever holds the prospect how it ends: that is no touch, so the gap does not hold it back."""
    return one_off(ahead(after, clock), kind, Purpose.CLOSE_THE_LOOP, clock.facts.reach)


def in_days(days: int, clock: Clock) -> date:
    """The date so many days from today."""
    return clock.today + timedelta(days=days)


def _engaged(stage: Stage | None) -> Stage | None:
    """A prospect who answers is engaged; a deal further on stays where it is."""
    return Stage.ENGAGED if stage is None or stage in STAGES_BEFORE_ENGAGED else None


def _answer(clock: Clock) -> PlannedStep:
    return one_off(apart(ANSWER_WITHIN, clock), FollowUpType.REMINDER, Purpose.ANSWER_OBJECTION, clock.facts.reach)


def _meeting_check(clock: Clock, meeting_at: datetime | None) -> PlannedStep:
    """The meeting itself where its moment is known, which is a promise; else, a week later, whether it took place."""
    known = meeting_at is not None and meeting_at > clock.now
    due_at = meeting_at if meeting_at is not None and known else ahead(MEETING_CHECK_AFTER, clock)
    return PlannedStep(
        due_at, Channel.MEETING, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING, timed=known, promised=known
    )
