"""When it is early to give somebody up, how sure a share is, and what is left to try."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies

from bot.services.facts import ANSWERS
from cadences import giving_up
from cadences.decisions import PlannedStep, Reach
from cadences.engine import NOBODY_ANSWERED
from cadences.giving_up import Rate, Runs, Silence, Touch
from cadences.model import Channel, FollowUpType, Outcome, Purpose
from cadences.work_calendar import WorkCalendar

CALL, EMAIL, LINKEDIN, SMS = Channel.CALL, Channel.EMAIL, Channel.LINKEDIN, Channel.SMS
FRIDAY = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
BERLIN = WorkCalendar(ZoneInfo("Europe/Berlin"))
STEP = PlannedStep(FRIDAY, EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE, 3, timed=True, attempt=2)


def silent(*channels: Channel) -> list[Touch]:
    """Touches without an answer, the newest first."""
    return [(channel, None, Outcome.SENT) for channel in channels]


@pytest.mark.parametrize(
    ("channels", "early"),
    [
        ((), True),
        ((CALL, EMAIL, LINKEDIN, CALL), True),
        ((CALL, EMAIL, LINKEDIN, CALL, EMAIL), False),
        ((CALL, EMAIL, CALL, EMAIL, CALL), True),
        ((CALL, EMAIL, CALL, EMAIL, CALL, EMAIL, CALL, EMAIL), True),
        ((CALL, EMAIL, LINKEDIN, SMS), True),
        ((CALL, EMAIL, LINKEDIN, SMS, SMS), False),
    ],
)
def test_five_touches_on_three_channels_are_enough_and_one_less_of_either_is_not(
    channels: tuple[Channel, ...], early: bool
) -> None:
    assert giving_up.silence(silent(*channels)).is_early is early


def test_channels_of_the_team_s_own_are_told_apart_by_their_names() -> None:
    made: list[Touch] = [(Channel.OTHER, via, Outcome.SENT) for via in ("fair", "fax", "fair", "fax", "fair")]
    assert giving_up.silence(made).is_early
    assert not giving_up.silence([*made, *silent(CALL)]).is_early


@pytest.mark.parametrize("outcome", sorted(ANSWERS))
def test_an_answer_ends_the_silence_and_the_touches_before_it_count_no_more(outcome: Outcome) -> None:
    made: list[Touch] = [*silent(CALL, EMAIL), (LINKEDIN, None, outcome), *silent(LINKEDIN, SMS, SMS)]
    assert giving_up.silence(made) == Silence(2, frozenset({(CALL, None), (EMAIL, None)}))


@pytest.mark.parametrize("outcome", sorted(ANSWERS))
def test_who_answered_last_is_not_silent(outcome: Outcome) -> None:
    found = giving_up.silence([(CALL, None, outcome), *silent(EMAIL)])
    assert found.answered_last
    assert not found.is_early


def test_a_machine_that_says_they_are_away_is_neither_a_touch_nor_an_answer() -> None:
    away: Touch = (EMAIL, None, Outcome.OUT_OF_OFFICE)
    assert giving_up.silence([away, *silent(CALL), away]) == Silence(1, frozenset({(CALL, None)}))


def test_every_outcome_is_an_answer_or_silence_or_away() -> None:
    assert {*ANSWERS, *NOBODY_ANSWERED, Outcome.OUT_OF_OFFICE} == set(Outcome)
    assert not ANSWERS & NOBODY_ANSWERED


@pytest.mark.parametrize(
    ("story", "silent", "answered"),
    [
        ("", 0, 0),
        ("sss", 3, 0),
        ("sssa", 3, 3),
        ("ssasss", 3, 2),
        ("sssas", 3, 3),
        ("assa", 2, 2),
        ("aass", 2, 0),
        ("sosa", 2, 2),
        ("sssasa", 3, 3),
        ("o", 0, 0),
    ],
)
def test_the_longest_silence_of_a_story_and_the_longest_before_the_last_answer(
    story: str, silent: int, answered: int
) -> None:
    """Of silent touches, answers, and machines that say they are away."""
    letters = {"s": Outcome.SENT, "a": Outcome.CONNECTED, "o": Outcome.OUT_OF_OFFICE}
    assert giving_up.runs(letters[each] for each in story) == Runs(silent, answered)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (9, 41, 0.1200, 0.3671),
        (0, 20, 0.0, 0.1611),
        (20, 20, 0.8389, 1.0),
        (10, 20, 0.2993, 0.7007),
        (1, 100, 0.0018, 0.0545),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_the_interval_is_wilson_s(hits: int, of: int, low: float, high: float) -> None:
    """Worked out by hand: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96."""
    assert giving_up.wilson(hits, of) == pytest.approx((low, high), abs=0.0001)


@given(
    strategies.integers(1, 500).flatmap(lambda of: strategies.tuples(strategies.integers(0, of), strategies.just(of)))
)
def test_the_interval_holds_the_share_and_stays_a_share(counted: tuple[int, int]) -> None:
    hits, of = counted
    low, high = giving_up.wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1


def test_a_share_of_fewer_than_twenty_is_not_spoken_of() -> None:
    assert [Rate(count, 1, 0).is_enough for count in (0, 19, 20)] == [False, False, True]


@pytest.mark.parametrize(
    ("tried", "reach", "channel"),
    [
        ((EMAIL,), Reach(email=True, phone=True), CALL),
        ((CALL,), Reach(email=True, phone=True), EMAIL),
        ((EMAIL,), Reach(email=True), LINKEDIN),
        ((CALL, EMAIL), Reach(email=True, phone=True), LINKEDIN),
        ((EMAIL,), Reach(), CALL),
        ((EMAIL,), Reach(email=True, phone=True, preferred=SMS), SMS),
        ((EMAIL, SMS), Reach(email=True, phone=True, preferred=SMS), CALL),
        ((EMAIL,), Reach(email=True, preferred=SMS), LINKEDIN),
        ((EMAIL, LINKEDIN, Channel.VIDEO, Channel.LETTER), Reach(email=True), EMAIL),
    ],
)
def test_the_way_that_nobody_tried_and_that_reaches_them_is_offered(
    tried: tuple[Channel, ...], reach: Reach, channel: Channel
) -> None:
    assert giving_up.untried(giving_up.silence(silent(*tried)), reach) is channel


def test_one_more_try_is_the_same_step_another_way_on_the_next_working_day() -> None:
    step = giving_up.once_more(STEP, CALL, FRIDAY, BERLIN)
    assert (step.channel, step.due_at) == (CALL, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert (step.number, step.type, step.purpose) == (STEP.number, STEP.type, STEP.purpose)
    assert (step.attempt, step.timed) == (1, False)
