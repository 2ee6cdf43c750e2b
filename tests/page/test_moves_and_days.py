"""Where the clock leads, how days and threads are laid out, how people look."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.model import Message, Person
from sandbox.page.blocks import Scene
from sandbox.page.moves import moves
from sandbox.page.people import Face, colour, initials, place
from sandbox.page.timeline import Day, days
from sandbox.page.words import Words, day_name

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
WORDS = Words(zone=BERLIN, now=NOW)


@pytest.mark.parametrize(
    ("now", "path", "local"),
    [
        ("2026-11-27T09:00+00:00", "next-morning", "2026-11-28T08:45+01:00"),
        ("2026-11-27T03:00+00:00", "next-morning", "2026-11-27T08:45+01:00"),
        ("2026-11-27T07:45+00:00", "next-morning", "2026-11-28T08:45+01:00"),
        ("2026-10-24T09:00+00:00", "next-morning", "2026-10-25T08:45+01:00"),
        ("2026-03-28T09:00+00:00", "next-morning", "2026-03-29T08:45+02:00"),
        ("2026-11-27T09:00+00:00", "hour", "2026-11-27T11:00+01:00"),
        ("2026-10-24T09:00+00:00", "day", "2026-10-25T11:00+01:00"),
        ("2026-11-27T09:00+00:00", "next-monday", "2026-11-30T09:30+01:00"),
        ("2026-11-30T08:30+00:00", "next-monday", "2026-12-07T09:30+01:00"),
    ],
)
def test_a_button_of_the_clock_leads_to_a_local_moment(now: str, path: str, local: str) -> None:
    offered = {move.path: move.at for move in moves(datetime.fromisoformat(now), BERLIN)}
    assert offered[path].astimezone(BERLIN).isoformat(timespec="minutes") == local


def test_days_are_named_as_people_name_them() -> None:
    today = NOW.date()
    assert day_name(today, today) == "Today"
    assert day_name(today.replace(day=26), today) == "Yesterday"
    assert day_name(today.replace(day=3), today) == "Tuesday, November 3rd"
    assert day_name(today.replace(year=2025, day=11), today) == "Tuesday, November 11th, 2025"


def said(at: str, user: str = "UANA", thread: str | None = None, only: str | None = None) -> Message:
    ts = f"{datetime.fromisoformat(at).timestamp():.6f}"
    return Message("C1", ts, user, "hi", thread_ts=thread, ephemeral_to=only)


def laid_out(*messages: Message) -> tuple[Day, ...]:
    return days(messages, WORDS, lambda _: Scene(WORDS, "m"), lambda user: Face(user, user, "A", "#000"))


def test_messages_fall_into_the_readers_days() -> None:
    late, early = said("2026-11-26T22:59+00:00"), said("2026-11-26T23:01+00:00")
    assert [(day.name, len(day.messages)) for day in laid_out(late, early)] == [("Yesterday", 1), ("Today", 1)]


def test_replies_stand_below_what_they_answer() -> None:
    parent = said("2026-11-27T08:00+00:00")
    reply = said("2026-11-27T08:30+00:00", "UBEN", parent.ts)
    orphan = said("2026-11-27T08:40+00:00", "UBEN", "1.000000")
    (day,) = laid_out(parent, reply, orphan)
    assert [post.ts for post in day.messages] == [parent.ts, orphan.ts]
    assert [post.ts for post in day.messages[0].replies] == [reply.ts]


def test_what_follows_closely_is_joined_to_what_the_same_person_said() -> None:
    first, soon, later = (said(f"2026-11-27T08:{minute}+00:00") for minute in ("00", "04", "40"))
    aside = said("2026-11-27T08:41+00:00", only="UANA")
    (day,) = laid_out(first, soon, later, aside)
    assert [post.joined for post in day.messages] == [False, True, False, False]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Alvarez", "AA"), ("ana", "A"), ("Anna van der Berg", "AB"), ("", "?"), ("🙂", "?"), ("שרה כהן", "שכ")],
)
def test_initials_stand_for_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_their_colour() -> None:
    assert colour("UANA") == colour("UANA")


def test_a_place_says_the_city_and_the_role() -> None:
    admin = Person("U1", "x", "X", "T1", tz="America/New_York", is_admin=True)
    assert place(admin) == "New York · admin"
    assert place(Person("U1", "x", "X", "T1", tz="Not/AZone")) == "UTC"
