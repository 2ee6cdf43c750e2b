"""Idle, stalled and due as tests of what is known: what each means in business days is settled here, by calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.storage import filters
from bot.storage.filters import Known, Test
from bot.storage.records import Member
from cadences import calendar
from cadences.model import Stage, WorkCalendar
from cadences.stalled import IDLE_LIMITS

ONE_DAY = timedelta(days=1)
LONGEST_IDLE = 1_000
"""Business days; nobody asks for more."""
WEEK = 7
Team = Sequence[tuple[WorkCalendar, Sequence[str]]]
"""Calendars, and whose days each holds."""


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


def idle(wanted: Compare, team: Team, now: datetime) -> Test:
    """Open deals with so many business days, on their owner's calendar, since anything happened."""
    least, more = _idle_from(wanted.days, team, now), _idle_from(wanted.days + 1, team, now)
    match wanted.sign:
        case Sign.OVER:
            return more
        case Sign.FROM:
            return least
        case Sign.UNDER:
            return lambda known: known.is_open and not least(known)
        case Sign.TO:
            return lambda known: known.is_open and not more(known)
        case Sign.IS:
            return lambda known: least(known) and not more(known)


def stalled(team: Team, now: datetime) -> Test:
    """What :func:`cadences.stalled.judge` calls stalled, said as moments; a test holds the two together."""
    moments: dict[tuple[str, Stage], tuple[datetime, datetime, datetime]] = {}
    for cal, ids in team:
        today = calendar.local_date(now, cal.zone)
        starts_at = calendar.day_bounds(today, cal.zone)[0]
        for stage, limit in IDLE_LIMITS.items():
            ends_at = calendar.day_bounds(calendar.add_workdays(today, limit + 1, cal), cal.zone)[0]
            those = (_quiet_since(limit, cal, now), starts_at, ends_at)
            moments |= dict.fromkeys([(number, stage) for number in ids], those)

    def test(known: Known) -> bool:
        found = moments.get((known.owner_id, known.stage))
        if found is None or known.active_at >= found[0]:
            return False
        return known.due_at is None or not found[1] <= known.due_at < found[2]

    return test


def due(wanted: Due, viewer: Member, now: datetime) -> Test:
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


def _idle_from(days: int, team: Team, now: datetime) -> Test:
    if days <= 0:
        return filters.is_open
    limit = min(days, LONGEST_IDLE)
    return filters.idle_before(
        {number: at for cal, ids in team for at in [_quiet_since(limit, cal, now)] for number in ids}
    )


def _quiet_since(days: int, cal: WorkCalendar, now: datetime) -> datetime:
    """The moment before which the last activity lies when at least so many business days have passed since."""
    on, counted = calendar.local_date(now, cal.zone), 0
    while counted < days:
        counted += calendar.is_workday(on, cal)
        on -= ONE_DAY
    return calendar.day_bounds(on, cal.zone)[1]
