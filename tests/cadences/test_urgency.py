"""The points of a follow-up: each reason on its own line, and nothing gets less urgent by waiting."""

from dataclasses import astuple
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences.urgency import CLOSE_BANDS, OVERDUE_AT_MOST, PROMISED, VALUE_BANDS, Pressing, Urgency, urgency
from cadences.work_calendar import WorkCalendar

ANA = WorkCalendar(ZoneInfo("Europe/Berlin"))
MONDAY = date(2026, 11, 23)


def test_what_is_due_today_without_more_has_no_points() -> None:
    assert urgency(Pressing(MONDAY), MONDAY, ANA) == Urgency()


def test_each_reason_has_its_own_points() -> None:
    facts = Pressing(MONDAY - timedelta(days=3), promised=True, value_minor=1_200_000, close_on=MONDAY)
    assert urgency(facts, MONDAY, ANA) == Urgency(promised=100, overdue=3, value=10, close=30)
    assert urgency(facts, MONDAY, ANA).score == 143


@pytest.mark.parametrize(
    ("days", "points"), [(-30, 30), (0, 30), (2, 30), (3, 20), (7, 20), (8, 10), (14, 10), (15, 0), (400, 0)]
)
def test_a_close_date_counts_the_more_the_nearer(days: int, points: int) -> None:
    assert urgency(Pressing(MONDAY, close_on=MONDAY + timedelta(days=days)), MONDAY, ANA).close == points


def test_a_promise_outweighs_everything_else() -> None:
    assert OVERDUE_AT_MOST + VALUE_BANDS[0][1] + CLOSE_BANDS[0][1] < PROMISED


days = st.integers(-400, 400).map(lambda number: MONDAY + timedelta(days=number))
pressing = st.builds(Pressing, days, st.booleans(), st.none() | st.integers(0, 10**12), st.none() | days)


@given(pressing, days, st.integers(0, 60))
def test_the_score_is_the_sum_and_never_falls_with_time(facts: Pressing, today: date, later: int) -> None:
    now, then = urgency(facts, today, ANA), urgency(facts, today + timedelta(days=later), ANA)
    assert now.score == sum(astuple(now))
    assert then.score >= now.score
    assert min(astuple(now)) >= 0


@given(pressing, st.integers(0, 10**12))
def test_more_value_never_makes_it_less_urgent_and_changes_no_other_line(facts: Pressing, more: int) -> None:
    richer = Pressing(facts.due_on, facts.promised, (facts.value_minor or 0) + more, facts.close_on)
    before, after = urgency(facts, MONDAY, ANA), urgency(richer, MONDAY, ANA)
    assert after.value >= before.value
    assert (after.promised, after.overdue, after.close) == (before.promised, before.overdue, before.close)
