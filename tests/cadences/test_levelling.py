"""Many steps over the days: exactly the least of what it promises, promises pinned, and a way back from leave."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar
from cadences.levelling import Assignment, Item, Over, level
from cadences.load import NO_LOAD, USUAL_CAPS, Caps, Day, Load
from cadences.model import Stage
from cadences.returning import Died, died, ramp
from cadences.stalled import IDLE_LIMITS, DealFacts
from cadences.work_calendar import Leave, WorkCalendar

ANA = WorkCalendar(ZoneInfo("Europe/Berlin"))
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in range(1, 5))
ONE_A_DAY = Caps(due=1, new=1)
A_WEEK = timedelta(weeks=1)


def between(number: int, wanted_on: date, first_on: date, last_on: date, **more: int) -> Item:
    return Item(number, wanted_on, first_on, last_on, score=more.get("score", 0), is_new=bool(more.get("new", 0)))


def around(number: int, wanted_on: date, **more: int) -> Item:
    one = timedelta(days=1)
    return between(number, wanted_on, wanted_on - one, wanted_on + one, **more)


def busy(*dates: date, each: int = 1) -> Load:
    return Load(dict.fromkeys(dates, Day(each)))


def test_without_need_nothing_moves() -> None:
    found = level([around(1, TUESDAY), around(2, WEDNESDAY)], NO_LOAD, USUAL_CAPS, ANA, MONDAY)
    assert (found.days, found.shift, found.over) == ({1: TUESDAY, 2: WEDNESDAY}, 0, ())


def test_no_items_need_no_days() -> None:
    assert level([], NO_LOAD, USUAL_CAPS, ANA, MONDAY) == Assignment({}, NO_LOAD, 0)


def test_of_two_on_a_day_for_one_the_less_urgent_moves() -> None:
    found = level([around(1, TUESDAY, score=3), around(2, TUESDAY, score=9)], NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert (found.days, found.shift) == ({1: WEDNESDAY, 2: TUESDAY}, 1)


def test_of_two_that_are_late_the_more_urgent_comes_first() -> None:
    items = [between(1, MONDAY, MONDAY, WEDNESDAY, score=3), between(2, MONDAY, MONDAY, WEDNESDAY, score=9)]
    found = level(items, busy(MONDAY), ONE_A_DAY, ANA, MONDAY)
    assert found.days == {1: WEDNESDAY, 2: TUESDAY}


def test_one_gives_way_so_that_another_with_no_choice_fits() -> None:
    stuck = between(2, TUESDAY, TUESDAY, TUESDAY)
    found = level([between(1, TUESDAY, TUESDAY, THURSDAY, score=50), stuck], NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert found.days == {1: WEDNESDAY, 2: TUESDAY}


def test_new_ones_have_their_own_cap() -> None:
    items = [around(1, TUESDAY, new=1), around(2, TUESDAY, new=1), around(3, TUESDAY)]
    found = level(items, NO_LOAD, Caps(due=5, new=1), ANA, MONDAY)
    assert found.days == {1: TUESDAY, 2: WEDNESDAY, 3: TUESDAY}


def test_promises_stay_even_on_a_full_sunday_and_take_the_room_of_others() -> None:
    sunday = MONDAY - timedelta(days=1)
    promised = [Item(number, on, MONDAY, promised=True) for number, on in enumerate([TUESDAY, TUESDAY, sunday])]
    found = level([*promised, around(7, TUESDAY)], NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert found.days == {0: TUESDAY, 1: TUESDAY, 2: sunday, 7: WEDNESDAY}
    assert found.missed == (2,)
    assert found.load.on(TUESDAY) == Day(2, promised=2)


def test_promises_make_room_above_the_cap_where_nothing_else_does() -> None:
    promised = Item(1, TUESDAY, TUESDAY, promised=True)
    found = level([promised, between(2, TUESDAY, TUESDAY, TUESDAY)], NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert found.load.on(TUESDAY) == Day(2, promised=1)
    assert found.over == ()


def test_what_can_not_fit_is_flat_and_reported() -> None:
    items = [between(number, TUESDAY, TUESDAY, THURSDAY) for number in range(7)]
    found = level(items, NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert [day.due for day in found.load.days.values()] == [3, 2, 2]
    assert found.over == (Over(TUESDAY, 2, 0), Over(WEDNESDAY, 1, 0), Over(THURSDAY, 1, 0))


def test_free_days_do_not_count_in_the_shift() -> None:
    off = replace(ANA, leave=(Leave(MONDAY + A_WEEK, TUESDAY + A_WEEK),))
    items = [between(number, FRIDAY, FRIDAY, WEDNESDAY + A_WEEK) for number in (1, 2)]
    found = level(items, NO_LOAD, ONE_A_DAY, off, MONDAY)
    assert (found.days, found.shift) == ({1: FRIDAY, 2: WEDNESDAY + A_WEEK}, 1)


def test_a_window_that_has_passed_is_today() -> None:
    found = level([around(1, MONDAY - A_WEEK)], NO_LOAD, ONE_A_DAY, ANA, MONDAY)
    assert found.days == {1: MONDAY}


def test_a_cap_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="never gets anything done"):
        Caps(due=20, new=0)


# The exact search: every way there is, judged by the words of the docstring.


def workdays(first_on: date, last_on: date) -> list[date]:
    days = [first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1)]
    return [on for on in days if on.weekday() < 5]


def choices(item: Item, today: date, end: date) -> list[date]:
    """Where it may go; a window that is over begins anew, one day long."""
    first = max(item.first_on, today)
    return workdays(first, item.last_on or end) or workdays(first, first + A_WEEK)[:1]


def cost(chosen: Sequence[tuple[Item, date]], load: Load, caps: Caps, today: date, end: date) -> tuple[int, ...]:
    days = dict(load.days)
    lowest = min(item.score for item, _ in chosen)
    shift = urgency = early = 0
    for item, on in chosen:
        days[on] = days.get(on, Day()).plus(new=item.is_new)
        possible = choices(item, today, end)
        wanted_on = next((day for day in possible if day >= item.wanted_on), possible[-1])
        moved = len(workdays(min(on, wanted_on), max(on, wanted_on))) - 1
        shift, urgency, early = shift + moved, urgency + moved * (item.score - lowest), early + (on < wanted_on)
    excuses = [(day.due - caps.due, day.due - day.promised - caps.due, day.new - caps.new) for day in days.values()]
    over = sum(max(0, due) ** 2 + max(0, new) ** 2 for _, due, new in excuses)
    return over, sum(max(0, squeezed) for squeezed, _, _ in excuses), shift, urgency, early


def all_ways(items: Sequence[Item], today: date, end: date) -> Iterator[list[tuple[Item, date]]]:
    for days in itertools.product(*(choices(item, today, end) for item in items)):
        yield list(zip(items, days, strict=True))


small = st.integers(0, 3)
dates = st.integers(-3, 8).map(lambda days: MONDAY + timedelta(days=days))
caps_of_few = st.builds(Caps, st.integers(1, 3), st.integers(1, 2))


@st.composite
def loads(draw: st.DrawFn, last: int = 8) -> Load:
    on = st.integers(0, last).map(lambda days: MONDAY + timedelta(days=days))
    steps = st.lists(st.tuples(on, st.booleans(), st.booleans()), max_size=8)
    return Load.of(draw(steps))


@st.composite
def bounded(draw: st.DrawFn) -> list[Item]:
    items = []
    for number in range(draw(st.integers(1, 6))):
        wanted_on = draw(dates)
        back, ahead = draw(st.sampled_from([(0, 0), (1, 0), (0, 1), (1, 1), (2, 2), (0, 4)]))
        first_on, last_on = wanted_on - timedelta(days=back), wanted_on + timedelta(days=ahead)
        items.append(between(number, wanted_on, first_on, last_on, score=draw(small), new=draw(st.integers(0, 1))))
    return items


@st.composite
def open_ended(draw: st.DrawFn) -> list[Item]:
    return [
        Item(number, draw(dates), MONDAY, draw(st.none() | st.just(TUESDAY)), draw(small), draw(st.booleans()))
        for number in range(draw(st.integers(1, 3)))
    ]


@given(bounded(), loads(), caps_of_few)
def test_in_windows_it_is_the_exact_least(items: list[Item], load: Load, caps: Caps) -> None:
    found = level(items, load, caps, ANA, MONDAY)
    end = MONDAY + 2 * A_WEEK
    least = min(cost(way, load, caps, MONDAY, end) for way in all_ways(items, MONDAY, end))
    assert cost([(item, found.days[item.id]) for item in items], load, caps, MONDAY, end) == least
    assert found.shift == least[2]


@given(open_ended(), loads(last=3), caps_of_few)
def test_with_open_windows_it_is_the_exact_least(items: list[Item], load: Load, caps: Caps) -> None:
    found = level(items, load, caps, ANA, MONDAY)
    end = MONDAY + 2 * A_WEEK
    least = min(cost(way, load, caps, MONDAY, end) for way in all_ways(items, MONDAY, end))
    assert cost([(item, found.days[item.id]) for item in items], load, caps, MONDAY, end) == least


many = st.lists(
    st.builds(
        lambda days, around, score, new, promised: (MONDAY + timedelta(days=days), around, score, new, promised),
        st.integers(0, 20),
        st.integers(0, 4),
        st.integers(0, 99),
        st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)


@given(many, caps_of_few)
def test_promises_never_move_and_all_is_accounted_for(
    drawn: list[tuple[date, int, int, bool, bool]], caps: Caps
) -> None:
    items = [
        Item(number, on, on - timedelta(days=days), on + timedelta(days=days), score, new, promised)
        for number, (on, days, score, new, promised) in enumerate(drawn)
    ]
    found = level(items, NO_LOAD, caps, ANA, MONDAY)
    assert set(found.days) == {item.id for item in items}
    assert all(found.days[item.id] == item.wanted_on for item in items if item.promised)
    assert all(calendar.is_workday(found.days[item.id], ANA) for item in items if not item.promised)
    assert sum(day.due for day in found.load.days.values()) == len(items)
    said = {over.on: (over.due, over.new) for over in found.over}
    for on, day in found.load.days.items():
        above = (max(0, day.due - day.promised - caps.due), max(0, day.new - caps.new))
        assert said.get(on, (0, 0)) == above


@given(many, caps_of_few, loads())
def test_a_ramp_never_exceeds_the_cap_and_goes_by_score(
    drawn: list[tuple[date, int, int, bool, bool]], caps: Caps, before: Load
) -> None:
    back_on = MONDAY + 3 * A_WEEK
    load = Load({on + 3 * A_WEEK: day for on, day in before.days.items()})
    items = [Item(number, on, on, on, score, new, said) for number, (on, _, score, new, said) in enumerate(drawn)]
    found = ramp(items, load, caps, ANA, back_on)
    for on in {found.days[item.id] for item in items if not item.promised}:
        assert on >= back_on
        assert found.load.on(on).due <= caps.due
        assert found.load.on(on).new <= max(caps.new, load.on(on).new)
    assert found.missed == tuple(item.id for item in items if item.promised)
    alike = [item for item in items if not item.promised]
    for one, other in itertools.permutations(alike, 2):
        if one.score > other.score and one.is_new == other.is_new:
            assert found.days[one.id] <= found.days[other.id]


def test_fourteen_days_away_with_two_hundred_due_come_back_at_the_cap_a_day() -> None:
    back_on = MONDAY + 2 * A_WEEK
    cal = replace(ANA, leave=(Leave(MONDAY, back_on - timedelta(days=1)),))
    items = [Item(number, MONDAY + timedelta(days=number % 14), MONDAY, score=number) for number in range(200)]
    promised = Item(200, back_on + timedelta(days=1), back_on, promised=True)
    found = ramp([*items, promised], NO_LOAD, USUAL_CAPS, cal, back_on)
    loads = [found.load.on(calendar.add_workdays(back_on, number, cal)).due for number in range(12)]
    assert loads == [20] * 10 + [1, 0]
    assert found.days[200] == promised.wanted_on
    assert {number for number, on in found.days.items() if on == back_on} == set(range(180, 200))
    assert found.over == ()


def test_what_was_not_due_in_the_leave_does_not_come_sooner() -> None:
    found = ramp([Item(1, FRIDAY, MONDAY)], NO_LOAD, USUAL_CAPS, ANA, TUESDAY)
    assert found.days == {1: FRIDAY}


def deal(heard_on: date, close_on: date | None = None, stage: Stage = Stage.WORKING) -> DealFacts:
    heard_at = datetime.combine(heard_on, time(12), UTC)
    return DealFacts(stage, heard_at, heard_at, close_on)


AWAY = Leave(MONDAY, MONDAY + timedelta(days=13))
BACK_ON = MONDAY + 2 * A_WEEK
BEFORE = MONDAY - timedelta(days=3)


@pytest.mark.parametrize(
    ("close_on", "reason"),
    [
        (AWAY.starts_on, Died.CLOSE_DATE_PASSED),
        (AWAY.ends_on, Died.CLOSE_DATE_PASSED),
        (AWAY.starts_on - timedelta(days=1), None),
        (BACK_ON, None),
        (None, None),
    ],
)
def test_a_close_date_inside_the_leave_is_a_reason_to_drop(close_on: date | None, reason: Died | None) -> None:
    assert died(deal(BEFORE, close_on), AWAY, BACK_ON, replace(ANA, leave=(AWAY,))) is reason


@pytest.mark.parametrize("stage", IDLE_LIMITS)
def test_twice_the_idle_limit_without_a_word_is_a_reason_from_the_day_after(stage: Stage) -> None:
    heard_on = MONDAY - 20 * A_WEEK
    at_limit = calendar.add_workdays(heard_on, 2 * IDLE_LIMITS[stage], ANA)
    assert died(deal(heard_on, stage=stage), AWAY, at_limit, ANA) is None
    after = calendar.add_workdays(at_limit, 1, ANA)
    assert died(deal(heard_on, stage=stage), AWAY, after, ANA) is Died.SILENT


def test_our_own_leave_is_not_their_silence() -> None:
    heard_on = MONDAY - A_WEEK
    facts = deal(heard_on, stage=Stage.NEW)
    assert died(facts, AWAY, BACK_ON, replace(ANA, leave=(AWAY,))) is None
    assert died(facts, AWAY, BACK_ON, ANA) is Died.SILENT


def test_a_deal_that_is_not_open_can_not_die() -> None:
    assert died(deal(MONDAY - 52 * A_WEEK, MONDAY, Stage.PARKED), AWAY, BACK_ON, ANA) is None
