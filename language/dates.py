"""Days and times of day as their reader writes them. English has one form, with the month in letters: never 4/5."""

from collections.abc import Iterable
from datetime import date, datetime, time

from babel.dates import format_skeleton, format_time, get_day_names

from language import SOURCE, reader

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# CLDR's names for which parts are shown; the order and the dots are each locale's own.
# The month is whole: an abbreviation would end in a dot, and so would the sentence.
DAY, YEAR, SHORT, WIDE = "MMMM{}d", "y", "E", "EEEE"


def day(on: date, *, year: bool = False, wide: bool = False) -> str:
    """``Thu 26 Nov``, ``Do., 26. November``; ``wide``: with the weekday's whole name, if the locale has it."""
    if reader().language == SOURCE:
        shown = f"{(DAY_NAMES if wide else DAYS)[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"
        return f"{shown} {on.year}" if year else shown
    skeleton = (YEAR if year else "") + DAY.format(WIDE if wide else SHORT)
    return str(format_skeleton(skeleton, on, locale=reader()))


def clock(at: time | datetime) -> str:
    """``09:05``: the wall clock of whoever's time it is; the zone is not looked at."""
    wall = at.time() if isinstance(at, datetime) else at.replace(tzinfo=None)
    return f"{wall:%H:%M}" if reader().language == SOURCE else format_time(wall, "short", locale=reader())


def weekday(number: int) -> str:
    """``Monday`` for 0."""
    return DAY_NAMES[number] if reader().language == SOURCE else str(get_day_names("wide", locale=reader())[number])


def weekdays(numbers: Iterable[int]) -> str:
    """``Mon–Fri``, or the days one by one; Monday is 0."""
    ordered = sorted(numbers)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{_short(ordered[0])}–{_short(ordered[-1])}"
    return ", ".join(map(_short, ordered))


def _short(number: int) -> str:
    if reader().language == SOURCE:
        return DAYS[number]
    return str(get_day_names("abbreviated", "stand-alone", locale=reader())[number])
