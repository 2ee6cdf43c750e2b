"""What a date phrase means: one pattern and one small function per way of saying a date."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

DateOrder = Literal["dmy", "mdy"]
MON_FRI: frozenset[int] = frozenset(range(5))

_DAY_NAMES = (
    "mon monday montag|tue tues tuesday tuseday dienstag|wed weds wednesday wensday wednsday mittwoch|"
    "thu thur thurs thursday thrusday donnerstag|fri friday freitag|sat saturday samstag sonnabend|sun sunday sonntag"
)
_MONTH_NAMES = (
    "jan january januar|feb february februar|mar march märz maerz|apr april|may mai|jun june juni|jul july juli|"
    "aug august|sep sept september|oct october okt oktober|nov november|dec december dez dezember"
)
WEEKDAYS = {name: number for number, names in enumerate(_DAY_NAMES.split("|")) for name in names.split()}
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
DAYS = {
    "today": 0, "heute": 0, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tmrw": 1, "tmr": 1,
    "morgen": 1, "fortnight": 14, "overmorrow": 2, "übermorgen": 2, "uebermorgen": 2, "yesterday": -1, "gestern": -1,
}  # fmt: skip
_ONE_TO_TEN = "one two three four five six seven eight nine ten"
NUMBERS = {name: number for number, name in enumerate(_ONE_TO_TEN.split(), 1)} | {
    "a": 1, "an": 1, "ein": 1, "eine": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "couple": 2,
}  # fmt: skip
_UNIT_NAMES = (
    "minutes min mins minute minuten|hours h hr hrs hour stunde stunden|days d day tag tage tagen|"
    "workdays bd bds wd workday werktage werktagen|weeks w wk wks week woche wochen|fortnights fortnight|"
    "months m mo mos month monat monate monaten|quarters quarter quartal|years y yr yrs year jahr jahre jahren"
)
UNITS = {name: names.split()[0] for names in _UNIT_NAMES.split("|") for name in names.split()}

_WEEKDAY = f"(?P<day>{'|'.join(WEEKDAYS)})"
_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_UNIT = f"(?P<unit>{'|'.join(UNITS)})"
_DATE = "(?P<date>[0-9]{1,2})"
_YEAR = "(?: ?,? ?(?P<year>20[0-9]{2}|19[0-9]{2}))?"
_WHICH = "this|last|diesen|letzten|next|coming|nächsten|naechsten|kommenden"
COUNTED = re.compile(rf"(?P<count>[0-9]{{1,3}}|{'|'.join(NUMBERS)}) ?{_UNIT}(?: time| from now)?(?P<ago> ago)?")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a phrase is read against: the member's own now, their order of day and month, their workdays."""

    now: dt.datetime
    order: DateOrder | None
    workdays: frozenset[int]

    @property
    def today(self) -> dt.date:
        """The member's local date."""
        return self.now.date()


def dates_of(text: str, frame: Frame, *, prefixed: bool) -> tuple[dt.date, ...]:
    """The local dates the text can mean, none when it is no date; a month alone needs a preposition before it."""
    if text in DAYS:
        return (plus(frame.today, DAYS[text]),)
    for pattern, rule in _RULES:
        if found := pattern.fullmatch(text):
            return rule(found, frame)
    if prefixed and (found := _MONTH_ALONE.fullmatch(text)):
        return _first_of_month(found, frame)
    if found := _DAY_AND_DATE.fullmatch(text):
        return _checked_weekday(found, frame)
    return ()


def _weekday(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """The next such day after today; `next tue` is next week's, and asked about while this week's is still ahead."""
    day, today = WEEKDAYS[found["day"]], frame.today
    soonest = plus(today, (day - today.weekday() - 1) % 7 + 1)
    this_week = plus(today, day - today.weekday())
    match found["which"]:
        case "this" | "diesen":
            return (this_week if this_week >= today else soonest,)
        case "last" | "letzten":
            return (plus(today, -((today.weekday() - day - 1) % 7 + 1)),)
        case None | "coming" | "kommenden" if not found["week"] and not found["week_first"]:
            return (soonest,)
        case _:
            unsure = this_week > today and not found["week"] and not found["week_first"]
            return (this_week, plus(this_week, 7)) if unsure else (plus(this_week, 7),)


def _period(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """`next week`, `last month`: its first day."""
    step = -1 if found["which"] == "last" else 1
    today = frame.today
    match UNITS[found["unit"]]:
        case "weeks":
            return (plus(today, 7 * step - today.weekday()),)
        case "months":
            return (_add_months(today.replace(day=1), step),)
        case "quarters":
            return (_add_months(_quarter_start(today), 3 * step),)
        case "years":
            return (today.replace(year=today.year + step, month=1, day=1),)
        case _:
            return ()  # `next hour`, `last days`


def _duration(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    count = count_of(found["count"]) * (-1 if found["ago"] else 1)
    today = frame.today
    match UNITS[found["unit"]]:
        case "hours" | "minutes":
            return ()  # a moment, not a date
        case "days":
            return (plus(today, count),)
        case "workdays":
            return (_add_workdays(today, count, frame.workdays),)
        case "weeks":
            return (plus(today, 7 * count),)
        case "fortnights":
            return (plus(today, 14 * count),)
        case "months":
            return (_add_months(today, count),)
        case "quarters":
            return (_add_months(today, 3 * count),)
        case _:
            return (_add_months(today, 12 * count),)


def _end_of(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """The last workday of the period, so that a weekend rule never moves it out of the period."""
    short = {"eow": "weeks", "eom": "months", "eoq": "quarters", "eoy": "years"}
    unit = short.get(found["short"] or "") or UNITS[found["unit"]]
    later = 1 if found["which"] in ("next", "nächsten") else 0
    first = _start_of(unit, frame.today)
    while True:
        end = _last_workday(plus(_later(first, unit, later + 1), -1), frame.workdays)
        if end >= frame.today:
            return (end,)
        later += 1


def _month_day(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    return _day_in_year(frame, MONTHS[found["month"]], int(found["date"]), found["year"])


def _part_of_month(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """`end of march`, `mid march`, `beginning of march`."""
    month = MONTHS[found["month"]]
    if found["which"] in ("end", "ende"):
        end = _last_workday(plus(_add_months(dt.date(frame.today.year, month, 1), 1), -1), frame.workdays)
        return (
            end if end >= frame.today else _last_workday(plus(_add_months(end.replace(day=1), 13), -1), frame.workdays),
        )
    return _day_in_year(frame, month, 15 if found["which"] == "mid" else 1, None)


def _numeric(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """`15/3` has one reading; `4/5` has two unless the member's own order is known."""
    first, second, year = int(found["first"]), int(found["second"]), found["year"]
    day_first = _day_in_year(frame, second, first, year)
    month_first = _day_in_year(frame, first, second, year)
    if day_first and month_first and first != second and frame.order:
        return day_first if frame.order == "dmy" else month_first
    return tuple(sorted({*day_first, *month_first}))


def _dotted(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    return _day_in_year(frame, int(found["second"]), int(found["first"]), found["year"])


def _iso(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    return _day_in_year(frame, int(found["month"]), int(found["date"]), found["year"])


def _ordinal(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """The next such day of a month, after today; months too short for it are passed over."""
    months = (_add_months(frame.today.replace(day=1), ahead) for ahead in range(4))
    days = (_date(month.year, month.month, int(found["date"])) for month in months)
    return tuple(day for day in days if day and day > frame.today)[:1]


def _quarter(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    return _day_in_year(frame, int(found["quarter"]) * 3 - 2, 1, found["year"])


def _first_of_month(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    if found["quarter"]:
        return _quarter(found, frame)
    return _day_in_year(frame, MONTHS[found["month"]], 1, found["year"])


def _weekday_number(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """`thu 26`: the next 26th, if that is a Thursday."""
    return tuple(day for day in _ordinal(found, frame) if day.weekday() == WEEKDAYS[found["day"]])


def _checked_weekday(found: re.Match[str], frame: Frame) -> tuple[dt.date, ...]:
    """`thu 26 nov`: the weekday picks between readings; where it contradicts the date, both are asked about."""
    days = dates_of(found["rest"], frame, prefixed=False)
    agreeing = tuple(day for day in days if day.weekday() == WEEKDAYS[found["day"]])
    if agreeing or not days:
        return agreeing
    soonest = plus(frame.today, (WEEKDAYS[found["day"]] - frame.today.weekday() - 1) % 7 + 1)
    return tuple(sorted({soonest, days[0]}))


def _day_in_year(frame: Frame, month: int, day: int, year: str | None) -> tuple[dt.date, ...]:
    """In the year that was said, else the next time that day comes round."""
    if year:
        exact = _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return (exact,) if exact else ()
    this_year, next_year = (_date(frame.today.year + ahead, month, day) for ahead in (0, 1))
    return tuple(on for on in (this_year, next_year) if on and on >= frame.today)[:1]


def _date(year: int, month: int, day: int) -> dt.date | None:
    valid = 1 <= month <= 12 and dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= day <= calendar.monthrange(year, month)[1]
    return dt.date(year, month, day) if valid else None


def plus(day: dt.date, days: int) -> dt.date:
    """So many calendar days later."""
    return day + dt.timedelta(days=days)


def _add_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _add_workdays(day: dt.date, count: int, workdays: frozenset[int]) -> dt.date:
    step = 1 if count >= 0 else -1
    for _ in range(abs(count)):
        day = plus(day, step)
        while day.weekday() not in workdays:
            day = plus(day, step)
    return day


def _last_workday(day: dt.date, workdays: frozenset[int]) -> dt.date:
    while day.weekday() not in workdays:
        day = plus(day, -1)
    return day


def _quarter_start(day: dt.date) -> dt.date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _start_of(unit: str, day: dt.date) -> dt.date:
    starts = {"weeks": plus(day, -day.weekday()), "months": day.replace(day=1), "quarters": _quarter_start(day)}
    return starts.get(unit, day.replace(month=1, day=1))


def _later(start: dt.date, unit: str, count: int) -> dt.date:
    return (
        plus(start, 7 * count)
        if unit == "weeks"
        else _add_months(start, count * {"months": 1, "quarters": 3}.get(unit, 12))
    )


def count_of(text: str) -> int:
    """The number that digits or a number word say."""
    return int(text) if text.isdigit() else NUMBERS[text]


_Rule = Callable[[re.Match[str], Frame], tuple[dt.date, ...]]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (
            rf"(?:(?P<week_first>next week )(?:on )?|(?P<which>{_WHICH}) )?{_WEEKDAY}(?P<week> next week)?",
            _weekday,
        ),
        (rf"(?P<which>last|next|nächste[nrs]?|naechste[nrs]?) {_UNIT}", _period),
        (COUNTED.pattern, _duration),
        (
            rf"(?:the )?(?:(?P<short>eo[wmqy])|ende?(?: of| der| des)?(?: the| this)?(?: (?P<which>next))? {_UNIT})",
            _end_of,
        ),
        (rf"(?:the )?(?P<which>end|ende|mid|start|beginning)(?: of)? {_MONTH}", _part_of_month),
        (rf"(?:the )?{_DATE}(?:st|nd|rd|th|\.)?(?: of |[ -]?){_MONTH}(?:-(?=20))?{_YEAR}", _month_day),
        (rf"{_MONTH} ?(?:the )?{_DATE}(?:st|nd|rd|th)?{_YEAR}", _month_day),
        (r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<date>[0-9]{1,2})", _iso),
        (r"(?P<first>[0-9]{1,2})([/-])(?P<second>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})", _numeric),
        (r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})(?P<year>)", _numeric),
        (r"(?P<first>[0-9]{1,2})\. ?(?P<second>[0-9]{1,2})\.(?: ?(?P<year>[0-9]{4}|[0-9]{2}))?", _dotted),
        (rf"(?:the )?{_DATE}(?:st|nd|rd|th)", _ordinal),
        (rf"the {_DATE}", _ordinal),
        (r"q(?P<quarter>[1-4]) (?P<year>20[0-9]{2})", _quarter),
        (rf"{_MONTH} (?P<year>20[0-9]{{2}})(?P<quarter>)", _first_of_month),
        (rf"{_WEEKDAY} (?:the )?{_DATE}(?:st|nd|rd|th)?", _weekday_number),
    )
)
_MONTH_ALONE = re.compile(rf"(?:(?:next|the) )?(?:{_MONTH}|q(?P<quarter>[1-4]))(?P<year>)")
_DAY_AND_DATE = re.compile(rf"{_WEEKDAY}(?: the| on)? (?P<rest>.+)")
