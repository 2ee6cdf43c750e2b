"""Every IANA zone, every clock change from 2026 to 2035, weekends of any shape, days off and leave.

Zones are tried one of each kind: two zones whose clocks change at the same moments by the same amounts answer every
question of the calendar alike, for it asks a zone nothing but what its clock shows. That leaves about 70 of 600.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, cycle
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cadences import calendar
from cadences.model import Delay, DelayUnit
from cadences.work_calendar import WorkCalendar
from tests.cadences.clocks import (
    DAY,
    FIRST,
    MINUTE,
    ZONES,
    calendars,
    changes,
    clock_of,
    clock_times,
    dates,
    hours,
    is_shown,
    is_worked,
    moments,
    near_a_change,
    one_of_each_kind,
    work_weeks,
    zones,
)

KINDS = one_of_each_kind()
WEEKS = [frozenset(days) for size in range(1, 8) for days in combinations(range(7), size)]
CLOCK_TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
CLOSE = 130
"""Minutes on each side of a change that are tried one by one; the largest change is of two hours."""
DELAYS = [
    Delay(1, DelayUnit.HOURS),
    Delay(24, DelayUnit.HOURS),
    Delay(1, DelayUnit.DAYS),
    Delay(1, DelayUnit.BUSINESS_DAYS),
]
NIGHT = (time(1), time(3))
delays = st.builds(Delay, st.integers(0, 60), st.sampled_from(DelayUnit))
SCORESBYSUND = ZoneInfo("America/Scoresbysund")


def first_shown(change: datetime, zone: ZoneInfo) -> dict[datetime, datetime]:
    """What the clock on the wall shows around a change, read minute by minute, and when it does so first."""
    shown: dict[datetime, datetime] = {}
    for minutes in range(-2 * CLOSE, 2 * CLOSE):
        moment = change + minutes * MINUTE
        shown.setdefault(moment.astimezone(zone).replace(tzinfo=None), moment)
    return shown


def test_every_zone_shows_the_same_as_the_one_of_its_kind() -> None:
    kinds = {clock_of(kind): ZoneInfo(kind) for kind in KINDS}
    moments_of_these_years = [FIRST + n * timedelta(days=9, hours=5) for n in range(400)]
    for name in ZONES:
        zone, kind = ZoneInfo(name), kinds[clock_of(name)]
        for moment in moments_of_these_years:
            assert moment.astimezone(zone).utcoffset() == moment.astimezone(kind).utcoffset()


@pytest.mark.parametrize("name", KINDS)
def test_a_wall_time_is_when_the_clock_first_shows_it_or_the_first_minute_after_the_gap(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes(name):
        shown = first_shown(change, zone)
        around = change.astimezone(zone).replace(tzinfo=None)
        for minutes in range(-CLOSE, CLOSE):
            wall = around + minutes * MINUTE
            assert calendar.resolve(wall.date(), wall.time(), zone) == shown.get(wall, change)


@pytest.mark.parametrize("name", KINDS)
def test_every_clock_change_keeps_the_days_around_it_whole_and_in_order(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes(name):
        on = change.astimezone(zone).date()
        for day in (on - DAY, on, on + DAY):
            start, end = calendar.day_bounds(day, zone)
            assert (start - MINUTE).astimezone(zone).date() < day == start.astimezone(zone).date()
            assert (end - MINUTE).astimezone(zone).date() == day < end.astimezone(zone).date()


def around_changes(name: str) -> Iterator[datetime]:
    """Moments before, in the middle of and after each change of a zone; some of a year without any."""
    for change in changes(name) or (FIRST, FIRST + 40 * DAY):
        yield from (change - DAY, change - MINUTE, change, change + 90 * MINUTE)


@pytest.mark.parametrize("name", KINDS)
def test_the_next_occurrence_around_every_change_is_ahead_on_a_workday_and_at_the_wall_time(name: str) -> None:
    zone, weeks = ZoneInfo(name), cycle(WEEKS)
    for now in around_changes(name):
        for at in CLOCK_TIMES:
            assert_is_next_occurrence(at, now, WorkCalendar(zone, next(weeks)))


def assert_is_next_occurrence(at: time, now: datetime, cal: WorkCalendar) -> None:
    """It is ahead, on a workday, at the first showing of the wall time or just after its gap; none was left out."""
    moment = calendar.next_occurrence(at, now, cal)
    shown = moment.astimezone(cal.zone)
    today = now.astimezone(cal.zone).date()
    assert moment > now
    assert shown.fold == 0
    assert is_worked(shown.date(), cal)
    if shown.time() != at:
        assert not is_shown(shown.date(), at, cal.zone)
        assert (moment - MINUTE).astimezone(cal.zone).replace(tzinfo=None) < datetime.combine(shown.date(), at)
    for days in range((shown.date() - today).days):
        passed = today + days * DAY
        missing = not is_worked(passed, cal) or not is_shown(passed, at, cal.zone)
        assert missing or calendar.resolve(passed, at, cal.zone) <= now


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("opens_and_closes", [(time(8), time(18)), NIGHT])
def test_a_step_around_every_change_is_due_in_the_hours_of_a_workday(
    name: str, opens_and_closes: tuple[time, time]
) -> None:
    zone, weeks = ZoneInfo(name), cycle(WEEKS)
    for after in around_changes(name):
        for delay in DELAYS:
            cal = WorkCalendar(zone, next(weeks), time(2, 30), *opens_and_closes)
            assert_is_in_hours(calendar.due_moment(after, delay, cal), cal)


def assert_is_in_hours(moment: datetime, cal: WorkCalendar) -> None:
    shown = moment.astimezone(cal.zone)
    assert is_worked(shown.date(), cal)
    assert cal.opens <= shown.time() <= cal.closes
    assert calendar.in_hours(moment, cal)


@given(near_a_change(), clock_times, st.data())
@example(("America/Scoresbysund", datetime(2026, 3, 28, 12, tzinfo=UTC)), time(23, 30), None)
def test_the_next_occurrence_minds_days_off_leave_and_weekends_of_any_shape(
    case: tuple[str, datetime], at: time, drawn: st.DataObject | None
) -> None:
    name, now = case
    on = now.astimezone(ZoneInfo(name)).date()
    cal = drawn.draw(calendars(on)) if drawn else WorkCalendar(SCORESBYSUND, frozenset({5}))
    assert_is_next_occurrence(at, now, replace(cal, zone=ZoneInfo(name)))


@given(near_a_change(), delays, st.data())
def test_a_step_is_due_in_the_hours_of_a_workday_and_never_before_what_it_follows(
    case: tuple[str, datetime], delay: Delay, drawn: st.DataObject
) -> None:
    name, after = case
    on = after.astimezone(ZoneInfo(name)).date()
    cal = replace(drawn.draw(calendars(on)), zone=ZoneInfo(name))
    due_at = calendar.due_moment(after, delay, cal)
    assert_is_in_hours(due_at, cal)
    due_on = due_at.astimezone(cal.zone).date()
    if delay.unit is DelayUnit.HOURS:
        assert due_at >= after + timedelta(hours=delay.amount)
    else:
        assert due_on >= on + (delay.amount if delay.unit is DelayUnit.DAYS else 0) * DAY
        assert due_at == calendar.resolve(due_on, calendar.step_time(cal), cal.zone)
    if delay.amount:
        assert due_at > after


@given(near_a_change(), st.data())
def test_quiet_hours_end_on_a_workday_at_once_or_when_the_hours_begin(
    case: tuple[str, datetime], drawn: st.DataObject
) -> None:
    name, moment = case
    cal = replace(drawn.draw(calendars(moment.astimezone(ZoneInfo(name)).date())), zone=ZoneInfo(name))
    ends_at = calendar.next_in_hours(moment, cal)
    assert_is_in_hours(ends_at, cal)
    assert ends_at == moment if calendar.in_hours(moment, cal) else ends_at > moment
    if ends_at > moment:
        opened = ends_at.astimezone(cal.zone)
        assert opened.time() == cal.opens or not is_shown(opened.date(), cal.opens, cal.zone)


@given(near_a_change(), clock_times)
def test_a_wall_time_occurs_once_on_each_local_date(case: tuple[str, datetime], at: time) -> None:
    name, moment = case
    cal = WorkCalendar(ZoneInfo(name), calendar.EVERY_DAY)
    seen = []
    for _ in range(5):
        moment = calendar.next_occurrence(at, moment, cal)
        seen.append(calendar.local_date(moment, cal.zone))
    assert len(set(seen)) == 5


@given(zones, dates)
def test_a_day_begins_where_the_one_before_it_ends(name: str, on: date) -> None:
    zone = ZoneInfo(name)
    start, end = calendar.day_bounds(on, zone)
    assert end == calendar.day_bounds(on + DAY, zone)[0]
    assert timedelta(hours=22) <= end - start <= timedelta(hours=26)
    assert calendar.local_date(start, zone) == on == calendar.local_date(end - timedelta(microseconds=1), zone)


@given(moments, st.integers(1, 200), zones, work_weeks, hours)
def test_a_delay_in_hours_keeps_its_clock_time_where_that_is_in_hours(
    after: datetime, amount: int, name: str, workdays: frozenset[int], opens_and_closes: tuple[time, time]
) -> None:
    cal = WorkCalendar(ZoneInfo(name), workdays, time(9), *opens_and_closes)
    minute = after.replace(second=0, microsecond=0)
    wanted = (minute + timedelta(hours=amount)).astimezone(cal.zone)
    due = calendar.due_moment(minute, Delay(amount, DelayUnit.HOURS), cal).astimezone(cal.zone)
    if cal.opens <= wanted.time() <= cal.closes and is_shown(due.date(), wanted.time(), cal.zone):
        assert due.time() == wanted.time()


def test_a_time_that_a_gap_pushes_past_midnight_waits_for_a_day_that_has_it() -> None:
    cal = WorkCalendar(SCORESBYSUND, frozenset({5}))
    moment = calendar.on_workday(date(2026, 3, 28), time(23, 30), cal)
    assert moment.astimezone(SCORESBYSUND).date() == date(2026, 4, 4)


def test_hours_that_a_gap_swallows_are_those_of_the_next_workday() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    cal = WorkCalendar(berlin, frozenset({6}), time(2, 15), time(2), time(2, 30))
    saturday = datetime(2027, 3, 27, 12, tzinfo=berlin)
    expected = datetime(2027, 4, 4, 2, tzinfo=berlin)
    assert calendar.next_in_hours(saturday, cal) == expected
    assert calendar.due_moment(saturday, Delay(1, DelayUnit.DAYS), cal) == expected.replace(minute=15)
