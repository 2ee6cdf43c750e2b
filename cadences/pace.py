"""How soon the next touch may be made: after its delay, ahead of now, and never inside the minimum gap."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from cadences import calendar
from cadences.decisions import Facts
from cadences.model import Cadence, Channel, Delay, DelayUnit, Outcome
from cadences.work_calendar import WorkCalendar

MIN_GAP = 2
"""Business days between two touches to one prospect, unless the date was promised."""
MIN_GAP_AFTER_HOURS = 1
"""A delay in hours answers something that just happened (a meeting, a call): only "one touch a day" holds for it."""

NOTHING_KNOWN = Facts()
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a new moment is counted from, and what it may not come before."""

    after_at: datetime
    now: datetime
    cal: WorkCalendar
    facts: Facts = NOTHING_KNOWN

    @property
    def today(self) -> date:
        """The local date that is counted from where nothing was made: today, or later after steps passed over."""
        return calendar.local_date(max(self.now, self.after_at), self.cal.zone)


def is_light(cadence: Cadence, number: int | None, channel: Channel | None, outcome: Outcome) -> bool:
    """True for a touch made as a light step says, and no more than sent; None: on the step's own channel.

    Whatever reached somebody, or went another way than planned, is a touch like any other.
    """
    if number is None or not 1 <= number <= len(cadence.steps) or outcome is not Outcome.SENT:
        return False
    step = cadence.steps[number - 1]
    return step.light and channel in {None, step.channel}


def touched(happened_at: datetime, now: datetime, cal: WorkCalendar, facts: Facts, *, light: bool = False) -> Clock:
    """The clock after a touch: its delay counts from it, the gap from the latest one; none is made in the future."""
    happened_at = min(happened_at, now)
    return Clock(happened_at, now, cal, among(facts, happened_at, light=light))


def among(facts: Facts, made_at: datetime, *, light: bool = False) -> Facts:
    """The facts with a touch among them: the next one keeps its distance from it, unless it was a light one."""
    if light:
        is_latest = facts.latest_at is None or made_at >= facts.latest_at
        return replace(facts, light_at=made_at) if is_latest else facts
    last_at = max(made_at, facts.last_touch_at or made_at)
    still_light = facts.light_at is not None and facts.light_at > last_at
    return replace(facts, last_touch_at=last_at, light_at=facts.light_at if still_light else None)


def as_if_made(due_at: datetime, clock: Clock, *, light: bool = False) -> Clock:
    """The clock after a step that can't be made: later dates stay where they would be."""
    return replace(clock, after_at=due_at, facts=among(clock.facts, due_at, light=light))


def earliest_on(facts: Facts, cal: WorkCalendar, unit: DelayUnit = DelayUnit.BUSINESS_DAYS) -> date | None:
    """The first date outside the minimum gap after the last touch; None where there was no touch."""
    if facts.last_touch_at is None:
        return None
    gap = MIN_GAP_AFTER_HOURS if unit is DelayUnit.HOURS else MIN_GAP
    return calendar.add_workdays(calendar.local_date(facts.last_touch_at, cal.zone), gap, cal)


def work_begins(now: datetime, cal: WorkCalendar) -> datetime:
    """The next time that work begins."""
    return calendar.next_occurrence(calendar.step_time(cal), now, cal)


def ahead(delay: Delay, clock: Clock) -> datetime:
    """When the delay is over; if that has passed, the next time work begins."""
    due_at = calendar.due_moment(clock.after_at, delay, clock.cal)
    return due_at if due_at > clock.now else work_begins(clock.now, clock.cal)


def apart(delay: Delay, clock: Clock) -> datetime:
    """When the delay is over, moved out of the minimum gap at the same clock time."""
    return outside_gap(ahead(delay, clock), clock.facts, clock.cal, delay.unit)


def outside_gap(
    due_at: datetime, facts: Facts, cal: WorkCalendar, unit: DelayUnit = DelayUnit.BUSINESS_DAYS
) -> datetime:
    """The moment itself, or the first one outside the gap that shows the same clock time."""
    on = earliest_on(facts, cal, unit)
    if on is None or calendar.local_date(due_at, cal.zone) >= on:
        return due_at
    return calendar.on_workday(on, calendar.local_time(due_at, cal.zone), cal)


def before(renewal_on: date, delay: Delay, clock: Clock) -> datetime | None:
    """The moment so many days before a renewal; None when it is not ahead, in the gap, or moved past the renewal."""
    cal = clock.cal
    due_at = calendar.on_workday(renewal_on - timedelta(days=delay.amount), calendar.step_time(cal), cal)
    if due_at <= max(clock.after_at, clock.now) or calendar.local_date(due_at, cal.zone) > renewal_on:
        return None
    return due_at if outside_gap(due_at, clock.facts, cal) == due_at else None


def soonest(unit: DelayUnit, clock: Clock) -> datetime:
    """Today while there is working time, else when work begins again; in either case outside the gap."""
    now, cal = clock.now, clock.cal
    due_at = work_begins(now, cal)
    minute = now.replace(second=0, microsecond=0) + ONE_MINUTE
    on, today = calendar.local_date(minute, cal.zone), calendar.local_date(now, cal.zone)
    if on == today < calendar.local_date(due_at, cal.zone) and calendar.in_hours(minute, cal):
        due_at = minute.astimezone(UTC)
    earliest = earliest_on(clock.facts, cal, unit)
    if earliest is None or calendar.local_date(due_at, cal.zone) >= earliest:
        return due_at
    return calendar.on_workday(earliest, calendar.step_time(cal), cal)
