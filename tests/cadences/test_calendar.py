"""The calendar: right in every zone on every kind of day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cadences import calendar
from cadences.model import Delay, DelayUnit, WorkCalendar

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ANA = WorkCalendar(BERLIN)
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
SCORESBYSUND = ZoneInfo("America/Scoresbysund")

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2035, 12, 31, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
MINUTE = timedelta(minutes=1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The first moment of each new offset of a zone, 2026 to 2035."""
    return tuple(_changes(ZoneInfo(name)))


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    moment = FIRST
    while moment < LAST:
        if moment.astimezone(zone).utcoffset() != (moment + WEEK).astimezone(zone).utcoffset():
            low, high = 0, 7 * 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                same = (moment + middle * MINUTE).astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield moment + high * MINUTE
        moment += WEEK


def is_shown(on: date, at: time, zone: ZoneInfo) -> bool:
    """True when the clock on the wall really shows this: an oracle that tries every offset of the days around it."""
    wall = datetime.combine(on, at)
    hours = (datetime.combine(on, time.min, UTC) + n * timedelta(hours=6) for n in range(-8, 13))
    offsets = {moment.astimezone(zone).utcoffset() or timedelta() for moment in hours}
    return any((wall - offset).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) == wall for offset in offsets)


zones = st.sampled_from(ZONES)
clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
work_weeks = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
delays = st.builds(Delay, st.integers(0, 60), st.sampled_from(DelayUnit))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    return WorkCalendar(ZoneInfo(draw(zones)), draw(work_weeks), draw(clock_times))


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and a moment within a day and a half of one of its clock changes, where it has any."""
    name = draw(zones.filter(changes))
    return name, draw(st.sampled_from(changes(name))) + MINUTE * draw(st.integers(-36 * 60, 36 * 60))


@pytest.mark.parametrize(
    ("zone", "on", "at", "expected"),
    [
        (BERLIN, date(2026, 7, 1), time(9), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (BERLIN, date(2026, 12, 1), time(9), datetime(2026, 12, 1, 8, tzinfo=UTC)),
        (BERLIN, date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (BERLIN, date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (BERLIN, date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        (ZoneInfo("Africa/Cairo"), date(2027, 4, 30), time(0, 0), datetime(2027, 4, 29, 22, tzinfo=UTC)),
        (ZoneInfo("Pacific/Apia"), date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        (ZoneInfo("Asia/Kathmandu"), date(2026, 5, 5), time(9), datetime(2026, 5, 5, 3, 15, tzinfo=UTC)),
    ],
)
def test_a_wall_time_in_a_gap_is_the_first_minute_after_it_and_a_repeated_one_the_first(
    zone: ZoneInfo, on: date, at: time, expected: datetime
) -> None:
    assert calendar.resolve(on, at, zone) == expected


@given(near_a_change(), clock_times)
def test_resolve_agrees_with_a_clock_that_is_read_minute_by_minute(case: tuple[str, datetime], at: time) -> None:
    name, near = case
    zone = ZoneInfo(name)
    on = near.astimezone(zone).date()
    moment = calendar.resolve(on, at, zone)
    if is_shown(on, at, zone):
        assert moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(on, at)
        earlier = [moment - n * MINUTE for n in range(1, 4 * 60)]
        assert all(other.astimezone(zone).replace(tzinfo=None) != datetime.combine(on, at) for other in earlier)
    else:
        before = (moment - MINUTE).astimezone(zone).replace(tzinfo=None)
        assert before < datetime.combine(on, at) < moment.astimezone(zone).replace(tzinfo=None)


@pytest.mark.parametrize("name", ZONES)
def test_every_clock_change_of_every_zone_keeps_resolved_days_in_order(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes(name):
        on = change.astimezone(zone).date()
        for at in HALF_HOURS:
            shown = calendar.resolve(on, at, zone).astimezone(zone)
            assert shown.fold == 0
            assert (shown.date(), shown.time()) == (on, at) or not is_shown(on, at, zone)
        start, end = calendar.day_bounds(on, zone)
        assert (start - MINUTE).astimezone(zone).date() < on == start.astimezone(zone).date()
        assert (end - MINUTE).astimezone(zone).date() == on < end.astimezone(zone).date()


@given(zones, st.dates(date(2026, 1, 1), date(2035, 12, 30)))
def test_a_day_begins_where_the_one_before_it_ends(name: str, on: date) -> None:
    zone = ZoneInfo(name)
    start, end = calendar.day_bounds(on, zone)
    assert end == calendar.day_bounds(on + DAY, zone)[0]
    assert timedelta(hours=22) <= end - start <= timedelta(hours=26)
    assert calendar.local_date(start, zone) == on == calendar.local_date(end - timedelta(microseconds=1), zone)


@given(near_a_change(), work_weeks, clock_times)
@example(("America/Scoresbysund", datetime(2026, 3, 28, 12, tzinfo=UTC)), frozenset({5}), time(23, 30))
def test_the_next_occurrence_is_ahead_on_a_workday_and_at_the_wall_time(
    case: tuple[str, datetime], workdays: frozenset[int], at: time
) -> None:
    name, now = case
    cal = WorkCalendar(ZoneInfo(name), workdays)
    moment = calendar.next_occurrence(at, now, cal)
    shown = moment.astimezone(cal.zone)
    assert moment > now
    assert shown.weekday() in workdays
    assert shown.fold == 0
    assert shown.time() == at or not is_shown(shown.date(), at, cal.zone)
    today = now.astimezone(cal.zone).date()
    between = [today + n * DAY for n in range(1, (shown.date() - today).days)]
    assert not any(day.weekday() in workdays and is_shown(day, at, cal.zone) for day in between)


@given(near_a_change(), clock_times)
def test_a_wall_time_occurs_once_on_each_local_date(case: tuple[str, datetime], at: time) -> None:
    name, moment = case
    cal = WorkCalendar(ZoneInfo(name), calendar.EVERY_DAY)
    seen = []
    for _ in range(5):
        moment = calendar.next_occurrence(at, moment, cal)
        seen.append(calendar.local_date(moment, cal.zone))
    assert len(set(seen)) == 5


def test_a_time_that_a_gap_pushes_past_midnight_waits_for_a_day_that_has_it() -> None:
    cal = WorkCalendar(SCORESBYSUND, frozenset({5}))
    moment = calendar.on_workday(date(2026, 3, 28), time(23, 30), cal)
    assert moment.astimezone(SCORESBYSUND).date() == date(2026, 4, 4)


@given(moments, delays, calendars())
def test_a_step_is_due_on_a_workday_and_never_before_what_it_follows(
    after: datetime, delay: Delay, cal: WorkCalendar
) -> None:
    due_at = calendar.due_moment(after, delay, cal)
    on = due_at.astimezone(cal.zone).date()
    assert on.weekday() in cal.workdays
    if delay.unit is DelayUnit.HOURS:
        assert due_at >= after + timedelta(hours=delay.amount)
    else:
        assert on >= after.astimezone(cal.zone).date() + (delay.amount if delay.unit is DelayUnit.DAYS else 0) * DAY
        assert due_at == calendar.resolve(on, cal.step_time, cal.zone)
    if delay.amount:
        assert due_at > after


@given(moments, st.integers(1, 200), zones, work_weeks)
def test_a_delay_in_hours_is_due_in_the_window(
    after: datetime, hours: int, name: str, workdays: frozenset[int]
) -> None:
    cal = WorkCalendar(ZoneInfo(name), workdays)
    shown = calendar.due_moment(after, Delay(hours, DelayUnit.HOURS), cal).astimezone(cal.zone)
    assert time(8) <= shown.time() <= time(18)


@pytest.mark.parametrize(
    ("after", "delay", "expected"),
    [
        ("2026-11-24T15:00", "24h", "2026-11-25T15:00"),
        ("2026-11-27T15:00", "24h", "2026-11-30T15:00"),
        ("2026-11-27T15:00:20", "24h", "2026-11-30T15:01"),
        ("2026-11-24T19:30", "24h", "2026-11-26T09:00"),
        ("2026-11-24T18:00", "24h", "2026-11-25T18:00"),
        ("2026-11-24T06:30", "24h", "2026-11-25T09:00"),
        ("2026-11-26T21:00", "24h", "2026-11-30T09:00"),
        ("2026-11-28T07:00", "1h", "2026-11-30T08:00"),
        ("2026-03-27T15:00", "24h", "2026-03-30T15:00"),
        ("2026-11-24T15:00", "3d", "2026-11-27T09:00"),
        ("2026-11-24T23:30", "4d", "2026-11-30T09:00"),
        ("2026-11-24T15:00", "3bd", "2026-11-27T09:00"),
        ("2026-11-27T15:00", "3bd", "2026-12-02T09:00"),
        ("2026-11-28T15:00", "1bd", "2026-11-30T09:00"),
        ("2026-11-24T08:00", "0d", "2026-11-24T09:00"),
    ],
)
def test_delays_count_as_people_count_them(after: str, delay: str, expected: str) -> None:
    unit = delay.lstrip("0123456789")
    counted = Delay(int(delay.removesuffix(unit)), DelayUnit(unit))
    due_at = calendar.due_moment(datetime.fromisoformat(after).replace(tzinfo=BERLIN), counted, ANA)
    assert due_at == datetime.fromisoformat(expected).replace(tzinfo=BERLIN)
    assert due_at.tzinfo is UTC


@given(st.dates(date(2026, 1, 1), date(2035, 12, 1)), st.integers(0, 80), calendars())
def test_workdays_added_are_workdays_between(on: date, n: int, cal: WorkCalendar) -> None:
    later = calendar.add_workdays(on, n, cal)
    assert later.weekday() in cal.workdays
    assert calendar.business_days_between(on, later, cal) == n or (n == 0 and on.weekday() not in cal.workdays)
    assert calendar.business_days_between(later, on, cal) == 0


@given(st.dates(date(2026, 1, 1), date(2035, 1, 1)), st.integers(0, 400), calendars())
def test_business_days_between_equals_counting_day_by_day(on: date, days: int, cal: WorkCalendar) -> None:
    counted = sum((on + n * DAY).weekday() in cal.workdays for n in range(1, days + 1))
    assert calendar.business_days_between(on, on + days * DAY, cal) == counted


def test_friday_and_saturday_can_be_the_weekend() -> None:
    cal = WorkCalendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY)
    thursday = date(2026, 11, 26)
    assert calendar.add_workdays(thursday, 1, cal) == date(2026, 11, 29)
    assert calendar.next_workday(date(2026, 11, 27), cal) == date(2026, 11, 29)


@pytest.mark.parametrize("workdays", [frozenset[int](), frozenset({7}), frozenset({-1, 2})])
def test_a_work_week_that_could_never_come_is_refused(workdays: frozenset[int]) -> None:
    cal = WorkCalendar(BERLIN, workdays)
    with pytest.raises(ValueError, match="at least one day"):
        calendar.next_workday(date(2026, 11, 24), cal)
    with pytest.raises(ValueError, match="at least one day"):
        calendar.next_occurrence(time(9), FIRST, cal)


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 11, 24, 9)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        calendar.local_date(naive, BERLIN)
    with pytest.raises(ValueError, match="time zone"):
        calendar.due_moment(naive, Delay(24, DelayUnit.HOURS), ANA)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.add_workdays(date(2026, 11, 24), -1, ANA)
    with pytest.raises(ValueError, match="backwards"):
        calendar.due_moment(FIRST, Delay(-1, DelayUnit.DAYS), ANA)


def labels(now: str, cal: WorkCalendar = ANA, promised_on: date | None = None) -> list[str]:
    moment = datetime.fromisoformat(now).replace(tzinfo=cal.zone)
    return [option.label for option in calendar.snooze_options(moment, cal, promised_on)]


def test_snooze_options_carry_their_real_dates() -> None:
    assert labels("2026-11-24T09:00") == [
        "Tomorrow: Wed 25 Nov",
        "3 business days: Fri 27 Nov",
        "Next week: Tue 1 Dec",
        "2 weeks: Tue 8 Dec",
    ]


def test_tomorrow_on_a_friday_is_monday_and_says_so() -> None:
    assert labels("2026-11-27T09:00")[0] == "Monday 30 Nov (tomorrow is Saturday)"


def test_after_their_date_is_offered_where_they_named_one() -> None:
    assert labels("2026-11-24T09:00", promised_on=date(2026, 12, 10))[-1] == "After their date: Fri 11 Dec"
    assert len(labels("2026-11-27T09:00", promised_on=date(2026, 11, 26))) == 4


def test_the_same_date_is_offered_once() -> None:
    one_day_a_week = WorkCalendar(BERLIN, frozenset({1}))
    assert labels("2026-11-24T09:00", one_day_a_week) == [
        "Tuesday 1 Dec (tomorrow is Wednesday)",
        "3 business days: Tue 15 Dec",
        "2 weeks: Tue 8 Dec",
    ]


@given(moments, calendars(), st.none() | st.dates(date(2026, 1, 1), date(2035, 12, 1)))
def test_snooze_options_are_ahead_on_workdays_distinct_and_fit_slack(
    now: datetime, cal: WorkCalendar, promised_on: date | None
) -> None:
    options = calendar.snooze_options(now, cal, promised_on)
    dates = [option.on for option in options]
    assert len(set(dates)) == len(dates) == len({option.key for option in options})
    assert min(dates) > now.astimezone(cal.zone).date()
    assert all(on.weekday() in cal.workdays for on in dates)
    assert all(len(option.label) <= 75 and str(option.on.day) in option.label for option in options)
