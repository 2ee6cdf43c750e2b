"""Lines that answer several rows: each part is read as its verb alone reads it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.putting_off import Group
from bot.slack.commands import (
    Batch,
    Log,
    Lost,
    Note,
    Park,
    Part,
    Replied,
    ReplyWay,
    Skip,
    Snooze,
    SnoozeAll,
    Unreadable,
    Won,
)
from bot.slack.reading import grammar
from bot.slack.reading.batch_grammar import EXAMPLES, MOST_PARTS
from cadences.model import Channel, LostReason, Outcome

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PHRASES = (
    *EXAMPLES.values(),
    "voicemail",
    "emailed -- left the pricing answer",
    "log call connected, retry fri",
    "replied not now until march",
    "replied no pricing -- too dear; they said",
    "won",
    "won $12,000 -- signed",
    "lost too expensive, try again in 6 months",
    "park",
    "snooze mon 10am -- they are busy",
)


def parts(line: str) -> tuple[Part, ...]:
    read = grammar.read(line, NOW)
    assert isinstance(read, Batch)
    return read.parts


@pytest.mark.parametrize("prefix", ["", "rows ", "/followup "])
def test_three_rows_are_answered_in_one_line(prefix: str) -> None:
    first, second, third = parts(f"{prefix}1 called no answer; 2 snooze fri; 3 won 12k")
    assert isinstance(first.command, Log)
    assert (first.number, first.command.channel, first.command.outcome) == (1, Channel.CALL, Outcome.NO_ANSWER)
    assert isinstance(second.command, Snooze)
    assert isinstance(third.command, Won)
    assert third.command.amount is not None
    assert third.command.amount.amount_minor == 12_000_00


@given(st.lists(st.tuples(st.integers(1, 99), st.sampled_from(PHRASES)), min_size=1, max_size=12))
def test_whatever_is_said_of_rows_is_read_row_by_row_as_it_is_alone(said: list[tuple[int, str]]) -> None:
    """Joined and taken apart again, nothing is lost, added or read in another way."""
    line = "; ".join(f"{number} {phrase}" for number, phrase in said)
    assert parts(line) == tuple(part for number, phrase in said for part in parts(f"{number} {phrase}"))
    assert not any(isinstance(part.command, Unreadable) for part in parts(line))
    assert [part.number for part in parts(line)] == [number for number, _ in said]


@given(st.integers(1, 99), st.text(max_size=60))
def test_it_never_raises_whatever_stands_behind_the_number(number: int, words: str) -> None:
    grammar.read(f"{number} {words}", NOW)


@pytest.mark.parametrize("verb", EXAMPLES)
def test_each_example_works_behind_a_number(verb: str) -> None:
    (part,) = parts(f"2 {EXAMPLES[verb]}")
    assert part.command.verb == verb


@pytest.mark.parametrize(
    "line",
    [
        "#1 called; #2 called",
        "1. called; 2. called",
        "1: called\n2) called",
        "1-2 called",
        "1, 2 called",
        "1 and 2 called",
        "1,2: called",
        "1-1, 2 called",
    ],
)
def test_numbers_are_written_as_people_write_them(line: str) -> None:
    assert [(part.number, type(part.command)) for part in parts(line)] == [(1, Log), (2, Log)]


def test_a_semicolon_inside_a_note_stays_there() -> None:
    first, second = parts("1 note wants SSO -- soon; and a price; 2 skip -- met; talked")
    assert isinstance(first.command, Note)
    assert first.command.words == "wants SSO -- soon; and a price"
    assert isinstance(second.command, Skip)
    assert second.command.reason == "met; talked"


@pytest.mark.parametrize(
    ("line", "number", "example"),
    [
        ("1", 1, "/followup 1 called no answer"),
        ("2 blah", 2, "/followup 2 called no answer"),
        ("3 snooze firday", 3, "/followup 3 snooze fri"),
        ("3 snooze blah fri", 3, "/followup 3 snooze fri"),
        ("4 won blah", 4, "/followup 4 won 12k"),
        ("5-2 called", 5, "/followup 1 called no answer"),
    ],
)
def test_what_can_not_be_read_says_so_with_an_example_that_works(line: str, number: int, example: str) -> None:
    (part,) = parts(line)
    assert isinstance(part.command, Unreadable)
    assert (part.number, part.command.problem.example) == (number, example)
    assert not isinstance(parts(example)[0].command, Unreadable)


@pytest.mark.parametrize("line", ["1 won 12k 2 lost pricing", "1 called 2 called", "1 voicemail #2. snooze fri"])
def test_a_row_without_its_semicolon_is_never_a_note_of_the_row_before(line: str) -> None:
    (part,) = parts(line)
    assert isinstance(part.command, Unreadable)
    assert "semicolon" in part.command.problem.reason


@pytest.mark.parametrize("line", ["1 called -- has 2 called in sick", "1 note 2 called in sick", "1 snooze 3 days"])
def test_numbers_in_a_note_and_in_dates_are_no_rows(line: str) -> None:
    (part,) = parts(line)
    assert not isinstance(part.command, Unreadable)


def test_a_part_without_a_number_is_no_note_of_the_row_before() -> None:
    _, second = parts("1 called; won 12k")
    assert isinstance(second.command, Unreadable)


def test_the_reasons_and_ways_of_the_verbs_work() -> None:
    replied, lost, park = parts("1 replied interested -- wants a quote; 2 lost pricing; 3 park until march")
    assert isinstance(replied.command, Replied)
    assert replied.command.way is ReplyWay.INTERESTED
    assert isinstance(lost.command, Lost)
    assert lost.command.reason is LostReason.PRICING
    assert isinstance(park.command, Park)
    assert park.command.when is not None


def test_more_rows_than_anybody_answers_at_once_are_refused_whole() -> None:
    line = "; ".join(f"{number} called" for number in range(1, MOST_PARTS + 2))
    assert isinstance(grammar.read(line, NOW), Unreadable)


@pytest.mark.parametrize(
    ("line", "which"),
    [
        ("snooze all low to monday", Group.LOW),
        ("snooze overdue to tomorrow", Group.OVERDUE),
        ("snooze all fri", Group.ALL),
        ("snooze 4-9 to fri", (4, 5, 6, 7, 8, 9)),
        ("snooze 1, 3 and 5 until mon", (1, 3, 5)),
    ],
)
def test_several_rows_are_put_off_in_one_line(line: str, which: object) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, SnoozeAll)
    assert read.which == which


def test_a_name_is_no_group() -> None:
    assert isinstance(grammar.read("snooze allen low fri", NOW), Snooze)
