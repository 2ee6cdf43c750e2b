"""Why something that comes by itself does not come: each silence has a reason that can be read.

Reasons are kept, and said in the language of whoever reads them: ``language.kept``.
"""

from datetime import date, datetime, timedelta

from bot.services import quiet
from bot.storage.records import Member
from cadences import calendar
from language import mark
from language.kept import keep

LATE_AT_MOST = timedelta(hours=3)
"""Up to this late something is still sent; later it merges into the next."""
LATE = mark("more than 3 hours late: it merges into the next")
DEACTIVATED = mark("deactivated in Slack")
CLOSED = mark("after {time}: it merges into the next")
OUT_OF_HOURS = mark("outside her hours")
NUDGED = mark("nudged today already")
DISTURBED = mark("do not disturb")


def reason(member: Member, today: date, scheduled_at: datetime, now: datetime) -> str | None:
    """Why nothing that was planned for a moment is said now, or None when it may be said."""
    if member.is_deleted:
        return DEACTIVATED
    if not member.digest_on:
        return mark("switched off")
    if member.paused_until_on is not None and today < member.paused_until_on:
        return keep(mark("paused until {day}"), day=member.paused_until_on)
    leave = quiet.leave_of(member, today)
    if leave is not None:
        return keep(mark("on leave until {day}"), day=leave.ends_on)
    if now - scheduled_at > LATE_AT_MOST:
        return LATE
    if quiet.closed_since(member, scheduled_at, now):
        return keep(CLOSED, time=member.closes_time)
    return None if calendar.is_workday(today, member.calendar) else mark("a day off")
