"""What a text needs to know about the workspace to be drawn: names, the reader's zone, and now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC_ZONE: Final = ZoneInfo("UTC")
ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Words:
    """The names behind ids, and the zone and moment in which dates are told."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo = UTC_ZONE
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def zone_of(name: str | None) -> ZoneInfo:
    """The IANA zone of that name, or UTC where a person has none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC_ZONE


def clock_time(at: datetime) -> str:
    """A local moment as this workspace's people read it: 09:14 (they all prefer 24 hours)."""
    return f"{at:%H:%M}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return str(number) + ENDINGS.get(number % 10, "th")


def day_name(day: date, today: date) -> str:
    """The label of a day divider: Today, Yesterday, or the weekday and date."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    year = "" if day.year == today.year else f", {day.year}"
    return f"{day:%A}, {day:%B} {ordinal(day.day)}{year}"


def slack_date(at: datetime, pattern: str, words: Words) -> str:
    """A <!date^…> token's pattern filled in, in the reader's zone."""
    local, today = at.astimezone(words.zone), words.now.astimezone(words.zone).date()
    near = {today: "today", today - timedelta(days=1): "yesterday", today + timedelta(days=1): "tomorrow"}
    short, long = f"{local:%b} {local.day}, {local.year}", f"{local:%A}, {local:%B} {ordinal(local.day)}, {local.year}"
    usual = f"{local:%B} {ordinal(local.day)}, {local.year}"
    filled = {
        "{date_num}": f"{local:%Y-%m-%d}",
        "{date_short_pretty}": near.get(local.date(), short),
        "{date_long_pretty}": near.get(local.date(), long),
        "{date_pretty}": near.get(local.date(), usual),
        "{date_short}": short,
        "{date_long}": long,
        "{date}": usual,
        "{time_secs}": f"{local:%H:%M:%S}",
        "{time}": clock_time(local),
    }
    for token, text in filled.items():
        pattern = pattern.replace(token, text)
    return pattern
