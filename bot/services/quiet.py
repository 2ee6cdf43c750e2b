"""When a member hears from us: in her hours, on days she works, and never on leave, whoever stands in for her."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.storage.records import Member
from cadences import calendar
from cadences.work_calendar import Leave, WorkCalendar

ON_TIME = timedelta(minutes=15)
"""A digest whose time is the end of her hours is a few seconds late each day; that is not late."""


def digest_days(member: Member) -> WorkCalendar:
    """The days that can have a digest or a logged reason for none: a leave is a reason, so its days are among them."""
    return replace(member.calendar, leave=())


def days_here(member: Member) -> WorkCalendar:
    """Her calendar with every leave as absence: a deputy makes her steps' days workdays, not hers."""
    alone = tuple(replace(leave, deputy_id=None) for leave in member.leave)
    return replace(member.calendar, leave=alone)


def leave_of(member: Member, on: date) -> Leave | None:
    """The leave she is on that day, with or without a deputy."""
    return next((leave for leave in member.leave if leave.covers(on)), None)


def is_here(member: Member, on: date) -> bool:
    """True on a day she works herself."""
    return calendar.is_workday(on, days_here(member))


def back_on(member: Member, after: date) -> date:
    """The first day from this one on that she works herself."""
    return calendar.next_workday(after, days_here(member))


def heard_at(member: Member, now: datetime) -> datetime:
    """Now if she may be told something she did not just ask for, else the moment from which she may."""
    return calendar.next_in_hours(now, days_here(member))


def is_quiet(member: Member, now: datetime) -> bool:
    """True outside her hours, on her free days and on leave."""
    return not calendar.in_hours(now, days_here(member))


def closed_since(member: Member, scheduled_at: datetime, now: datetime) -> bool:
    """True when her hours were open at a moment and have closed by now: what is late would come in the evening."""
    closes_at = calendar.hours(member.local(scheduled_at).date(), member.calendar)[1]
    return scheduled_at <= closes_at < now and now - scheduled_at > ON_TIME
