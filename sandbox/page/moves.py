"""Where the clock's buttons lead, in the acting person's zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.page.words import clock_time

MORNING: Final = time(8, 45)
MONDAY_MORNING: Final = time(9, 30)
MONDAY: Final = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One button of the clock bar and the moment it leads to."""

    path: str
    label: str
    at: datetime
    to: str
    hint: str = ""


def next_local(now: datetime, wall: time, zone: ZoneInfo, weekday: int | None = None) -> datetime:
    """The first moment after ``now`` at which the wall clock shows ``wall`` (on that weekday, if one is given)."""
    day = now.astimezone(zone).date()
    while True:
        at = datetime.combine(day, wall, zone).astimezone(UTC)
        if at > now and weekday in (None, day.weekday()):
            return at
        day += timedelta(days=1)


def moves(now: datetime, zone: ZoneInfo) -> tuple[Move, ...]:
    """The clock bar's buttons, with where each leads from here."""
    tomorrow = (now.astimezone(zone) + timedelta(days=1)).astimezone(UTC)
    morning = next_local(now, MORNING, zone)
    monday = next_local(now, MONDAY_MORNING, zone, MONDAY)
    return (
        _move("next-morning", "Next morning", morning, zone, f"{morning.astimezone(zone):%a} {MORNING:%H:%M}"),
        _move("hour", "+1 hour", now + timedelta(hours=1), zone),
        _move("day", "+1 day", tomorrow, zone),
        _move("next-monday", "Next Monday", monday, zone, f"{MONDAY_MORNING:%H:%M}"),
    )


def _move(path: str, label: str, at: datetime, zone: ZoneInfo, hint: str = "") -> Move:
    local = at.astimezone(zone)
    return Move(path, label, at, f"{local:%A} {local.day} {local:%B} {local.year}, {clock_time(local)}", hint)
