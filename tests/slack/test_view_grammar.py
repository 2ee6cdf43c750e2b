"""Lines about saved views, as they may be typed."""

from datetime import UTC, datetime

import pytest

from bot.slack.commands import Command, DeleteView, SavedViews, SaveView, Unreadable, View
from bot.slack.reading import grammar

NOW = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("views", SavedViews()),
        ("view", SavedViews()),
        ("view hot", View("hot")),
        ('view "hot deals"', View("hot deals")),
        ("view save hot stage:proposal value:>10k", SavedViews(SaveView("hot", "stage:proposal value:>10k"))),
        ("view save “hot deals” acme idle:>7", SavedViews(SaveView("hot deals", "acme idle:>7"))),
        ("views add mine owner:me", SavedViews(SaveView("mine", "owner:me"))),
        ("view delete hot", SavedViews(DeleteView("hot"))),
        ("view remove hot deals", SavedViews(DeleteView("hot deals"))),
    ],
)
def test_a_line_about_views_is_read(line: str, expected: Command) -> None:
    assert grammar.read(line, NOW) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("view save", "A view needs a name"),
        ("view save hot", "A view needs a name"),
        ("view save stage:proposal", "A view needs a name"),
        ("view save hot stage:nowhere", "is no stage"),
        ("view save hot zebra:yes", "I know no filter"),
        ("view delete", "There is no name"),
    ],
)
def test_what_is_wrong_with_it_is_said(line: str, reason: str) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, Unreadable)
    assert reason in read.problem.reason
