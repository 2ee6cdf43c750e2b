"""When a member works, as it is written down; what follows from it is in ``calendar``.

A local date ends in ``_on``, a wall clock in ``_time``.
"""

from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

DEFAULT_STEP_TIME = time(9, 0)
"""A step without a clock time of its own is due at this local time, never at midnight."""

WEEKDAYS = frozenset({0, 1, 2, 3, 4})
"""Monday is 0, as in :meth:`datetime.date.weekday`."""

DAY_OPENS = time(8, 0)
DAY_CLOSES = time(18, 0)
"""Quiet hours are outside of these two, on the wall of whoever works."""

DUE_A_DAY = 20
NEW_A_DAY = 10
"""How many steps, and how many first ones among them, a member's day takes before the next is put elsewhere."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day without work, and what it is called."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class DayRules:
    """What one level (a member, her team, the workspace) says about days; what it leaves out the next one decides."""

    country: str | None = None
    """ISO 3166-1 alpha-2, `DE`: its public holidays are free."""
    subdivision: str | None = None
    """The part of ISO 3166-2 after the country, `BY`; only together with a country."""
    days_off: tuple[DayOff, ...] = ()
    extra_days: tuple[date, ...] = ()
    """Worked although the week or a holiday says otherwise."""


NO_RULES = DayRules()


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both included; with a deputy the steps of these days go to that member, else they shift."""

    starts_on: date
    ends_on: date
    deputy_id: str | None = None

    def covers(self, on: date) -> bool:
        """True for a day of the leave."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a member works: zone, weekdays (Monday is 0), hours, and the days that differ."""

    zone: ZoneInfo
    workdays: frozenset[int] = field(default=WEEKDAYS)
    step_time: time = DEFAULT_STEP_TIME
    opens: time = DAY_OPENS
    closes: time = DAY_CLOSES
    """Nothing is due, and nothing is said, outside of these hours."""
    rules: tuple[DayRules, ...] = ()
    """The nearest level first: the member, her team, the workspace."""
    leave: tuple[Leave, ...] = ()
