"""The engine: each outcome leads where product and people expect."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cadences import engine, library
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Switch
from cadences.model import (
    Cadence,
    Channel,
    Delay,
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
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


TUESDAY = at("2026-11-24T15:00")
FRIDAY = at("2026-11-27T15:00")


def built_in(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


NUDGE, POST_MEETING, PERSISTENT = built_in("nudge"), built_in("post-meeting"), built_in("persistent")


def cadence_of(*delays: Delay, end: End | None = None) -> Cadence:
    steps = tuple(Step(delay, Channel.CALL, FollowUpType.VALUE, Purpose.SHARE_VALUE) for delay in delays)
    return Cadence("sample", "Sample", 1, steps, end or End(EndAction.ASK))


def days(amount: int) -> Delay:
    return Delay(amount, DelayUnit.DAYS)


def walk(cadence: Cadence, begins: datetime, cal: WorkCalendar = ANA) -> list[str]:
    """The local moments of a cadence whose every step is done when it is due."""
    decision: Decision = engine.start(cadence, begins, cal)
    shown = []
    while isinstance(decision, Advance):
        step = decision.step
        shown.append(step.due_at.astimezone(cal.zone).strftime("%a %d %b %H:%M"))
        decision = engine.after_touch(cadence, step.number, Outcome.SENT, step.due_at, step.due_at, cal)
    return shown


def step_of(decision: Decision | None) -> PlannedStep:
    assert isinstance(decision, Advance | Finish | Hold)
    assert decision.step is not None
    return decision.step


def test_the_nudge_falls_on_day_3_7_and_14() -> None:
    assert walk(NUDGE, at("2026-11-24T15:00")) == ["Fri 27 Nov 09:00", "Tue 01 Dec 09:00", "Tue 08 Dec 09:00"]


def test_the_first_step_after_a_meeting_is_due_24_hours_later_though_the_meeting_was_a_touch() -> None:
    assert step_of(engine.start(POST_MEETING, TUESDAY, ANA, Facts(last_touch_at=TUESDAY))).due_at == at(
        "2026-11-25T15:00"
    )
    assert step_of(engine.start(POST_MEETING, FRIDAY, ANA, Facts(last_touch_at=FRIDAY))).due_at == at(
        "2026-11-30T15:00"
    )


def test_after_a_meeting_the_steps_fall_on_the_next_day_a_week_and_a_month_later() -> None:
    assert walk(POST_MEETING, TUESDAY) == ["Wed 25 Nov 15:00", "Tue 01 Dec 09:00", "Thu 24 Dec 09:00"]


def test_a_late_step_shifts_the_later_ones() -> None:
    late = engine.after_touch(NUDGE, 1, Outcome.SENT, at("2026-12-02T10:00"), at("2026-12-02T10:00"), ANA)
    assert late == Advance(
        PlannedStep(at("2026-12-07T09:00"), Channel.CALL, FollowUpType.FEEDBACK, Purpose.ASK_FEEDBACK, number=2)
    )


def test_a_touch_logged_for_yesterday_counts_from_yesterday() -> None:
    step = step_of(engine.after_touch(NUDGE, 1, Outcome.SENT, at("2026-11-23T11:00"), TUESDAY, ANA))
    assert step.due_at == at("2026-11-27T09:00")


def test_a_touch_logged_for_last_month_is_followed_up_when_work_begins_again() -> None:
    step = step_of(engine.after_touch(NUDGE, 1, Outcome.SENT, at("2026-10-20T11:00"), FRIDAY, ANA))
    assert step.due_at == at("2026-11-30T09:00")


def test_a_touch_logged_for_tomorrow_counts_from_now() -> None:
    step = step_of(engine.after_touch(NUDGE, 2, Outcome.SENT, TUESDAY + 24 * HOUR, TUESDAY, ANA))
    assert step.due_at == at("2026-12-01T09:00")


def test_a_step_that_would_be_due_this_very_moment_is_due_when_work_begins_again() -> None:
    now = at("2026-11-24T09:00")
    step = step_of(engine.after_touch(NUDGE, 1, Outcome.SENT, at("2026-11-20T09:00"), now, ANA))
    assert step.due_at == at("2026-11-25T09:00")


def test_a_one_off_touch_before_the_cadence_leads_to_its_first_step() -> None:
    step = step_of(engine.after_touch(NUDGE, None, Outcome.CONNECTED, TUESDAY, TUESDAY, ANA))
    assert (step.number, step.due_at) == (1, at("2026-11-27T09:00"))


@pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.SENT, Outcome.CONNECTED])
def test_without_an_answer_the_cadence_goes_on(outcome: Outcome) -> None:
    step = step_of(engine.after_touch(PERSISTENT, 2, outcome, TUESDAY, TUESDAY, ANA, attempt=engine.MAX_ATTEMPTS))
    assert (step.number, step.channel) == (3, Channel.LINKEDIN)


def test_a_reply_ends_the_cadence_and_is_answered_within_24_hours() -> None:
    assert engine.after_touch(NUDGE, 1, Outcome.REPLIED, TUESDAY, TUESDAY, ANA) == Finish(
        EnrollmentState.FINISHED_REPLIED,
        PlannedStep(at("2026-11-25T15:00"), Channel.EMAIL, FollowUpType.REMINDER, Purpose.ANSWER_OBJECTION),
        Stage.ENGAGED,
    )


@pytest.mark.parametrize("outcome", [Outcome.REPLIED, Outcome.MEETING_BOOKED])
@pytest.mark.parametrize(
    ("stage", "moved_to"),
    [
        (Stage.NEW, Stage.ENGAGED),
        (Stage.WORKING, Stage.ENGAGED),
        (Stage.PARKED, Stage.ENGAGED),
        (Stage.ENGAGED, None),
        (Stage.PROPOSAL, None),
        (None, Stage.ENGAGED),
    ],
)
def test_an_answer_never_moves_a_deal_back(outcome: Outcome, stage: Stage | None, moved_to: Stage | None) -> None:
    decision = engine.after_touch(NUDGE, 1, outcome, TUESDAY, TUESDAY, ANA, Facts(stage=stage))
    assert isinstance(decision, Finish)
    assert decision.stage is moved_to


def test_a_booked_meeting_is_checked_a_week_later() -> None:
    decision = engine.after_touch(NUDGE, 2, Outcome.MEETING_BOOKED, TUESDAY, TUESDAY, ANA)
    assert isinstance(decision, Finish)
    assert decision.state is EnrollmentState.FINISHED_REPLIED
    assert decision.step == PlannedStep(
        at("2026-12-01T09:00"), Channel.MEETING, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING
    )


def test_a_meeting_whose_moment_is_known_is_a_promise_at_that_moment_even_on_a_saturday() -> None:
    saturday = at("2026-11-28T11:30")
    step = step_of(engine.after_touch(NUDGE, 2, Outcome.MEETING_BOOKED, TUESDAY, TUESDAY, ANA, meeting_at=saturday))
    assert (step.due_at, step.timed, step.promised) == (saturday, True, True)


def test_a_meeting_moment_that_has_passed_promises_nothing() -> None:
    step = step_of(engine.after_touch(NUDGE, 2, Outcome.MEETING_BOOKED, TUESDAY, TUESDAY, ANA, meeting_at=TUESDAY))
    assert (step.due_at, step.timed, step.promised) == (at("2026-12-01T09:00"), False, False)


def test_after_a_no_show_the_cadence_for_it_begins() -> None:
    assert engine.after_touch(PERSISTENT, 3, Outcome.NO_SHOW, FRIDAY, FRIDAY, ANA) == Switch("no-show")
    assert engine.touch_without_cadence(Outcome.NO_SHOW, FRIDAY, FRIDAY, ANA) == Switch("no-show")


def test_whoever_does_not_come_again_stays_on_the_cadence_for_it() -> None:
    step = step_of(engine.after_touch(built_in("no-show"), 1, Outcome.NO_SHOW, TUESDAY, TUESDAY, ANA))
    assert (step.number, step.due_at) == (2, at("2026-11-25T15:00"))


def test_not_now_parks_for_90_days_and_writes_then() -> None:
    assert engine.after_touch(NUDGE, 1, Outcome.NOT_NOW, TUESDAY, TUESDAY, ANA) == Finish(
        EnrollmentState.FINISHED_REPLIED,
        PlannedStep(at("2027-02-22T09:00"), Channel.EMAIL, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE),
        Stage.PARKED,
        date(2027, 2, 22),
    )


def test_not_interested_stops_and_leaves_the_lost_reason_to_a_person() -> None:
    assert engine.after_touch(NUDGE, 1, Outcome.NOT_INTERESTED, FRIDAY, FRIDAY, ANA) == Finish(
        EnrollmentState.STOPPED,
        PlannedStep(at("2026-11-30T09:00"), Channel.EMAIL, FollowUpType.FEEDBACK, Purpose.CLOSE_THE_LOOP),
    )


def test_asked_to_stop_leaves_no_step_at_all_and_is_for_good() -> None:
    stopped = Finish(EnrollmentState.STOPPED, None, Stage.LOST, do_not_contact=True)
    assert engine.after_touch(NUDGE, 1, Outcome.ASKED_TO_STOP, TUESDAY, TUESDAY, ANA) == stopped
    assert engine.touch_without_cadence(Outcome.ASKED_TO_STOP, TUESDAY, TUESDAY, ANA) == stopped


def test_a_silent_end_nurtures_every_so_often_for_good() -> None:
    first = engine.after_touch(POST_MEETING, 3, Outcome.VOICEMAIL, TUESDAY, TUESDAY, ANA, attempt=3)
    assert isinstance(first, Finish)
    assert first.state is EnrollmentState.FINISHED_SILENT
    assert first.step == PlannedStep(
        at("2026-12-24T09:00"), Channel.EMAIL, FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE
    )
    written_at = first.step.due_at
    again = engine.after_touch(POST_MEETING, 4, Outcome.SENT, written_at, written_at, ANA)
    assert step_of(again).due_at == at("2027-01-25T09:00")


def test_nurturing_without_a_pace_of_its_own_takes_30_days() -> None:
    cadence = cadence_of(days(3), end=End(EndAction.NURTURE))
    assert step_of(engine.after_touch(cadence, 1, Outcome.SENT, TUESDAY, TUESDAY, ANA)).due_at == at("2026-12-24T09:00")


def test_a_silent_end_asks_the_owner_on_the_next_business_day() -> None:
    decision = engine.after_touch(NUDGE, 3, Outcome.SENT, FRIDAY, FRIDAY, ANA)
    assert decision == Finish(
        EnrollmentState.FINISHED_SILENT,
        PlannedStep(at("2026-11-30T09:00"), Channel.EMAIL, FollowUpType.REMINDER, Purpose.CLOSE_THE_LOOP),
    )


def test_a_silent_end_can_stop_and_parks() -> None:
    cadence = cadence_of(days(3), end=End(EndAction.STOP))
    decision = engine.after_touch(cadence, 1, Outcome.SENT, TUESDAY, TUESDAY, ANA)
    assert isinstance(decision, Finish)
    assert (decision.state, decision.stage) == (EnrollmentState.FINISHED_SILENT, Stage.PARKED)
    assert decision.park_until_on == date(2027, 2, 22)


def test_an_owner_who_writes_again_instead_of_deciding_is_asked_a_week_later() -> None:
    again = engine.after_touch(NUDGE, 4, Outcome.SENT, FRIDAY, FRIDAY, ANA)
    assert step_of(again).due_at == at("2026-12-04T09:00")
    assert step_of(again).purpose is Purpose.CLOSE_THE_LOOP


def test_a_number_below_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        engine.after_touch(NUDGE, 0, Outcome.SENT, TUESDAY, TUESDAY, ANA)


@pytest.mark.parametrize("outcome", Outcome)
def test_without_a_cadence_the_answers_mean_the_same_and_silence_asks_for_the_default_cadence(outcome: Outcome) -> None:
    held = planned("2026-11-26T09:00")
    decision = engine.touch_without_cadence(outcome, TUESDAY, TUESDAY, ANA, step=held)
    if outcome in engine.SAYS_NOTHING:
        assert decision is None
    else:
        assert decision == engine.after_touch(NUDGE, None, outcome, TUESDAY, TUESDAY, ANA, step=held)


def test_two_touches_keep_two_business_days_between_them() -> None:
    cadence = cadence_of(days(1), days(1))
    step = step_of(engine.after_touch(cadence, 1, Outcome.SENT, TUESDAY, TUESDAY, ANA))
    assert step.due_at == at("2026-11-26T09:00")


def test_the_latest_touch_counts_for_the_gap_though_an_earlier_one_is_logged_late() -> None:
    step = step_of(
        engine.after_touch(
            NUDGE, 1, Outcome.SENT, at("2026-11-20T11:00"), FRIDAY, ANA, Facts(last_touch_at=FRIDAY - HOUR)
        )
    )
    assert step.due_at == at("2026-12-01T09:00")


def test_starting_a_cadence_right_after_a_touch_waits_for_the_gap() -> None:
    assert step_of(engine.start(PERSISTENT, FRIDAY, ANA)).due_at == at("2026-11-30T09:00")
    assert step_of(engine.start(PERSISTENT, FRIDAY, ANA, Facts(last_touch_at=FRIDAY))).due_at == at("2026-12-01T09:00")


def test_a_delay_in_hours_still_leaves_one_touch_a_day() -> None:
    cadence = cadence_of(Delay(2, DelayUnit.HOURS))
    assert step_of(engine.start(cadence, TUESDAY, ANA)).due_at == at("2026-11-24T17:00")
    assert step_of(engine.start(cadence, TUESDAY, ANA, Facts(last_touch_at=TUESDAY - HOUR))).due_at == at(
        "2026-11-25T17:00"
    )


def test_skipping_leads_to_the_next_step_counted_from_now_and_at_the_end_to_the_end() -> None:
    step = step_of(engine.skip(NUDGE, 1, TUESDAY, ANA))
    assert (step.number, step.due_at) == (2, at("2026-11-30T09:00"))
    assert step_of(engine.skip(NUDGE, None, TUESDAY, ANA)).number == 1
    last = engine.skip(NUDGE, 3, TUESDAY, ANA)
    assert isinstance(last, Finish)
    assert last.state is EnrollmentState.FINISHED_SILENT


def test_a_skip_is_no_touch_and_needs_no_gap() -> None:
    cadence = cadence_of(days(1), days(1))
    assert step_of(engine.skip(cadence, 1, TUESDAY, ANA)).due_at == at("2026-11-25T09:00")
    touched = engine.skip(cadence, 1, TUESDAY, ANA, Facts(last_touch_at=TUESDAY))
    assert step_of(touched).due_at == at("2026-11-26T09:00")


def planned(due: str, *, timed: bool = False, promised: bool = False) -> PlannedStep:
    return PlannedStep(at(due), Channel.CALL, FollowUpType.VALUE, Purpose.SHARE_VALUE, 2, timed, promised)


@pytest.mark.parametrize(
    ("step", "on", "when", "expected"),
    [
        (planned("2026-11-24T14:20", timed=True), date(2026, 11, 30), None, planned("2026-11-30T14:20", timed=True)),
        (planned("2026-11-24T14:20"), date(2026, 11, 30), None, planned("2026-11-30T09:00")),
        (planned("2026-11-24T09:00"), date(2026, 11, 30), time(11), planned("2026-11-30T11:00", timed=True)),
        (planned("2026-11-24T14:20", timed=True), date(2026, 11, 28), None, planned("2026-11-30T14:20", timed=True)),
        (
            planned("2026-11-24T09:00", promised=True),
            date(2026, 11, 28),
            None,
            planned("2026-11-28T09:00", promised=True),
        ),
        (planned("2027-03-26T02:30", timed=True), date(2027, 3, 29), None, planned("2027-03-29T02:30", timed=True)),
    ],
)
def test_a_snoozed_step_keeps_its_clock_time_and_its_promise(
    step: PlannedStep, on: date, when: time | None, expected: PlannedStep
) -> None:
    assert engine.snooze(step, on, when, ANA) == Hold(expected)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (planned("2026-11-23T09:00"), planned("2026-11-25T09:00")),
        (planned("2026-11-23T16:00", timed=True), planned("2026-11-24T16:00", timed=True)),
        (planned("2026-11-28T16:00", timed=True), planned("2026-11-30T16:00", timed=True)),
        (planned("2026-11-26T10:00"), planned("2026-11-26T10:00")),
        (planned("2026-11-21T10:00", promised=True), planned("2026-11-21T10:00", promised=True)),
    ],
)
def test_replanning_moves_what_can_not_stand_and_never_a_promise(step: PlannedStep, expected: PlannedStep) -> None:
    assert engine.replan(step, TUESDAY, ANA) == Hold(expected)


def test_parking_until_a_saturday_ends_on_monday() -> None:
    decision = engine.park(date(2026, 11, 28), ANA)
    assert (decision.stage, decision.park_until_on) == (Stage.PARKED, date(2026, 11, 30))
    assert step_of(decision).due_at == at("2026-11-30T09:00")
