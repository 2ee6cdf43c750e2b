"""The calendar: delays, workdays, days off on three levels, leave, quiet hours, and the snooze menu."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar
from cadences.model import Delay, DelayUnit
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar
from language import speaking
from tests.cadences.clocks import DAY, FIRST, calendars, dates, is_worked, moments

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ANA = WorkCalendar(BERLIN)
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})

TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
UNITY_DAY = date(2028, 10, 3)
"""A German holiday, on a Tuesday."""
EASTER_MONDAY = date(2027, 3, 29)
COMPANY_DAY = DayRules(days_off=(DayOff(TUESDAY, "Company picnic"),))
GERMANY = DayRules("DE")


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


@given(dates, st.integers(0, 80), st.data())
def test_workdays_added_are_workdays_between(on: date, n: int, drawn: st.DataObject) -> None:
    cal = drawn.draw(calendars(on))
    later = calendar.add_workdays(on, n, cal)
    assert is_worked(later, cal)
    assert calendar.business_days_between(on, later, cal) == n or (n == 0 and not is_worked(on, cal))
    assert calendar.business_days_between(later, on, cal) == 0


@given(dates, st.integers(-3, 800), st.data())
def test_business_days_between_equals_counting_day_by_day(on: date, days: int, drawn: st.DataObject) -> None:
    cal = drawn.draw(calendars(on))
    counted = sum(is_worked(on + n * DAY, cal) for n in range(1, days + 1))
    assert calendar.business_days_between(on, on + days * DAY, cal) == counted


@given(dates, st.data())
def test_a_day_is_free_by_leave_else_by_the_nearest_level_that_names_it_else_by_the_week(
    on: date, drawn: st.DataObject
) -> None:
    cal = drawn.draw(calendars(on))
    for day in (on + n * DAY for n in range(-12, 95)):
        assert calendar.is_workday(day, cal) is is_worked(day, cal)
        assert (calendar.free_because(day, cal) is None) is is_worked(day, cal)


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


def with_rules(*rules: DayRules) -> WorkCalendar:
    return replace(ANA, rules=rules)


@pytest.mark.parametrize(
    ("rules", "on", "reason"),
    [
        ((), TUESDAY, None),
        ((), SATURDAY, "Saturday"),
        ((COMPANY_DAY,), TUESDAY, "Company picnic"),
        ((DayRules(), DayRules(), COMPANY_DAY), TUESDAY, "Company picnic"),
        ((DayRules(extra_days=(SATURDAY,)),), SATURDAY, None),
        ((DayRules(extra_days=(TUESDAY,)), COMPANY_DAY), TUESDAY, None),
        ((COMPANY_DAY, DayRules(extra_days=(TUESDAY,))), TUESDAY, "Company picnic"),
        ((GERMANY,), UNITY_DAY, "German Unity Day"),
        ((DayRules(), DayRules(extra_days=(UNITY_DAY,)), GERMANY), UNITY_DAY, None),
        ((GERMANY, DayRules(), DayRules(extra_days=(UNITY_DAY,))), UNITY_DAY, "German Unity Day"),
        ((DayRules("DE", extra_days=(UNITY_DAY,)),), UNITY_DAY, None),
        ((DayRules("US"), GERMANY), UNITY_DAY, None),
        ((DayRules("US"), GERMANY), date(2026, 11, 26), "Thanksgiving Day"),
        ((GERMANY, DayRules("US")), date(2026, 11, 26), None),
        ((GERMANY,), date(2026, 6, 4), None),
        ((DayRules("DE", "BY"),), date(2026, 6, 4), "Corpus Christi"),
        ((DayRules(days_off=(DayOff(UNITY_DAY, "Our own day"),)), GERMANY), UNITY_DAY, "Our own day"),
        ((DayRules(days_off=(DayOff(TUESDAY, "Both"),), extra_days=(TUESDAY,)),), TUESDAY, "Both"),
        ((GERMANY,), SATURDAY, "Saturday"),
    ],
)
def test_the_nearest_level_that_says_something_of_a_day_holds(
    rules: tuple[DayRules, ...], on: date, reason: str | None
) -> None:
    assert calendar.free_because(on, with_rules(*rules)) == reason
    assert calendar.is_workday(on, with_rules(*rules)) is (reason is None)


def test_leave_is_free_whatever_the_rules_say_and_ends_with_its_last_day() -> None:
    cal = replace(with_rules(DayRules(extra_days=(SATURDAY, TUESDAY))), leave=(Leave(TUESDAY, SATURDAY),))
    assert [calendar.free_because(day, cal) for day in (TUESDAY - DAY, TUESDAY, SATURDAY)] == [None, "leave", "leave"]
    assert calendar.next_workday(TUESDAY, cal) == date(2026, 11, 30)
    assert calendar.leave_on(SATURDAY, cal) == cal.leave[0]
    assert calendar.leave_on(SATURDAY + DAY, cal) is None


def test_leave_with_a_deputy_shifts_nothing_and_is_found() -> None:
    with_deputy = Leave(TUESDAY, SATURDAY, "ben")
    cal = replace(ANA, leave=(with_deputy,))
    assert calendar.is_workday(TUESDAY, cal)
    assert calendar.free_because(SATURDAY, cal) == "Saturday"
    assert calendar.leave_on(TUESDAY, cal) == with_deputy
    both = replace(ANA, leave=(with_deputy, Leave(TUESDAY, TUESDAY)))
    assert calendar.leave_on(TUESDAY, both) == Leave(TUESDAY, TUESDAY)
    assert calendar.free_because(TUESDAY, both) == "leave"


def test_a_holiday_on_monday_is_no_business_day() -> None:
    after = datetime(2027, 3, 25, 15, tzinfo=BERLIN)
    due_at = calendar.due_moment(after, Delay(3, DelayUnit.BUSINESS_DAYS), with_rules(GERMANY))
    assert due_at == datetime(2027, 4, 1, 9, tzinfo=BERLIN)
    assert calendar.due_moment(after, Delay(3, DelayUnit.BUSINESS_DAYS), ANA) == datetime(2027, 3, 30, 9, tzinfo=BERLIN)


def test_a_saturday_that_is_worked_counts() -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=BERLIN)
    cal = with_rules(DayRules(extra_days=(SATURDAY,)))
    assert calendar.due_moment(friday, Delay(24, DelayUnit.HOURS), cal) == datetime(2026, 11, 28, 15, tzinfo=BERLIN)
    assert calendar.add_workdays(friday.date(), 2, cal) == date(2026, 11, 30)


def test_a_calendar_without_a_workday_for_years_is_refused_instead_of_searched_for_ever() -> None:
    cal = replace(ANA, leave=(Leave(TUESDAY, TUESDAY + 6 * 366 * DAY),))
    with pytest.raises(ValueError, match="no workday from 2026-11-24 to"):
        calendar.next_workday(TUESDAY, cal)
    with pytest.raises(ValueError, match="no workday"):
        calendar.due_moment(FIRST + 400 * DAY, Delay(1, DelayUnit.BUSINESS_DAYS), cal)
    assert calendar.business_days_between(TUESDAY, TUESDAY + 6 * 366 * DAY, cal) == 0


def test_a_country_without_known_holidays_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="I know no holidays"):
        calendar.is_workday(TUESDAY, with_rules(DayRules("XX")))


@pytest.mark.parametrize(
    ("at", "quiet_until"),
    [
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-11-24T12:34:56", "2026-11-24T12:34:56"),
        ("2026-11-24T18:00", "2026-11-24T18:00"),
        ("2026-11-24T18:00:01", "2026-11-25T08:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00"),
        ("2026-11-28T12:00", "2026-11-30T08:00"),
        ("2027-03-25T19:00", "2027-03-30T08:00"),
    ],
)
def test_outside_of_working_hours_it_is_quiet_until_they_begin(at: str, quiet_until: str) -> None:
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=BERLIN) for text in (at, quiet_until))
    cal = with_rules(GERMANY)
    assert calendar.in_hours(moment, cal) is (at == quiet_until)
    assert calendar.next_in_hours(moment, cal) == expected


@pytest.mark.parametrize(("opens", "closes"), [(time(18), time(8)), (time(9), time(9))])
def test_hours_that_end_before_they_begin_are_refused(opens: time, closes: time) -> None:
    cal = replace(ANA, opens=opens, closes=closes)
    with pytest.raises(ValueError, match="end after they begin"):
        calendar.in_hours(FIRST, cal)
    with pytest.raises(ValueError, match="end after they begin"):
        calendar.due_moment(FIRST, Delay(1, DelayUnit.DAYS), cal)


@pytest.mark.parametrize(
    ("hours", "delay", "expected"),
    [
        ((10, 16), "3d", "2026-11-30T10:00"),
        ((6, 8), "3d", "2026-11-30T08:00"),
        ((10, 16), "24h", "2026-11-30T16:00"),
        ((10, 15), "24h", "2026-11-30T10:00"),
        ((17, 20), "24h", "2026-11-30T17:00"),
    ],
)
def test_a_step_on_a_monday_keeps_its_clock_time_inside_her_hours(
    hours: tuple[int, int], delay: str, expected: str
) -> None:
    cal = replace(ANA, opens=time(hours[0]), closes=time(hours[1]))
    counted = Delay(int(delay[:-1]), DelayUnit(delay[-1]))
    friday = datetime(2026, 11, 27, 16, tzinfo=BERLIN)
    assert calendar.due_moment(friday, counted, cal) == datetime.fromisoformat(expected).replace(tzinfo=BERLIN)


def test_a_wall_time_that_somebody_named_stays_outside_of_the_hours_too() -> None:
    assert calendar.on_workday(SATURDAY, time(20), ANA) == datetime(2026, 11, 30, 20, tzinfo=BERLIN)


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


def test_snooze_options_speak_the_readers_language() -> None:
    with speaking("de-DE"):
        assert labels("2026-11-27T09:00", promised_on=date(2026, 12, 10)) == [
            "Mo., 30. November (morgen ist Samstag)",
            "3 Arbeitstage: Mi., 2. Dezember",
            "Nächste Woche: Fr., 4. Dezember",
            "2 Wochen: Fr., 11. Dezember",
        ]
        assert labels("2026-11-24T09:00", promised_on=date(2026, 12, 10))[-1] == "Nach dem Stichtag: Fr., 11. Dezember"


def test_tomorrow_on_a_friday_is_monday_and_says_so() -> None:
    assert labels("2026-11-27T09:00")[0] == "Monday 30 Nov (tomorrow is Saturday)"


def test_tomorrow_says_which_holiday_or_leave_is_in_its_way() -> None:
    assert labels("2026-12-24T09:00", with_rules(GERMANY))[0] == "Monday 28 Dec (tomorrow is Christmas Day)"
    assert labels("2026-11-23T09:00", replace(ANA, leave=(Leave(TUESDAY, TUESDAY),)))[0] == (
        "Wednesday 25 Nov (on leave tomorrow)"
    )
    long = DayRules(days_off=(DayOff(TUESDAY, "The day on which nobody is expected to do anything at all"),))
    assert len(labels("2026-11-23T09:00", with_rules(long))[0]) <= 75


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


@given(moments, st.none() | dates, st.data())
def test_snooze_options_are_ahead_on_workdays_distinct_and_fit_slack(
    now: datetime, promised_on: date | None, drawn: st.DataObject
) -> None:
    cal = drawn.draw(calendars(now.date()))
    options = calendar.snooze_options(now, cal, promised_on)
    ahead = [option.on for option in options]
    assert len(set(ahead)) == len(ahead) == len({option.key for option in options})
    assert min(ahead) > now.astimezone(cal.zone).date()
    assert all(is_worked(on, cal) for on in ahead)
    assert all(len(option.label) <= 75 and str(option.on.day) in option.label for option in options)
