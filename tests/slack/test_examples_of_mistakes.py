"""Each mistake is answered with a line that works: of the same verb, and about whom the line named."""

from itertools import chain

import pytest

from bot.slack.commands import Unknown, Unreadable
from bot.slack.reading import verbs
from bot.slack.reading.examples import EXAMPLES, FURTHER
from bot.slack.reading.grammar import read
from tests.slack.corpus import NOW

LINES = [line for line, _ in chain(EXAMPLES.values(), *FURTHER.values())]
MEANT = "gus"
NOBODYS = frozenset(
    {"undo", "settings", "calendar", "holidays", "dayoff", "workday", "away", "back", "team", "role", "pause"}
)
"""What is typed behind these names no prospect."""
BEHIND_A_NAME = ("", "99", "blub", "firday", "until never", "until 31 feb", "31 feb", "-- ", "@", "$")
MISTAKES = [
    ("ooo gus until", "ooo gus until 3 dec"),
    ("edit gus hot, prefers", "edit gus hot, prefers call, best 14:00"),
    ("note gus", "note gus wants SSO"),
    ("hook gus", "hook gus cares about SSO"),
    ("snooze gus firday", "snooze gus fri"),
    ("snooze dana li", "snooze dana li fri"),
    ("snooze fri gus", "snooze gus fri"),
    ("park gus until whenever", "park gus until march"),
    ("jump gus", "jump gus 3 -- they asked for it"),
    ("assign gus", "assign gus @ben"),
    ("merge gus", "merge gus into dana li"),
    ("cadence start gus", "cadence start gus persistent"),
    ("cadence start nudge", "cadence start acme persistent"),
    ("cadence stop", "cadence stop acme"),
    ("delete gus", "delete last gus"),
    ("fix last gus", "fix last gus call connected"),
    ("log gus nicht gesprochen", "log gus call voicemail -- left the pricing answer"),
    ("lost gus pricing, try again in 9 years", "lost gus pricing, try again in 6 months"),
    ("won gus $12k$", "won gus 12k"),
    ("replied gus not now blub", "replied gus interested -- wants a quote"),
]


def verb(line: str) -> str:
    """Which verb a line begins with."""
    word = verbs.split(line)[0]
    return verbs.SYNONYMS.get(word, word)


@pytest.mark.parametrize("line", LINES)
def test_every_example_of_the_help_is_understood(line: str) -> None:
    assert not isinstance(read(line, NOW), Unreadable | Unknown)


@pytest.mark.parametrize("line", [line for line in LINES if line])
def test_every_beginning_of_an_example_that_is_no_line_is_answered_with_one(line: str) -> None:
    words = line.replace("acme", MEANT).split()
    for typed in (" ".join(words[:length]) for length in range(1, len(words))):
        found = read(typed, NOW)
        if isinstance(found, Unreadable):
            assert verb(found.problem.example.removeprefix("/followup ")) == verb(typed)
            assert not isinstance(read(found.problem.example, NOW), Unreadable | Unknown)


@pytest.mark.parametrize("behind", BEHIND_A_NAME)
@pytest.mark.parametrize("word", sorted(EXAMPLES.keys() - NOBODYS - {"cadence", "rows", "stop"}))
def test_a_mistake_behind_a_name_keeps_the_name(word: str, behind: str) -> None:
    found = read(f"{word} {MEANT} {behind}", NOW)
    if isinstance(found, Unreadable):
        assert MEANT in found.problem.example
        assert verb(found.problem.example.removeprefix("/followup ")) == word
        assert not isinstance(read(found.problem.example, NOW), Unreadable | Unknown)


@pytest.mark.parametrize(("line", "example"), MISTAKES)
def test_the_example_of_a_mistake_is_about_whom_the_line_named(line: str, example: str) -> None:
    found = read(line, NOW)
    assert isinstance(found, Unreadable)
    assert found.problem.example == f"/followup {example}"


@pytest.mark.parametrize("name", ["`gus`", "x" * 41])
def test_a_name_that_can_not_be_shown_leaves_the_example_as_it_is(name: str) -> None:
    found = read(f"hook {name}", NOW)
    assert isinstance(found, Unreadable)
    assert found.problem.example == "/followup hook acme cares about SSO"


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("remind me to call gus tomorrow", "snooze gus tomorrow"),
        ("erinner mich an gus morgen", "snooze gus morgen"),
        ("meeting with gus tomorrow 10", "snooze gus tomorrow 10"),
        ("gus called yesterday", "log gus called yesterday"),
        ("gus called back, wants a quote", "log gus called back, wants a quote"),
        ("spoke to gus yesterday", "log gus spoke yesterday"),
        ("talked with gus about SSO", "log gus talked -- about SSO"),
        ("sent gus the deck", "log gus sent -- the deck"),
        ("voicemail gus", "log gus voicemail"),
        ("Notiz gus will SSO", "note gus will SSO"),
        ("heute", "today"),
        ("loged gus call", "log gus call"),
        ("what is due today?", "today"),
        ("who is next", "today"),
        ("how do I add someone", "help add"),
        ("what can you do", "help"),
        ("meeting tomorrow", None),
    ],
)
def test_a_line_without_a_verb_is_answered_with_what_was_probably_meant(line: str, nearest: str | None) -> None:
    found = read(line, NOW)
    assert isinstance(found, Unknown)
    assert found.nearest == nearest
    assert nearest is None or not isinstance(read(nearest, NOW), Unreadable | Unknown)
