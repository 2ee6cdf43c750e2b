"""Date phrases: what is meant, what is asked, and what stays a name."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.reading.date_rules import DateOrder
from bot.slack.reading.dates import Ambiguous, Past, When, looks_like_date, read, read_tail, read_time
from cadences import calendar
from tests.slack.corpus import NAMES, NOW, PHRASES, shown

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "America/St_Johns",
)
WORDS = "in at on next tue fri 10am 3 days weeks 2026 mar 15 4/5 eom the of end month until 9 noon last ago tomorrow 31"
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOMENTS = st.datetimes(
    min_value=NOW.replace(year=2020, tzinfo=None),
    max_value=NOW.replace(year=2040, tzinfo=None),
    timezones=st.sampled_from([ZoneInfo(zone) for zone in ZONES]),
)


@pytest.mark.parametrize(("phrase", "meaning"), PHRASES.items())
def test_a_phrase_means_what_a_salesperson_means(phrase: str, meaning: str) -> None:
    assert shown(read(phrase, NOW)) == meaning


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_date(name: str) -> None:
    assert read_tail(name, NOW) is None


@pytest.mark.parametrize(
    ("segment", "rest", "meaning"),
    [
        ("acme fri", "acme", "2026-11-27"),
        ("May Corp in 2 weeks", "May Corp", "2026-12-10"),
        ("studio 54 in 2 weeks", "studio 54", "2026-12-10"),
        ("forever 21 may 5", "forever 21", "2027-05-05"),
        ("area 10 fri", "area 10", "2026-11-27"),
        ("level 3 3d", "level 3", "2026-11-29"),
        ("acme until march", "acme", "2027-03-01"),
        ("call on the 15th at 9", "call", "2026-12-15 09:00"),
        ("3M tomorrow", "3M", "2026-11-27"),
    ],
)
def test_a_date_at_the_tail_leaves_the_name(segment: str, rest: str, meaning: str) -> None:
    found = read_tail(segment, NOW)
    assert found is not None
    assert (found[0], shown(found[1])) == (rest, meaning)


@pytest.mark.parametrize(
    "segment", ["acme after fri", "acme before mon", "mon or tue", "acme every tue", "a week from tue"]
)
def test_a_day_that_is_not_the_one_meant_is_not_taken(segment: str) -> None:
    assert read_tail(segment, NOW) is None


@pytest.mark.parametrize(
    ("order", "meaning"),
    [("dmy", "2027-05-04"), ("mdy", "2027-04-05"), (None, "2027-04-05 | 2027-05-04")],
)
def test_an_unclear_date_is_asked_about_unless_the_order_is_known(order: DateOrder | None, meaning: str) -> None:
    assert shown(read("4/5", NOW, date_order=order)) == meaning
    assert shown(read("15/3", NOW, date_order="mdy")) == "2027-03-15"


@pytest.mark.parametrize(
    ("today", "meaning"),
    [
        (dt.date(2026, 11, 23), "2026-11-24 | 2026-12-01"),
        (dt.date(2026, 11, 24), "2026-12-01"),
        (dt.date(2026, 11, 25), "2026-12-01"),
        (dt.date(2026, 11, 29), "2026-12-01"),
    ],
)
def test_next_tuesday_is_asked_about_only_while_this_weeks_is_ahead(today: dt.date, meaning: str) -> None:
    now = dt.datetime.combine(today, dt.time(9), ZoneInfo("Europe/Berlin"))
    assert shown(read("next tue", now)) == meaning


def test_business_days_follow_the_members_own_week() -> None:
    sunday_to_thursday = frozenset({6, 0, 1, 2, 3})
    assert shown(read("3bd", NOW, workdays=sunday_to_thursday)) == "2026-12-01"
    assert shown(read("1bd", NOW, workdays=sunday_to_thursday)) == "2026-11-29"
    assert shown(read("eow", NOW, workdays=sunday_to_thursday)) == "2026-11-29"
    assert shown(read("3bd", NOW, workdays=frozenset())) == "2026-12-01"


def test_the_end_of_a_month_is_its_last_workday() -> None:
    october = dt.datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert shown(read("eom", october)) == "2026-10-30"
    assert shown(read("eom", october.replace(day=31))) == "2026-11-30"


def test_two_hours_are_two_hours_in_the_night_the_clocks_go_back() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = dt.datetime(2026, 10, 25, 1, 30, tzinfo=berlin)
    after = read("in 2 hours", before)
    assert isinstance(after, When)
    assert after.time == dt.time(2, 30)
    assert after.time.fold == 1
    moment = dt.datetime.combine(after.on, after.time, berlin)
    assert moment.astimezone(dt.UTC) - before.astimezone(dt.UTC) == dt.timedelta(hours=2)


def test_two_hours_skip_the_hour_that_the_spring_night_lacks() -> None:
    before = dt.datetime(2027, 3, 14, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    assert shown(read("in 2 hours", before)) == "2027-03-14 04:30"


def test_today_is_the_members_today_and_not_the_servers() -> None:
    moment = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    assert shown(read("today", moment.astimezone(ZoneInfo("Pacific/Kiritimati")))) == "2026-11-27"
    assert shown(read("today", moment.astimezone(ZoneInfo("America/New_York")))) == "2026-11-26"


def test_a_day_that_is_gone_this_year_is_next_years() -> None:
    december = dt.datetime(2026, 12, 30, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert shown(read("jan 4", december)) == "2027-01-04"
    assert shown(read("29 feb", december)) == "-"
    assert shown(read("29 feb", december.replace(year=2027))) == "2028-02-29"


def test_a_month_that_is_too_short_is_clamped_or_passed_over() -> None:
    january = dt.datetime(2027, 1, 31, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert shown(read("in 1 month", january)) == "2027-02-28"
    assert shown(read("the 31st", january)) == "2027-03-31"


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9:15", "09:15"), ("8.30am", "08:30"), ("8.30", "08:30"), ("9", "09:00"), ("at 4pm", "16:00"), ("noon", "12:00")],
)
def test_a_clock_time_on_its_own(typed: str, time: str) -> None:
    assert f"{read_time(typed):%H:%M}" == time


@pytest.mark.parametrize("typed", ["25:00", "9:75", "tue", "", "24"])
def test_what_is_no_clock_time(typed: str) -> None:
    assert read_time(typed) is None


def test_a_date_that_cannot_exist_still_looks_like_one() -> None:
    assert read("30 feb", NOW) is None
    assert looks_like_date("30 feb", whole=True)
    assert looks_like_date("call thu 10am pst", whole=False)
    assert not looks_like_date("March Capital", whole=False)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        read("tomorrow", NOW.replace(tzinfo=None))


@given(st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join), MOMENTS)
def test_a_date_that_is_taken_lies_ahead(phrase: str, now: dt.datetime) -> None:
    match read(phrase, now):
        case When(on, at):
            assert on >= now.date()
            assert (
                at is None or on > now.date() or at.replace(tzinfo=None) >= now.time().replace(second=0, microsecond=0)
            )
        case Ambiguous(_, (first, second)):
            assert now.date() <= first.on <= second.on
            assert first != second
        case Past(_, on):
            assert on <= now.date()
        case None:
            pass


@given(st.integers(0, 6), MOMENTS)
def test_a_weekday_is_the_next_one_within_a_week(day: int, now: dt.datetime) -> None:
    reading = read(DAY_NAMES[day], now)
    assert isinstance(reading, When)
    assert reading.on.weekday() == day
    assert 1 <= (reading.on - now.date()).days <= 7


@given(
    st.dates(dt.date(2026, 11, 26), dt.date(2036, 10, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%d.%m.%Y"]),
)
def test_a_date_written_out_is_that_date(on: dt.date, form: str) -> None:
    reading = read(on.strftime(form), NOW)
    assert isinstance(reading, When)
    assert reading.on == on


@pytest.mark.parametrize(
    ("phrase", "zone", "at"),
    [
        ("28 mar 2:30am", "Europe/Berlin", dt.time(3)),
        ("sun 02:15", "Europe/Berlin", dt.time(3)),
        ("28 mar 3:30am", "Europe/Berlin", dt.time(3, 30)),
        ("14 mar 2:30am", "America/New_York", dt.time(3)),
    ],
)
def test_a_time_that_the_night_leaves_out_is_the_one_that_will_be_planned(phrase: str, zone: str, at: dt.time) -> None:
    now = dt.datetime(2027, 3, 8 if zone.startswith("America") else 25, 9, tzinfo=ZoneInfo(zone))
    reading = read(phrase, now)
    assert isinstance(reading, When)
    assert reading.time == at
    assert calendar.local_time(calendar.resolve(reading.on, at, ZoneInfo(zone)), ZoneInfo(zone)) == at


@given(st.text() | st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join), MOMENTS)
def test_nothing_typed_raises(text: str, now: dt.datetime) -> None:
    read(text, now)
    read_tail(text, now)
    read_time(text)
    looks_like_date(text, whole=False)
