"""Calls between two zones: the overlap of both days, the order of calls, and the zone of a telephone number.

All pairs of zones on all days of 2026 to 2030 are 650 million cases. Her hours lie between the day before and the day
after the date in UTC, and what a clock does outside of that moves only what lies outside of her hours. So a case is
told by the weekday and by what both clocks do in these three days; each that occurs is tried once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cadences import calendar
from cadences.call_windows import Window, order_key, shared_hours, their_time
from cadences.phone_zones import zone_of_phone
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar
from tests.cadences.clocks import DAY, MINUTE, ZONES, clock_of, dates, one_of_each_kind, work_weeks, zones

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
AUCKLAND, HONOLULU = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
ANA = WorkCalendar(BERLIN)
OFFICE = (time(9), time(17))
QUARTER = 15 * MINUTE
FIRST_ON, DAYS = date(2026, 1, 1), 5 * 365 + 1
SOME, FEW = 3, 19
"""Each so many-th case is also seen from the other side, and read off both clocks quarter by quarter."""

Clock = tuple[tuple[timedelta, timedelta], ...]
"""What a clock does around a date: from which distance to the date's first UTC moment it stands how far from UTC."""


def utc(on: date) -> datetime:
    return datetime.combine(on, time.min, UTC)


def clock_around(name: str, on: date) -> Clock:
    """What this zone's clock does on the day before a date, on the date and on the day after it."""
    turns = [(max(moment - utc(on), -DAY), offset or timedelta()) for moment, offset in clock_of(name)]
    before = max((n for n, (distance, _) in enumerate(turns) if distance == -DAY), default=0)
    return tuple(turn for turn in turns[before:] if turn[0] < 2 * DAY)


@cache
def cases() -> tuple[tuple[date, str, str], ...]:
    """For each weekday and pair of clocks that occurs in these years, one date and the names of two such zones."""
    found: dict[tuple[int, Clock, Clock], tuple[date, str, str]] = {}
    seen = set()
    for on in (FIRST_ON + n * DAY for n in range(DAYS)):
        clocks = {clock_around(name, on): name for name in one_of_each_kind()}
        if (on.weekday(), frozenset(clocks)) not in seen:
            seen.add((on.weekday(), frozenset(clocks)))
            for mine, theirs in product(clocks, repeat=2):
                found.setdefault((on.weekday(), mine, theirs), (on, clocks[mine], clocks[theirs]))
    return tuple(found.values())


def naive_quarters(on: date, cal: WorkCalendar, their_zone: ZoneInfo) -> set[datetime]:
    """The quarters of an hour that both clocks and both weeks allow, each looked at by itself."""
    return {moment for moment in quarters_around(on) if is_shared(moment, on, cal, their_zone)}


def quarters_around(on: date) -> Iterator[datetime]:
    return (utc(on) + n * QUARTER for n in range(-4 * 15, 4 * 42))


def is_shared(moment: datetime, on: date, cal: WorkCalendar, their_zone: ZoneInfo) -> bool:
    mine, theirs = moment.astimezone(cal.zone), moment.astimezone(their_zone)
    hers = mine.date() == on and cal.opens <= mine.time() < cal.closes and on.weekday() in cal.workdays
    return hers and theirs.weekday() < 5 and OFFICE[0] <= theirs.time() < OFFICE[1]


def quarters_of(windows: tuple[Window, ...]) -> set[datetime]:
    return {
        window.starts_at + n * QUARTER
        for window in windows
        for n in range((window.ends_at - window.starts_at) // QUARTER)
    }


def week_of(name: str) -> WorkCalendar:
    """A work week of seven days, so that no weekday hides what the other side's does."""
    return WorkCalendar(ZoneInfo(name), calendar.EVERY_DAY, opens=OFFICE[0], closes=OFFICE[1])


def office_week_of(name: str) -> WorkCalendar:
    """What every prospect is taken to have."""
    return WorkCalendar(ZoneInfo(name), opens=OFFICE[0], closes=OFFICE[1])


def test_the_overlap_lies_in_both_days_for_all_pairs_of_zones_on_all_days() -> None:
    for on, name, other in cases():
        cal, their_zone = week_of(name), ZoneInfo(other)
        opens_at, closes_at = calendar.hours(on, cal)
        windows = shared_hours(on, cal, their_zone)
        assert len(windows) <= 2
        for window in windows:
            assert opens_at <= window.starts_at < window.ends_at <= closes_at
            first, last = window.starts_at.astimezone(their_zone), window.ends_at.astimezone(their_zone)
            assert first.date() == last.date()
            assert first.weekday() < 5
            assert OFFICE[0] <= first.time() < last.time() <= OFFICE[1]


def test_the_overlap_is_what_both_clocks_say_read_quarter_by_quarter() -> None:
    for on, name, other in cases()[::FEW]:
        cal, their_zone = week_of(name), ZoneInfo(other)
        assert quarters_of(shared_hours(on, cal, their_zone)) == naive_quarters(on, cal, their_zone)


def test_both_sides_find_the_same_overlap() -> None:
    for on, name, other in cases()[::SOME]:
        hers, theirs = office_week_of(name), office_week_of(other)
        begins_at, ends_at = calendar.hours(on, hers)
        back = chain.from_iterable(shared_hours(on + n * DAY, theirs, hers.zone) for n in (-1, 0, 1))
        found = [window for window in back if begins_at <= window.starts_at < ends_at]
        assert list(shared_hours(on, hers, theirs.zone)) == found


def quarter_hour(n: int) -> time:
    return time(n // 4, n % 4 * 15)


quarter_hours = st.lists(st.integers(0, 95), min_size=2, max_size=2, unique=True).map(
    lambda both: (quarter_hour(min(both)), quarter_hour(max(both)))
)


@given(dates, zones, zones, quarter_hours, work_weeks)
def test_any_hours_on_any_day_agree_with_reading_both_clocks(
    on: date, name: str, other: str, opens_and_closes: tuple[time, time], workdays: frozenset[int]
) -> None:
    cal = WorkCalendar(ZoneInfo(name), workdays, time(9), *opens_and_closes)
    assume(is_plain(on, cal.zone))
    windows = shared_hours(on, cal, ZoneInfo(other))
    assert quarters_of(windows) == naive_quarters(on, cal, ZoneInfo(other))


def is_plain(on: date, zone: ZoneInfo) -> bool:
    """True where her clock does not change; hours at night may lie in a gap, which the tests of every zone try."""
    return len({(utc(on) + n * DAY).astimezone(zone).utcoffset() for n in range(-2, 4)}) == 1


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-03-06", ("15:00", "18:00")),
        ("2026-03-09", ("14:00", "18:00")),
        ("2026-03-27", ("14:00", "18:00")),
        ("2026-03-30", ("15:00", "18:00")),
        ("2026-10-26", ("14:00", "18:00")),
        ("2026-11-02", ("15:00", "18:00")),
    ],
)
def test_weeks_in_which_only_one_side_has_changed_its_clocks_are_an_hour_apart(
    on: str, expected: tuple[str, str]
) -> None:
    starts, ends = (at(f"{on}T{clock}", BERLIN) for clock in expected)
    assert shared_hours(date.fromisoformat(on), ANA, NEW_YORK) == (Window(starts, ends),)


def test_across_the_date_line_her_monday_is_their_sunday_and_then_their_monday() -> None:
    cal = WorkCalendar(AUCKLAND)
    assert shared_hours(date(2026, 6, 15), cal, HONOLULU) == ()
    tuesday = shared_hours(date(2026, 6, 16), cal, HONOLULU)
    assert tuesday == (Window(at("2026-06-16T08:00", AUCKLAND), at("2026-06-16T15:00", AUCKLAND)),)
    assert tuesday[0].starts_at.astimezone(HONOLULU).date() == date(2026, 6, 15)
    assert shared_hours(date(2026, 6, 20), replace(cal, workdays=calendar.EVERY_DAY), HONOLULU) != ()


def test_a_long_day_can_meet_two_of_their_days() -> None:
    cal = WorkCalendar(AUCKLAND, opens=time(6), closes=time(23, 30))
    assert shared_hours(date(2026, 6, 16), cal, ZoneInfo("America/Halifax")) == (
        Window(at("2026-06-16T06:00", AUCKLAND), at("2026-06-16T08:00", AUCKLAND)),
    )
    assert shared_hours(date(2026, 6, 16), replace(cal, closes=time(23, 59)), ZoneInfo("America/Noronha")) == (
        Window(at("2026-06-16T06:00", AUCKLAND), at("2026-06-16T07:00", AUCKLAND)),
        Window(at("2026-06-16T23:00", AUCKLAND), at("2026-06-16T23:59", AUCKLAND)),
    )


@pytest.mark.parametrize(
    "cal",
    [
        replace(ANA, workdays=frozenset({0})),
        replace(ANA, rules=(DayRules(days_off=(DayOff(date(2026, 11, 24), "Picnic"),)),)),
        replace(ANA, leave=(Leave(date(2026, 11, 24), date(2026, 11, 24)),)),
        replace(ANA, opens=time(8), closes=time(9)),
    ],
)
def test_a_free_day_and_hours_that_never_meet_have_no_overlap(cal: WorkCalendar) -> None:
    assert shared_hours(date(2026, 11, 24), cal, NEW_YORK) == ()


def test_calls_whose_overlap_ends_first_come_first_and_those_without_come_last() -> None:
    now = at("2026-11-24T12:00", BERLIN)
    over, soon, later, none = (
        Window(now - timedelta(hours=3), now),
        Window(now, now + timedelta(hours=1)),
        Window(now - timedelta(hours=1), now + timedelta(hours=2)),
        None,
    )
    assert sorted([over, none, later, soon], key=lambda window: order_key(window, now)) == [soon, later, over, none]


def test_their_time_is_what_their_clock_shows() -> None:
    assert their_time(at("2026-11-24T20:10", BERLIN), NEW_YORK) == time(14, 10)
    with pytest.raises(ValueError, match="time zone"):
        their_time(datetime(2026, 11, 24, 9), NEW_YORK)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+14155550123", "America/Los_Angeles"),
        ("+1 212 555 0123", "America/New_York"),
        ("+16025550123", "America/Phoenix"),
        ("+442071234567", "Europe/London"),
        ("+447911123456", "Europe/London"),
        ("+4930123456", "Europe/Berlin"),
        ("+4915112345678", "Europe/Berlin"),
        ("+61291234567", "Australia/Sydney"),
    ],
)
def test_a_number_tells_its_zone_where_its_area_has_one(phone: str, zone: str) -> None:
    assert zone_of_phone(phone) == zone


@pytest.mark.parametrize(
    "phone", ["+18005550123", "+12085550123", "+34612345678", "+61412345678", "030 123456", "+9999", "hello", ""]
)
def test_a_number_that_may_ring_in_zones_that_differ_tells_nothing(phone: str) -> None:
    assert zone_of_phone(phone) is None


@given(st.from_regex(r"\+[1-9][0-9]{5,13}", fullmatch=True))
def test_what_a_number_tells_is_a_zone_that_exists(phone: str) -> None:
    assert zone_of_phone(phone) in {*ZONES, None}
