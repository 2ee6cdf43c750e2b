"""Date phrases as salespeople type them, in the member's own zone, the future preferred; never a guess."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.slack.reading import date_languages
from bot.slack.reading.date_clock import PARTS_OF_DAY, PREFIXES, clock, wall_clock, without_prefix
from bot.slack.reading.date_rules import (
    COUNTED,
    DAYS,
    MON_FRI,
    MONTHS,
    NUMBERS,
    UNITS,
    WEEKDAYS,
    DateOrder,
    Frame,
    count_of,
    dates_of,
    plus,
)
from cadences import calendar


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_LANGUAGES: frozenset[str] = frozenset()
YEARS_AHEAD = 10
TAIL_WORDS = 10
_HOUR_PREFIXES = _words("at @ um until till by")
_DANGLING = _words("from after before not every each since or and than except between & - – nach vor seit")
"""`after tue`, `every tue`, `mon or tue`: the day is there, but it is not what was meant."""

_SAID_SHORTER = tuple((re.compile(pattern), shorter) for pattern, shorter in (
    (r"\b(?:the )?day after tomorrow\b", "overmorrow"), (r"\b(?:end of(?: the)? day|close of business)\b", "eod"),
    (r"\bthis (?=morning|afternoon|evening)", "today "), (r"\btonight\b", "today evening"),
    (r"\b(?:start|beginning) of (?=next )", ""),
    (r"\b(?:business|working) days?\b", "bd"), (r"\bcouple of\b", "couple"), (r"\ba couple\b", "couple"),
    (r"\b([ap])\.m\.?(?= |$)", r"\1m"), (r"\bo'?clock\b", "uhr"), (r"\bfirst thing\b", "morning"),
))  # fmt: skip
_GLUE = _words(
    "the of next this coming last end start beginning mid time from now ago uhr am pm a.m. p.m. o'clock oclock eow eom "
    "eoq eoy tonight business working close first thing after nächsten naechsten nächste naechste nächster nächstes "
    "kommenden diesen letzten ende der des day"
)
_VOCABULARY = _GLUE | PREFIXES | {*WEEKDAYS, *MONTHS, *DAYS, *PARTS_OF_DAY, *NUMBERS, *UNITS}
_NAMED_DAYS = {*WEEKDAYS, *MONTHS, "this", "the", "of", "on"}
"""What names a day by itself, and not by how far it is away."""
LOOKED_BACK_DAYS = (7, 31, 366)
_NUMERIC_WORD = re.compile(r"@?[0-9]{1,4}[-0-9./:a-zäöü]{0,12}|q[1-4]")
_SHAPE = re.compile(
    rf"(?<!\w)(?:[0-9]{{1,2}}(?:st|nd|rd|th|\.)? ?(?:of )?(?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)}) ?[0-9]{{1,2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\."
    r"|[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,2} ?[ap]m"
    rf"|{'|'.join(WEEKDAYS)}|{'|'.join(DAYS)}|in [0-9a-z]{{1,5}} (?:{'|'.join(UNITS)})"
    r"|(?:this|next) (?:week|month)s?|(?:week|kw) ?[0-9]{1,2}|week-?end|q[1-4])(?!\w)"
)
_CAPITAL_UNIT = re.compile(r"[0-9]+(?:M|D|W|Y|H|BD)")


@dataclass(frozen=True, slots=True)
class When:
    """One reading: a local date, and the wall-clock time where one was said."""

    on: dt.date
    time: dt.time | None
    words: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two honest readings, the sooner first; the person chooses."""

    words: str
    readings: tuple[When, When]


@dataclass(frozen=True, slots=True)
class Past:
    """A moment that is over."""

    words: str
    on: dt.date


Reading = When | Ambiguous | Past


def read(
    tail: str,
    now: dt.datetime,
    *,
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
    languages: frozenset[str] = NO_LANGUAGES,
) -> Reading | None:
    """What the whole phrase means at `now` in the member's zone; None when it is no date or one that cannot exist.

    Beside English it may be in the reader's own language, in one that its words show, and in those given.
    """
    if now.tzinfo is None:
        raise ValueError("now must know its zone")
    words = tail.split()
    frame, said = Frame(now, date_order, workdays or MON_FRI), " ".join(words)
    found = (when for text in _ways(words, languages) for when in _readings(_shortened(text), frame, said))
    return _settle(found, frame)


def read_tail(
    segment: str,
    now: dt.datetime,
    *,
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
    languages: frozenset[str] = NO_LANGUAGES,
) -> tuple[str, Reading, str] | None:
    """What stands before the date at the segment's tail, the date, and its words; None where no date ends it."""
    words = segment.split()
    known = date_languages.at_hand(" ".join(words[-TAIL_WORDS:]), languages)
    for length in range(_run(words, known), 0, -1):
        tail, rest = " ".join(words[-length:]), words[:-length]
        if reading := read(tail, now, date_order=date_order, workdays=workdays, languages=frozenset(known)):
            return None if rest and _means_another(rest, tail) else (" ".join(rest), reading, tail)
    return None


def _means_another(rest: list[str], tail: str) -> bool:
    """True where the word before the day makes it another one, or a name: `after tue`, `Mo 10:00`, `Santo Domingo`."""
    before = rest[-1].lower()
    if before in _DANGLING or date_languages.another_day(" ".join(rest[-2:])):
        return True
    if (
        len(rest) > 1
        and date_languages.is_short_date(before)
        and date_languages.is_short_day_and_time(f"{before} {tail}")
    ):
        return True
    is_name = rest[-1][:1].isupper() and tail[:1].isupper() and " " not in tail and not _dateish(tail)
    return is_name and not date_languages.is_own(tail)


def read_past(
    tail: str, now: dt.datetime, *, date_order: DateOrder | None = None, workdays: frozenset[int] = MON_FRI
) -> When | Ambiguous | None:
    """The same for what was: `tue` is the last one, today included; None for a day that has not come, or none."""
    words = tail.split()
    if len(words) == 1 and date_languages.is_odd_alone(tail):
        return None
    frame, said = Frame(now, date_order, workdays or MON_FRI), " ".join(words)
    readings = (_past_in(without_prefix(_shortened(text))[0].split(), frame, said) for text in _ways(words))
    return next((reading for reading in readings if reading is not None), None)


def _past_in(tokens: list[str], frame: Frame, said: str) -> When | Ambiguous | None:
    for cut in range(len(tokens), 0, -1):
        left, right = " ".join(tokens[:cut]), without_prefix(" ".join(tokens[cut:]))[0]
        at = clock(right, bare=False) if right else None
        if right and at is None:
            continue
        found = [When(on, at, said) for on in _latest(left, frame)]
        if len(found) > 1:
            return Ambiguous(said, (found[0], found[1]))
        if found:
            return found[0]
    return None


def _latest(text: str, frame: Frame) -> tuple[dt.date, ...]:
    """The latest dates that the text can mean, none of them ahead."""
    found = tuple(on for on in dates_of(text, frame, prefixed=False) if on <= frame.today)
    if found or not all(token in _NAMED_DAYS or _NUMERIC_WORD.fullmatch(token) for token in text.split()):
        return found
    for days in LOOKED_BACK_DAYS:
        earlier = replace(frame, now=frame.now - dt.timedelta(days=days))
        found = tuple(on for on in dates_of(text, earlier, prefixed=False) if earlier.today <= on <= frame.today)
        if found:
            return found
    return ()


def looks_like_date(text: str, *, whole: bool, languages: frozenset[str] = NO_LANGUAGES) -> bool:
    """True when something in the text has a date's shape, readable or not; `whole` wants nothing else beside it."""
    known = date_languages.at_hand(text, languages)
    if date_languages.is_short_day_and_time(text):
        return not whole or all(_dateish(word) or date_languages.is_short_date(word) for word in text.split())
    shaped = any(_SHAPE.search(said) for said in (text.lower(), *date_languages.in_english(_token_text(text), known)))
    return shaped and (not whole or all(_dateish(word) or date_languages.belongs(word, known) for word in text.split()))


def read_time(text: str) -> dt.time | None:
    """A wall-clock time on its own: `9:15`, `8.30am`, `noon`; a bare hour is taken as it is written."""
    bare = re.fullmatch(r"(?:at |@ ?)?([0-9]{1,2})(?:[.:]([0-9]{2}))?", text.strip().lower())
    return (
        wall_clock(int(bare[1]), int(bare[2] or 0))
        if bare
        else clock(without_prefix(_spoken(text.split()))[0], bare=False)
    )


def _run(words: list[str], languages: tuple[str, ...]) -> int:
    length = 0
    while length < min(TAIL_WORDS, len(words)) and _may_be_of_date(words[-1 - length], languages):
        length += 1
    return length


def _may_be_of_date(word: str, languages: tuple[str, ...]) -> bool:
    plain = _dateish(word) or (bool(languages) and _dateish(date_languages.fold(word)))
    return plain or date_languages.belongs(_token(word), languages)


def _ways(words: list[str], languages: frozenset[str] = NO_LANGUAGES) -> list[str]:
    """The phrase in English words, each way it can be read; none where a word of it is no date's."""
    if not 0 < len(words) <= TAIL_WORDS or any(map(_CAPITAL_UNIT.fullmatch, words)):
        return []
    text = _token_text(" ".join(words))
    known = date_languages.at_hand(text, languages)
    return [said for said in date_languages.in_english(text, known) if said and all(map(_dateish, said.split()))]


def _token_text(text: str) -> str:
    return " ".join(map(_token, text.split()))


def _dateish(word: str) -> bool:
    token = _token(word)
    return (token in _VOCABULARY or _NUMERIC_WORD.fullmatch(token) is not None) and not _CAPITAL_UNIT.fullmatch(word)


def _token(word: str) -> str:
    token = word.lower().rstrip(",;!?")
    return token.rstrip(".") if token[:-1].isalpha() else token


def _spoken(words: Iterable[str]) -> str:
    return _shortened(" ".join(map(_token, words)))


def _shortened(text: str) -> str:
    text = re.sub(r"(?:^|(?<= ))@(?=[^ ])", "@ ", text)
    for pattern, shorter in _SAID_SHORTER:
        text = pattern.sub(shorter, text)
    return text


def _readings(text: str, frame: Frame, words: str) -> Iterator[When]:
    """Every way to read the phrase: a date, a date and a time in either order, a time, a moment from now."""
    body, prefix = without_prefix(text)
    yield from _moment(body, frame, words)
    for on in dates_of(body, frame, prefixed=bool(prefix)):
        yield When(on, None, words)
    if (at := clock(body, bare=prefix in _HOUR_PREFIXES)) is not None:
        yield When(_next_day_with(at, frame), at, words)
    tokens = body.split()
    for cut in range(1, len(tokens)):
        left, (right, inner) = tokens[:cut], without_prefix(" ".join(tokens[cut:]))
        bare = inner in _HOUR_PREFIXES or left[-1] in WEEKDAYS or left[-1] in DAYS
        if (at := clock(right, bare=bare)) is not None:
            yield from (When(on, at, words) for on in dates_of(" ".join(left), frame, prefixed=bool(prefix)))
        if (at := clock(" ".join(left), bare=prefix in _HOUR_PREFIXES)) is not None:
            yield from (When(on, at, words) for on in dates_of(right, frame, prefixed=bool(inner)))


def _settle(found: Iterable[When], frame: Frame) -> Reading | None:
    latest = frame.today.replace(year=frame.today.year + YEARS_AHEAD, day=1)
    readings = sorted(
        {_shown_by_a_clock(when, frame) for when in found if when.on < latest},
        key=lambda when: (when.on, when.time or dt.time.min),
    )
    ahead = [when for when in readings if not _is_over(when, frame)]
    if len(ahead) > 1:
        return Ambiguous(ahead[0].words, (ahead[0], ahead[1]))
    if ahead:
        return ahead[0]
    return Past(readings[-1].words, readings[-1].on) if readings else None


def _shown_by_a_clock(when: When, frame: Frame) -> When:
    """The reading at a time that exists: 02:30 in the night that leaves it out is 03:00, as it will be planned."""
    zone = frame.now.tzinfo
    if when.time is None or not isinstance(zone, ZoneInfo):
        return when
    moment = calendar.local(calendar.resolve(when.on, when.time, zone), zone)
    there = moment.time() == when.time  # which of two equal times it is stays as it was said
    return when if there else replace(when, on=moment.date(), time=moment.time())


def _is_over(when: When, frame: Frame) -> bool:
    now = frame.now.replace(tzinfo=None)
    return when.on < frame.today or (when.time is not None and dt.datetime.combine(when.on, when.time) < now)


def _next_day_with(at: dt.time, frame: Frame) -> dt.date:
    ahead = dt.datetime.combine(frame.today, at) > frame.now.replace(tzinfo=None)
    return frame.today if ahead else plus(frame.today, 1)


def _moment(text: str, frame: Frame, words: str) -> Iterator[When]:
    """`in 2 hours`: added in UTC, so that the night the clocks change costs nobody an hour."""
    found = COUNTED.fullmatch(text)
    unit = UNITS[found["unit"]] if found else ""
    if found and unit in ("hours", "minutes"):
        moment = frame.now.astimezone(dt.UTC) + dt.timedelta(**{unit: count_of(found["count"])})
        local = moment.astimezone(frame.now.tzinfo)
        yield When(local.date(), local.time().replace(second=0, microsecond=0), words)
