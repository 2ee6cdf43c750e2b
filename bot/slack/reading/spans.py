"""Days from one to another as they are typed: `1–14 aug`, `28 jul to 3 aug`, `thu-fri`, `until mon`. Pure."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.reading import date_languages, dates
from bot.slack.reading.date_rules import MONTHS, DateOrder, plus
from bot.slack.reading.dates import Ambiguous, Past, Reading, When
from language import mark, say

ReadDate = Callable[[str, dt.datetime], Reading | None]
"""Reads a date phrase as of a moment, with the member's own habits."""

LONGEST = 120
"""No two dates take more; every dash of a long text would be tried as the one between them."""
ROLLED_OVER = 300
"""A day and a month that come round in so many days or more may have meant those that have just been."""
NO_DAY = mark("I found no day that I can read.")
NO_DAYS = mark("I found no days that I can read.")
PAST = mark("“{words}” has passed.")
ROLLED = mark("“{words}” has passed; with the year {year} behind it I read next year's.")
TWO_DATES = mark("“{words}” can be two dates: write {first} or {second}.")

_DASH = re.compile(r"\s*(?:–|—|\.{2,}|…|-{2})\s*")
_SPANS = (r"\s+(?:to|through|thru|until|till|bis|-)\s+", r"(?<=[^\s-])\s*-\s*(?=[^\s-])")
_FROM = re.compile(r"^(?:on leave|leave|on|from|ab|von|vom|for)\s+", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:until|till|til|bis)\s+", re.IGNORECASE)
_THROUGH = re.compile(r"^(?:through|thru|to|including)\s+", re.IGNORECASE)
_WEEK = re.compile(r"(?:the )?(?P<which>this|next) week", re.IGNORECASE)
_LENGTH = re.compile(r"(?P<count>[0-9]{1,2}|an?|one|two|three) ?(?P<unit>d|days?|w|wks?|weeks?)", re.IGNORECASE)
_LENGTH_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_ISO = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_DAY_ALONE = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th|\.)?", re.IGNORECASE)
_MONTH = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?!\w)\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\w)20[0-9]{2}(?!\w)")
_DOTTED = re.compile(r"[0-9]{1,2}\.\s?(?P<month>[0-9]{1,2}\.(?:[0-9]{2,4})?)")


@dataclass(frozen=True, slots=True)
class Garbled:
    """What can't be read, and why."""

    words: str
    reason: str


def reader_for(order: DateOrder | None, workdays: frozenset[int]) -> ReadDate:
    """The reader of date phrases with a member's own habits."""

    def read(text: str, now: dt.datetime) -> Reading | None:
        return dates.read(text, now, date_order=order, workdays=workdays)

    return read


def read_span(text: str, now: dt.datetime, read: ReadDate) -> tuple[dt.date, dt.date] | Garbled:
    """The first and the last of the days that were typed."""
    if len(text) > LONGEST:
        return Garbled(text, say(NO_DAYS))
    plain = _read_span(text, text, now, read)
    is_one_day = not isinstance(plain, Garbled) and plain[0] == plain[1]
    if not is_one_day and plain != Garbled(text, say(NO_DAYS)):
        return plain
    ways = (_read_span(text, way, now, read) for way in date_languages.spans_in_english(text))
    found = [span for span in ways if not isinstance(span, Garbled)]
    # A week in another language is also the day it begins on.
    return next((span for span in found if span[0] != span[1]), plain if is_one_day or not found else found[0])


def _read_span(typed: str, text: str, now: dt.datetime, read: ReadDate) -> tuple[dt.date, dt.date] | Garbled:
    said = _FROM.sub("", _DASH.sub(" - ", text).strip())
    if found := _WEEK.fullmatch(said):
        monday = plus(now.date(), -now.weekday() + (7 if found["which"].lower() == "next" else 0))
        return max(monday, now.date()), plus(monday, 6)
    if found := _LENGTH.fullmatch(said):
        count = _LENGTH_WORDS.get(found["count"].lower()) or int(found["count"])
        return now.date(), plus(now.date(), max(0, count * (7 if found["unit"].lower()[0] == "w" else 1) - 1))
    if _UNTIL.match(said):
        until = read_day(_UNTIL.sub("", said), now, read)
        return until if isinstance(until, Garbled) else (now.date(), plus(until, -1))
    if _THROUGH.match(said):
        last = read_day(_THROUGH.sub("", said), now, read)
        return last if isinstance(last, Garbled) else (now.date(), last)
    return _between(typed, said, now, read)


def _between(text: str, said: str, now: dt.datetime, read: ReadDate) -> tuple[dt.date, dt.date] | Garbled:
    """Two dates with something between them, or one."""
    trouble: Garbled | None = None
    for left, right in _halves(said):
        span = _ends(left, right, now, read)
        if not isinstance(span, Garbled):
            return span
        trouble = trouble or (span if span.reason != say(NO_DAY) else None)
    if trouble:
        return trouble
    only = read_day(said, now, read)
    if not isinstance(only, Garbled):
        return only, only
    return Garbled(text, say(NO_DAYS) if only.reason == say(NO_DAY) else only.reason)


def _halves(said: str) -> list[tuple[str, str]]:
    """Every way to cut a span in two, the plainest sign first; a date's own hyphens are no such sign."""
    held = _ISO.sub(lambda found: found[0].replace("-", "\0"), said)
    cuts = []
    for span in _SPANS:
        for found in re.finditer(span, held, re.IGNORECASE):
            left, right = held[: found.start()], held[found.end() :]
            cuts.append((left.replace("\0", "-").strip(), right.replace("\0", "-").strip()))
    return cuts


def _ends(left: str, right: str, now: dt.datetime, read: ReadDate) -> tuple[dt.date, dt.date] | Garbled:
    left, right = _completed(left, right)
    first = read_day(left, now, read)
    if isinstance(first, Garbled):
        return first
    at_first = dt.datetime.combine(first, dt.time.min, now.tzinfo)
    last = read_day(right, at_first, read)
    if isinstance(last, Garbled) or _wraps(first, last, right):
        # Two dates of which the second is before the first, with or without a year: the service says so.
        last = read_day(right, now, read)
    if isinstance(last, Garbled):
        return last
    if (first - now.date()).days >= ROLLED_OVER and not _YEAR.search(left):
        # `1–14 nov` on the 5th: the first is over, and next year's was not meant.
        return Garbled(left, say(ROLLED, words=left, year=first.year))
    return first, last


def _wraps(first: dt.date, last: dt.date, right: str) -> bool:
    """`14-1 aug`: nobody means a leave until the first of August of the year after."""
    return (last - first).days >= ROLLED_OVER and not _YEAR.search(right)


def _completed(left: str, right: str) -> tuple[str, str]:
    """`1` of `1–14 aug` is the first of August, and `14` of `aug 1-14` the fourteenth."""
    month, year = _MONTH.search(right), _YEAR.search(right)
    if _DAY_ALONE.fullmatch(left) and (dotted := _DOTTED.fullmatch(right)):
        return f"{left.rstrip('.')}.{dotted['month']}", right
    if _DAY_ALONE.fullmatch(left) and month:
        return f"{left} {month[0]} {year[0] if year else ''}".strip(), right
    if _DAY_ALONE.fullmatch(right) and (month := _MONTH.search(left)):
        return left, f"{right} {month[0]}"
    if year and _MONTH.search(left) and not _YEAR.search(left):
        return _in_year(left, int(year[0]), _MONTH.search(left), month), right
    return left, right


def _in_year(left: str, year: int, first: re.Match[str] | None, last: re.Match[str] | None) -> str:
    """`28 dec - 3 jan 2028`: the first is in the year before."""
    if first is None or last is None:
        return left
    wraps = MONTHS[first[0].lower().rstrip(".")] > MONTHS[last[0].lower().rstrip(".")]
    return f"{left} {year - wraps}"


def read_day(text: str, now: dt.datetime, read: ReadDate) -> dt.date | Garbled:
    """One day; a moment that is over and a date that can be two are said."""
    match read(text.strip(), now):
        case When(on=on):
            return on
        case Past(words=words):
            return Garbled(words, say(PAST, words=words))
        case Ambiguous(words=words, readings=(first, second)):
            reason = say(TWO_DATES, words=words, first=first.on.isoformat(), second=second.on.isoformat())
            return Garbled(words, reason)
        case _:
            return Garbled(text.strip(), say(NO_DAY))
