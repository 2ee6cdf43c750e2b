"""When a member hears from us by herself next: her digest, the second nudge of a day, the recap of a week."""

from datetime import date, datetime, time, timedelta

from bot.services import quiet
from bot.storage.records import Member
from cadences import calendar

NUDGE_TIME = time(15)
RECAP_TIME = time(16)
WEEK = timedelta(days=7)
WEEKS_AHEAD = 60
"""Weeks in which a recap is looked for: more than the longest leave."""


def following(member: Member, after: datetime) -> dict[str, datetime | None]:
    """Every moment of hers after this one, by the column that keeps it."""
    return {
        "next_digest_at": next_digest(member, after),
        "next_nudge_at": next_nudge(member, after),
        "next_recap_at": next_recap(member, after),
    }


def next_digest(member: Member, after: datetime) -> datetime | None:
    """Her next digest, or the next logged reason for none."""
    return calendar.next_occurrence(member.digest_time, after, quiet.digest_days(member)) if _hears(member) else None


def next_nudge(member: Member, after: datetime) -> datetime | None:
    """The second nudge of a day that has a digest, for whoever wants one."""
    wanted = _hears(member) and member.second_nudge
    return calendar.next_occurrence(NUDGE_TIME, after, quiet.digest_days(member)) if wanted else None


def next_recap(member: Member, after: datetime) -> datetime | None:
    """The end of her last working day of a week, for whoever wants a recap; a week without such a day has none."""
    if not (_hears(member) and member.recap):
        return None
    days, monday = quiet.days_here(member), monday_of(member.local(after).date())
    for week in range(WEEKS_AHEAD):
        first = monday + week * WEEK
        worked = [on for on in _days_from(first) if calendar.is_workday(on, days)]
        moment = calendar.resolve(worked[-1], RECAP_TIME, days.zone) if worked else None
        if moment is not None and moment > after:
            return moment
    return None


def monday_of(on: date) -> date:
    """The first day of a date's week."""
    return on - timedelta(days=on.weekday())


def comes_on(member: Member, moment: datetime | None, on: date) -> bool:
    """True where a moment of hers is still to come on that day."""
    return moment is not None and member.local(moment).date() == on


def _hears(member: Member) -> bool:
    """False for whoever left, and for whoever switched everything off that comes by itself."""
    return member.digest_on and not member.is_deleted


def _days_from(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(WEEK.days)]
