"""`/followup cadence …` as people type it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.slack.commands import Command, Unreadable
from bot.slack.commands.cadences import Cadence, CadencePreview, CadenceShow, CadenceStart, CadenceStop
from bot.slack.reading.grammar import read

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("line", "ask"),
    [
        ("cadence", None),
        ("cadence list", None),
        ("Cadences", None),
        ("cadence show persistent", CadenceShow("persistent")),
        ("cadence show post meeting", CadenceShow("post meeting")),
        ("cadence no show", CadenceShow("no show")),
        ("cadence persistant", CadenceShow("persistant")),
        ("sequence preview Nudge", CadencePreview("Nudge")),
        ("cadence start acme persistent", CadenceStart("acme", "persistent")),
        ("cadence START Dana Li on no show", CadenceStart("Dana Li", "no show")),
        ("cadence start dana li, re-engage", CadenceStart("dana li", "re-engage")),
        ("cadence start acme with the nudge", CadenceStart("acme", "nudge")),
        ("cadence start a persistent", CadenceStart("a", "persistent")),
        ("cadence start on nudge", CadenceStart("on", "nudge")),
        ("cadence start persistent for acme", CadenceStart("acme", "persistent")),
        ("cadence start acme persistant", CadenceStart("acme", "persistant")),
        ("cadence start acme hope", CadenceStart("acme", "hope")),
        ("cadence start nudge nudge", CadenceStart("nudge", "nudge")),
        ("cadence start acme nudge -- too soon", CadenceStart("acme", "nudge", "too soon")),
        ("cadence start AT&amp;T nudge", CadenceStart("AT&T", "nudge")),
        ("cadence stop acme", CadenceStop("acme")),
        ("cadence stop dana li -- no time", CadenceStop("dana li", "no time")),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, ask: object) -> None:
    read_as = read(line, NOW)
    assert isinstance(read_as, Cadence)
    assert read_as.ask == ask


@pytest.mark.parametrize(
    "line",
    ["cadence start", "cadence start acme", "cadence start nudge", "cadence stop", "cadence show", "cadence dance",
     "cadence stop ,", "cadence 🙂"],
)  # fmt: skip
def test_what_lacks_something_is_answered_with_an_example_that_is_read(line: str) -> None:
    command = read(line, NOW)
    assert isinstance(command, Unreadable)
    assert isinstance(read(command.problem.example, NOW), Cadence)


@pytest.mark.parametrize("start", ["cadence", "cadence start", "cadence stop", "cadence show"])
@pytest.mark.parametrize("piece", ["on ", "nudge ", "a,", ", ", "no show ", "-- ", "é"])
def test_a_very_long_line_is_read_at_once(start: str, piece: str) -> None:
    assert isinstance(read(f"{start} {piece * (40_000 // len(piece))}", NOW), Command)
