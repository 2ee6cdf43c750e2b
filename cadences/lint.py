"""What a cadence may do and should not: warnings in words, none of which stops anybody from saving it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cadences import calendar, engine, pace
from cadences.decisions import Advance, Facts, Reach
from cadences.links import links
from cadences.model import Cadence, Channel, Delay, DelayUnit, FollowUpType, Purpose, StartsAfter, Step
from cadences.step_words import spoken
from cadences.work_calendar import WorkCalendar
from language import say, say_n

SAME_CHANNEL_AT_MOST = 2
LIGHT_AT_MOST = {Channel.LINKEDIN: 3}
"""A like, a comment, a message: light touches that are one approach."""
TAKEN_UP = frozenset({Channel.CALL, Channel.MEETING, Channel.EMAIL, Channel.SMS, Channel.LETTER})
"""Channels that reach somebody in person: nothing that is sent there is overlooked as lightly as a like."""
SMALLEST_GAP = 2
"""Business days between two touches."""
TOUCHES_AT_MOST = 8
WINDOW_DAYS = 30
FIRST_STEP_WITHIN = timedelta(hours=24)

BRINGS_SOMETHING = frozenset({Purpose.SHARE_VALUE, Purpose.THANK, Purpose.ANSWER_OBJECTION})
"""What gives more than it asks. Closing the loop asks for nothing any more, and so it never is one ask too many."""
ONLY_ASKS = frozenset(Purpose) - BRINGS_SOMETHING - {Purpose.CLOSE_THE_LOOP}

LONGEST_LINK = 60

USUAL_WEEK = WorkCalendar(ZoneInfo("UTC"))
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
USUAL_STARTS = tuple(MONDAY + timedelta(days=day) for day in sorted(USUAL_WEEK.workdays))
"""A cadence is judged by the real calendar, from each day of a usual week: what is true on one of them is said."""
RENEWED_AFTER = timedelta(days=3 * 365)
"""Far enough away for every step before a renewal to find its place."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to think about; ``step`` counts from 1, None: the cadence as a whole."""

    step: int | None
    words: str

    def __str__(self) -> str:
        return say("step {number}: {words}", number=self.step, words=self.words) if self.step else self.words


def lint(cadence: Cadence) -> tuple[Advice, ...]:
    """Everything worth a second thought, in the order of the steps, then of the whole."""
    steps = cadence.steps
    found = [
        *_late_start(cadence),
        *_same_channel(steps),
        *_too_close(steps),
        *_two_asks(steps),
        *_not_light(steps),
        *_same_link(steps),
    ]
    return (*sorted(found, key=lambda advice: advice.step or 0), *_whole(cadence))


def _late_start(cadence: Cadence) -> Iterator[Advice]:
    first = cadence.steps[0]
    if cadence.starts_after is not StartsAfter.MEETING or first.before_renewal:
        return
    if _length(first.delay) > FIRST_STEP_WITHIN:
        words = say(
            "{delay} after the meeting is too late: write within 24 hours, while it is fresh", delay=first.delay
        )
        yield Advice(1, words)


def _same_channel(steps: tuple[Step, ...]) -> Iterator[Advice]:
    """One warning a run, where it becomes too long."""
    run = 0
    for number, step in enumerate(steps, start=1):
        run = run + 1 if number > 1 and step.channel is steps[number - 2].channel else 1
        if run == LIGHT_AT_MOST.get(step.channel, SAME_CHANNEL_AT_MOST) + 1:
            words = say(
                "{channel} {count} times in a row: another channel reaches more people",
                channel=spoken(step.channel),
                count=run,
            )
            yield Advice(number, words)


def _too_close(steps: tuple[Step, ...]) -> Iterator[Advice]:
    for number, (before, step) in enumerate(pairwise(steps), start=2):
        if step.before_renewal:
            yield from _too_close_to_renewal(before, step, number)
            continue
        if before.light:  # nothing has to keep its distance from a like
            continue
        days = min(_business_days(step.delay, after_at) for after_at in USUAL_STARTS)
        if days < SMALLEST_GAP:
            yield Advice(number, _close_to_last(step.delay, days))


def _too_close_to_renewal(before: Step, step: Step, number: int) -> Iterator[Advice]:
    """Two steps that both count back from the renewal; any other one before it has no date to compare with."""
    if not before.before_renewal:
        return
    if step.delay.amount >= before.delay.amount:
        words = say(
            "{delay} before the renewal is not after {earlier} before it, so this step is always passed over",
            delay=step.delay,
            earlier=before.delay,
        )
        yield Advice(number, words)
        return
    days = min(_between(before.delay, step.delay, renewal_at) for renewal_at in USUAL_STARTS)
    if days < SMALLEST_GAP:
        yield Advice(number, _close_before_renewal(step.delay, days))


def _close_to_last(delay: Delay, days: int) -> str:
    gap = _business_days_said(SMALLEST_GAP)
    if days == 0:
        return say(
            "{delay} after the step before can be on the same business day: leave at least {gap}", delay=delay, gap=gap
        )
    shown = _business_days_said(days)
    return say("{delay} after the step before can be {days}: leave at least {gap}", delay=delay, days=shown, gap=gap)


def _close_before_renewal(delay: Delay, days: int) -> str:
    gap = _business_days_said(SMALLEST_GAP)
    if days == 0:
        return say(
            "{delay} before the renewal can be on the same business day after the step before: leave at least {gap}",
            delay=delay,
            gap=gap,
        )
    return say(
        "{delay} before the renewal can be {days} after the step before: leave at least {gap}",
        delay=delay,
        days=_business_days_said(days),
        gap=gap,
    )


def _business_days_said(count: int) -> str:
    return say_n("{count} business day", "{count} business days", count)


def _two_asks(steps: tuple[Step, ...]) -> Iterator[Advice]:
    """At every touch that asks again after one that only asked."""
    for number, (before, step) in enumerate(pairwise(steps), start=2):
        if _only_asks(before) and _only_asks(step):
            words = say(
                "{purpose} right after {before} asks twice and gives nothing: "
                "share value, thank or answer an objection in one of the two",
                purpose=spoken(step.purpose),
                before=spoken(before.purpose),
            )
            yield Advice(number, words)


def _only_asks(step: Step) -> bool:
    return step.type is not FollowUpType.VALUE and step.purpose in ONLY_ASKS


def _not_light(steps: tuple[Step, ...]) -> Iterator[Advice]:
    """At every light step that somebody has to take up or answer."""
    for number, step in enumerate(steps, start=1):
        if step.light and step.channel in TAKEN_UP:
            words = say("{channel} is no light touch: somebody has to take it up", channel=spoken(step.channel))
            yield Advice(number, words)
        elif step.light and _only_asks(step):
            words = say("{purpose} is no light touch: it wants an answer", purpose=spoken(step.purpose))
            yield Advice(number, words)


def _same_link(steps: tuple[Step, ...]) -> Iterator[Advice]:
    """At every step that sends what an earlier one sent."""
    first: dict[str, int] = {}
    for number, step in enumerate(steps, start=1):
        for link in links(step.template):
            if first.setdefault(link, number) != number:
                shown = link if len(link) <= LONGEST_LINK else f"{link[: LONGEST_LINK - 1]}…"
                words = say(
                    "{link} stands in step {number} already: send each thing once", link=shown, number=first[link]
                )
                yield Advice(number, words)


def _whole(cadence: Cadence) -> Iterator[Advice]:
    most = max(_most_in_window(_dates(cadence, now)) for now in USUAL_STARTS)
    if most > TOUCHES_AT_MOST:
        words = say(
            "{touches} touches in {days} days: more than {most} is pestering",
            touches=most,
            days=WINDOW_DAYS,
            most=TOUCHES_AT_MOST,
        )
        yield Advice(None, words)
    if not any(step.type is FollowUpType.VALUE or step.purpose is Purpose.SHARE_VALUE for step in cadence.steps):
        yield Advice(None, say("no value step: give them something before you ask again"))
    if not any(step.purpose is Purpose.CLOSE_THE_LOOP for step in cadence.steps):
        yield Advice(None, say("no closing step: say when you will stop writing, it often brings the answer"))


def _business_days(delay: Delay, after_at: datetime) -> int:
    """How many business days this delay comes to from that moment, by itself; the engine leaves the gap whatever."""
    due_at = calendar.due_moment(after_at, delay, USUAL_WEEK)
    return calendar.business_days_between(after_at.date(), due_at.date(), USUAL_WEEK)


def _between(earlier: Delay, later: Delay, renewal_at: datetime) -> int:
    """How many business days lie between two dates that are counted back from a renewal."""
    first, second = (
        calendar.next_workday(renewal_at.date() - timedelta(days=delay.amount), USUAL_WEEK)
        for delay in (earlier, later)
    )
    return calendar.business_days_between(first, second, USUAL_WEEK)


def _dates(cadence: Cadence, now: datetime) -> list[date]:
    """The dates as written: every step made when it is due, and nobody stops however long the silence is."""
    facts = Facts(Reach(renewal_on=(now + RENEWED_AFTER).date()))
    decision, dates = engine.start(cadence, now, USUAL_WEEK, facts), list[date]()
    while isinstance(decision, Advance):
        due_at = decision.step.due_at
        dates.append(due_at.date())
        light = cadence.steps[(decision.step.number or 1) - 1].light
        facts = pace.among(facts, due_at, light=light)
        decision = engine.resume(cadence, decision.step.number, due_at, due_at, USUAL_WEEK, facts)
    return dates


def _most_in_window(dates: list[date]) -> int:
    """The most touches that fall into any thirty days."""
    window = timedelta(days=WINDOW_DAYS)
    return max((sum(first <= on < first + window for on in dates) for first in dates), default=0)


def _length(delay: Delay) -> timedelta:
    """How long a delay is where no weekend is in the way: one day is as good as 24 hours."""
    return timedelta(hours=delay.amount) if delay.unit is DelayUnit.HOURS else timedelta(days=delay.amount)
