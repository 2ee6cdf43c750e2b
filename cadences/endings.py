"""How a cadence ends in silence: by its own end, or softly where it has been silent for too long."""

from dataclasses import replace

from cadences.answers import NEXT_BUSINESS_DAY, PARK_DAYS, close_the_loop, in_days, park
from cadences.decisions import Finish, PlannedStep
from cadences.model import Cadence, Delay, DelayUnit, End, EndAction, EnrollmentState, FollowUpType, Purpose
from cadences.pace import Clock, apart
from cadences.reach import in_turn, one_off

MAX_TOUCHES = 8
"""Touches without an answer: the last of them closes the loop, and then there is only nurturing."""
NURTURE_EVERY = Delay(30, DelayUnit.DAYS)
ASK_AGAIN_AFTER = Delay(7, DelayUnit.DAYS)


def end(cadence: Cadence, clock: Clock, unanswered: int, *, again: bool) -> Finish:
    """The last step is done and nobody answered; `again`: nor did anyone answer a touch made after that."""
    silent = EnrollmentState.FINISHED_SILENT
    chosen = _softened(cadence.end, unanswered)
    match chosen.action:
        case EndAction.NURTURE:
            due_at = apart(chosen.every or NURTURE_EVERY, clock)
            return Finish(silent, in_turn(due_at, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE, clock.facts))
        case EndAction.ASK:
            # The owner is asked for won, lost or park. An owner who wrote once more instead of deciding is given time,
            # or every closing email would bring the next one.
            after = ASK_AGAIN_AFTER if again else NEXT_BUSINESS_DAY
            return Finish(silent, close_the_loop(FollowUpType.REMINDER, clock, after))
        case EndAction.STOP:
            return park(in_days(PARK_DAYS, clock), clock.cal, silent, clock.facts)


def _softened(chosen: End, unanswered: int) -> End:
    """After too long a silence nobody is dropped: nurture, unless the owner is to be asked."""
    dropped = chosen.action is EndAction.STOP and unanswered >= MAX_TOUCHES
    return End(EndAction.NURTURE, NURTURE_EVERY) if dropped else chosen


def closing(cadence: Cadence, step: PlannedStep, unanswered: int, clock: Clock) -> PlannedStep:
    """The step itself; where it would be the last touch of a long silence, one that closes the loop in its place."""
    if unanswered + 1 < MAX_TOUCHES or step.purpose is Purpose.CLOSE_THE_LOOP:
        return step
    last = one_off(
        step.due_at, FollowUpType.REMINDER, Purpose.CLOSE_THE_LOOP, clock.facts.reach, number=len(cadence.steps)
    )
    return replace(last, skipped=step.skipped)
