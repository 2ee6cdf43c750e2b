"""The time of day in a date phrase, and the prepositions before a day or a time."""

import datetime as dt
import re

OFFICE_HOURS_START = 7
"""`thu 6` is six in the evening, `thu 7` seven in the morning."""

PARTS_OF_DAY = {
    "morning": dt.time(9), "früh": dt.time(9), "vormittag": dt.time(9), "noon": dt.time(12), "midday": dt.time(12),
    "mittag": dt.time(12), "afternoon": dt.time(14), "nachmittag": dt.time(14), "eod": dt.time(17), "cob": dt.time(17),
    "evening": dt.time(18), "abend": dt.time(18),
}  # fmt: skip
PREFIXES = frozenset(["until", "till", "til", "to", "by", "on", "in", "for", "at", "@", "bis", "am", "um", "im", "ab"])


def without_prefix(text: str) -> tuple[str, str]:
    """The phrase behind `on`, `at`, `until at`, and the preposition next to it."""
    first, _, rest = text.partition(" ")
    if first not in PREFIXES or not rest:
        return text, ""
    second, _, tail = rest.partition(" ")
    return (tail, second) if second in PREFIXES and tail else (rest, first)


def clock(text: str, *, bare: bool) -> dt.time | None:
    """`9:15`, `3pm`, `noon`, `morning at 9`; a bare hour only where what stands before it makes it one."""
    if text in PARTS_OF_DAY:
        return PARTS_OF_DAY[text]
    part, _, rest = text.partition(" ")
    if part in PARTS_OF_DAY:
        return _clock_in(PARTS_OF_DAY[part], clock(without_prefix(rest)[0], bare=True))
    if found := re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm|p)", text):
        hour, minute = int(found[1]), int(found[2] or 0)
        return wall_clock(hour % 12 + (12 if found[3] != "am" else 0), minute) if 1 <= hour <= 12 else None
    if found := re.fullmatch(
        r"([0-9]{1,2}):([0-9]{2})(?: ?uhr)?|([0-9]{1,2})(?:[.h]([0-9]{2}))? ?uhr|([0-9]{1,2})h([0-9]{2})", text
    ):
        hour, minute = (
            int(part) for part in (found[1] or found[3] or found[5], found[2] or found[4] or found[6] or "0")
        )
        early = not text.startswith("0") and 1 <= hour < OFFICE_HOURS_START and "uhr" not in text
        return wall_clock(hour + 12 if early else hour, minute)
    if bare and re.fullmatch(r"[0-9]{1,2}h?", text):
        hour = int(text.rstrip("h"))
        return wall_clock(hour + 12 if 1 <= hour < OFFICE_HOURS_START else hour, 0) if 1 <= hour < 20 else None
    return None


def _clock_in(part: dt.time, at: dt.time | None) -> dt.time | None:
    """`morning at 9`: the time must lie in the part of the day that was named."""
    if at is None or (part.hour < 12) == (at.hour < 12):
        return at
    return at.replace(hour=at.hour + 12) if part.hour >= 12 > at.hour else None


def wall_clock(hour: int, minute: int) -> dt.time | None:
    """The time, where a clock has it."""
    return dt.time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None
