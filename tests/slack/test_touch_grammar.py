"""Touches of another day, on a channel of one's own, put right and taken away, as they are typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.commands import Batch, DeleteTouch, Fix, Log, Snooze, StopContact, Unknown, Unreadable
from bot.slack.reading import dates
from bot.slack.reading.dates import Ambiguous, When
from bot.slack.reading.grammar import read
from cadences.model import Channel, Outcome
from tests.slack.corpus import NOW, shown

YESTERDAY = When(dt.date(2026, 11, 25), None, "yesterday")

PAST = {
    "yesterday": "2026-11-25",
    "gestern": "2026-11-25",
    "today": "2026-11-26",
    "thu": "2026-11-26",
    "tue": "2026-11-24",
    "on fri": "2026-11-20",
    "last tue": "2026-11-24",
    "2 days ago": "2026-11-24",
    "a week ago": "2026-11-19",
    "17 nov": "2026-11-17",
    "3 dec": "2025-12-03",
    "15/3": "2026-03-15",
    "2026-11-02": "2026-11-02",
    "yesterday 3pm": "2026-11-25 15:00",
    "tue at 9:30": "2026-11-24 09:30",
    "tomorrow": "-",
    "in 2 days": "-",
    "next tue": "-",
    "3pm": "-",
    "friday deck": "-",
    "": "-",
    "4/5": "2026-04-05 | 2026-05-04",
}


@pytest.mark.parametrize(("words", "meant"), PAST.items())
def test_a_day_behind_us_is_the_latest_of_its_name(words: str, meant: str) -> None:
    assert shown(dates.read_past(words, NOW)) == meant


@given(st.lists(st.sampled_from([*" ".join(PAST).split(), "next", "eom", "q1", "the", "12"]), max_size=5))
def test_what_was_is_never_ahead(words: list[str]) -> None:
    match dates.read_past(" ".join(words), NOW):
        case When(on=on):
            assert on <= NOW.date()
        case Ambiguous(readings=readings):
            assert all(each.on <= NOW.date() for each in readings)


@pytest.mark.parametrize(
    ("line", "meant"),
    {
        "log acme call yesterday voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL, when=YESTERDAY),
        "log acme yesterday call voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL, when=YESTERDAY),
        "log acme yesterday": Log("acme", when=YESTERDAY),
        "called acme yesterday, left voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL, when=YESTERDAY),
        "log acme call, voicemail, yesterday -- asked for the deck": Log(
            "acme", Channel.CALL, Outcome.VOICEMAIL, "asked for the deck", when=YESTERDAY
        ),
        "log acme email asked for the deck by tuesday": Log(
            "acme", Channel.EMAIL, note="email asked for the deck by tuesday"
        ),
        "log dana sun call": Log("dana sun", Channel.CALL),
        "log may corp voicemail": Log("may corp", Channel.CALL, Outcome.VOICEMAIL),
        "log acme via whatsapp sent the deck": Log("acme", None, Outcome.SENT, "sent the deck", via="whatsapp"),
        "log acme via whatsapp asked for a price": Log("acme", None, None, "asked for a price", via="whatsapp"),
        "log acme via trade fair, met the CTO": Log("acme", Channel.MEETING, None, "met the CTO", via="trade fair"),
        'log acme via "door to door" yesterday': Log("acme", when=YESTERDAY, via="door to door"),
        "log acme voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL),
        "log acme left a message": Log("acme", Channel.CALL, Outcome.VOICEMAIL),
        "log acme no answer": Log("acme", None, Outcome.NO_ANSWER),
        "log acme in person": Log("acme", Channel.MEETING),
        "log acme handwritten note": Log("acme", Channel.LETTER),
        "log acme via fax": Log("acme", via="fax"),
        "log acme via email": Log("acme", Channel.EMAIL),
        "log acme via linkedin, sent": Log("acme", Channel.LINKEDIN, Outcome.SENT),
    }.items(),
)
def test_the_day_and_the_channel_of_ones_own_stand_among_the_words(line: str, meant: Log) -> None:
    assert read(line, NOW) == meant


@pytest.mark.parametrize("line", ["log acme call tomorrow", "log acme call in 2 days", "fix last", "fix last acme"])
def test_what_is_not_over_or_says_nothing_is_refused_with_an_example(line: str) -> None:
    command = read(line, NOW)
    assert isinstance(command, Unreadable)
    assert command.problem.example


@pytest.mark.parametrize(
    ("line", "meant"),
    {
        "fix last acme call connected": Fix(Log("acme", Channel.CALL, Outcome.CONNECTED)),
        "fix acme call connected": Fix(Log("acme", Channel.CALL, Outcome.CONNECTED)),
        "correct my last touch with acme yesterday -- spoke to the CTO": Fix(
            Log("acme", None, None, "spoke to the CTO", when=YESTERDAY)
        ),
        "delete last acme": DeleteTouch("acme"),
        "delete the last touch with dana li": DeleteTouch("dana li"),
        "remove last acme": DeleteTouch("acme"),
    }.items(),
)
def test_the_last_touch_is_put_right_or_taken_away(line: str, meant: object) -> None:
    assert read(line, NOW) == meant


@pytest.mark.parametrize("line", ["delete acme", "delete", "delete last", "fix last acme call, retry fri"])
def test_a_prospect_is_never_deleted_by_a_touch_of_the_keys(line: str) -> None:
    assert isinstance(read(line, NOW), Unreadable)


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ("do not contact until march", "snooze acme until march"),
        ("do not contact gus until march", "snooze gus until march"),
        ("don’t contact gus, until march", "snooze gus until march"),
        ("log gus call, do not contact until march", "snooze gus until march"),
        ("log gus nicht kontaktieren bis März", "snooze gus bis März"),
        ("stop gus for 2 weeks", "snooze gus for 2 weeks"),
        ("stop gus for now", "snooze gus fri"),
        ("stop gus this week", "snooze gus fri"),
    ],
)
def test_a_stop_for_a_while_is_no_stop_and_the_snooze_is_offered(line: str, example: str) -> None:
    found = read(line, NOW)
    assert isinstance(found, Unreadable)
    assert found.problem.reason.startswith("A stop is for good")
    assert found.problem.example == f"/followup {example}"
    assert isinstance(read(example, NOW), Snooze)


@pytest.mark.parametrize("line", ["stop gus", "stop gus -- until march", "stop gus for good", "stop run for it"])
def test_a_stop_for_good_stays_one(line: str) -> None:
    assert isinstance(read(line, NOW), StopContact)


def test_a_row_that_is_stopped_for_a_while_is_answered_with_a_snooze_of_it() -> None:
    batch = read("1 stop until march", NOW)
    assert isinstance(batch, Batch)
    part = batch.parts[0].command
    assert isinstance(part, Unreadable)
    assert part.problem.example == "/followup 1 snooze fri"


def test_a_line_without_a_verb_that_stops_for_a_while_is_guessed_as_a_snooze() -> None:
    found = read("gus do not contact until march", NOW)
    assert isinstance(found, Unknown)
    assert found.nearest == "snooze gus until march"
