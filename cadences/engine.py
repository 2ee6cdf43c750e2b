"""What happens next with a prospect: pure decisions over a cadence, an outcome and now.

A delay counts from the touch actually made, so a late step shifts the later ones and nothing is caught up in a bunch.
Nothing is ever planned in the past, on a free day, or closer to the last touch than the minimum gap.
A step that can't be made (no phone, no email, no renewal date) is passed over, and the next one says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cadences import calendar
from cadences.answers import (
    ANSWER_WITHIN,
    NEXT_BUSINESS_DAY,
    NO_SHOW_CADENCE,
    PARK_DAYS,
    SAYS_NOTHING,
    after_answer,
    park,
)
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep
from cadences.endings import ASK_AGAIN_AFTER, MAX_TOUCHES, NURTURE_EVERY, closing
from cadences.following import first_from, planned, step_after
from cadences.holds import align, out_of_office, replan, snooze
from cadences.model import Cadence, Channel, Delay, DelayUnit, FollowUpType, Outcome, Purpose
from cadences.pace import (
    MIN_GAP,
    MIN_GAP_AFTER_HOURS,
    NOTHING_KNOWN,
    Clock,
    apart,
    earliest_on,
    outside_gap,
    soonest,
    touched,
)
from cadences.reach import by_preference, one_off
from cadences.work_calendar import WorkCalendar

__all__ = [
    "ANSWER_WITHIN",
    "ASK_AGAIN_AFTER",
    "MAX_ATTEMPTS",
    "MAX_TOUCHES",
    "MIN_GAP",
    "MIN_GAP_AFTER_HOURS",
    "NEXT_BUSINESS_DAY",
    "NOTHING_KNOWN",
    "NO_SHOW_CADENCE",
    "NURTURE_EVERY",
    "PARK_DAYS",
    "SAYS_NOTHING",
    "after_touch",
    "align",
    "earliest_on",
    "jump",
    "out_of_office",
    "park",
    "replan",
    "restart",
    "resume",
    "skip",
    "snooze",
    "start",
    "switch",
    "touch_without_cadence",
]

RETRY_AFTER = Delay(2, DelayUnit.BUSINESS_DAYS)
MAX_ATTEMPTS = 3
"""A call that nobody took is tried again so soon, and so often in all."""
AWAY_UNTIL_UNKNOWN = timedelta(days=7)
"""How long somebody is taken to be away whose message didn't say it."""

NOBODY_ANSWERED = frozenset({Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.SENT, Outcome.NO_SHOW})
NOBODY_PICKED_UP = frozenset({Outcome.VOICEMAIL, Outcome.NO_ANSWER})


@dataclass(frozen=True, slots=True)
class _Made:
    """A touch that was made for a step, as far as it decides about the next one."""

    number: int | None
    outcome: Outcome
    attempt: int
    channel: Channel | None


def start(cadence: Cadence, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN) -> Advance | Finish:
    """The first step that can be made, its delay counted from now; the end where there is none."""
    return first_from(cadence, 1, Clock(now, now, cal, facts), facts.unanswered)


def restart(cadence: Cadence, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN) -> Advance | Finish:
    """From the first step again."""
    return start(cadence, now, cal, facts)


def after_touch(
    cadence: Cadence,
    number: int | None,
    outcome: Outcome,
    happened_at: datetime,
    now: datetime,
    cal: WorkCalendar,
    facts: Facts = NOTHING_KNOWN,
    *,
    attempt: int = 1,
    channel: Channel | None = None,
    meeting_at: datetime | None = None,
    step: PlannedStep | None = None,
    light: bool = False,
) -> Decision:
    """What follows step `number` (None: a one-off touch before step 1) once it ended like this.

    `attempt` and `channel` (None: the step's own) say how the touch was made, `meeting_at` when a booked meeting is,
    `step` what is planned now: that one is held while they are out of office. `light`: as `pace.is_light` says.
    A touch after the end passes any number past the last: nurturing goes on, and the owner is asked again in a week.
    """
    if number is not None and number < 1:
        raise ValueError(f"steps are counted from 1, not {number}")
    facts = replace(facts, last_channel=channel or _channel_of(cadence, number, facts))
    clock = touched(happened_at, now, cal, facts, light=light)
    if outcome is Outcome.OUT_OF_OFFICE:
        return _away(step or _again(cadence, number, clock).step, clock)
    if outcome in SAYS_NOTHING or (outcome is Outcome.NO_SHOW and cadence.key == NO_SHOW_CADENCE):
        return _after_silence(cadence, _Made(number, outcome, attempt, channel), clock)
    return after_answer(outcome, clock, meeting_at)


def touch_without_cadence(
    outcome: Outcome,
    happened_at: datetime,
    now: datetime,
    cal: WorkCalendar,
    facts: Facts = NOTHING_KNOWN,
    *,
    meeting_at: datetime | None = None,
    step: PlannedStep | None = None,
) -> Decision | None:
    """What follows a touch where no cadence is active; None where the outcome says nothing: start the default one."""
    if outcome in SAYS_NOTHING:
        return None
    clock = touched(happened_at, now, cal, facts)
    if outcome is Outcome.OUT_OF_OFFICE:
        return _away(step, clock)
    return after_answer(outcome, clock, meeting_at)


def skip(
    cadence: Cadence, number: int | None, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN
) -> Advance | Finish:
    """The step after `number`, its delay counted from now; no touch was made."""
    return resume(cadence, number, now, now, cal, facts)


def resume(
    cadence: Cadence,
    done_number: int | None,
    after_at: datetime,
    now: datetime,
    cal: WorkCalendar,
    facts: Facts = NOTHING_KNOWN,
) -> Advance | Finish:
    """The step after `done_number` once more, counted from a moment: what could not be made may be possible now."""
    return step_after(cadence, done_number, Clock(min(after_at, now), now, cal, facts), facts.unanswered)


def jump(cadence: Cadence, to_number: int, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN) -> Advance:
    """That step next, whatever is known: today while there is working time, or as soon as the gap allows."""
    if not 1 <= to_number <= len(cadence.steps):
        raise ValueError(f"{cadence.name} has steps 1 to {len(cadence.steps)}, not {to_number}")
    step = cadence.steps[to_number - 1]
    due_at = soonest(step.delay.unit, Clock(now, now, cal, facts))
    return Advance(planned(step, to_number, due_at, facts.reach))


def switch(
    cadence: Cadence, was: PlannedStep | None, now: datetime, cal: WorkCalendar, facts: Facts = NOTHING_KNOWN
) -> Advance | Finish:
    """Another track: its first step, not before the one that was planned, so that nothing bunches."""
    first = start(cadence, now, cal, facts)
    if not isinstance(first, Advance) or was is None or was.due_at <= max(now, first.step.due_at):
        return first
    on, at = calendar.local_date(was.due_at, cal.zone), calendar.local_time(was.due_at, cal.zone)
    moved_to = was.due_at if calendar.is_workday(on, cal) else calendar.on_workday(on, at, cal)
    return Advance(replace(first.step, due_at=outside_gap(moved_to, facts, cal)))


def _after_silence(cadence: Cadence, made: _Made, clock: Clock) -> Advance | Finish:
    """Nobody answered, or nothing that decides: the same call again where that comes sooner, or the next step."""
    answered = made.outcome not in NOBODY_ANSWERED
    unanswered = 0 if answered else clock.facts.unanswered + 1
    following = step_after(cadence, made.number, clock, unanswered, touched_now=True)
    retry = _retry(cadence, made, clock)
    if retry is None or unanswered >= MAX_TOUCHES or not _sooner(retry, following.step, clock):
        return following
    return Advance(closing(cadence, retry, unanswered, clock))


def _retry(cadence: Cadence, made: _Made, clock: Clock) -> PlannedStep | None:
    """The same call once more, as long as it was one that nobody took and that was not tried too often."""
    if made.number is None or made.number > len(cadence.steps) or made.outcome not in NOBODY_PICKED_UP:
        return None
    step = cadence.steps[made.number - 1]
    again = planned(step, made.number, apart(RETRY_AFTER, clock), clock.facts.reach)
    if {again.channel, made.channel or again.channel} != {Channel.CALL} or made.attempt >= MAX_ATTEMPTS:
        return None
    return replace(again, attempt=made.attempt + 1)


def _sooner(retry: PlannedStep, following: PlannedStep | None, clock: Clock) -> bool:
    zone = clock.cal.zone
    return following is not None and (
        calendar.local_date(retry.due_at, zone) < calendar.local_date(following.due_at, zone)
    )


def _away(step: PlannedStep | None, clock: Clock) -> Hold:
    """Out of office without a date; where nothing is planned, a re-engaging email waits for them."""
    if step is None:
        step = one_off(clock.now, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE, clock.facts.reach)
    today = calendar.local_date(clock.now, clock.cal.zone)
    return out_of_office(step, today + AWAY_UNTIL_UNKNOWN, clock.cal, clock.facts)


def _channel_of(cadence: Cadence, number: int | None, facts: Facts) -> Channel | None:
    """How a touch was made of which only the step is known."""
    if number is None or number > len(cadence.steps):
        return facts.last_channel
    return by_preference(cadence.steps[number - 1].channel, facts.reach)


def _again(cadence: Cadence, number: int | None, clock: Clock) -> Advance | Finish:
    """The step of this number once more: an automatic answer is no touch that moves the position."""
    return step_after(cadence, (number or 1) - 1, clock, clock.facts.unanswered)
