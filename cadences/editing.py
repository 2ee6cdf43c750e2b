"""What another version of its cadence means for somebody who is on it: the same next step, another one, or the end.

Nobody gets a step twice: what is done stays done. Nobody loses one: there is always a next step, or the end's own.
What somebody promised, planned by hand or put off keeps its date.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from cadences import calendar, engine
from cadences.decisions import Advance, Facts, Finish, PlannedStep
from cadences.model import Cadence, Channel, Step
from cadences.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Place:
    """Where a prospect stands on a version: how many steps are done, what is next, and what that was counted from."""

    done_number: int
    step: PlannedStep
    after_at: datetime
    is_held: bool = False
    """True when somebody put the step off, or they are away: its date stays."""


def carry_over(
    old: Cadence, new: Cadence, place: Place, now: datetime, cal: WorkCalendar, facts: Facts
) -> Advance | Finish | None:
    """What is next on the new version; None: what is next stays as it is."""
    if not affects(old, new, place):
        return None
    following = engine.resume(new, done_on(new, place.done_number), place.after_at, now, cal, facts)
    if following.step is None or (isinstance(following, Finish) and following.park_until_on is not None):
        return following
    step = _dated(old, new, place, following.step)
    return None if _same(step, place.step, cal) else replace(following, step=step)


def affects(old: Cadence, new: Cadence, place: Place) -> bool:
    """True when the step that is next, or one passed over before it, is not in the new version as it was."""
    number = place.step.number
    if number is None or place.step.promised:
        return False
    ahead = range(place.done_number, number)
    return number > len(new.steps) or any(not _alike(old.steps[index], new.steps[index]) for index in ahead)


def done_on(new: Cadence, done_number: int) -> int:
    """How many steps of the new version count as done: as many as were, or all there are."""
    return min(done_number, len(new.steps))


def _dated(old: Cadence, new: Cadence, place: Place, step: PlannedStep) -> PlannedStep:
    """The next step at the date that holds: the one it was put off to, the one it had, or the one it has now."""
    was = place.step
    if place.is_held:
        return replace(step, due_at=was.due_at, timed=was.timed, paused_until_on=was.paused_until_on)
    if step.number is None or step.number != was.number:
        return step
    index = step.number - 1
    if step.channel is was.channel is Channel.CALL:
        step = replace(step, attempt=was.attempt)
    if (step.skipped, new.steps[index].delay) == (was.skipped, old.steps[index].delay):
        return replace(step, due_at=was.due_at, timed=was.timed, wanted_on=was.wanted_on)
    return step


def _alike(one: Step, other: Step) -> bool:
    """True for steps that come at the same time, in the same way, for the same."""
    return _kernel(one) == _kernel(other)


def _kernel(step: Step) -> tuple[object, ...]:
    return step.delay, step.before_renewal, step.channel, step.type, step.purpose


def _same(step: PlannedStep, was: PlannedStep, cal: WorkCalendar) -> bool:
    """True when nobody would notice: the same step of the cadence on the same day in the same way for the same."""
    return _seen(step, cal) == _seen(was, cal)


def _seen(step: PlannedStep, cal: WorkCalendar) -> tuple[object, ...]:
    on = calendar.local_date(step.due_at, cal.zone)
    return step.number, on, step.channel, step.type, step.purpose, step.skipped
