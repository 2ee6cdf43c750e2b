"""Advice on a cadence: what is worth a second thought is said once, at its step, and nothing else is."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences.definition import parse_delay
from cadences.lint import lint
from cadences.model import Cadence, Channel, End, EndAction, FollowUpType, Purpose, StartsAfter, Step
from tests.cadences.test_cadence_definition import any_cadence

EMAIL, CALL = Channel.EMAIL, Channel.CALL


def step(after: str, channel: Channel = EMAIL, purpose: Purpose = Purpose.ANSWER_OBJECTION, template: str = "") -> Step:
    kind = FollowUpType.VALUE if purpose is Purpose.SHARE_VALUE else FollowUpType.REMINDER
    return Step(parse_delay(after), channel, kind, purpose, template)


def asking(after: str = "4d", channel: Channel = CALL, purpose: Purpose = Purpose.PROPOSE_MEETING) -> Step:
    return step(after, channel, purpose)


def renewing(days: str, channel: Channel = EMAIL) -> Step:
    return replace(value(days, channel), before_renewal=True)


def value(after: str, channel: Channel = CALL) -> Step:
    return step(after, channel, Purpose.SHARE_VALUE)


def closing(after: str = "9d") -> Step:
    return step(after, Channel.LETTER, Purpose.CLOSE_THE_LOOP)


def advice(*steps: Step, starts_after: StartsAfter | None = None) -> list[str]:
    cadence = Cadence("sample", "Sample", 1, steps, End(EndAction.ASK), starts_after=starts_after)
    return [str(each) for each in lint(cadence)]


def test_a_cadence_that_does_everything_right_gets_none() -> None:
    assert advice(value("24h"), asking("3bd", EMAIL), closing(), starts_after=StartsAfter.MEETING) == []


def test_three_times_the_same_channel_in_a_row_is_said_at_the_third() -> None:
    (told,) = advice(value("1d", EMAIL), step("4d"), step("4d"), step("4d"), closing())
    assert told.startswith("step 3: email 3 times in a row")


def test_two_runs_that_are_too_long_are_said_apart() -> None:
    steps = [step("4d", channel) for channel in [EMAIL, EMAIL, EMAIL, CALL, CALL, CALL]]
    assert [told[:7] for told in advice(*steps, value("4d", EMAIL), closing())] == ["step 3:", "step 6:"]


def test_the_same_channel_twice_is_fine() -> None:
    assert advice(value("1d", EMAIL), step("4d"), step("4d", CALL), step("4d"), step("4d"), closing()) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("1bd", "1 business day"),
        ("1d", "1 business day"),
        ("3d", "1 business day"),
        ("48h", "1 business day"),
        ("2h", "on the same business day"),
    ],
)
def test_a_gap_that_can_be_under_two_business_days_is_said(after: str, said: str) -> None:
    (told,) = advice(value("1d"), step(after), closing())
    assert told == f"step 2: {after} after the step before can be {said}: leave at least 2 business days"


@pytest.mark.parametrize("after", ["2bd", "4d", "96h"])
def test_two_business_days_from_any_weekday_are_enough(after: str) -> None:
    assert advice(value("1d"), step(after), closing()) == []


def test_a_short_first_delay_is_no_gap() -> None:
    assert advice(value("1h"), closing()) == []


def test_the_ninth_touch_in_thirty_days_is_one_too_many() -> None:
    eight = [value("2bd", list(Channel)[number % 4]) for number in range(7)]
    assert advice(*eight, closing("2bd")) == []
    (told,) = advice(*eight, value("2bd", Channel.VIDEO), closing("2bd"))
    assert told.startswith("9 touches in 30 days: more than 8")


def test_nine_touches_over_a_longer_time_are_fine() -> None:
    slow = [value("4d", list(Channel)[number % 4]) for number in range(9)]
    assert advice(*slow, closing()) == []


@pytest.mark.parametrize(
    ("given_", "missing"),
    [([step("1d"), closing()], "no value step"), ([value("1d"), step("4d")], "no closing step")],
)
def test_what_a_cadence_lacks_is_said_of_the_whole(given_: list[Step], missing: str) -> None:
    (told,) = advice(*given_)
    assert told.startswith(missing)


@pytest.mark.parametrize("after", ["25h", "2d", "2bd"])
def test_a_first_step_later_than_24_hours_after_a_meeting_is_said(after: str) -> None:
    (told,) = advice(value(after), closing(), starts_after=StartsAfter.MEETING)
    assert told.startswith(f"step 1: {after} after the meeting is too late")


@pytest.mark.parametrize("after", ["24h", "1d", "1bd"])
def test_the_next_day_after_a_meeting_is_in_time(after: str) -> None:
    assert advice(value(after), closing(), starts_after=StartsAfter.MEETING) == []


def test_what_follows_something_else_may_begin_later() -> None:
    assert advice(value("14d"), closing(), starts_after=StartsAfter.SILENCE) == []
    assert advice(value("14d"), closing()) == []


def test_advice_comes_in_the_order_of_the_steps_and_the_whole_last() -> None:
    told = advice(step("3d"), step("1d"), step("1d"), starts_after=StartsAfter.MEETING)
    assert [words.partition(":")[0] for words in told] == [
        "step 1", "step 2", "step 3", "step 3", "no value step", "no closing step",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"), list(product([Purpose.PROPOSE_MEETING, Purpose.ASK_FEEDBACK], repeat=2)), ids=str
)
def test_two_touches_in_a_row_that_only_ask_are_said_at_the_second(first: Purpose, second: Purpose) -> None:
    (told,) = advice(value("1d", EMAIL), asking(purpose=first), asking("4d", EMAIL, second), closing())
    assert told == (
        f"step 3: {second} right after {first} asks twice and gives nothing:"
        " share value, thank or answer an objection in one of the two"
    )


@pytest.mark.parametrize("giving", [Purpose.SHARE_VALUE, Purpose.THANK, Purpose.ANSWER_OBJECTION])
def test_something_given_between_two_asks_is_enough(giving: Purpose) -> None:
    assert advice(value("1d"), asking(), step("4d", EMAIL, giving), asking(), closing()) == []


def test_a_step_of_the_value_type_gives_whatever_it_is_for() -> None:
    giving = replace(asking(channel=EMAIL), type=FollowUpType.VALUE)
    assert advice(asking("1d"), giving, closing()) == []


def test_closing_the_loop_is_no_ask_too_many() -> None:
    assert advice(value("1d", EMAIL), asking(), closing()) == []


def test_the_same_link_in_two_steps_is_said_at_the_later_ones() -> None:
    link = "https://example.com/guide?page=2"
    steps = [
        step("1d", CALL, Purpose.SHARE_VALUE, f"Here: {link}, and again: {link}."),
        step("4d", EMAIL, template="https://example.com/guide is another one"),
        step("4d", CALL, template=f"[read it]({link})"),
        closing(),
    ]
    assert advice(*steps) == [f"step 3: {link} stands in step 1 already: send each thing once"]


def test_a_placeholder_for_a_link_is_no_link() -> None:
    steps = [step("4d", channel, Purpose.SHARE_VALUE, "two minutes: [link]") for channel in (CALL, EMAIL)]
    assert advice(*steps, closing()) == []


def test_steps_before_the_renewal_are_judged_by_their_distance() -> None:
    assert advice(value("3d"), renewing("90d"), renewing("60d", CALL), renewing("30d"), closing()) == []
    (told,) = advice(value("3d"), renewing("3d"), renewing("2d", CALL), closing())
    assert told.startswith("step 3: 2d before the renewal can be on the same business day after the step before")
    (told,) = advice(value("3d"), renewing("30d"), renewing("60d", CALL), closing())
    assert told == "step 3: 60d before the renewal is not after 30d before it, so this step is always passed over"


def test_a_first_step_before_the_renewal_is_not_late() -> None:
    assert advice(renewing("30d"), closing(), starts_after=StartsAfter.MEETING) == []


@given(any_cadence)
def test_any_cadence_can_be_judged(cadence: Cadence) -> None:
    for each in lint(cadence):
        assert each.step is None or 1 <= each.step <= len(cadence.steps)
        assert each.words


@given(st.sampled_from(EndAction))
def test_the_end_alone_changes_no_advice(action: EndAction) -> None:
    steps = (value("1d"), closing())
    assert lint(Cadence("sample", "Sample", 1, steps, End(action))) == ()
