"""The dated list: the engine's own dates, each shift said, and the end with its date."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar, engine, library, pace, planning
from cadences.decisions import Advance, Decision, Facts, Finish, PlannedStep, Reach
from cadences.definition import parse_delay
from cadences.load import Caps, Day, Load
from cadences.model import Cadence, Channel, End, EndAction, FollowUpType, Outcome, Purpose, Step
from cadences.preview import Dated, Missing, Shift, Skipped, preview
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar
from tests.cadences.test_cadence_definition import any_cadence

BERLIN = ZoneInfo("Europe/Berlin")
ANA = WorkCalendar(BERLIN)
THURSDAY = datetime(2026, 11, 19, 15, 0, tzinfo=BERLIN)
FIRST = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))
ZONES = sorted(available_timezones())


def cadence_of(*delays: str, end: End | None = None) -> Cadence:
    steps = tuple(Step(parse_delay(each), Channel.EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE) for each in delays)
    return Cadence("sample", "Sample", 1, steps, end or End(EndAction.ASK))


def moments(steps: tuple[Dated, ...]) -> list[str]:
    return [f"{calendar.local(dated.due_at, BERLIN):%a %d %b %H:%M}" for dated in steps]


def test_each_delay_counts_from_the_touch_before_it() -> None:
    found = preview(cadence_of("24h", "4d", "3bd"), THURSDAY, ANA)
    assert moments(found.steps) == ["Fri 20 Nov 15:00", "Tue 24 Nov 09:00", "Fri 27 Nov 09:00"]
    assert all(dated.shifts == frozenset() for dated in found.steps)


def test_a_weekend_is_left_out_and_said() -> None:
    (step,) = preview(cadence_of("3d"), THURSDAY, ANA).steps
    assert moments((step,)) == ["Mon 23 Nov 09:00"]
    assert (step.wanted_on, step.shifts) == (date(2026, 11, 22), frozenset({Shift.FREE_DAY}))


def test_business_days_are_not_moved_by_a_weekend() -> None:
    (step,) = preview(cadence_of("3bd"), THURSDAY, ANA).steps
    assert moments((step,)) == ["Tue 24 Nov 09:00"]
    assert step.shifts == frozenset()


def test_the_minimum_gap_is_kept_and_said() -> None:
    first, second = preview(cadence_of("24h", "1d"), THURSDAY - timedelta(days=3), ANA).steps
    assert moments((first, second)) == ["Tue 17 Nov 15:00", "Thu 19 Nov 09:00"]
    assert (first.shifts, second.shifts) == (frozenset(), frozenset({Shift.GAP}))


def test_a_touch_just_made_holds_the_first_step_back() -> None:
    (step,) = preview(cadence_of("1bd"), THURSDAY, ANA, Facts(last_touch_at=THURSDAY)).steps
    assert moments((step,)) == ["Mon 23 Nov 09:00"]
    assert step.shifts == frozenset({Shift.GAP})


def test_a_night_is_left_out_and_said_and_so_is_the_weekend_behind_it() -> None:
    late = THURSDAY.replace(hour=21)
    (step,) = preview(cadence_of("24h"), late, ANA).steps
    assert moments((step,)) == ["Mon 23 Nov 09:00"]
    assert (step.wanted_on, step.shifts) == (date(2026, 11, 21), frozenset({Shift.FREE_DAY, Shift.NIGHT}))


@pytest.mark.parametrize(
    ("end", "then"),
    [
        (End(EndAction.ASK), "Mon 23 Nov 09:00"),
        (End(EndAction.NURTURE, parse_delay("7d")), "Fri 27 Nov 09:00"),
        (End(EndAction.NURTURE), "Mon 21 Dec 09:00"),
        (End(EndAction.STOP), "Thu 18 Feb 09:00"),
    ],
)
def test_the_end_has_its_date_too(end: End, then: str) -> None:
    found = preview(cadence_of("24h", end=end), THURSDAY, ANA)
    assert found.then is not None
    assert moments((found.then,)) == [then]


def test_a_weekend_at_the_end_is_said_as_well() -> None:
    found = preview(cadence_of("24h", end=End(EndAction.NURTURE, parse_delay("8d"))), THURSDAY, ANA)
    assert found.then is not None
    assert (found.then.wanted_on, found.then.shifts) == (date(2026, 11, 28), frozenset({Shift.FREE_DAY}))


def test_an_answer_in_summer_time_keeps_its_clock_time() -> None:
    found = preview(cadence_of("10d"), datetime(2026, 10, 20, 9, 0, tzinfo=BERLIN), ANA)
    assert moments(found.steps) == ["Fri 30 Oct 09:00"]


# --- Leave, holidays, full days, and what is missing.

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
SAMPLE_DAY = DayRules(days_off=(DayOff(date(2026, 11, 25), "Sample day"),))


def test_a_holiday_is_called_by_its_name() -> None:
    (step,) = preview(cadence_of("2d"), MONDAY, replace(ANA, rules=(SAMPLE_DAY,))).steps
    assert moments((step,)) == ["Thu 26 Nov 09:00"]
    assert (step.shifts, step.free_because) == (frozenset({Shift.FREE_DAY}), "Sample day")


def test_a_weekend_is_called_by_its_name_too() -> None:
    (step,) = preview(cadence_of("3d"), THURSDAY, ANA).steps
    assert step.free_because == "Sunday"


@pytest.mark.parametrize("delay", ["2d", "2bd"])
def test_leave_is_said_for_days_and_for_business_days(delay: str) -> None:
    away = replace(ANA, leave=(Leave(date(2026, 11, 24), date(2026, 11, 26)),))
    (step,) = preview(cadence_of(delay), MONDAY, away).steps
    assert moments((step,)) == ["Fri 27 Nov 09:00" if delay == "2d" else "Mon 30 Nov 09:00"]
    assert (step.wanted_on, step.shifts, step.free_because) == (date(2026, 11, 25), frozenset({Shift.LEAVE}), None)


def test_a_full_day_is_said_and_the_next_delay_counts_from_the_day_it_got() -> None:
    load = Load({date(2026, 11, 25): Day(20), date(2026, 11, 24): Day(7)})
    first, second = preview(cadence_of("2bd", "3bd"), MONDAY, ANA, load=load).steps
    assert moments((first, second)) == ["Thu 26 Nov 09:00", "Tue 01 Dec 09:00"]
    assert (first.planned.wanted_on, first.shifts) == (date(2026, 11, 25), frozenset({Shift.FULL_DAY}))
    assert second.shifts == frozenset()


def test_a_full_day_never_moves_a_step_into_the_gap() -> None:
    load = Load({date(2026, 11, 27): Day(20), date(2026, 11, 30): Day(19)})
    _, second = preview(cadence_of("2bd", "2bd"), MONDAY, ANA, load=load).steps
    assert moments((second,)) == ["Mon 30 Nov 09:00"]


def test_a_smaller_cap_is_full_sooner() -> None:
    load = Load({date(2026, 11, 25): Day(3)})
    (step,) = preview(cadence_of("2bd"), MONDAY, ANA, load=load, caps=Caps(due=3, new=3)).steps
    assert moments((step,)) == ["Thu 26 Nov 09:00"]


def with_call(*delays: str) -> Cadence:
    """Emails, and a call in the second place."""
    cadence = cadence_of(*delays)
    first, second, *others = cadence.steps
    return replace(cadence, steps=(first, replace(second, channel=Channel.CALL), *others))


def test_a_step_that_can_not_be_made_is_listed_with_what_is_missing() -> None:
    cadence = with_call("2bd", "2bd", "2bd")
    found = preview(cadence, MONDAY, ANA, Facts(Reach(email=True)))
    assert moments(found.steps) == ["Wed 25 Nov 09:00", "Tue 01 Dec 09:00"]
    assert found.skipped == (Skipped(2, cadence.steps[1], Missing.PHONE),)
    assert [(step, dated.planned.number) for step, dated in found.rows] == [
        (cadence.steps[0], 1),
        (cadence.steps[2], 3),
    ]
    assert all(dated.shifts == frozenset() for dated in found.steps)


def test_the_last_step_is_listed_as_well_when_it_can_not_be_made() -> None:
    cadence = with_call("2bd", "2bd")
    found = preview(cadence, MONDAY, ANA, Facts(Reach(email=True)))
    assert (len(found.rows), found.skipped) == (1, (Skipped(2, cadence.steps[1], Missing.PHONE),))
    assert found.then is not None
    assert moments((found.then,)) == ["Mon 30 Nov 09:00"]
    assert found.then.shifts == frozenset()


def test_only_a_phone_passes_over_every_email() -> None:
    found = preview(with_call("2bd", "2bd", "2bd"), MONDAY, ANA, Facts(Reach(phone=True)))
    assert [(each.number, each.missing) for each in found.skipped] == [(1, Missing.EMAIL), (3, Missing.EMAIL)]


@pytest.mark.parametrize(
    ("renewal_on", "missing", "dates"),
    [
        (None, Missing.RENEWAL, ["Wed 25 Nov 09:00"]),
        (date(2026, 12, 5), Missing.TOO_LATE, ["Wed 25 Nov 09:00"]),
        (date(2027, 3, 31), None, ["Wed 25 Nov 09:00", "Mon 01 Mar 09:00"]),
    ],
)
def test_a_step_before_the_renewal_needs_the_date_and_says_so(
    renewal_on: date | None, missing: Missing | None, dates: list[str]
) -> None:
    cadence = cadence_of("2bd", "31d")
    cadence = replace(cadence, steps=(cadence.steps[0], replace(cadence.steps[1], before_renewal=True)))
    found = preview(cadence, MONDAY, ANA, Facts(Reach(renewal_on=renewal_on)))
    assert moments(found.steps) == dates
    assert [each.missing for each in found.skipped] == ([missing] if missing else [])
    if missing is None:
        assert (found.steps[1].wanted_on, found.steps[1].free_because) == (date(2027, 2, 28), "Sunday")


def test_a_long_silence_ends_sooner_and_the_row_says_what_is_done_instead() -> None:
    found = preview(cadence_of(*["3bd"] * 12), MONDAY, ANA)
    assert len(found.rows) == engine.MAX_TOUCHES
    written, last = found.rows[-1]
    assert written.purpose is last.planned.purpose is Purpose.CLOSE_THE_LOOP
    assert last.shifts == frozenset()


def test_what_was_said_before_counts_in_the_silence() -> None:
    found = preview(cadence_of(*["3bd"] * 5), MONDAY, ANA, Facts(unanswered=6))
    assert len(found.rows) == 2


# --- Whatever the cadence, the calendar and the load.

work_weeks = st.frozensets(st.integers(0, 6), min_size=1)
zones = st.sampled_from(ZONES).map(ZoneInfo)
seconds = st.integers(0, int(timedelta(days=3_650) / timedelta(seconds=1)))
starts = st.builds(lambda zone, after: (FIRST + timedelta(seconds=after)).astimezone(zone), zones, seconds)
lengths = st.integers(0, 30).map(lambda days: timedelta(days=days))
sooner = st.integers(0, 200).map(lambda days: timedelta(days=days))
longer = st.builds(lambda cadence, times: replace(cadence, steps=cadence.steps * times), any_cadence, st.integers(1, 3))
cadences = longer | st.sampled_from(library.all())


@st.composite
def members(draw: st.DrawFn) -> tuple[datetime, WorkCalendar]:
    """A moment, and somebody with days off and a leave soon after it."""
    now = draw(starts)
    assert isinstance(now.tzinfo, ZoneInfo)
    today = now.date()
    off = draw(st.lists(st.builds(lambda after: DayOff(today + after, "Sample day"), sooner), max_size=8))
    extra = draw(st.lists(sooner.map(lambda after: today + after), max_size=3))
    leave = draw(st.lists(st.builds(lambda after, length: (today + after, today + after + length), sooner, lengths)))
    cal = WorkCalendar(
        now.tzinfo,
        draw(work_weeks),
        rules=(DayRules(days_off=tuple(off), extra_days=tuple(extra)),) if off or extra else (),
        leave=tuple(Leave(*days) for days in leave[:2]),
    )
    return now, cal


reaches = st.builds(
    Reach,
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 400).map(lambda days: date(2027, 1, 1) + timedelta(days=days)),
)
known = st.builds(
    Facts, reaches, st.none(), st.none() | st.just(FIRST - timedelta(hours=3)), st.integers(0, engine.MAX_TOUCHES)
)
days = st.builds(Day, st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
caps_of_few = st.builds(Caps, st.integers(1, 3), st.integers(1, 2))


def load_from(now: datetime, each: list[Day]) -> Load:
    return Load({now.date() + timedelta(days=number): day for number, day in enumerate(each)})


@given(cadences, members(), known, st.lists(days, max_size=60), caps_of_few)
def test_any_preview_goes_forward_on_workdays_and_says_every_shift(
    cadence: Cadence, member: tuple[datetime, WorkCalendar], facts: Facts, each: list[Day], caps: Caps
) -> None:
    now, cal = member
    found = preview(cadence, now, cal, facts, load=load_from(now, each), caps=caps)
    dates = [calendar.local_date(dated.due_at, cal.zone) for dated in found.steps]
    assert all(calendar.is_workday(on, cal) for on in dates)
    for (before, on), (_, next_on) in pairwise(zip(found.steps, dates, strict=True)):
        planned = before.planned
        light = pace.is_light(cadence, planned.number, planned.channel, Outcome.SENT)
        assert on < next_on or (on == next_on and light), "only what follows a light touch may come on its day"
    assert all(dated.due_at > now for dated in found.steps)
    assert found.then is not None
    assert all(dated.due_at < found.then.due_at for dated in found.steps)
    at_home = replace(cal, leave=())
    for dated, on in zip(found.steps, dates, strict=True):
        free = calendar.free_because(dated.wanted_on, at_home)
        assert (dated.free_because, Shift.FREE_DAY in dated.shifts) == (free, free is not None)
        assert (Shift.FULL_DAY in dated.shifts) == (dated.planned.wanted_on is not None)
        assert bool(dated.shifts) or on == dated.wanted_on


@given(cadences, members(), known)
def test_every_step_is_made_or_listed_as_skipped(
    cadence: Cadence, member: tuple[datetime, WorkCalendar], facts: Facts
) -> None:
    now, cal = member
    found = preview(cadence, now, cal, facts)
    made, skipped = [dated.planned.number for dated in found.steps], [each.number for each in found.skipped]
    assert all(cadence.steps[each.number - 1] == each.step for each in found.skipped)
    if facts.unanswered + len(cadence.steps) < engine.MAX_TOUCHES:
        assert sorted([*skipped, *(number or 0 for number in made)]) == list(range(1, len(cadence.steps) + 1))
        assert [written for written, _ in found.rows] == [cadence.steps[(number or 0) - 1] for number in made]


def replayed(
    cadence: Cadence, now: datetime, cal: WorkCalendar, facts: Facts, load: Load, caps: Caps
) -> tuple[list[PlannedStep], Finish]:
    """What really happens to somebody who is put on it: each step is done when it is due, and nobody answers."""
    made: list[PlannedStep] = []
    decision: Decision = engine.start(cadence, now, cal, facts)
    while True:
        decision = planning.planned(decision, cadence, load, caps, now, cal, facts)
        if isinstance(decision, Finish):
            return made, decision
        assert isinstance(decision, Advance)
        step, now = decision.step, decision.step.due_at
        made.append(step)
        light = pace.is_light(cadence, step.number, step.channel, Outcome.SENT)
        decision = engine.after_touch(
            cadence, step.number, Outcome.SENT, now, now, cal, facts,
            attempt=step.attempt, channel=step.channel, light=light,
        )  # fmt: skip
        facts = replace(pace.among(facts, now, light=light), unanswered=facts.unanswered + 1)


@given(cadences, members(), known, st.lists(days, max_size=60), caps_of_few)
def test_what_the_preview_says_is_what_happens(
    cadence: Cadence, member: tuple[datetime, WorkCalendar], facts: Facts, each: list[Day], caps: Caps
) -> None:
    now, cal = member
    load = load_from(now, each)
    found = preview(cadence, now, cal, facts, load=load, caps=caps)
    made, end = replayed(cadence, now, cal, facts, load, caps)
    assert [dated.planned for dated in found.steps] == made
    assert found.end == end
    assert (found.then and found.then.planned) == end.step
