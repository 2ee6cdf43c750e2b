"""What a cadence may do and should not: warnings in words, none of which stops anybody from saving it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from cadences import calendar
from cadences.model import Cadence, Delay, DelayUnit, FollowUpType, Purpose, StartsAfter, Step, WorkCalendar
from cadences.preview import preview

SAME_CHANNEL_AT_MOST = 2
SMALLEST_GAP = 2
"""Business days between two touches."""
TOUCHES_AT_MOST = 8
WINDOW_DAYS = 30
FIRST_STEP_WITHIN = timedelta(hours=24)

USUAL_WEEK = WorkCalendar(ZoneInfo("UTC"))
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
USUAL_STARTS = tuple(MONDAY + timedelta(days=day) for day in sorted(USUAL_WEEK.workdays))
"""A cadence is judged by the real calendar, from each day of a usual week: what is true on one of them is said."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to think about; ``step`` counts from 1, None: the cadence as a whole."""

    step: int | None
    words: str

    def __str__(self) -> str:
        return f"step {self.step}: {self.words}" if self.step else self.words


def lint(cadence: Cadence) -> tuple[Advice, ...]:
    """Everything worth a second thought, in the order of the steps, then of the whole."""
    found = [*_late_start(cadence), *_same_channel(cadence.steps), *_too_close(cadence.steps)]
    return (*sorted(found, key=lambda advice: advice.step or 0), *_whole(cadence))


def _late_start(cadence: Cadence) -> Iterator[Advice]:
    delay = cadence.steps[0].delay
    if cadence.starts_after is StartsAfter.MEETING and _length(delay) > FIRST_STEP_WITHIN:
        yield Advice(1, f"{delay} after the meeting is too late: write within 24 hours, while it is fresh")


def _same_channel(steps: tuple[Step, ...]) -> Iterator[Advice]:
    """One warning a run, where it becomes too long."""
    run = 0
    for number, step in enumerate(steps, start=1):
        run = run + 1 if number > 1 and step.channel is steps[number - 2].channel else 1
        if run == SAME_CHANNEL_AT_MOST + 1:
            yield Advice(number, f"{step.channel} three times in a row: another channel reaches more people")


def _too_close(steps: tuple[Step, ...]) -> Iterator[Advice]:
    for number, step in enumerate(steps[1:], start=2):
        days = min(_business_days(step.delay, after_at) for after_at in USUAL_STARTS)
        if days < SMALLEST_GAP:
            said = "on the same business day" if days == 0 else f"{days} business day"
            words = f"{step.delay} after the step before can be {said}: leave at least {SMALLEST_GAP} business days"
            yield Advice(number, words)


def _whole(cadence: Cadence) -> Iterator[Advice]:
    most = max(_most_in_window(_dates(cadence, now)) for now in USUAL_STARTS)
    if most > TOUCHES_AT_MOST:
        yield Advice(None, f"{most} touches in {WINDOW_DAYS} days: more than {TOUCHES_AT_MOST} is pestering")
    if not any(step.type is FollowUpType.VALUE or step.purpose is Purpose.SHARE_VALUE for step in cadence.steps):
        yield Advice(None, "no value step: give them something before you ask again")
    if not any(step.purpose is Purpose.CLOSE_THE_LOOP for step in cadence.steps):
        yield Advice(None, "no closing step: say when you will stop writing, it often brings the answer")


def _business_days(delay: Delay, after_at: datetime) -> int:
    """How many business days this delay comes to from that moment, by itself; the engine leaves the gap whatever."""
    due_at = calendar.due_moment(after_at, delay, USUAL_WEEK)
    return calendar.business_days_between(after_at.date(), due_at.date(), USUAL_WEEK)


def _dates(cadence: Cadence, now: datetime) -> list[date]:
    return [dated.due_at.date() for dated in preview(cadence, now, USUAL_WEEK).steps]


def _most_in_window(dates: list[date]) -> int:
    """The most touches that fall into any thirty days."""
    window = timedelta(days=WINDOW_DAYS)
    return max(sum(first <= on < first + window for on in dates) for first in dates)


def _length(delay: Delay) -> timedelta:
    """How long a delay is where no weekend is in the way: one day is as good as 24 hours."""
    return timedelta(hours=delay.amount) if delay.unit is DelayUnit.HOURS else timedelta(days=delay.amount)
