"""One step on its day: it stays while there is room, else it takes the lightest day near it; a promise never moves."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar, engine, library, planning
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Switch
from cadences.definition import parse_tolerance
from cadences.load import fullness, has_room
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
    Step,
)
from cadences.planning import MOST_SHIFT, NO_LOAD, USUAL_CAPS, Caps, Day, Load, place, planned, window
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar

BERLIN = ZoneInfo("Europe/Berlin")
ANA = WorkCalendar(BERLIN)
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in range(1, 5))
NEXT_MONDAY, NEXT_TUESDAY = MONDAY + timedelta(weeks=1), TUESDAY + timedelta(weeks=1)
LAST_FRIDAY = MONDAY - timedelta(days=3)
LONG_AGO = datetime(2026, 11, 2, 12, tzinfo=BERLIN)
TWO = parse_tolerance("2bd")


def step_on(on: date, at: time = time(10, 30), **more: object) -> PlannedStep:
    due_at = calendar.resolve(on, at, BERLIN)
    step = PlannedStep(due_at, Channel.EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE, number=2)
    return replace(step, **more)  # type: ignore[arg-type]


def loaded(*due: int, starts_on: date = MONDAY) -> Load:
    """So many steps on each workday from Monday on."""
    return Load({calendar.add_workdays(starts_on, days, ANA): Day(count) for days, count in enumerate(due)})


def placed_on(step: PlannedStep, load: Load, tolerance: Delay | None = TWO, caps: Caps = USUAL_CAPS) -> date:
    return calendar.local_date(place(step, tolerance, load, caps, LONG_AGO, ANA).due_at, BERLIN)


def test_a_day_with_room_is_kept_even_if_others_are_empty() -> None:
    step = step_on(WEDNESDAY)
    assert place(step, TWO, loaded(0, 0, 19, 0), USUAL_CAPS, LONG_AGO, ANA) == step


def test_a_full_day_gives_way_to_the_lightest_at_the_same_clock_time_and_says_so() -> None:
    found = place(step_on(WEDNESDAY), TWO, loaded(9, 8, 20, 7, 3), USUAL_CAPS, LONG_AGO, ANA)
    assert calendar.local(found.due_at, BERLIN) == datetime.combine(FRIDAY, time(10, 30), BERLIN)
    assert found.wanted_on == WEDNESDAY


def test_among_equally_light_days_the_nearest_and_then_the_later() -> None:
    assert placed_on(step_on(WEDNESDAY), loaded(3, 3, 20, 3, 3)) == THURSDAY
    assert placed_on(step_on(WEDNESDAY), loaded(3, 3, 20, 4, 3)) == TUESDAY
    assert placed_on(step_on(WEDNESDAY), loaded(3, 4, 20, 4, 3)) == FRIDAY


def test_where_all_are_full_the_lightest_of_all_takes_it() -> None:
    assert placed_on(step_on(WEDNESDAY), loaded(25, 22, 24, 30, 23)) == TUESDAY
    assert placed_on(step_on(WEDNESDAY), loaded(25, 24, 24, 30, 24)) == WEDNESDAY


def test_the_tolerance_is_the_limit_in_business_days_or_in_days() -> None:
    full_but = loaded(20, 20, 20, 20, 20, 0, 0)
    assert placed_on(step_on(FRIDAY), full_but, parse_tolerance("1bd")) == NEXT_MONDAY
    assert placed_on(step_on(THURSDAY), full_but, parse_tolerance("1bd")) == THURSDAY
    assert placed_on(step_on(THURSDAY), full_but, parse_tolerance("10bd")) == NEXT_MONDAY
    assert placed_on(step_on(WEDNESDAY), full_but, parse_tolerance("10bd")) == WEDNESDAY
    assert placed_on(step_on(FRIDAY), full_but, parse_tolerance("2d")) == FRIDAY
    assert placed_on(step_on(FRIDAY), full_but, parse_tolerance("3d")) == NEXT_MONDAY
    assert placed_on(step_on(FRIDAY), full_but, parse_tolerance("0d")) == FRIDAY
    assert placed_on(step_on(FRIDAY), full_but, None) == FRIDAY


def test_a_tolerance_in_hours_counts_whole_days() -> None:
    full_but = loaded(20, 20, 20, 20, 20, 0, 0)
    assert placed_on(step_on(FRIDAY), full_but, Delay(71, DelayUnit.HOURS)) == FRIDAY
    assert placed_on(step_on(FRIDAY), full_but, Delay(72, DelayUnit.HOURS)) == NEXT_MONDAY


def test_a_first_step_looks_at_the_cap_for_new_ones_too() -> None:
    load = Load({WEDNESDAY: Day(12, new=10), THURSDAY: Day(15, new=3), TUESDAY: Day(11, new=10)})
    caps = Caps(due=20, new=10)
    assert placed_on(step_on(WEDNESDAY), load, parse_tolerance("1bd"), caps) == WEDNESDAY
    assert placed_on(step_on(WEDNESDAY, number=1), load, parse_tolerance("1bd"), caps) == THURSDAY


def test_promises_take_room_but_excuse_what_stands_above_the_cap() -> None:
    load = Load(
        {WEDNESDAY: Day(25, promised=10), THURSDAY: Day(20), TUESDAY: Day(21), FRIDAY: Day(22), MONDAY: Day(30)}
    )
    assert placed_on(step_on(WEDNESDAY), load) == WEDNESDAY
    assert placed_on(step_on(WEDNESDAY), Load({WEDNESDAY: Day(20, promised=20)})) == THURSDAY


@pytest.mark.parametrize(
    "pinned",
    [
        step_on(WEDNESDAY, promised=True),
        step_on(WEDNESDAY, timed=True),
        step_on(WEDNESDAY, paused_until_on=TUESDAY),
    ],
)
def test_what_is_promised_timed_or_waits_for_somebody_never_moves(pinned: PlannedStep) -> None:
    assert placed_on(pinned, loaded(0, 0, 99, 0, 0)) == WEDNESDAY


def test_it_never_moves_behind_now_nor_into_the_gap() -> None:
    load = loaded(0, 0, 20, 19, 19)
    now = datetime.combine(TUESDAY, time(12), BERLIN)
    found = place(step_on(WEDNESDAY), TWO, load, USUAL_CAPS, now, ANA)
    assert calendar.local_date(found.due_at, BERLIN) == THURSDAY
    found = place(step_on(WEDNESDAY), TWO, load, USUAL_CAPS, LONG_AGO, ANA, earliest_on=TUESDAY)
    assert calendar.local_date(found.due_at, BERLIN) == TUESDAY
    found = place(step_on(WEDNESDAY), TWO, load, USUAL_CAPS, LONG_AGO, ANA, earliest_on=WEDNESDAY)
    assert calendar.local_date(found.due_at, BERLIN) == THURSDAY


def test_days_off_are_jumped_over_but_no_step_moves_to_the_other_side_of_a_leave() -> None:
    holiday = replace(ANA, rules=(DayRules(days_off=(DayOff(THURSDAY, "Sample day"),)),))
    found = place(step_on(WEDNESDAY), parse_tolerance("1bd"), loaded(0, 5, 20, 0, 3), USUAL_CAPS, LONG_AGO, holiday)
    assert calendar.local_date(found.due_at, BERLIN) == FRIDAY
    away = replace(ANA, leave=(Leave(THURSDAY, THURSDAY + timedelta(days=20)),))
    found = place(step_on(WEDNESDAY), parse_tolerance("1bd"), loaded(0, 20, 20), USUAL_CAPS, LONG_AGO, away)
    assert calendar.local_date(found.due_at, BERLIN) == WEDNESDAY


def test_a_window_is_told_as_two_dates() -> None:
    assert window(FRIDAY, TWO, ANA) == (WEDNESDAY, NEXT_TUESDAY)
    assert window(MONDAY, parse_tolerance("1bd"), ANA) == (LAST_FRIDAY, TUESDAY)
    assert window(FRIDAY, None, ANA) == (FRIDAY, FRIDAY)


# --- What the scheduler does with a decision.

NURTURING = Cadence(
    "sample",
    "Sample",
    1,
    (
        Step(parse_tolerance("3bd"), Channel.EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE, tolerance=TWO),
        Step(parse_tolerance("3bd"), Channel.CALL, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING),
    ),
    End(EndAction.NURTURE, parse_tolerance("7d")),
)
ASKING = replace(NURTURING, end=End(EndAction.ASK))
AT = datetime.combine(MONDAY, time(9), BERLIN)
TOUCHED = Facts(last_touch_at=AT)


def moves(decision: Decision, cadence: Cadence | None) -> bool:
    """True if the decision's step leaves its day when that is full, and no other is."""
    assert not isinstance(decision, Switch)
    assert decision.step is not None
    on = calendar.local_date(decision.step.due_at, BERLIN)
    after = planned(decision, cadence, Load({on: Day(20)}), USUAL_CAPS, AT, ANA, TOUCHED)
    assert not isinstance(after, Switch)
    assert after.step is not None
    assert after == decision or after.step.wanted_on == on
    return after != decision


def after(outcome: Outcome, number: int, cadence: Cadence) -> Decision:
    return engine.after_touch(cadence, number, outcome, AT, AT, ANA)


def test_steps_of_a_cadence_and_nurturing_move() -> None:
    assert moves(engine.start(NURTURING, AT, ANA), NURTURING)
    assert moves(after(Outcome.SENT, 1, NURTURING), NURTURING)
    assert moves(after(Outcome.SENT, 2, NURTURING), NURTURING)


def test_a_tolerance_of_nothing_holds_the_step() -> None:
    held = replace(NURTURING, steps=(replace(NURTURING.steps[0], tolerance=parse_tolerance("0d")),))
    assert not moves(engine.start(held, AT, ANA), held)


@pytest.mark.parametrize("outcome", [Outcome.REPLIED, Outcome.NOT_NOW, Outcome.NOT_INTERESTED, Outcome.MEETING_BOOKED])
def test_what_an_answer_leads_to_stays_where_it_is(outcome: Outcome) -> None:
    assert not moves(after(outcome, 1, NURTURING), NURTURING)


def test_a_call_that_is_tried_again_and_the_question_how_it_ends_stay() -> None:
    slow = replace(NURTURING, steps=(*NURTURING.steps, replace(NURTURING.steps[0], delay=parse_tolerance("9bd"))))
    retry = after(Outcome.VOICEMAIL, 2, slow)
    assert isinstance(retry, Advance)
    assert retry.step.attempt == 2
    assert not moves(retry, slow)
    assert not moves(after(Outcome.SENT, 2, ASKING), ASKING)


def test_what_ends_parked_stays_on_the_date_it_is_parked_until() -> None:
    parked = after(Outcome.SENT, 2, replace(NURTURING, end=End(EndAction.STOP)))
    assert isinstance(parked, Finish)
    assert parked.park_until_on is not None
    assert not moves(parked, NURTURING)


def test_what_was_put_off_by_hand_stays_and_so_does_a_step_without_a_cadence() -> None:
    first = engine.start(NURTURING, AT, ANA)
    assert first.step is not None
    assert not moves(Hold(first.step), NURTURING)
    assert not moves(first, None)


def test_a_decision_without_a_step_is_handed_on() -> None:
    for decision in (Switch("no-show"), Finish(EnrollmentState.STOPPED, None)):
        assert planned(decision, NURTURING, NO_LOAD, USUAL_CAPS, AT, ANA, TOUCHED) == decision


# --- Whatever the load, the zone and the week.

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
weeks = st.frozensets(st.integers(0, 6), min_size=1)
amounts = st.builds(Delay, st.integers(0, 10), st.sampled_from(list(DelayUnit)))
day_loads = st.builds(Day, st.integers(0, 6), st.integers(0, 3), st.integers(0, 3))
caps_of_few = st.builds(Caps, st.integers(1, 4), st.integers(1, 3))


@given(zones, weeks, st.integers(0, 3_650), st.lists(day_loads, max_size=30), amounts, caps_of_few, st.data())
def test_wherever_it_goes_it_is_near_ahead_of_now_outside_the_gap_and_on_a_workday(
    zone: ZoneInfo, week: frozenset[int], start: int, days: list[Day], tolerance: Delay, caps: Caps, data: st.DataObject
) -> None:
    cal = WorkCalendar(zone, week)
    first_on = date(2026, 1, 1) + timedelta(days=start)
    load = Load({first_on + timedelta(days=number): day for number, day in enumerate(days)})
    minutes = data.draw(st.integers(8 * 60, 18 * 60))
    due_at = calendar.on_workday(first_on + timedelta(days=15), time(*divmod(minutes, 60)), cal)
    wanted_on = calendar.local_date(due_at, zone)
    now = due_at - timedelta(hours=data.draw(st.integers(1, 24 * 6)))
    earliest_on = data.draw(st.none() | st.integers(-5, 1).map(lambda back: wanted_on + timedelta(days=back)))
    step = PlannedStep(due_at, Channel.CALL, FollowUpType.VALUE, Purpose.THANK, data.draw(st.integers(1, 2)))
    found = place(step, tolerance, load, caps, now, cal, earliest_on)
    on = calendar.local_date(found.due_at, zone)
    if found == step:
        return
    assert found == replace(step, due_at=found.due_at, wanted_on=wanted_on)
    assert on != wanted_on
    assert 1 <= calendar.business_days_between(min(wanted_on, on), max(wanted_on, on), cal) <= MOST_SHIFT
    assert found.due_at > now
    assert calendar.is_workday(on, cal)
    assert calendar.in_hours(found.due_at, cal)
    assert earliest_on is None or on >= earliest_on
    new = step.number == 1
    assert fullness(load.on(on), caps, new=new) < fullness(load.on(wanted_on), caps, new=new)


@given(st.lists(day_loads, min_size=20, max_size=20), caps_of_few, amounts, st.booleans())
def test_it_takes_the_best_of_all_the_days_there_are(days: list[Day], caps: Caps, tolerance: Delay, new: bool) -> None:
    load = Load({MONDAY + timedelta(days=number - 9): day for number, day in enumerate(days)})
    step = step_on(WEDNESDAY, number=1 if new else 2)
    on = placed_on(step, load, tolerance, caps)
    first_on, last_on = window(WEDNESDAY, tolerance, ANA)
    allowed = [first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1)]
    allowed = [day for day in allowed if calendar.is_workday(day, ANA)]
    if has_room(load.on(WEDNESDAY), caps, new=new):
        assert on == WEDNESDAY
    else:
        fills = {day: fullness(load.on(day), caps, new=new) for day in allowed}
        assert fills[on] == min(fills.values())
        assert all(abs(on - WEDNESDAY) <= abs(day - WEDNESDAY) for day in allowed if fills[day] == fills[on])


@given(st.sampled_from(library.all()), st.lists(day_loads, max_size=60), caps_of_few)
def test_many_scheduled_one_by_one_stay_within_cap_and_promises_while_there_is_room_near(
    cadence: Cadence, days: list[Day], caps: Caps
) -> None:
    load = Load({MONDAY + timedelta(days=number): day for number, day in enumerate(days)})
    for _ in range(10):
        decision = planned(engine.start(cadence, AT, ANA), cadence, load, caps, AT, ANA, Facts())
        assert isinstance(decision, Advance)
        step = decision.step
        on = calendar.local_date(step.due_at, BERLIN)
        new = step.number == 1
        if not has_room(load.on(on), caps, new=new):
            first_on, last_on = window(step.wanted_on or on, planning.tolerance_of(step, cadence), ANA)
            near = [first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1)]
            near = [day for day in near if calendar.is_workday(day, ANA) and datetime.combine(day, time(), UTC) > AT]
            assert not any(has_room(load.on(day), caps, new=new) for day in near)
        load = load.plus(on, new=new)
