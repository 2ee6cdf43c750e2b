"""Why something that comes by itself does not come: each silence has a reason that can be read in the log."""

from datetime import date, datetime, timedelta

from bot.services import quiet
from bot.storage.records import Member
from cadences import calendar
from language import dates

LATE_AT_MOST = timedelta(hours=3)
"""Up to this late something is still sent; later it merges into the next."""
LATE = "more than 3 hours late: it merges into the next"


def reason(member: Member, today: date, scheduled_at: datetime, now: datetime) -> str | None:
    """Why nothing that was planned for a moment is said now, or None when it may be said."""
    if member.is_deleted:
        return "deactivated in Slack"
    if not member.digest_on:
        return "switched off"
    if member.paused_until_on is not None and today < member.paused_until_on:
        return f"paused until {member.paused_until_on.isoformat()}"
    leave = quiet.leave_of(member, today)
    if leave is not None:
        return f"on leave until {dates.day(leave.ends_on)}"
    if now - scheduled_at > LATE_AT_MOST:
        return LATE
    if quiet.closed_since(member, scheduled_at, now):
        return f"after {member.closes_time:%H:%M}: it merges into the next"
    return None if calendar.is_workday(today, member.calendar) else "a day off"
