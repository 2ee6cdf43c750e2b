"""Dates, wall clocks and moments: everything the program knows about time zones and work weeks.

All daylight-saving logic lives here, on zoneinfo alone. Moments come back in UTC; a naive one is refused.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cadences.model import Delay, DelayUnit, WorkCalendar

EVERY_DAY = frozenset(range(7))
WINDOW_STARTS = time(8, 0)
WINDOW_ENDS = time(18, 0)
"""A delay in hours is never due outside this part of the local day."""

SNOOZE_BUSINESS_DAYS = 3

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)
ONE_SECOND = timedelta(seconds=1)

# strftime would answer in the language of the machine.
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class SnoozeOption:
    """One choice of the snooze menu, with the real date in its label."""

    key: str
    label: str
    on: date


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment as the clock on the wall shows it; naive moments are refused."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(zone)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at this moment."""
    return local(moment, zone).date()


def local_time(moment: datetime, zone: ZoneInfo) -> time:
    """The clock on the wall at this moment."""
    return local(moment, zone).time()


def resolve(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a wall time: in a gap the first valid minute after it, when repeated the first of the two."""
    wall = datetime.combine(on, at.replace(tzinfo=None, fold=0))
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # In a gap fold=0 counts with the offset before the change and so lands after it; fold=1 lands before it.
    return _whole_minute(_offset_change(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment, zone))


def _offset_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second in (before, after] that has the later offset."""
    old = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before) / ONE_SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * ONE_SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return before.replace(microsecond=0) + high * ONE_SECOND


def _whole_minute(moment: datetime) -> datetime:
    """The moment itself if it is a whole minute, else the next one."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + ONE_MINUTE


def day_bounds(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a local date and the first moment after it."""
    return resolve(on, time.min, zone), resolve(on + ONE_DAY, time.min, zone)


def is_workday(on: date, cal: WorkCalendar) -> bool:
    """True on a day with working time; a work week without days is refused, nothing could ever be due."""
    if not cal.workdays or not cal.workdays <= EVERY_DAY:
        raise ValueError(f"a work week needs at least one day, Monday 0 to Sunday 6, not {sorted(cal.workdays)}")
    return on.weekday() in cal.workdays


def next_workday(on: date, cal: WorkCalendar) -> date:
    """This date if it is a workday, else the first one after it."""
    while not is_workday(on, cal):
        on += ONE_DAY
    return on


def add_workdays(on: date, n: int, cal: WorkCalendar) -> date:
    """The n-th workday after this date; none to add means this date or the next workday."""
    if n < 0:
        raise ValueError(f"workdays are counted forward, not {n}")
    if n == 0:
        return next_workday(on, cal)
    for _ in range(n):
        on = next_workday(on + ONE_DAY, cal)
    return on


def business_days_between(a: date, b: date, cal: WorkCalendar) -> int:
    """How many workdays come after `a`, up to and including `b`; 0 when `b` is not later."""
    weeks, rest = divmod(max((b - a).days, 0), 7)
    return weeks * len(cal.workdays) + sum(is_workday(b - i * ONE_DAY, cal) for i in range(rest))


def on_workday(on: date, at: time, cal: WorkCalendar) -> datetime:
    """The wall time on this date, or on the next workday that has it."""
    while True:
        on = next_workday(on, cal)
        moment = resolve(on, at, cal.zone)
        # A gap may run up to midnight (Scoresbysund in March); the first valid minute is then on another day.
        if local_date(moment, cal.zone) == on:
            return moment
        on += ONE_DAY


def next_occurrence(at: time, now: datetime, cal: WorkCalendar) -> datetime:
    """The next moment strictly after now that shows this wall time on a workday."""
    on = local_date(now, cal.zone)
    moment = on_workday(on, at, cal)
    while moment <= now:
        on += ONE_DAY
        moment = on_workday(on, at, cal)
    return moment


def due_moment(after: datetime, delay: Delay, cal: WorkCalendar) -> datetime:
    """When a step is due that follows `after` by this delay: always on a workday."""
    if delay.amount < 0:
        raise ValueError(f"a delay never counts backwards: {delay}")
    on = local_date(after, cal.zone)
    match delay.unit:
        case DelayUnit.HOURS:
            return _in_window(after + timedelta(hours=delay.amount), cal)
        case DelayUnit.DAYS:
            return on_workday(on + timedelta(days=delay.amount), cal.step_time, cal)
        case DelayUnit.BUSINESS_DAYS:
            return on_workday(add_workdays(on, delay.amount, cal), cal.step_time, cal)


def _in_window(moment: datetime, cal: WorkCalendar) -> datetime:
    """The moment, moved off nights to the step time and off free days to the same clock time."""
    moment = _whole_minute(moment.astimezone(UTC))
    on, at = local_date(moment, cal.zone), local_time(moment, cal.zone)
    morning = max(WINDOW_STARTS, min(cal.step_time, WINDOW_ENDS))
    if at > WINDOW_ENDS:
        on, at = on + ONE_DAY, morning
    elif at < WINDOW_STARTS:
        at = morning
    elif is_workday(on, cal):
        return moment
    return on_workday(on, at, cal)


def short_date(on: date) -> str:
    """The date as labels show it: `Mon 30 Nov`."""
    return f"{DAY_NAMES[on.weekday()][:3]} {on.day} {MONTH_NAMES[on.month - 1]}"


def snooze_options(now: datetime, cal: WorkCalendar, promised_on: date | None = None) -> tuple[SnoozeOption, ...]:
    """The snooze menu as of now, no date twice; `promised_on` adds the workday after the prospect's own date."""
    today = local_date(now, cal.zone)
    later = add_workdays(today, SNOOZE_BUSINESS_DAYS, cal)
    options = [
        _tomorrow(today, cal),
        _option("business_days", f"{SNOOZE_BUSINESS_DAYS} business days", later),
        _option("next_week", "Next week", next_workday(today + timedelta(weeks=1), cal)),
        _option("two_weeks", "2 weeks", next_workday(today + timedelta(weeks=2), cal)),
    ]
    if promised_on is not None and promised_on >= today:
        options.append(_option("after_their_date", "After their date", add_workdays(promised_on, 1, cal)))
    first_with_date = {option.on: option for option in reversed(options)}
    return tuple(option for option in options if first_with_date[option.on] is option)


def _option(key: str, words: str, on: date) -> SnoozeOption:
    return SnoozeOption(key, f"{words}: {short_date(on)}", on)


def _tomorrow(today: date, cal: WorkCalendar) -> SnoozeOption:
    """Tomorrow, or the next workday, saying why it is not tomorrow."""
    tomorrow = today + ONE_DAY
    on = next_workday(tomorrow, cal)
    if on == tomorrow:
        return _option("tomorrow", "Tomorrow", on)
    day, free_day = DAY_NAMES[on.weekday()], DAY_NAMES[tomorrow.weekday()]
    return SnoozeOption("tomorrow", f"{day} {on.day} {MONTH_NAMES[on.month - 1]} (tomorrow is {free_day})", on)
