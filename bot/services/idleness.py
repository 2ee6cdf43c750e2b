"""Idle, stalled and due as conditions on rows: what each means in business days is settled here, by calendar."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, or_

from bot.storage import filters
from bot.storage.filters import Condition
from bot.storage.records import Member
from cadences import calendar
from cadences.model import WorkCalendar
from cadences.stalled import IDLE_LIMITS

ONE_DAY = timedelta(days=1)
LONGEST_IDLE = 1_000
"""Business days; nobody asks for more."""
WEEK = 7


class Sign(StrEnum):
    """Which side of a number is looked for."""

    OVER = ">"
    FROM = ">="
    UNDER = "<"
    TO = "<="
    IS = "="


class Due(StrEnum):
    """When the next step comes."""

    TODAY = "today"
    OVERDUE = "overdue"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this week"
    NEXT_WEEK = "next week"


@dataclass(frozen=True, slots=True)
class Compare:
    """A number of business days, and which side of it is looked for."""

    sign: Sign
    days: int


def idle(wanted: Compare, people: Sequence[Member], now: datetime) -> Condition:
    """Open deals with so many business days, on their owner's calendar, since anything happened."""
    least, more = _idle_from(wanted.days, people, now), _idle_from(wanted.days + 1, people, now)
    match wanted.sign:
        case Sign.OVER:
            return more
        case Sign.FROM:
            return least
        case Sign.UNDER:
            return and_(filters.IS_OPEN, filters.none_of(least))
        case Sign.TO:
            return and_(filters.IS_OPEN, filters.none_of(more))
        case Sign.IS:
            return and_(least, filters.none_of(more))


def stalled(people: Sequence[Member], now: datetime) -> Condition:
    """What :func:`cadences.stalled.judge` calls stalled, said as a condition; a test holds the two together."""
    kinds = []
    for cal, ids in _by_calendar(people):
        today = calendar.local_date(now, cal.zone)
        for stage, limit in IDLE_LIMITS.items():
            ends_on = calendar.add_workdays(today, limit + 1, cal)
            soon = filters.planned(calendar.day_bounds(today, cal.zone)[0], calendar.day_bounds(ends_on, cal.zone)[0])
            quiet = filters.idle_before([(ids, _quiet_since(limit, cal, now))])
            kinds.append(and_(filters.at_stage(stage), quiet, filters.none_of(soon)))
    return or_(*kinds)


def due(wanted: Due, viewer: Member, now: datetime) -> Condition:
    """The next step comes then, by the viewer's days."""
    zone = viewer.calendar.zone
    today = viewer.local(now).date()
    monday = today - timedelta(days=today.weekday())
    first, end = {
        Due.TODAY: (today, today + ONE_DAY),
        Due.OVERDUE: (None, today),
        Due.TOMORROW: (today + ONE_DAY, today + 2 * ONE_DAY),
        Due.THIS_WEEK: (monday, monday + WEEK * ONE_DAY),
        Due.NEXT_WEEK: (monday + WEEK * ONE_DAY, monday + 2 * WEEK * ONE_DAY),
    }[wanted]
    after_at = calendar.day_bounds(first, zone)[0] if first else None
    return filters.due(after_at, calendar.day_bounds(end, zone)[0])


def _idle_from(days: int, people: Sequence[Member], now: datetime) -> Condition:
    if days <= 0:
        return filters.IS_OPEN
    limit = min(days, LONGEST_IDLE)
    return filters.idle_before([(ids, _quiet_since(limit, cal, now)) for cal, ids in _by_calendar(people)])


def _quiet_since(days: int, cal: WorkCalendar, now: datetime) -> datetime:
    """The moment before which the last activity lies when at least so many business days have passed since."""
    on, counted = calendar.local_date(now, cal.zone), 0
    while counted < days:
        counted += calendar.is_workday(on, cal)
        on -= ONE_DAY
    return calendar.day_bounds(on, cal.zone)[1]


def _by_calendar(people: Sequence[Member]) -> Iterable[tuple[WorkCalendar, list[str]]]:
    """Members who share their days are asked about together."""
    found: dict[WorkCalendar, list[str]] = defaultdict(list)
    for member in people:
        found[member.calendar].append(member.id)
    return found.items()
