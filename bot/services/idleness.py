"""Idle, stalled and due as filters: what each means in business days is settled here, by calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.storage import filters
from bot.storage.filters import Filter, Moments
from bot.storage.records import Member
from cadences import calendar
from cadences.model import Stage
from cadences.stalled import IDLE_LIMITS, silence
from cadences.states import State
from cadences.work_calendar import WorkCalendar

ONE_DAY = timedelta(days=1)
"""No zone is further away than that: around now it is for their own calendar to say what is due."""
CLOSED = {State.WON: Stage.WON, State.LOST: Stage.LOST}
LONGEST_IDLE = 1_000
"""Business days; nobody asks for more."""
WEEK = 7
NEVER = datetime.max.replace(tzinfo=UTC)
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


def idle(wanted: Compare, team: Team, now: datetime) -> Filter:
    """Open deals with so many business days since anything happened, as :func:`cadences.stalled.silence` counts."""
    least, more = _idle_from(wanted.days, team, now), _idle_from(wanted.days + 1, team, now)
    match wanted.sign:
        case Sign.OVER:
            return filters.active(None, more)
        case Sign.FROM:
            return filters.active(None, least)
        case Sign.UNDER:
            return filters.active(least, None)
        case Sign.TO:
            return filters.active(more, None)
        case Sign.IS:
            return filters.active(more, least)


def stalled(team: Team, now: datetime) -> Filter:
    """What :func:`cadences.stalled.judge` calls stalled, said as moments; a test holds the two together."""
    quiet: dict[Stage, dict[str, datetime]] = {stage: {} for stage in IDLE_LIMITS}
    ends: dict[Stage, dict[str, datetime]] = {stage: {} for stage in IDLE_LIMITS}
    starts: dict[str, datetime] = {}
    for cal, ids in team:
        today, counted = calendar.local_date(now, cal.zone), silence(cal)
        starts |= dict.fromkeys(ids, _begin(today, cal))
        for stage, limit in IDLE_LIMITS.items():
            quiet[stage] |= dict.fromkeys(ids, _quiet_since(limit, counted, now))
            ends[stage] |= dict.fromkeys(ids, _begin(calendar.add_workdays(today, limit + 1, counted), counted))
    return filters.stalled(quiet, starts, ends)


def due(wanted: Due, viewer: Member, now: datetime) -> Filter:
    """The next step comes then, by the viewer's days."""
    today = viewer.local(now).date()
    monday = today - timedelta(days=today.weekday())
    first, end = {
        Due.TODAY: (today, today + ONE_DAY),
        Due.OVERDUE: (None, today),
        Due.TOMORROW: (today + ONE_DAY, today + 2 * ONE_DAY),
        Due.THIS_WEEK: (monday, monday + WEEK * ONE_DAY),
        Due.NEXT_WEEK: (monday + WEEK * ONE_DAY, monday + 2 * WEEK * ONE_DAY),
    }[wanted]
    after_at = _begin(first, viewer.calendar) if first else None
    return filters.due(after_at, _begin(end, viewer.calendar))


def may_be(state: State, now: datetime) -> Iterator[Filter]:
    """What must hold of those who are in a state: it spares working the state out for everybody."""
    sooner, later = now - ONE_DAY, now + ONE_DAY
    match state:
        case State.WON | State.LOST:
            yield filters.at_stage(CLOSED[state])
            return
        case State.DO_NOT_CONTACT:
            yield filters.barred()
            return
        case State.DUE:
            yield filters.due(None, later)
            return
        case State.SNOOZED:
            yield filters.put_off()
        case State.PAUSED:
            yield filters.any_of(filters.put_off(), filters.at_stage(Stage.PARKED))
        case State.WAITING:
            yield filters.any_of(filters.on_cadence(), filters.put_off())
        case State.FINISHED_SILENT:
            yield filters.fell_silent()
        case _:
            pass
    yield filters.ahead(sooner)


def _idle_from(days: int, team: Team, now: datetime) -> Moments:
    """For each owner the moment before which whoever is idle for so long was active last."""
    limit = min(days, LONGEST_IDLE)
    return {number: at for cal, ids in team for at in [_quiet_since(limit, silence(cal), now)] for number in ids}


def _quiet_since(days: int, cal: WorkCalendar, now: datetime) -> datetime:
    """The moment before which the last activity lies when at least so many business days have passed since."""
    if days <= 0:
        return NEVER
    on, counted = calendar.local_date(now, cal.zone), 0
    while counted < days:
        counted += calendar.is_workday(on, cal)
        on -= ONE_DAY
    return calendar.day_bounds(on, cal.zone)[1].astimezone(UTC)


def _begin(on: date, cal: WorkCalendar) -> datetime:
    return calendar.day_bounds(on, cal.zone)[0].astimezone(UTC)
