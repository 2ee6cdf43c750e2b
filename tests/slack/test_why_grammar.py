"""A snooze with its reason, as it is typed."""

import datetime as dt

import pytest

from bot.slack.commands import Batch, Snooze, Unreadable
from bot.slack.reading.dates import When
from bot.slack.reading.examples import FURTHER
from bot.slack.reading.grammar import read
from cadences.snoozing import Why
from tests.slack.corpus import NOW

FRIDAY = When(dt.date(2026, 11, 27), None, "fri")


@pytest.mark.parametrize(
    ("line", "meant"),
    {
        "snooze acme fri waiting": Snooze("acme", FRIDAY, "", Why.WAITING),
        "snooze acme fri, waiting on them": Snooze("acme", FRIDAY, "", Why.WAITING),
        "snooze acme fri because I'm waiting for them -- legal reads it": Snooze(
            "acme", FRIDAY, "legal reads it", Why.WAITING
        ),
        "snooze acme fri nothing to add": Snooze("acme", FRIDAY, "", Why.NOTHING_TO_ADD),
        "snooze acme fri nothing of value to add": Snooze("acme", FRIDAY, "", Why.NOTHING_TO_ADD),
        "snooze acme fri avoiding": Snooze("acme", FRIDAY, "", Why.AVOIDING),
        "snooze acme avoiding it": Snooze("acme", None, "", Why.AVOIDING),
        "snooze acme fri dead": Snooze("acme", FRIDAY, "", Why.DEAD),
        "snooze acme it’s dead": Snooze("acme", None, "", Why.DEAD),
        "snooze dead weight fri": Snooze("dead weight", FRIDAY),
        "snooze acme fri -- waiting": Snooze("acme", FRIDAY, "waiting"),
    }.items(),
)
def test_the_reason_stands_behind_the_date(line: str, meant: Snooze) -> None:
    assert read(line, NOW) == meant


@pytest.mark.parametrize("line", ["snooze acme waiting", "snooze acme nothing to add", "snooze waiting"])
def test_what_has_a_day_of_its_own_needs_one(line: str) -> None:
    assert isinstance(read(line, NOW), Unreadable)


def test_a_row_takes_a_reason_as_well() -> None:
    command = read("2 snooze fri waiting", NOW)
    assert isinstance(command, Batch)
    assert command.parts[0].command == Snooze("Row", FRIDAY, "", Why.WAITING)


def test_help_shows_every_reason() -> None:
    lines = " ".join(line for line, _ in FURTHER["snooze"])
    assert all(why.value.replace("_", " ") in lines for why in Why)
