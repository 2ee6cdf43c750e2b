"""Clocks and calendars for the property tests, and oracles that know nothing of how the program counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from cadences import public_holidays
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2035, 12, 31, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
MINUTE = timedelta(minutes=1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
PLACES = (
    (None, None),
    ("DE", None),
    ("DE", "BY"),
    ("US", "CA"),
    ("GB", "SCT"),
    ("JP", None),
    ("IL", None),
    ("EG", None),
)


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The first moment of each new offset of a zone, 2026 to 2035."""
    return tuple(_changes(ZoneInfo(name)))


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    moment = FIRST
    while moment < LAST:
        if moment.astimezone(zone).utcoffset() != (moment + WEEK).astimezone(zone).utcoffset():
            low, high = 0, 7 * 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                same = (moment + middle * MINUTE).astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield moment + high * MINUTE
        moment += WEEK


@cache
def one_of_each_kind() -> tuple[str, ...]:
    """One zone for every way that clocks run from 2026 to 2035; all others show the same as one of these, always."""
    return tuple(sorted({clock_of(name): name for name in reversed(ZONES)}.values()))


@cache
def clock_of(name: str) -> tuple[tuple[datetime, timedelta | None], ...]:
    """All that a zone's clock does in these years: from which moment on it stands how far from UTC."""
    zone = ZoneInfo(name)
    return tuple((moment, moment.astimezone(zone).utcoffset()) for moment in (FIRST, *changes(name)))


def is_shown(on: date, at: time, zone: ZoneInfo) -> bool:
    """True when the clock on the wall really shows this: an oracle that tries every offset of the days around it."""
    wall = datetime.combine(on, at)
    hours = (datetime.combine(on, time.min, UTC) + n * timedelta(hours=6) for n in range(-8, 13))
    offsets = {moment.astimezone(zone).utcoffset() or timedelta() for moment in hours}
    return any((wall - offset).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) == wall for offset in offsets)


def is_worked(on: date, cal: WorkCalendar) -> bool:
    """The order of the rules, said once more: leave, then level by level, then the week."""
    if any(leave.deputy_id is None and leave.starts_on <= on <= leave.ends_on for leave in cal.leave):
        return False
    country_is_known = False
    for level in cal.rules:
        if on in {day.on for day in level.days_off}:
            return False
        if on in level.extra_days:
            return True
        if level.country is not None and not country_is_known:
            country_is_known = True
            if on in public_holidays.names(level.country, level.subdivision, on.year):
                return False
    return on.weekday() in cal.workdays


zones = st.sampled_from(ZONES)
clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
work_weeks = st.frozensets(st.integers(0, 6), min_size=1)
dates = st.dates(date(2026, 1, 1), date(2035, 12, 1))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.lists(clock_times, min_size=2, max_size=2, unique=True).map(lambda both: (min(both), max(both)))


@st.composite
def day_rules(draw: st.DrawFn, near: date) -> DayRules:
    """What one level might say of the weeks around a date."""
    country, subdivision = draw(st.sampled_from(PLACES))
    close = st.integers(-10, 90).map(lambda days: near + days * DAY)
    off = tuple(DayOff(on, "a day off") for on in draw(st.lists(close, max_size=4)))
    return DayRules(country, subdivision, off, tuple(draw(st.lists(close, max_size=4))))


@st.composite
def leaves(draw: st.DrawFn, near: date) -> Leave:
    """Some days or weeks away around a date, with a deputy or without."""
    starts_on = near + draw(st.integers(-20, 40)) * DAY
    return Leave(starts_on, starts_on + draw(st.integers(0, 30)) * DAY, draw(st.sampled_from([None, None, "ben"])))


@st.composite
def calendars(draw: st.DrawFn, near: date | None = None) -> WorkCalendar:
    """Any zone, week, step time and hours; with rules and leave where a date to have them near is given."""
    week = WorkCalendar(ZoneInfo(draw(zones)), draw(work_weeks), draw(clock_times), *draw(hours))
    if near is None:
        return week
    rules = tuple(draw(st.lists(day_rules(near), max_size=3)))
    leave = tuple(draw(st.lists(leaves(near), max_size=3)))
    return WorkCalendar(week.zone, week.workdays, week.step_time, week.opens, week.closes, rules, leave)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and a moment within a day and a half of one of its clock changes, where it has any."""
    name = draw(zones.filter(changes))
    return name, draw(st.sampled_from(changes(name))) + MINUTE * draw(st.integers(-36 * 60, 36 * 60))
