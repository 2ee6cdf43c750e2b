"""Puts one step on its day: the day it wants while there is room, else the lightest near it.

What was promised, or has a clock time that somebody named, never moves; nor does an answer, a call that is tried again,
or the question how it ends. A step that moved says which date it would have had.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from cadences import calendar, pace
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Switch
from cadences.load import NO_LOAD, USUAL_CAPS, Caps, Day, Load, fullness, has_room
from cadences.model import Cadence, Delay, DelayUnit, EndAction, FollowUpType, Purpose
from cadences.reach import EXCHANGED
from cadences.work_calendar import WorkCalendar

__all__ = [
    "MOST_SHIFT",
    "NO_LOAD",
    "USUAL_CAPS",
    "Caps",
    "Day",
    "Load",
    "earliest_on",
    "is_pinned",
    "place",
    "planned",
    "tolerance_of",
    "window",
]

MOST_SHIFT = 2
"""Business days that a step may be moved for a full day, whatever its tolerance."""
FARTHEST = timedelta(days=7)
"""Over a holiday or a leave two business days can be weeks: no step is moved that far."""
NURTURE_TOLERANCE = Delay(2, DelayUnit.BUSINESS_DAYS)
HOURS_A_DAY = 24


def planned(
    decision: Decision, cadence: Cadence | None, load: Load, caps: Caps, now: datetime, cal: WorkCalendar, facts: Facts
) -> Decision:
    """The decision with its step on the day it gets; `facts` as they are by now, with the touch just made in them.

    `load` is what the member has to do besides. What somebody put off by hand stays on the date they chose.
    """
    match decision:
        case Advance(step=step):
            return replace(decision, step=_placed(step, cadence, load, caps, now, cal, facts))
        case Finish(step=PlannedStep() as step, park_until_on=None):
            return replace(decision, step=_placed(step, cadence, load, caps, now, cal, facts))
        case Finish() | Hold() | Switch():
            return decision


def _placed(
    step: PlannedStep,
    cadence: Cadence | None,
    load: Load,
    caps: Caps,
    now: datetime,
    cal: WorkCalendar,
    facts: Facts,
) -> PlannedStep:
    tolerance = tolerance_of(step, cadence)
    if tolerance is None or _fits(step, load, caps, cal):
        return step
    return place(step, tolerance, load, caps, now, cal, earliest_on(step, facts, cal))


def _fits(step: PlannedStep, load: Load, caps: Caps, cal: WorkCalendar) -> bool:
    return has_room(load.on(calendar.local_date(step.due_at, cal.zone)), caps, new=step.number == 1)


def is_pinned(step: PlannedStep) -> bool:
    """True for a step that no load moves: promised, at a named time, or waiting until somebody is back."""
    return step.promised or step.timed or step.paused_until_on is not None


def tolerance_of(step: PlannedStep, cadence: Cadence | None) -> Delay | None:
    """How far a full day may move a step that comes from this cadence; None: not at all."""
    if cadence is None or is_pinned(step) or step.attempt > 1:
        return None
    if step.number is None:
        nurtures = (step.type, step.purpose) == (FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE)
        return NURTURE_TOLERANCE if nurtures and cadence.end.action is EndAction.NURTURE else None
    if step.number > len(cadence.steps):
        return None
    written = cadence.steps[step.number - 1]
    is_its_own = (step.type, step.purpose) == (written.type, written.purpose)
    is_its_own &= step.channel is written.channel or {step.channel, written.channel} <= EXCHANGED
    return written.window if is_its_own else None


def earliest_on(step: PlannedStep, facts: Facts, cal: WorkCalendar) -> date | None:
    """The first date that a step may be moved to: outside the gap after the last touch, where there was one.

    After a light touch its own date: the delay is all that keeps the two apart.
    """
    if step.promised:
        return None
    gap_ends_on = pace.earliest_on(facts, cal)
    if facts.light_at is None:
        return gap_ends_on
    own = calendar.local_date(step.due_at, cal.zone)
    return max(own, gap_ends_on) if gap_ends_on else own


def place(
    step: PlannedStep,
    tolerance: Delay | None,
    load: Load,
    caps: Caps,
    now: datetime,
    cal: WorkCalendar,
    earliest_on: date | None = None,
) -> PlannedStep:
    """The step on the lightest day inside its tolerance, at its own clock time, if its day is full.

    Among equally light days the nearest, then the later one; where none has room, its own unless another is lighter.
    """
    if tolerance is None or is_pinned(step) or _fits(step, load, caps, cal):
        return step
    wanted_on, new = calendar.local_date(step.due_at, cal.zone), step.number == 1
    best, best_at = fullness(load.on(wanted_on), caps, new=new), step.due_at
    for on in _near(wanted_on, tolerance, cal):
        if earliest_on is not None and on < earliest_on:
            continue
        fills = fullness(load.on(on), caps, new=new)
        if fills < best and (due_at := _same_time(step.due_at, on, cal)) is not None and due_at > now:
            best, best_at = fills, due_at
    return step if best_at == step.due_at else replace(step, due_at=best_at, wanted_on=step.wanted_on or wanted_on)


def window(wanted_on: date, tolerance: Delay | None, cal: WorkCalendar) -> tuple[date, date]:
    """The first and the last date that a step wanted on this one may be moved to."""
    dates = [wanted_on, *(_near(wanted_on, tolerance, cal) if tolerance else ())]
    return min(dates), max(dates)


def _near(wanted_on: date, tolerance: Delay, cal: WorkCalendar) -> Iterator[date]:
    """The workdays inside the tolerance: the nearest first, the later one before the earlier."""
    later = [*_workdays(wanted_on, calendar.ONE_DAY, tolerance, cal)]
    earlier = [*_workdays(wanted_on, -calendar.ONE_DAY, tolerance, cal)]
    for distance in range(MOST_SHIFT):
        yield from later[distance : distance + 1]
        yield from earlier[distance : distance + 1]


def _workdays(wanted_on: date, step: timedelta, tolerance: Delay, cal: WorkCalendar) -> Iterator[date]:
    """The workdays one way from a date, as many as the tolerance reaches."""
    in_business_days = tolerance.unit is DelayUnit.BUSINESS_DAYS
    amount = tolerance.amount // HOURS_A_DAY if tolerance.unit is DelayUnit.HOURS else tolerance.amount
    left = min(amount, MOST_SHIFT) if in_business_days else MOST_SHIFT
    farthest = FARTHEST if in_business_days else min(FARTHEST, timedelta(days=amount))
    on = wanted_on + step
    while left and abs(on - wanted_on) <= farthest:
        if calendar.is_workday(on, cal):
            yield on
            left -= 1
        on += step


def _same_time(due_at: datetime, on: date, cal: WorkCalendar) -> datetime | None:
    """The same clock time on another day; None where its hours don't have it."""
    moment = calendar.resolve(on, calendar.local_time(due_at, cal.zone), cal.zone)
    return moment if calendar.local_date(moment, cal.zone) == on and calendar.in_hours(moment, cal) else None
