"""How urgent a follow-up is: points that add up, each with its own reason."""

from dataclasses import dataclass
from datetime import date

from cadences.calendar import business_days_between
from cadences.work_calendar import WorkCalendar

PROMISED = 100
"""A date given to the prospect comes before anything that adds up below."""
OVERDUE_A_DAY = 3
OVERDUE_AT_MOST = 30
VALUE_BANDS = ((10_000_000, 30), (2_500_000, 20), (500_000, 10), (1, 5))
"""From so much on, in minor units, so many points: 100,000, 25,000, 5,000, and anything at all."""
CLOSE_BANDS = ((2, 30), (7, 20), (14, 10))
"""Up to so many days before the close date, so many points; when it has passed, as on the day itself."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """The points of a follow-up, one field a reason; the score is their sum."""

    promised: int = 0
    overdue: int = 0
    value: int = 0
    close: int = 0

    @property
    def score(self) -> int:
        """All points together."""
        return self.promised + self.overdue + self.value + self.close


@dataclass(frozen=True, slots=True)
class Pressing:
    """What makes a follow-up urgent."""

    due_on: date
    promised: bool = False
    value_minor: int | None = None
    close_on: date | None = None


def urgency(facts: Pressing, today: date, cal: WorkCalendar) -> Urgency:
    """The points as of a date; waiting longer, or a later today, never makes it less urgent."""
    overdue = business_days_between(facts.due_on, today, cal) * OVERDUE_A_DAY
    return Urgency(
        promised=PROMISED if facts.promised else 0,
        overdue=min(overdue, OVERDUE_AT_MOST),
        value=_of_value(facts.value_minor or 0),
        close=_of_close(facts.close_on, today),
    )


def _of_value(value_minor: int) -> int:
    return next((points for least, points in VALUE_BANDS if value_minor >= least), 0)


def _of_close(close_on: date | None, today: date) -> int:
    if close_on is None:
        return 0
    return next((points for most, points in CLOSE_BANDS if (close_on - today).days <= most), 0)
