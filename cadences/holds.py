"""The same step at another moment: put off by hand, while they are away, until they decide, or off a free day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from cadences import calendar
from cadences.decisions import Facts, Hold, PlannedStep
from cadences.pace import NOTHING_KNOWN, outside_gap, work_begins
from cadences.work_calendar import WorkCalendar

ALIGN_BEFORE = timedelta(days=14)
"""How long before they decide the next touch is made."""
ONE_DAY = timedelta(days=1)


def snooze(step: PlannedStep, on: date, at: time | None, cal: WorkCalendar) -> Hold:
    """The same step on another date, at its own clock time if it has one; a promise moved by hand stays a promise."""
    if at is None:
        at = calendar.local_time(step.due_at, cal.zone) if step.timed else calendar.step_time(cal)
        timed = step.timed
    else:
        timed = True
    due_at = calendar.resolve(on, at, cal.zone) if step.promised else calendar.on_workday(on, at, cal)
    return Hold(replace(step, due_at=due_at, timed=timed, wanted_on=None, paused_until_on=None))


def replan(step: PlannedStep, now: datetime, cal: WorkCalendar) -> Hold:
    """The same step at a moment that may stand: ahead of now and on a workday. A promised step never moves."""
    if step.promised:
        return Hold(step)
    at = calendar.local_time(step.due_at, cal.zone)
    if step.due_at <= now:
        again_at = calendar.next_occurrence(at, now, cal) if step.timed else work_begins(now, cal)
        return Hold(replace(step, due_at=again_at))
    on = calendar.local_date(step.due_at, cal.zone)
    if calendar.is_workday(on, cal):
        return Hold(step)
    return Hold(replace(step, due_at=calendar.on_workday(on, at, cal)))


def out_of_office(step: PlannedStep, until_on: date, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN) -> Hold:
    """The same step once they are back: on the business day after their last day away, or later if it is due later.

    A date promised for after their return holds; one that falls into their absence can't, and is a promise no more.
    """
    on, at = calendar.local_date(step.due_at, cal.zone), calendar.local_time(step.due_at, cal.zone)
    held = replace(step, paused_until_on=until_on, wanted_on=None)
    if on > until_on and (step.promised or calendar.is_workday(on, cal)):
        return Hold(held)
    back_at = calendar.on_workday(max(on, until_on + ONE_DAY), at, cal)
    return Hold(replace(held, due_at=outside_gap(back_at, facts, cal), promised=False))


def align(step: PlannedStep, decides_on: date, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN) -> Hold:
    """The same step two weeks before they decide and nothing sooner; if that has passed, as soon as possible."""
    if step.promised:
        return Hold(step)
    at = calendar.local_time(step.due_at, cal.zone)
    due_at = calendar.on_workday(decides_on - ALIGN_BEFORE, at, cal)
    if due_at <= now:
        due_at = calendar.next_occurrence(at, now, cal)
    return Hold(replace(step, due_at=outside_gap(due_at, facts, cal), wanted_on=None, paused_until_on=None))
