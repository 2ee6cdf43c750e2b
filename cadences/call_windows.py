"""When a call suits both: the overlap of a member's working hours and the prospect's business day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cadences import calendar
from cadences.work_calendar import WEEKDAYS, WorkCalendar

CALLS_OPEN = time(9, 0)
CALLS_CLOSE = time(17, 0)
"""People are called between these two, on their own wall, Monday to Friday; their holidays are not known."""

ONE_DAY = timedelta(days=1)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, from one moment up to another."""

    starts_at: datetime
    ends_at: datetime


def shared_hours(
    on: date, cal: WorkCalendar, their_zone: ZoneInfo, *, opens: time = CALLS_OPEN, closes: time = CALLS_CLOSE
) -> tuple[Window, ...]:
    """When it is inside her working hours on her date and a business day for them; none on her free days."""
    if not calendar.is_workday(on, cal):
        return ()
    starts_at, ends_at = calendar.hours(on, cal)
    first_on, last_on = (calendar.local_date(moment, their_zone) for moment in (starts_at, ends_at))
    found = []
    for days in range((last_on - first_on).days + 1):
        # Across the date line her Monday is their Sunday evening and their Monday, or their Monday and Tuesday.
        their_on = first_on + days * ONE_DAY
        if their_on.weekday() in WEEKDAYS:
            begins = max(starts_at, calendar.resolve(their_on, opens, their_zone))
            ends = min(ends_at, calendar.resolve(their_on, closes, their_zone))
            if begins < ends:
                found.append(Window(begins, ends))
    return tuple(found)


def best_moment(on: date, at: time, their_zone: ZoneInfo, windows: Iterable[Window]) -> datetime | None:
    """When their clock shows the time they like best, inside the hours both work; None where it lies outside."""
    shared = tuple(windows)
    # Across the date line their clock may show it a day earlier or later.
    moments = (calendar.resolve(on + days * ONE_DAY, at, their_zone) for days in (0, -1, 1))
    return next((each for each in moments if any(w.starts_at <= each < w.ends_at for w in shared)), None)


def order_key(window: Window | None, now: datetime) -> tuple[bool, datetime]:
    """Sorts calls: the overlap that ends first comes first, those with none left come last."""
    over = window is None or window.ends_at <= now
    return over, NEVER if window is None or over else window.ends_at


def their_time(moment: datetime, zone: ZoneInfo) -> time:
    """What their clock shows, for "14:10 for them"; naive moments are refused."""
    return calendar.local_time(moment, zone)
