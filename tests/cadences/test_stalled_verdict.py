"""Stalled deals: idle, ageing and past the close date are three different things."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar
from cadences.model import OPEN_STAGES, Stage
from cadences.stalled import AGEING_LIMITS, IDLE_LIMITS, DealFacts, Label, judge, rank, silence
from cadences.work_calendar import Leave, WorkCalendar

BERLIN = ZoneInfo("Europe/Berlin")
ANA = WorkCalendar(BERLIN)
MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
TODAY = MONDAY.date()


def business_days_ago(n: int) -> datetime:
    on = TODAY
    while calendar.business_days_between(on, TODAY, ANA) < n:
        on -= timedelta(days=1)
    return calendar.resolve(on, MONDAY.time(), BERLIN)


def facts(stage: Stage = Stage.WORKING, idle: int = 0, in_stage: int = 0, **more: date | datetime) -> DealFacts:
    return DealFacts(
        stage=stage,
        last_activity_at=business_days_ago(idle),
        stage_since_at=MONDAY - timedelta(days=in_stage),
        close_on=more.get("close_on"),
        next_due_at=due if isinstance(due := more.get("next_due_at"), datetime) else None,
    )


def due_in(n: int) -> datetime:
    return calendar.resolve(calendar.add_workdays(TODAY, n, ANA), ANA.step_time, BERLIN)


@pytest.mark.parametrize(
    ("stage", "limit"), [(Stage.NEW, 5), (Stage.WORKING, 7), (Stage.ENGAGED, 10), (Stage.PROPOSAL, 14)]
)
def test_a_deal_stalls_at_the_idle_limit_of_its_stage_and_not_a_day_before(stage: Stage, limit: int) -> None:
    assert not judge(facts(stage, idle=limit - 1), MONDAY, ANA).stalled
    verdict = judge(facts(stage, idle=limit), MONDAY, ANA)
    assert (verdict.stalled, verdict.idle_days, verdict.labels) == (True, limit, (Label.IDLE,))


def test_weekends_do_not_make_a_deal_idle() -> None:
    friday = datetime(2026, 11, 27, 17, tzinfo=BERLIN)
    assert judge(DealFacts(Stage.NEW, friday, friday), MONDAY, ANA).idle_days == 1


def test_a_step_planned_inside_the_limit_counts_as_planned() -> None:
    verdict = judge(facts(idle=20, next_due_at=due_in(7)), MONDAY, ANA)
    assert (verdict.planned, verdict.next_step_too_far, verdict.stalled) == (True, False, False)
    assert verdict.labels == (Label.IDLE,)


def test_a_step_planned_beyond_the_limit_is_too_far() -> None:
    verdict = judge(facts(idle=20, next_due_at=due_in(8)), MONDAY, ANA)
    assert (verdict.planned, verdict.next_step_too_far, verdict.stalled) == (False, True, True)


def test_a_step_due_today_is_planned_and_an_overdue_one_is_not() -> None:
    assert judge(facts(idle=20, next_due_at=MONDAY - timedelta(hours=1)), MONDAY, ANA).planned
    overdue = judge(facts(idle=20, next_due_at=MONDAY - timedelta(days=3)), MONDAY, ANA)
    assert (overdue.planned, overdue.next_step_too_far, overdue.stalled) == (False, False, True)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_a_deal_ages_in_its_stage_however_busy_it_is(stage: Stage) -> None:
    assert judge(facts(stage, in_stage=AGEING_LIMITS[stage] - 1), MONDAY, ANA).labels == ()
    assert judge(facts(stage, in_stage=AGEING_LIMITS[stage]), MONDAY, ANA).labels == (Label.AGEING,)


def test_a_deal_is_past_its_close_date_from_the_day_after_it() -> None:
    assert judge(facts(close_on=TODAY), MONDAY, ANA).labels == ()
    assert judge(facts(close_on=TODAY - timedelta(days=1)), MONDAY, ANA).labels == (Label.PAST_CLOSE,)


def test_all_three_labels_can_hold_at_once() -> None:
    verdict = judge(facts(idle=9, in_stage=90, close_on=date(2026, 11, 1)), MONDAY, ANA)
    assert verdict.labels == (Label.IDLE, Label.AGEING, Label.PAST_CLOSE)


def test_a_deal_without_any_activity_is_idle_since_it_entered_its_stage() -> None:
    verdict = judge(DealFacts(Stage.NEW, None, business_days_ago(5)), MONDAY, ANA)
    assert (verdict.idle_days, verdict.stalled) == (5, True)


@pytest.mark.parametrize("stage", [Stage.WON, Stage.LOST, Stage.PARKED])
def test_a_deal_that_is_not_open_never_stalls(stage: Stage) -> None:
    verdict = judge(facts(stage, idle=90, in_stage=400, close_on=date(2026, 1, 1)), MONDAY, ANA)
    assert (verdict.labels, verdict.stalled) == ((), False)


def test_a_workspace_can_set_its_own_limits() -> None:
    assert judge(facts(idle=3), MONDAY, ANA, idle_limits={**IDLE_LIMITS, Stage.WORKING: 3}).stalled
    assert judge(facts(in_stage=3), MONDAY, ANA, ageing_limits={**AGEING_LIMITS, Stage.WORKING: 3}).labels


def test_the_idle_day_turns_with_the_local_midnight() -> None:
    tokyo = WorkCalendar(ZoneInfo("Asia/Tokyo"))
    touched_at = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert judge(DealFacts(Stage.NEW, touched_at, touched_at), touched_at + timedelta(hours=1), tokyo).idle_days == 1
    assert judge(DealFacts(Stage.NEW, touched_at, touched_at), touched_at + timedelta(hours=1), ANA).idle_days == 0


def test_deals_rank_by_value_times_idle_days_and_those_without_a_value_come_last() -> None:
    deals = [(None, 90), (100_00, 10), (5_000_00, 2), (0, 12), (100_00, 30)]
    assert sorted(deals, key=lambda deal: rank(*deal)) == [
        (5_000_00, 2),
        (100_00, 30),
        (100_00, 10),
        (None, 90),
        (0, 12),
    ]


moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(Stage), moments, moments, st.none() | moments, moments)
def test_a_verdict_never_contradicts_itself(
    stage: Stage, active_at: datetime, since_at: datetime, next_due_at: datetime | None, now: datetime
) -> None:
    verdict = judge(DealFacts(stage, active_at, since_at, None, next_due_at), now, ANA)
    assert not (verdict.planned and (verdict.next_step_too_far or verdict.stalled))
    assert verdict.idle_days >= 0
    assert not verdict.stalled or verdict.idle_days >= IDLE_LIMITS[stage]
    assert next_due_at is not None or not (verdict.planned or verdict.next_step_too_far)


@pytest.mark.parametrize("week", [{0}, {0, 2}, {5, 6}, {0, 1, 2, 3}])
def test_who_works_fewer_days_has_no_younger_deals(week: set[int]) -> None:
    """They wait as long, whichever days of the week she is there."""
    part_time = replace(ANA, workdays=frozenset(week))
    for idle in (0, 6, 7, 40):
        for due_at in (None, due_in(3), due_in(20)):
            deal = facts(idle=idle) if due_at is None else facts(idle=idle, next_due_at=due_at)
            assert judge(deal, MONDAY, part_time) == judge(deal, MONDAY, ANA)


def test_holidays_and_leave_are_no_silence_in_a_short_week_either() -> None:
    away = replace(ANA, workdays=frozenset({0}), leave=(Leave(date(2026, 11, 23), date(2026, 11, 27)),))
    assert judge(facts(idle=10), MONDAY, away).idle_days == 5


def test_a_week_of_six_days_or_from_sunday_on_counts_as_it_is() -> None:
    for week in ({0, 1, 2, 3, 4, 5}, {6, 0, 1, 2, 3}):
        cal = replace(ANA, workdays=frozenset(week))
        assert silence(cal) == cal
