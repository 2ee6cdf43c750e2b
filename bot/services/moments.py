"""When a member hears from us by herself next: her digest, the second nudge of a day, the recap of a week."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.services import quiet, silence
from bot.storage.records import Member
from bot.storage.tables import Rhythm
from cadences import calendar

NUDGE_TIME = time(15)
RECAP_TIME = time(16)
WEEK = timedelta(days=7)
ONE_SECOND = timedelta(seconds=1)
WEEKS_AHEAD = 60
"""Weeks in which a recap is looked for: more than the longest leave."""
LOOKED_AHEAD = timedelta(days=5 * 366)
"""So far ahead a digest is looked for that will be said: further than any pause or leave."""


def following(member: Member, after: datetime, *, had_on: date | None = None) -> dict[str, datetime | None]:
    """Every moment of hers after this one, by the column that keeps it.

    A day has one digest or reason for none: ``had_on`` is the last that had, still ahead where she flew west.
    """
    had_until = calendar.day_bounds(had_on, member.calendar.zone)[1] - ONE_SECOND if had_on else after
    return {
        "next_digest_at": next_digest(member, max(after, had_until)),
        "next_nudge_at": next_nudge(member, after),
        "next_recap_at": next_recap(member, after),
    }


def next_digest(member: Member, after: datetime) -> datetime | None:
    """Her next digest, or the next logged reason for none."""
    return _next(member, member.digest_time, after) if _hears(member) else None


def next_heard(member: Member, now: datetime) -> datetime | None:
    """The next digest that can be said: what the worker looks at, past each moment that only gets its reason."""
    moment = member.next_digest_at
    while moment is not None and moment - now < LOOKED_AHEAD:
        if silence.reason(member, member.local(moment).date(), moment, max(now, moment)) is None:
            return moment
        moment = next_digest(member, moment)
    return None


def next_nudge(member: Member, after: datetime) -> datetime | None:
    """The second nudge of a day that has a digest, for whoever wants one."""
    wanted = _hears(member) and member.second_nudge
    return _next(member, NUDGE_TIME, after) if wanted else None


def next_recap(member: Member, after: datetime) -> datetime | None:
    """The end of her last working day of a week, for whoever wants a recap; a week without such a day has none."""
    if not (_hears(member) and member.recap):
        return None
    days = quiet.days_here(member)
    worked = ([on for on in week if calendar.is_workday(on, days)] for week in _weeks(member, after))
    return _first_after(after, (calendar.resolve(week[-1], RECAP_TIME, days.zone) for week in worked if week))


def end_of_day(member: Member, moment: datetime) -> datetime:
    """The last moment of a day of hers."""
    return calendar.day_bounds(member.local(moment).date(), member.calendar.zone)[1] - ONE_SECOND


def monday_of(on: date) -> date:
    """The first day of a date's week."""
    return on - timedelta(days=on.weekday())


def comes_on(member: Member, moment: datetime | None, on: date) -> bool:
    """True where a moment of hers is still to come on that day."""
    return moment is not None and member.local(moment).date() == on


def _hears(member: Member) -> bool:
    """False for whoever left, and for whoever switched everything off that comes by itself."""
    return member.digest_on and not member.is_deleted


def _next(member: Member, at: time, after: datetime) -> datetime | None:
    """The next day with a digest, or with a reason for none, at this time."""
    if member.rhythm is Rhythm.DAILY:
        return calendar.next_occurrence(at, after, quiet.digest_days(member))
    days = (on for week in _weeks(member, after) for on in _firsts(member, week))
    return _first_after(after, (calendar.resolve(on, at, member.calendar.zone) for on in days))


def _firsts(member: Member, week: Iterable[date]) -> list[date]:
    """The first working day of a week; where she is away on it, which is the reason for none, the first behind that."""
    days = quiet.digest_days(member)
    worked = [on for on in week if calendar.is_workday(on, days)]
    here = [on for on in worked if quiet.leave_of(member, on) is None]
    return sorted({*worked[:1], *here[:1]})


def _first_after(after: datetime, moments: Iterable[datetime]) -> datetime | None:
    return next((moment for moment in moments if moment > after), None)


def _weeks(member: Member, after: datetime) -> Iterable[list[date]]:
    monday = monday_of(member.local(after).date())
    for number in range(WEEKS_AHEAD):
        yield [monday + number * WEEK + timedelta(days=day) for day in range(WEEK.days)]
