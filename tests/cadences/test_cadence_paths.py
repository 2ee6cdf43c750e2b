"""The ways off the straight one: what can't be made, calls nobody takes, long silence, leaps, and being away."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cadences import engine, library
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Reach
from cadences.delays import parse_delay
from cadences.model import (
    Cadence,
    Channel,
    DelayUnit,
    End,
    EndAction,
    EnrollmentState,
    FollowUpType,
    Outcome,
    Purpose,
    Stage,
    Step,
)
from cadences.work_calendar import WorkCalendar

BERLIN = ZoneInfo("Europe/Berlin")
ANA = WorkCalendar(BERLIN)
PHONE, EMAIL, BOTH = Reach(phone=True), Reach(email=True), Reach(email=True, phone=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


TUESDAY = at("2026-11-24T15:00")
FRIDAY = at("2026-11-27T15:00")


def built_in(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


NUDGE, PERSISTENT, POST_SALE = built_in("nudge"), built_in("persistent"), built_in("post-sale")


def step(after: str, channel: Channel, *, before_renewal: bool = False) -> Step:
    kind, purpose = FollowUpType.VALUE, Purpose.SHARE_VALUE
    return Step(parse_delay(after), channel, kind, purpose, before_renewal=before_renewal)


def cadence_of(*steps: Step, end: EndAction = EndAction.ASK) -> Cadence:
    return Cadence("sample", "Sample", 1, steps, End(end))


def calls(*after: str, end: EndAction = EndAction.ASK) -> Cadence:
    return cadence_of(*(step(each, Channel.CALL) for each in after), end=end)


def step_of(decision: Decision | None) -> PlannedStep:
    assert isinstance(decision, Advance | Finish | Hold)
    assert decision.step is not None
    return decision.step


def shown(planned: PlannedStep) -> str:
    return planned.due_at.astimezone(BERLIN).strftime("%a %d %b %H:%M")


def touch(cadence: Cadence, number: int, outcome: Outcome = Outcome.SENT, facts: Facts | None = None) -> Decision:
    return engine.after_touch(cadence, number, outcome, TUESDAY, TUESDAY, ANA, facts or Facts())


# What can't be made


@pytest.mark.parametrize(
    ("reach", "number", "skipped", "when"),
    [
        (BOTH, 2, (), "Mon 30 Nov 09:00"),
        (PHONE, 2, (), "Mon 30 Nov 09:00"),
        (Reach(), 2, (), "Mon 30 Nov 09:00"),
        (EMAIL, 3, (2,), "Mon 07 Dec 09:00"),
    ],
)
def test_a_step_that_can_not_be_made_is_passed_over_and_the_later_dates_stay(
    reach: Reach, number: int, skipped: tuple[int, ...], when: str
) -> None:
    planned = step_of(touch(NUDGE, 1, facts=Facts(reach)))
    assert (planned.number, planned.skipped, shown(planned)) == (number, skipped, when)


def test_the_first_steps_can_be_passed_over_too() -> None:
    planned = step_of(engine.start(NUDGE, TUESDAY, ANA, Facts(PHONE)))
    assert (planned.number, planned.skipped, shown(planned)) == (2, (1,), "Tue 01 Dec 09:00")


@pytest.mark.parametrize("channel", [Channel.LINKEDIN, Channel.MEETING, Channel.VIDEO, Channel.LETTER])
@pytest.mark.parametrize("reach", [PHONE, EMAIL])
def test_other_channels_need_nothing_on_record(channel: Channel, reach: Reach) -> None:
    assert step_of(engine.start(cadence_of(step("3d", channel)), TUESDAY, ANA, Facts(reach))).skipped == ()


def test_a_text_message_needs_a_phone() -> None:
    cadence = cadence_of(step("3d", Channel.SMS), step("3d", Channel.EMAIL))
    assert step_of(engine.start(cadence, TUESDAY, ANA, Facts(EMAIL))).skipped == (1,)


def test_where_no_step_can_be_made_the_end_follows_and_says_what_was_passed_over() -> None:
    decision = engine.start(calls("3d", "4d"), TUESDAY, ANA, Facts(EMAIL))
    assert isinstance(decision, Finish)
    assert decision.state is EnrollmentState.FINISHED_SILENT
    planned = step_of(decision)
    assert (planned.number, planned.skipped, planned.purpose) == (None, (1, 2), Purpose.CLOSE_THE_LOOP)
    assert shown(planned) == "Wed 02 Dec 09:00"


@pytest.mark.parametrize(
    ("outcome", "number"), [(Outcome.REPLIED, 1), (Outcome.NOT_INTERESTED, 1), (Outcome.NOT_NOW, 1), (Outcome.SENT, 4)]
)
@pytest.mark.parametrize(
    ("reach", "channel"), [(PHONE, Channel.CALL), (EMAIL, Channel.EMAIL), (Reach(), Channel.EMAIL)]
)
def test_who_has_no_email_but_a_phone_is_answered_and_nurtured_by_phone(
    outcome: Outcome, number: int, reach: Reach, channel: Channel
) -> None:
    assert step_of(touch(built_in("post-meeting"), number, outcome, Facts(reach))).channel is channel


def test_a_phone_that_was_added_brings_the_passed_step_back() -> None:
    before = step_of(touch(NUDGE, 1, facts=Facts(EMAIL)))
    assert before.skipped == (2,)
    now = TUESDAY + timedelta(days=1)
    facts = Facts(BOTH, last_touch_at=TUESDAY)
    planned = step_of(engine.resume(NUDGE, 1, TUESDAY, now, ANA, facts))
    assert (planned.number, planned.skipped, shown(planned)) == (2, (), "Mon 30 Nov 09:00")


def test_a_step_that_comes_back_late_is_due_when_work_begins_again() -> None:
    planned = step_of(engine.resume(NUDGE, 0, at("2026-10-20T09:00"), FRIDAY, ANA))
    assert (planned.number, shown(planned)) == (1, "Mon 30 Nov 09:00")


# Before a renewal


@pytest.mark.parametrize(
    ("renewal_on", "number", "skipped", "when"),
    [
        (date(2027, 11, 24), 4, (), "Thu 26 Aug 09:00"),
        (date(2027, 1, 29), 5, (4,), "Mon 30 Nov 09:00"),
        (date(2027, 1, 25), 5, (4,), "Thu 26 Nov 09:00"),
        (date(2027, 1, 24), 6, (4, 5), "Fri 25 Dec 09:00"),
    ],
)
def test_a_step_before_the_renewal_is_made_where_its_day_is_ahead_and_outside_the_gap(
    renewal_on: date, number: int, skipped: tuple[int, ...], when: str
) -> None:
    planned = step_of(touch(POST_SALE, 3, facts=Facts(Reach(renewal_on=renewal_on))))
    assert (planned.number, planned.skipped, shown(planned)) == (number, skipped, when)


@pytest.mark.parametrize("renewal_on", [None, date(2026, 11, 24), date(2026, 11, 1)])
def test_without_a_renewal_ahead_its_steps_are_passed_over_and_nurturing_begins(renewal_on: date | None) -> None:
    decision = touch(POST_SALE, 3, facts=Facts(Reach(renewal_on=renewal_on)))
    assert isinstance(decision, Finish)
    planned = step_of(decision)
    assert (planned.skipped, shown(planned)) == ((4, 5, 6), "Mon 22 Feb 09:00")


# Calls that nobody takes


@pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.NO_ANSWER])
def test_a_call_nobody_took_is_tried_again_after_two_business_days(outcome: Outcome) -> None:
    planned = step_of(touch(PERSISTENT, 2, outcome))
    assert (planned.number, planned.attempt, planned.channel) == (2, 2, Channel.CALL)
    assert (planned.purpose, shown(planned)) == (Purpose.PROPOSE_MEETING, "Thu 26 Nov 09:00")


def test_after_the_third_try_the_cadence_goes_on_counted_from_that_one() -> None:
    now, decision = TUESDAY, touch(PERSISTENT, 2, Outcome.NO_ANSWER)
    attempts = [1]
    while step_of(decision).number == 2:
        planned, last_touch_at = step_of(decision), now
        attempts.append(planned.attempt)
        now = planned.due_at
        facts = Facts(last_touch_at=last_touch_at, unanswered=planned.attempt)
        decision = engine.after_touch(PERSISTENT, 2, Outcome.NO_ANSWER, now, now, ANA, facts, attempt=planned.attempt)
    assert attempts == [1, 2, 3]
    assert (step_of(decision).number, step_of(decision).attempt) == (3, 1)
    assert (now, shown(step_of(decision))) == (at("2026-11-30T09:00"), "Thu 03 Dec 09:00")


def test_a_retry_that_would_not_come_sooner_than_the_next_step_is_none() -> None:
    assert step_of(touch(calls("1d", "2bd"), 1, Outcome.VOICEMAIL)).number == 2
    assert step_of(touch(calls("1d", "3bd"), 1, Outcome.VOICEMAIL)).attempt == 2


def test_the_last_call_is_tried_again_before_nurturing_but_not_before_the_owner_is_asked() -> None:
    assert step_of(touch(calls("3d", end=EndAction.NURTURE), 1, Outcome.VOICEMAIL)).attempt == 2
    assert isinstance(touch(calls("3d"), 1, Outcome.VOICEMAIL), Finish)


def test_only_a_call_that_was_planned_and_made_is_tried_again() -> None:
    assert step_of(touch(PERSISTENT, 1, Outcome.NO_ANSWER)).number == 2
    by_mail = engine.after_touch(PERSISTENT, 2, Outcome.NO_ANSWER, TUESDAY, TUESDAY, ANA, channel=Channel.EMAIL)
    assert step_of(by_mail).number == 3
    assert step_of(engine.after_touch(PERSISTENT, None, Outcome.VOICEMAIL, TUESDAY, TUESDAY, ANA)).number == 1


def test_somebody_who_answered_the_call_is_not_tried_again() -> None:
    assert step_of(touch(PERSISTENT, 2, Outcome.CONNECTED)).number == 3


# Long silence


def silent(cadence: Cadence, number: int, unanswered: int, outcome: Outcome = Outcome.SENT) -> Decision:
    return touch(cadence, number, outcome, Facts(last_touch_at=TUESDAY - timedelta(days=7), unanswered=unanswered))


TWELVE = calls(*["3bd"] * 12, end=EndAction.STOP)


def test_the_eighth_touch_without_an_answer_closes_the_loop() -> None:
    assert step_of(silent(TWELVE, 6, 5)).purpose is Purpose.SHARE_VALUE
    planned = step_of(silent(TWELVE, 7, 6))
    assert (planned.number, planned.channel, planned.purpose) == (12, Channel.EMAIL, Purpose.CLOSE_THE_LOOP)
    assert shown(planned) == "Fri 27 Nov 09:00"


def test_after_eight_touches_nobody_is_dropped_or_pestered() -> None:
    decision = silent(TWELVE, 12, 7)
    assert isinstance(decision, Finish)
    assert (decision.state, decision.stage) == (EnrollmentState.FINISHED_SILENT, None)
    assert (step_of(decision).type, shown(step_of(decision))) == (FollowUpType.RE_ENGAGEMENT, "Thu 24 Dec 09:00")


def test_after_eight_touches_the_owner_is_asked_where_the_cadence_asks() -> None:
    decision = silent(replace(TWELVE, end=End(EndAction.ASK)), 8, 7)
    assert isinstance(decision, Finish)
    assert (step_of(decision).purpose, shown(step_of(decision))) == (Purpose.CLOSE_THE_LOOP, "Wed 25 Nov 09:00")


def test_a_cadence_that_nurtures_keeps_its_own_pace() -> None:
    slow = replace(TWELVE, end=End(EndAction.NURTURE, parse_delay("90d")))
    assert shown(step_of(silent(slow, 8, 7))) == "Mon 22 Feb 09:00"


def test_a_retry_counts_as_a_touch_and_closes_the_loop_where_it_is_the_eighth() -> None:
    planned = step_of(silent(PERSISTENT, 4, 6, Outcome.VOICEMAIL))
    assert (planned.number, planned.attempt, planned.purpose) == (8, 1, Purpose.CLOSE_THE_LOOP)
    assert shown(planned) == "Thu 26 Nov 09:00"


def test_a_conversation_begins_the_count_anew() -> None:
    assert step_of(silent(TWELVE, 8, 7, Outcome.CONNECTED)).number == 9


def test_skipping_does_not_lead_past_the_closing_touch() -> None:
    skipped = engine.skip(TWELVE, 7, TUESDAY, ANA, Facts(unanswered=7))
    assert (step_of(skipped).number, step_of(skipped).purpose) == (12, Purpose.CLOSE_THE_LOOP)


def test_a_step_that_closes_the_loop_by_itself_stays_as_it_is_written() -> None:
    assert step_of(silent(PERSISTENT, 7, 6)) == step_of(silent(PERSISTENT, 7, 0))


# Leaps


@pytest.mark.parametrize(
    ("now", "last_touch_at", "when"),
    [
        ("2026-11-24T07:10", None, "Tue 24 Nov 09:00"),
        ("2026-11-24T15:00", None, "Tue 24 Nov 15:01"),
        ("2026-11-24T17:59", None, "Tue 24 Nov 18:00"),
        ("2026-11-24T18:00", None, "Wed 25 Nov 09:00"),
        ("2026-11-28T12:00", None, "Mon 30 Nov 09:00"),
        ("2026-11-24T15:00", "2026-11-24T10:00", "Thu 26 Nov 09:00"),
        ("2026-11-24T15:00", "2026-11-20T10:00", "Tue 24 Nov 15:01"),
    ],
)
def test_a_jump_is_next_as_soon_as_the_gap_allows(now: str, last_touch_at: str | None, when: str) -> None:
    facts = Facts(EMAIL, last_touch_at=at(last_touch_at) if last_touch_at else None)
    planned = engine.jump(NUDGE, 2, at(now), ANA, facts).step
    assert (planned.number, planned.channel, shown(planned)) == (2, Channel.CALL, when)


@pytest.mark.parametrize("number", [-1, 0, 4])
def test_a_jump_to_a_step_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="has steps 1 to 3"):
        engine.jump(NUDGE, number, TUESDAY, ANA)


def test_a_restart_begins_with_the_first_step_and_keeps_the_gap() -> None:
    assert step_of(engine.restart(NUDGE, TUESDAY, ANA)).number == 1
    planned = step_of(engine.restart(calls("1d"), TUESDAY, ANA, Facts(last_touch_at=TUESDAY)))
    assert (planned.number, shown(planned)) == (1, "Thu 26 Nov 09:00")


def planned_for(due: str, *, timed: bool = False, promised: bool = False) -> PlannedStep:
    return PlannedStep(at(due), Channel.CALL, FollowUpType.VALUE, Purpose.SHARE_VALUE, 2, timed, promised)


@pytest.mark.parametrize(
    ("was", "when"),
    [
        (None, "Fri 27 Nov 09:00"),
        (planned_for("2026-11-20T09:00"), "Fri 27 Nov 09:00"),
        (planned_for("2026-11-25T09:00"), "Fri 27 Nov 09:00"),
        (planned_for("2026-12-03T11:30"), "Thu 03 Dec 11:30"),
        (planned_for("2026-12-05T11:30"), "Mon 07 Dec 11:30"),
    ],
)
def test_another_track_begins_at_the_later_of_both_times(was: PlannedStep | None, when: str) -> None:
    planned = step_of(engine.switch(NUDGE, was, TUESDAY, ANA))
    assert (planned.number, shown(planned)) == (1, when)


def test_the_first_date_outside_the_gap_is_known() -> None:
    assert engine.earliest_on(Facts(), ANA) is None
    assert engine.earliest_on(Facts(last_touch_at=FRIDAY), ANA) == date(2026, 12, 1)
    assert engine.earliest_on(Facts(last_touch_at=FRIDAY), ANA, DelayUnit.HOURS) == date(2026, 11, 30)


# Away, and deciding


@pytest.mark.parametrize(
    ("held", "expected", "promised"),
    [
        (planned_for("2026-11-25T09:00"), "Mon 07 Dec 09:00", False),
        (planned_for("2026-11-25T14:30", timed=True), "Mon 07 Dec 14:30", False),
        (planned_for("2026-12-04T09:00"), "Mon 07 Dec 09:00", False),
        (planned_for("2026-12-05T09:00"), "Mon 07 Dec 09:00", False),
        (planned_for("2026-12-16T09:00"), "Wed 16 Dec 09:00", False),
        (planned_for("2026-12-19T09:00"), "Mon 21 Dec 09:00", False),
        (planned_for("2026-12-03T09:00", promised=True), "Mon 07 Dec 09:00", False),
        (planned_for("2026-12-05T09:00", promised=True), "Sat 05 Dec 09:00", True),
        (planned_for("2026-12-16T09:00", promised=True), "Wed 16 Dec 09:00", True),
    ],
)
def test_who_is_away_is_left_alone_until_the_business_day_after(
    held: PlannedStep, expected: str, promised: bool
) -> None:
    found = engine.out_of_office(held, date(2026, 12, 4), ANA).step
    assert (shown(found), found.promised, found.paused_until_on) == (expected, promised, date(2026, 12, 4))
    assert (found.number, found.timed) == (held.number, held.timed)


def test_an_automatic_answer_without_a_date_holds_the_step_for_a_week() -> None:
    held = planned_for("2026-11-24T09:00")
    decision = engine.after_touch(NUDGE, 2, Outcome.OUT_OF_OFFICE, TUESDAY, TUESDAY, ANA, step=held)
    assert isinstance(decision, Hold)
    assert (decision.step.number, decision.step.paused_until_on) == (2, date(2026, 12, 1))
    assert shown(decision.step) == "Wed 02 Dec 09:00"


def test_an_automatic_answer_holds_the_step_that_was_to_be_made_where_none_is_named() -> None:
    assert step_of(touch(NUDGE, 2, Outcome.OUT_OF_OFFICE)).number == 2
    alone = engine.touch_without_cadence(Outcome.OUT_OF_OFFICE, TUESDAY, TUESDAY, ANA)
    assert (step_of(alone).paused_until_on, step_of(alone).number) == (date(2026, 12, 1), None)


def test_a_snooze_ends_a_pause() -> None:
    away = engine.out_of_office(planned_for("2026-11-25T09:00"), date(2026, 12, 4), ANA).step
    assert engine.snooze(away, date(2026, 12, 9), None, ANA).step.paused_until_on is None


@pytest.mark.parametrize(
    ("decides_on", "when"),
    [
        (date(2027, 3, 31), "Wed 17 Mar 11:30"),
        (date(2027, 3, 28), "Mon 15 Mar 11:30"),
        (date(2026, 12, 1), "Wed 25 Nov 11:30"),
        (date(2026, 11, 1), "Wed 25 Nov 11:30"),
    ],
)
def test_whoever_decides_later_hears_from_us_two_weeks_before(decides_on: date, when: str) -> None:
    held = planned_for("2026-12-03T11:30", timed=True)
    assert engine.align(held, decides_on, TUESDAY, ANA) == Hold(replace(held, due_at=at_local(when)))


def at_local(when: str) -> datetime:
    year = 2026 if when.endswith(("Nov 11:30", "Dec 11:30")) else 2027
    return datetime.strptime(f"{when} {year}", "%a %d %b %H:%M %Y").replace(tzinfo=BERLIN)


def test_aligning_keeps_the_gap_and_never_moves_a_promise() -> None:
    held = planned_for("2026-12-03T11:30")
    soon = engine.align(held, date(2026, 12, 1), TUESDAY, ANA, Facts(last_touch_at=TUESDAY)).step
    assert shown(soon) == "Thu 26 Nov 11:30"
    promised = planned_for("2026-12-03T11:30", promised=True)
    assert engine.align(promised, date(2027, 3, 31), TUESDAY, ANA) == Hold(promised)


def test_parking_reaches_who_has_only_a_phone() -> None:
    decision = engine.park(date(2026, 11, 30), ANA, facts=Facts(PHONE))
    assert (decision.stage, step_of(decision).channel) == (Stage.PARKED, Channel.CALL)
