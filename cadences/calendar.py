"""Dates, wall clocks and moments: everything the program knows about time zones, work weeks, days off and quiet hours.

All daylight-saving logic lives here, on zoneinfo alone. Moments come back in UTC; a naive one is refused.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cadences.day_rules import DayBook, book_of, called, count, is_away, works
from cadences.model import Delay, DelayUnit
from cadences.work_calendar import Leave, WorkCalendar
from language import dates, say, say_n

EVERY_DAY = frozenset(range(7))

ON_LEAVE = "leave"
LONGEST_SEARCH = timedelta(days=5 * 366)
"""A calendar without a workday for so long is a mistake, and searching on would never end."""

SNOOZE_BUSINESS_DAYS = 3
LONGEST_REASON = 40
"""A button's label has room for 75 characters."""

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)
ONE_SECOND = timedelta(seconds=1)
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


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


def leave_on(on: date, cal: WorkCalendar) -> Leave | None:
    """The leave that covers this day, if any; one without a deputy before one with."""
    covering = [leave for leave in cal.leave if leave.covers(on)]
    return min(covering, key=lambda leave: leave.deputy_id is not None, default=None)


def free_because(on: date, cal: WorkCalendar) -> str | None:
    """Why nobody works that day (leave, the name of a day off, `Saturday`); None on a workday."""
    if is_workday(on, cal):
        return None
    if is_away(on, cal):
        return ON_LEAVE
    name = called(on, cal.rules) if cal.rules else None
    return name or dates.weekday(on.weekday())


def is_workday(on: date, cal: WorkCalendar) -> bool:
    """True on a day with working time; a work week without days is refused, nothing could ever be due."""
    book = _book(cal)
    # Asked in the hottest loops, and mostly of a calendar without rules or leave.
    return works(on, cal, book) if book or cal.leave else on.weekday() in cal.workdays


def _book(cal: WorkCalendar) -> DayBook | None:
    """What the calendar's rules say of single days, None where there are none; refuses an impossible work week."""
    if not cal.workdays or not cal.workdays <= EVERY_DAY:
        raise ValueError(f"a work week needs at least one day, Monday 0 to Sunday 6, not {sorted(cal.workdays)}")
    return book_of(cal.rules) if cal.rules else None


def next_workday(on: date, cal: WorkCalendar) -> date:
    """This date if it is a workday, else the first one after it."""
    return _next_workday(on, cal, _book(cal))


def _next_workday(on: date, cal: WorkCalendar, book: DayBook | None) -> date:
    first = on
    while not works(on, cal, book):
        on += ONE_DAY
        if on - first > LONGEST_SEARCH:
            raise ValueError(f"there is no workday from {first} to {on}: look at the leave and the days off")
    return on


def add_workdays(on: date, n: int, cal: WorkCalendar) -> date:
    """The n-th workday after this date; none to add means this date or the next workday."""
    if n < 0:
        raise ValueError(f"workdays are counted forward, not {n}")
    book = _book(cal)
    if n == 0:
        return _next_workday(on, cal, book)
    for _ in range(n):
        on = _next_workday(on + ONE_DAY, cal, book)
    return on


def business_days_between(a: date, b: date, cal: WorkCalendar) -> int:
    """How many workdays come after `a`, up to and including `b`; 0 when `b` is not later."""
    return count(a, b, cal, _book(cal)) if a < b else 0


def hours(on: date, cal: WorkCalendar) -> tuple[datetime, datetime]:
    """When the working hours of this date begin and end, be it a workday or not."""
    opens, closes = _hours(cal)
    return resolve(on, opens, cal.zone), resolve(on, closes, cal.zone)


def _hours(cal: WorkCalendar) -> tuple[time, time]:
    """The working hours on the wall; hours that end before they begin are refused."""
    if not cal.opens < cal.closes:
        raise ValueError(f"working hours need to end after they begin, not {cal.opens:%H:%M} to {cal.closes:%H:%M}")
    return cal.opens, cal.closes


def in_hours(moment: datetime, cal: WorkCalendar) -> bool:
    """True in the working hours of a workday, both ends included; else it is quiet."""
    opens, closes = _hours(cal)
    shown = local(moment, cal.zone)
    return opens <= shown.time() <= closes and is_workday(shown.date(), cal)


def next_in_hours(moment: datetime, cal: WorkCalendar) -> datetime:
    """This moment if it is in the working hours of a workday, else when the next ones begin."""
    if in_hours(moment, cal):
        return moment.astimezone(UTC)
    return _ahead_in_hours(local_date(moment, cal.zone), cal.opens, moment, cal)


def step_time(cal: WorkCalendar) -> time:
    """The clock time of a step that names none, moved into the working hours."""
    opens, closes = _hours(cal)
    return max(opens, min(cal.step_time, closes))


def on_workday(on: date, at: time, cal: WorkCalendar) -> datetime:
    """The wall time on this date, or on the next workday that has it."""
    book = _book(cal)
    while True:
        on = _next_workday(on, cal, book)
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


def _ahead_in_hours(on: date, at: time, earliest: datetime, cal: WorkCalendar) -> datetime:
    """The wall time on the first workday from this date on where it is in working hours and not before `earliest`."""
    moment = on_workday(on, at, cal)
    # A gap can swallow what is left of the hours, and a repeated hour can put the wall time behind us.
    while moment < earliest or local_time(moment, cal.zone) > cal.closes:
        on = local_date(moment, cal.zone) + ONE_DAY
        moment = on_workday(on, at, cal)
    return moment


def due_moment(after: datetime, delay: Delay, cal: WorkCalendar) -> datetime:
    """When a step is due that follows `after` by this delay: always in the working hours of a workday."""
    if delay.amount < 0:
        raise ValueError(f"a delay never counts backwards: {delay}")
    on = local_date(after, cal.zone)
    match delay.unit:
        case DelayUnit.HOURS:
            return _after_hours(after + timedelta(hours=delay.amount), cal)
        case DelayUnit.DAYS:
            on += timedelta(days=delay.amount)
        case DelayUnit.BUSINESS_DAYS:
            on = add_workdays(on, delay.amount, cal)
    # Nothing to add means today, even if today's time is over: whoever asks decides what to do with that.
    return _ahead_in_hours(on, step_time(cal), EARLIEST, cal)


def _after_hours(moment: datetime, cal: WorkCalendar) -> datetime:
    """The moment, moved off quiet hours to the step time and off free days to the same clock time."""
    moment = _whole_minute(moment.astimezone(UTC))
    on, at = local_date(moment, cal.zone), local_time(moment, cal.zone)
    morning = step_time(cal)
    if at > cal.closes:
        on, at = on + ONE_DAY, morning
    elif at < cal.opens:
        at = morning
    elif is_workday(on, cal):
        return moment
    return _ahead_in_hours(on, at, moment, cal)


def snooze_options(now: datetime, cal: WorkCalendar, promised_on: date | None = None) -> tuple[SnoozeOption, ...]:
    """The snooze menu as of now, no date twice; `promised_on` adds the workday after the prospect's own date."""
    today = local_date(now, cal.zone)
    later = add_workdays(today, SNOOZE_BUSINESS_DAYS, cal)
    options = [
        _tomorrow(today, cal),
        _option("business_days", say_n("{count} business day", "{count} business days", SNOOZE_BUSINESS_DAYS), later),
        _option("next_week", say("Next week"), next_workday(today + timedelta(weeks=1), cal)),
        _option("two_weeks", say("2 weeks"), next_workday(today + timedelta(weeks=2), cal)),
    ]
    if promised_on is not None and promised_on >= today:
        options.append(_option("after_their_date", say("After their date"), add_workdays(promised_on, 1, cal)))
    first_with_date = {option.on: option for option in reversed(options)}
    return tuple(option for option in options if first_with_date[option.on] is option)


def _option(key: str, words: str, on: date) -> SnoozeOption:
    return SnoozeOption(key, f"{words}: {dates.day(on)}", on)


def _tomorrow(today: date, cal: WorkCalendar) -> SnoozeOption:
    """Tomorrow, or the next workday, saying why it is not tomorrow."""
    tomorrow = today + ONE_DAY
    on = next_workday(tomorrow, cal)
    if on == tomorrow:
        return _option("tomorrow", say("Tomorrow"), on)
    why = (free_because(tomorrow, cal) or "")[:LONGEST_REASON]
    day = dates.day(on, wide=True)
    if why == ON_LEAVE:
        return SnoozeOption("tomorrow", say("{day} (on leave tomorrow)", day=day), on)
    return SnoozeOption("tomorrow", say("{day} (tomorrow is {why})", day=day, why=why), on)
