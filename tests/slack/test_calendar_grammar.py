"""Days as they are typed: leaves in every spelling, levels, hours and caps."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.calendars import Level, Scope
from bot.slack.commands import Settings, Unreadable, Workdays
from bot.slack.reading import grammar
from bot.slack.reading.calendar_grammar import (
    Away,
    Back,
    Calendar,
    DueCap,
    ExtraDay,
    ForgetDay,
    FreeDay,
    Hours,
    NewCap,
    PublicHolidays,
    TeamName,
)

NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Friday."""
D = dt.date


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("1–14 aug", D(2027, 8, 1), D(2027, 8, 14)),
        ("1-14 aug", D(2027, 8, 1), D(2027, 8, 14)),
        ("aug 1-14", D(2027, 8, 1), D(2027, 8, 14)),
        ("1st to 14th of aug", D(2027, 8, 1), D(2027, 8, 14)),
        ("1 aug - 14 aug", D(2027, 8, 1), D(2027, 8, 14)),
        ("from 1 aug to 14 aug", D(2027, 8, 1), D(2027, 8, 14)),
        ("28 jul to 3 aug", D(2027, 7, 28), D(2027, 8, 3)),
        ("28 jul bis 3 aug", D(2027, 7, 28), D(2027, 8, 3)),
        ("2027-08-01..2027-08-14", D(2027, 8, 1), D(2027, 8, 14)),
        ("2027-08-01 - 2027-08-14", D(2027, 8, 1), D(2027, 8, 14)),
        ("1.8.-14.8.", D(2027, 8, 1), D(2027, 8, 14)),
        ("1.-14.8.", D(2027, 8, 1), D(2027, 8, 14)),
        ("28 dec - 3 jan", D(2026, 12, 28), D(2027, 1, 3)),
        ("28 dec - 3 jan 2027", D(2026, 12, 28), D(2027, 1, 3)),
        ("1–14 nov 2027", D(2027, 11, 1), D(2027, 11, 14)),
        ("tomorrow", D(2026, 11, 21), D(2026, 11, 21)),
        ("today", D(2026, 11, 20), D(2026, 11, 20)),
        ("24 dec", D(2026, 12, 24), D(2026, 12, 24)),
        ("thu-fri", D(2026, 11, 26), D(2026, 11, 27)),
        ("thu – fri", D(2026, 11, 26), D(2026, 11, 27)),
        ("next week", D(2026, 11, 23), D(2026, 11, 29)),
        ("2 weeks", D(2026, 11, 20), D(2026, 12, 3)),
        ("3d", D(2026, 11, 20), D(2026, 11, 22)),
        ("until mon", D(2026, 11, 20), D(2026, 11, 22)),
        ("through mon", D(2026, 11, 20), D(2026, 11, 23)),
    ],
)
def test_a_leave_is_read_in_every_spelling(typed: str, first: dt.date, last: dt.date) -> None:
    assert grammar.read(f"away {typed}", NOW) == Away(first, last)


@pytest.mark.parametrize("typed", ["14-1 aug", "14 aug to 1 aug", "28 dec - 20 dec"])
def test_a_leave_that_ends_before_it_begins_is_no_leave_of_a_year(typed: str) -> None:
    read = grammar.read(f"away {typed}", NOW)
    assert isinstance(read, Away)
    assert read.ends_on < read.starts_on, "the service refuses it in words"


@pytest.mark.parametrize(
    "typed",
    ["1–14 aug <@U0SAM>", "<@U0SAM> 1–14 aug", "1–14 aug, deputy <@U0SAM>", "1–14 aug with <@U0SAM|sam> -- Rome"],
)
def test_a_deputy_is_named_wherever_it_stands(typed: str) -> None:
    assert grammar.read(f"away {typed}", NOW) == Away(D(2027, 8, 1), D(2027, 8, 14), "U0SAM")


def test_a_handle_that_slack_did_not_make_a_mention_is_kept_as_typed() -> None:
    assert grammar.read("away 1–14 aug @sam", NOW) == Away(D(2027, 8, 1), D(2027, 8, 14), None, "sam")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no days"),
        ("whenever", "no days"),
        ("1-10 nov", "“1 nov” has passed"),
        ("2026-01-01..2026-01-14", "has passed"),
        ("4/5-6/5", "two dates"),
        ("31 feb - 3 mar", "no days"),
        ("1–14 aug @ben @cleo", "one deputy"),
    ],
)
def test_what_is_no_leave_is_said_with_an_example(typed: str, said: str) -> None:
    read = grammar.read(f"away {typed}", NOW)
    assert isinstance(read, Unreadable)
    assert said in read.problem.reason
    assert read.problem.example == "/followup away 1–14 aug"


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ("", Scope()),
        (" for me", Scope()),
        (" for team", Scope(Level.TEAM)),
        (" for the team EMEA", Scope(Level.TEAM, "EMEA")),
        (" for workspace", Scope(Level.WORKSPACE)),
        (" for everybody", Scope(Level.WORKSPACE)),
    ],
)
def test_whose_days_are_meant_stands_at_the_end(typed: str, scope: Scope) -> None:
    assert grammar.read(f"holidays de-by{typed}", NOW) == PublicHolidays("de-by", scope)
    assert grammar.read(f"dayoff 24 dec{typed} -- Eve", NOW) == FreeDay(D(2026, 12, 24), "Eve", scope)
    assert grammar.read(f"dayoff 24 dec -- Eve{typed}", NOW) == FreeDay(D(2026, 12, 24), "Eve", scope)
    assert grammar.read(f"workday sat 5 dec{typed}", NOW) == ExtraDay(D(2026, 12, 5), scope)
    assert grammar.read(f"calendar remove 24 dec{typed}", NOW) == ForgetDay(D(2026, 12, 24), scope)


def test_the_rest_of_the_calendar() -> None:
    assert grammar.read("calendar", NOW) == grammar.read("my days", NOW) == grammar.read("holidays", NOW) == Calendar()
    assert grammar.read("holidays none", NOW) == PublicHolidays("")
    assert grammar.read("holidays 1–14 aug", NOW) == Away(D(2027, 8, 1), D(2027, 8, 14))
    assert grammar.read("day off 24 dec", NOW) == FreeDay(D(2026, 12, 24))
    assert grammar.read("back", NOW) == grammar.read("I'm back", NOW) == Back()


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("hours 8:00-18:00", Hours(dt.time(8), dt.time(18))),
        ("hours 8:30 to 5pm", Hours(dt.time(8, 30), dt.time(17))),
        ("hours 9 – 17", Hours(dt.time(9), dt.time(17))),
        ("cap 20", DueCap(20)),
        ("cap 12 a day", DueCap(12)),
        ("new 10", NewCap(10)),
        ("team EMEA", TeamName("EMEA")),
        ("team North America", TeamName("North America")),
        ("team none", TeamName("")),
        ("days sun-thu", Workdays(frozenset({6, 0, 1, 2, 3}))),
    ],
)
def test_settings_of_the_day(typed: str, change: object) -> None:
    assert grammar.read(f"settings {typed}", NOW) == Settings(change)  # type: ignore[arg-type]


@given(
    st.sampled_from(["away", "dayoff", "workday", "holidays", "calendar", "back", "settings hours"]),
    st.text("0123456789 -–./:@<>abcdeghimnorstuy", max_size=60),
)
def test_nothing_typed_is_ever_a_traceback(verb: str, rest: str) -> None:
    read = grammar.read(f"{verb} {rest}", NOW)
    assert not isinstance(read, Away) or read.starts_on <= read.ends_on or "-" in rest or "–" in rest or "to" in rest
