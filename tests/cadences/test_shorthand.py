"""Steps as plain text: written and read back they are the same, and what can't be read is said to the line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import library, shorthand
from cadences.delays import MAX_DELAY, MAX_TOLERANCE
from cadences.model import Channel, Delay, DelayUnit, FollowUpType, Purpose, Step
from cadences.shorthand import Fault, ShorthandError

UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})

delays = st.sampled_from(DelayUnit).flatmap(
    lambda unit: st.integers(1, MAX_DELAY[unit]).map(lambda amount: Delay(amount, unit))
)
days = st.integers(1, MAX_DELAY[DelayUnit.DAYS]).map(lambda amount: Delay(amount, DelayUnit.DAYS))
tolerances = st.none() | st.builds(
    Delay, st.integers(0, MAX_TOLERANCE), st.sampled_from([DelayUnit.DAYS, DelayUnit.BUSINESS_DAYS])
)
letters = st.characters().filter(lambda char: char in "\n\t" or unicodedata.category(char) not in UNSEEN)
templates = st.text(letters, max_size=60) | st.text("> ;#:\n\tab", max_size=30)
rest = (st.sampled_from(Channel), st.sampled_from(FollowUpType), st.sampled_from(Purpose), templates, tolerances)
steps = st.builds(Step, delays, *rest, light=st.booleans()) | st.builds(Step, days, *rest, before_renewal=st.just(True))


def faults(text: str) -> list[str]:
    with pytest.raises(ShorthandError) as refused:
        shorthand.read(text)
    return [str(fault) for fault in refused.value.faults]


@given(st.lists(steps, min_size=1, max_size=8).map(tuple))
def test_what_is_written_is_read_back_to_the_same_steps(written: tuple[Step, ...]) -> None:
    read = shorthand.parse(shorthand.write(written))
    assert read.steps == written
    assert read.assumed == ()


@pytest.mark.parametrize("key", library.KEYS)
def test_every_built_in_can_be_written_and_read_back(key: str) -> None:
    cadence = library.get(key)
    assert cadence is not None
    assert shorthand.read(shorthand.write(cadence.steps)) == cadence.steps


@given(st.text(max_size=200) | st.text("dbh0123 ;:>\ncalemi", max_size=60))
def test_whatever_is_typed_it_is_read_or_refused_in_words(text: str) -> None:
    said: tuple[Fault, ...] = ()
    try:
        assert shorthand.read(text)
    except ShorthandError as error:
        said = error.faults
    assert all(1 <= fault.line <= text.count("\n") + 1 and fault.words for fault in said)


def test_steps_may_stand_on_one_line_and_count_from_the_start() -> None:
    read = shorthand.read("d0 email thank-you; d3 call reminder: propose meeting; d10 email value")
    assert [str(step.delay) for step in read] == ["1h", "3d", "7d"]
    assert [step.channel for step in read] == [Channel.EMAIL, Channel.CALL, Channel.EMAIL]


@pytest.mark.parametrize(
    "line",
    [
        "3bd call reminder: propose meeting",
        "- 3bd call reminder: propose meeting",
        "2. 3BD Call reminder, propose a meeting",
        "3 business days later phone reminder propose meeting",
        "after 3bd call reminder - to propose_meeting",
        "# a remark\n3bd call: propose meeting",
    ],
)
def test_one_step_can_be_written_in_many_ways(line: str) -> None:
    step = Step(Delay(3, DelayUnit.BUSINESS_DAYS), Channel.CALL, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING)
    assert shorthand.read(line) == (step,)


def test_a_template_stands_below_its_line() -> None:
    read = shorthand.read("3d email value\n  > Hi,\n  >\n  >   indented\n2w sms feedback")
    assert [step.template for step in read] == ["Hi,\n\n  indented", ""]
    assert read[1].delay == Delay(14, DelayUnit.DAYS)


def test_how_far_it_may_move_and_a_renewal_are_written_too() -> None:
    step, renewal = shorthand.read("3d call feedback: ask feedback, may move 2bd\n30d before renewal email value")
    assert step.tolerance == Delay(2, DelayUnit.BUSINESS_DAYS)
    assert renewal.before_renewal


def test_what_is_usual_may_be_left_out_and_is_said() -> None:
    read = shorthand.parse("d0 email thank-you; d3 call: propose meeting")
    assert [(step.type, step.purpose) for step in read.steps] == [
        (FollowUpType.THANK_YOU, Purpose.THANK),
        (FollowUpType.REMINDER, Purpose.PROPOSE_MEETING),
    ]
    assert [(each.step, each.words) for each in read.assumed] == [
        (1, "no purpose was given, taken as thank: the usual one of thank-you"),
        (2, "no type was given, taken as reminder: the usual one to propose meeting"),
    ]


@pytest.mark.parametrize("kind", [FollowUpType.REMINDER, FollowUpType.RE_ENGAGEMENT])
def test_a_purpose_that_could_be_this_or_that_must_be_said(kind: FollowUpType) -> None:
    (said,) = faults(f"3d call {kind}")
    assert said.startswith("line 1: step 1: purpose is missing; add what it is for (thank, answer objection")
    example = said.rpartition("“")[2].rstrip("”")
    assert shorthand.read(example)[0].type is kind


def test_a_step_with_neither_type_nor_purpose_is_refused() -> None:
    (said,) = faults("d0 email thank-you; d3 call")
    assert said.startswith("line 1: step 2: type and purpose are missing")
    assert shorthand.read(said.rpartition("“")[2].rstrip("”"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: there is no step"),
        ("\n\n", "line 1: there is no step"),
        ("> Hi", "line 1: a template belongs below its step"),
        (
            "call value",
            "line 1: step 1: the step begins with how long after the one before: 3d, 3bd or 24h, not 'call'",
        ),
        ("3d", "line 1: step 1: channel is missing (use one of call, email"),
        ("3d emial value", "line 1: step 1: unknown channel 'emial' (did you mean email?)"),
        ("3d pigeon value", "line 1: step 1: unknown channel 'pigeon' (use one of call, email"),
        ("3d call reminder: propse meeting", "line 1: step 1: unknown purpose 'propse meeting' (did you mean propose"),
        ("3d call remainder: thank", "line 1: step 1: unknown type 'remainder' (did you mean reminder?)"),
        ("3d call hello there", "line 1: step 1: unknown type or purpose 'hello there' (use one of thank"),
        ("9999d call value", "line 1: step 1: '9999d' is out of range"),
        ("0d call value", "line 1: step 1: '0d' is out of range"),
        ("3d email value\n3d call value, may move 3h", "line 2: step 2: '3h' is not a tolerance"),
        ("d3 email value; d2 call value", "line 1: step 2: d2 is not after d3"),
        ("3bd email value; d9 call value", "line 1: step 2: d9 counts from the start"),
        ("3h before renewal email value", "line 1: step 1: '3h' is not a number of days"),
    ],
)
def test_what_cannot_be_read_is_said_to_the_line(text: str, said: str) -> None:
    assert any(each.startswith(said) for each in faults(text)), faults(text)


def test_everything_wrong_is_said_at_once() -> None:
    assert [each.split(":")[0] for each in faults("3d pigeon\n3d email value\n3d call reminder")] == [
        "line 1",
        "line 3",
    ]
