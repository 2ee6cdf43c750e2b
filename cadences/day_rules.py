"""Which days are worked: leave, then the nearest level of rules that says something of the day, then the work week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from cadences import public_holidays
from cadences.work_calendar import DayRules, WorkCalendar
from language import mark, say

ONE_DAY = timedelta(days=1)
DAY_OFF = mark("day off")
"""What a free day is called that nobody gave a name."""

BOOKS_KEPT = 4096
"""Members of one team mostly share their rules; each distinct set of rules is worked out once."""


@dataclass(frozen=True, slots=True)
class RuledYear:
    """The days of a year that differ from the work week: free ones with their names, and worked ones."""

    free: dict[date, str]
    worked: frozenset[date]


class DayBook:
    """All that one member's rules say, worked out year by year as it is asked for."""

    def __init__(self, rules: tuple[DayRules, ...]) -> None:
        self._rules = rules
        self._years: dict[int, RuledYear] = {}

    def year(self, year: int) -> RuledYear:
        """The days of this year that the rules decide."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _ruled(self._rules, year)
        return found


@lru_cache(maxsize=BOOKS_KEPT)
def book_of(rules: tuple[DayRules, ...]) -> DayBook:
    """The book of these rules; ask once and keep it for a loop, hashing rules costs more than looking a day up."""
    return DayBook(rules)


def _ruled(rules: tuple[DayRules, ...], year: int) -> RuledYear:
    """From the farthest level to the nearest, each writing over the ones before."""
    free: dict[date, str] = {}
    worked: set[date] = set()
    home = next((level for level in rules if level.country is not None), None)
    for level in reversed(rules):
        if level is home and level.country is not None:
            _take(free, worked, public_holidays.names(level.country, level.subdivision, year).items())
        extra = {on for on in level.extra_days if on.year == year}
        worked |= extra
        for on in extra:
            free.pop(on, None)
        # A level that names a day both ways keeps it free: a touch too late does less harm than a day off lost.
        _take(free, worked, ((day.on, day.name) for day in level.days_off if day.on.year == year))
    return RuledYear(free, frozenset(worked))


def _take(free: dict[date, str], worked: set[date], days: Iterable[tuple[date, str]]) -> None:
    """Make these days free, whatever a farther level said."""
    for on, name in days:
        free[on] = name
        worked.discard(on)


def called(on: date, rules: tuple[DayRules, ...]) -> str | None:
    """What a free day is called, a public holiday in the reader's language; None when the rules leave the day alone."""
    name = book_of(rules).year(on.year).free.get(on)
    home = next((level for level in rules if level.country is not None), None)
    if name == DAY_OFF:
        return say(name)
    if name is None or home is None or home.country is None:
        return name
    place = home.country, home.subdivision
    if public_holidays.names(*place, on.year).get(on) != name:
        return name  # somebody called it so
    return public_holidays.names(*place, on.year, public_holidays.language_of(home.country)).get(on, name)


def works(on: date, cal: WorkCalendar, book: DayBook | None) -> bool:
    """True on a workday; the book is that of the calendar's rules, None where it has none."""
    worked = on.weekday() in cal.workdays
    if book is not None:
        ruled = book.year(on.year)
        worked = on not in ruled.free if worked else on in ruled.worked
    return worked and not (cal.leave and is_away(on, cal))


def is_away(on: date, cal: WorkCalendar) -> bool:
    """True on leave that nobody stands in for."""
    return any(leave.deputy_id is None and leave.covers(on) for leave in cal.leave)


def count(a: date, b: date, cal: WorkCalendar, book: DayBook | None) -> int:
    """How many workdays come after `a`, up to and including `b`, without looking at each."""
    found = _ruled_count(a, b, cal, book)
    return found - sum(_ruled_count(*absence, cal, book) for absence in _absences(a, b, cal)) if cal.leave else found


def _ruled_count(a: date, b: date, cal: WorkCalendar, book: DayBook | None) -> int:
    """The same, as if there were no leave: whole weeks, the rest, and what the rules change."""
    weeks, rest = divmod((b - a).days, 7)
    found = weeks * len(cal.workdays) + sum((b - i * ONE_DAY).weekday() in cal.workdays for i in range(rest))
    if book is not None:
        for ruled in map(book.year, range(a.year, b.year + 1)):
            found += sum(a < on <= b and on.weekday() not in cal.workdays for on in ruled.worked)
            found -= sum(a < on <= b and on.weekday() in cal.workdays for on in ruled.free)
    return found


def _absences(a: date, b: date, cal: WorkCalendar) -> Iterator[tuple[date, date]]:
    """The leave without a deputy after `a` and up to `b`, as such pairs, each day in one of them only."""
    reached = a
    for leave in sorted(cal.leave, key=lambda leave: leave.starts_on):
        starts, ends = max(leave.starts_on - ONE_DAY, reached), min(leave.ends_on, b)
        if leave.deputy_id is None and starts < ends:
            yield starts, ends
            reached = ends
