"""Which step of a cadence follows: the next one that can be made, or the end."""

from dataclasses import replace
from datetime import datetime

from cadences.decisions import Advance, Finish, PlannedStep, Reach
from cadences.endings import MAX_TOUCHES, closing, end
from cadences.model import Cadence, Step
from cadences.pace import Clock, apart, as_if_made, before
from cadences.reach import by_preference, can_make


def step_after(
    cadence: Cadence, number: int | None, clock: Clock, unanswered: int, *, touched_now: bool = False
) -> Advance | Finish:
    """The step after `number`, or the end: the cadence's own, or because they have been silent for too long."""
    following = (number or 0) + 1
    if touched_now and unanswered >= MAX_TOUCHES:
        return end(cadence, clock, unanswered, again=following > len(cadence.steps) + 1)
    decision = first_from(cadence, following, clock, unanswered)
    if isinstance(decision, Finish):
        return decision
    return Advance(closing(cadence, decision.step, unanswered, clock))


def first_from(cadence: Cadence, first: int, clock: Clock, unanswered: int) -> Advance | Finish:
    """The first step from this number on that can be made, or the end of the cadence."""
    skipped: tuple[int, ...] = ()
    for number, step in enumerate(cadence.steps[first - 1 :], start=first):
        due_at = moment_of(step, clock)
        if due_at is not None and can_make(by_preference(step.channel, clock.facts.reach), clock.facts.reach):
            return Advance(replace(planned(step, number, due_at, clock.facts.reach), skipped=skipped))
        skipped = (*skipped, number)
        clock = as_if_made(due_at, clock, light=step.light) if due_at is not None else clock
    finish = end(cadence, clock, unanswered, again=first > len(cadence.steps) + 1)
    return replace(finish, step=replace(finish.step, skipped=skipped)) if finish.step else finish


def moment_of(step: Step, clock: Clock) -> datetime | None:
    """When the step is due; None for one before a renewal that is not known, too close or over."""
    if not step.before_renewal:
        return apart(step.delay, clock)
    renewal_on = clock.facts.reach.renewal_on
    return before(renewal_on, step.delay, clock) if renewal_on else None


def planned(step: Step, number: int, due_at: datetime, reach: Reach) -> PlannedStep:
    """The step as the one that is next, on the channel they prefer."""
    return PlannedStep(due_at, by_preference(step.channel, reach), step.type, step.purpose, number=number)
