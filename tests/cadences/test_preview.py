"""The dated list: the engine's own dates, each shift said, and the end with its date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar, library
from cadences.definition import parse_delay
from cadences.model import (
    Cadence,
    Channel,
    End,
    EndAction,
    FollowUpType,
    Purpose,
    Step,
    WorkCalendar,
)
from cadences.preview import Dated, Shift, preview
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
    (step,) = preview(cadence_of("1bd"), THURSDAY, ANA, last_touch_at=THURSDAY).steps
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


work_weeks = st.frozensets(st.integers(0, 6), min_size=1)
zones = st.sampled_from(ZONES).map(ZoneInfo)
seconds = st.integers(0, int(timedelta(days=3_650) / timedelta(seconds=1)))
starts = st.builds(lambda zone, after: (FIRST + timedelta(seconds=after)).astimezone(zone), zones, seconds)


@given(any_cadence | st.sampled_from(library.all()), work_weeks, starts)
def test_any_preview_goes_forward_on_workdays_and_says_every_free_day(
    cadence: Cadence, workdays: frozenset[int], now: datetime
) -> None:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    cal = WorkCalendar(zone, workdays)
    found = preview(cadence, now, cal)
    dates = [calendar.local_date(dated.due_at, zone) for dated in found.steps]
    assert [dated.planned.number for dated in found.steps] == list(range(1, len(cadence.steps) + 1))
    assert all(calendar.is_workday(on, cal) for on in dates)
    assert dates == sorted(set(dates))
    assert found.steps[0].due_at > now
    assert found.then is not None
    assert found.then.due_at > found.steps[-1].due_at
    for dated, on in zip(found.steps, dates, strict=True):
        assert (Shift.FREE_DAY in dated.shifts) == (not calendar.is_workday(dated.wanted_on, cal))
        assert bool(dated.shifts) or on == dated.wanted_on
