"""Why a date is another than its delay alone would have it: asked of the calendar, after the engine has decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from cadences import calendar
from cadences.decisions import PlannedStep
from cadences.model import Delay, DelayUnit
from cadences.work_calendar import WorkCalendar


class Shift(StrEnum):
    """What moves a date."""

    FREE_DAY = "free day"
    LEAVE = "leave"
    NIGHT = "night"
    GAP = "gap"
    FULL_DAY = "full day"


AS_WISHED: frozenset[Shift] = frozenset()
FULL = frozenset({Shift.FULL_DAY})


@dataclass(frozen=True, slots=True)
class Dated:
    """A planned step with what moved it; ``wanted_on`` is its date if every day were a workday, and none was full."""

    planned: PlannedStep
    wanted_on: date
    shifts: frozenset[Shift]
    free_because: str | None = None
    """What the day off is called that moved it."""

    @property
    def due_at(self) -> datetime:
        """When it is due, in UTC."""
        return self.planned.due_at


@dataclass(frozen=True, slots=True)
class Calendars:
    """A calendar, the same without leave, and the same without any free day: what a date would be but for those."""

    cal: WorkCalendar
    no_leave: WorkCalendar
    every_day: WorkCalendar

    @classmethod
    def of(cls, cal: WorkCalendar) -> "Calendars":
        """All three of one."""
        no_leave = replace(cal, leave=()) if cal.leave else cal
        return cls(cal, no_leave, replace(no_leave, workdays=calendar.EVERY_DAY, rules=()))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a step's own words ask for: a delay after a moment, or before the day a contract is renewed."""

    delay: Delay
    after_at: datetime
    renewal_on: date | None = None

    def on(self, cal: WorkCalendar) -> date:
        """The date this comes to in a calendar, by itself."""
        if self.renewal_on is not None:
            return calendar.next_workday(self.renewal_on - timedelta(days=self.delay.amount), cal)
        return calendar.local_date(calendar.due_moment(self.after_at, self.delay, cal), cal.zone)


def dated(step: PlannedStep, wish: Wish, calendars: Calendars) -> Dated:
    """The step with everything that moved it away from the date it was wished for."""
    cal, no_leave = calendars.cal, calendars.no_leave
    # Business days leave free days out by themselves, and are not moved by them; a leave nobody expects to be counted.
    in_business_days = wish.delay.unit is DelayUnit.BUSINESS_DAYS
    wanted_on = wish.on(no_leave if in_business_days else calendars.every_day)
    unmoved_on = step.wanted_on or calendar.local_date(step.due_at, cal.zone)
    if unmoved_on == wanted_on and wish.delay.unit is not DelayUnit.HOURS:
        return Dated(step, wanted_on, FULL if step.wanted_on else AS_WISHED)
    return _moved(step, wish, calendars, wanted_on, unmoved_on)


def _moved(step: PlannedStep, wish: Wish, calendars: Calendars, wanted_on: date, unmoved_on: date) -> Dated:
    cal, no_leave = calendars.cal, calendars.no_leave
    alone_on = wish.on(cal)
    free_because = calendar.free_because(wanted_on, no_leave)
    found = {
        Shift.FREE_DAY: free_because is not None,
        Shift.LEAVE: no_leave is not cal and wish.on(no_leave) != alone_on,
        Shift.NIGHT: wish.delay.unit is DelayUnit.HOURS and _asked_on(wish, cal) < wanted_on,
        Shift.GAP: unmoved_on > alone_on,
        Shift.FULL_DAY: step.wanted_on is not None,
    }
    return Dated(step, wanted_on, frozenset(shift for shift, holds in found.items() if holds), free_because)


def _asked_on(wish: Wish, cal: WorkCalendar) -> date:
    return calendar.local_date(wish.after_at + timedelta(hours=wish.delay.amount), cal.zone)
