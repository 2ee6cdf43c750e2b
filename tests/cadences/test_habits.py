"""One thing to try: the one that matters most, and nothing where there is too little to say it from."""

import pytest

from cadences.habits import Habits, Hint, Point, point
from cadences.model import Channel

MIXED = Habits(touches=20, busiest=Channel.CALL, on_busiest=10)


@pytest.mark.parametrize(
    ("habits", "hint"),
    [
        (Habits(), Point(Hint.NOT_ENOUGH, 0, 10)),
        (Habits(touches=9, busiest=Channel.CALL, on_busiest=9), Point(Hint.NOT_ENOUGH, 9, 10)),
        (MIXED, Point(Hint.STEADY)),
        (Habits(touches=10, busiest=Channel.CALL, on_busiest=8), Point(Hint.ONE_CHANNEL, 8, 10, Channel.CALL)),
        (Habits(newcomers=4, newcomers_slow=4), Point(Hint.NOT_ENOUGH, 0, 10)),
        (Habits(newcomers=10, newcomers_slow=3), Point(Hint.FIRST_TOUCH, 3, 10)),
        (Habits(touches=6, busiest=Channel.CALL, on_busiest=6, snoozes=4), Point(Hint.SNOOZES, 4, 10)),
        (Habits(promises=4, promises_late=4), Point(Hint.NOT_ENOUGH, 0, 10)),
        (Habits(promises=5, promises_late=1), Point(Hint.PROMISES, 1, 5)),
        (Habits(promises=6, promises_late=1), Point(Hint.STEADY)),
        (Habits(20, Channel.CALL, 20, 20, 5, 5, 5, 5), Point(Hint.PROMISES, 5, 5)),
    ],
)
def test_a_habit_is_named_from_its_least_on_and_promises_come_first(habits: Habits, hint: Point) -> None:
    assert point(habits) == hint
