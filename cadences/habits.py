"""One thing to try, out of somebody's own last weeks: pure, and silent where there is too little to say it from."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from cadences.model import Channel

LOOKED_BACK = timedelta(weeks=4)
LEAST_TOUCHES = 10
LEAST_PROMISES = 5
LEAST_NEWCOMERS = 5
"""With fewer of them nothing is said: one bad day would look like a habit."""
LATE_SHARE = 0.2
SNOOZED_SHARE = 0.4
SLOW_SHARE = 0.3
ONE_CHANNEL_SHARE = 0.8
"""From these shares on it is worth a word. Our own judgement, not a law of selling."""


class Hint(StrEnum):
    """What there is to try, in the order in which it matters."""

    PROMISES = "promises"
    SNOOZES = "snoozes"
    FIRST_TOUCH = "first_touch"
    ONE_CHANNEL = "one_channel"
    STEADY = "steady"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Habits:
    """What somebody did in that time, counted."""

    touches: int = 0
    busiest: Channel | None = None
    on_busiest: int = 0
    snoozes: int = 0
    promises: int = 0
    promises_late: int = 0
    newcomers: int = 0
    newcomers_slow: int = 0
    """Whom nobody contacted by the working day after they were added."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to try: so many of so many, and the channel where it is about one."""

    hint: Hint
    count: int = 0
    of: int = 0
    channel: Channel | None = None


def point(habits: Habits) -> Point:
    """The one that matters most; STEADY where nothing stands out, NOT_ENOUGH where nothing could."""
    answered = habits.touches + habits.snoozes
    measured = [
        (Hint.PROMISES, habits.promises_late, habits.promises, LEAST_PROMISES, LATE_SHARE),
        (Hint.SNOOZES, habits.snoozes, answered, LEAST_TOUCHES, SNOOZED_SHARE),
        (Hint.FIRST_TOUCH, habits.newcomers_slow, habits.newcomers, LEAST_NEWCOMERS, SLOW_SHARE),
        (Hint.ONE_CHANNEL, habits.on_busiest, habits.touches, LEAST_TOUCHES, ONE_CHANNEL_SHARE),
    ]
    enough = [each for each in measured if each[2] >= each[3]]
    for hint, count, of, _, share in enough:
        if count >= share * of:
            return Point(hint, count, of, habits.busiest if hint is Hint.ONE_CHANNEL else None)
    return Point(Hint.STEADY) if enough else Point(Hint.NOT_ENOUGH, habits.touches, LEAST_TOUCHES)
