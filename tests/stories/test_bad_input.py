"""Whatever is typed: a clear answer, nothing lost, nothing half done, no traceback."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.views import ids
from cadences.model import Stage
from sandbox.screen import elements
from tests.stories.conftest import Opened
from tests.support.app import Story, read
from tests.support.rows import change_count, everything

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
LONG = "much too long " * 2_857 + "!"
"""Forty thousand characters, as far as Slack lets anybody type."""
NOTHING = "Nothing was"
UNREADABLE = [
    "blah", "frobnicate the widget", "ad Dana Li", "snooze", "snooze acme", "snooze acme someday", "won", "lost",
    "log", "note", "note acme", "park", "show", "find", "role", "role cleo manager", "settings foo", "team foo",
    "pause foo", "undo everything", "call acme", "?!", "\U0001f600", "-- ", ",,,,", "add ,", "add --", "add 12k",
    "add call tomorrow", "snooze acme yesterday", "park acme until yesterday", "pause yesterday",
    "won acme twelve bananas 12,3,4", "settings time 25:00", "settings days", "' OR 1=1; DROP TABLE prospects; --",
    "<script>alert(1)</script>", "\x00", "help help help", "role @ben @cleo manager", "role @ben king",
]  # fmt: skip
CLOSING = ("won dana", "lost dana pricing", "snooze dana fri", "log dana call", "park dana")
NASTY = {
    "everybody": "<!channel>", "here": "<!here|here>", "somebody": "<@U0BEN>", "a link": "<https://evil.example|click>",
    "mail": "<mailto:a@evil.example|a>", "ampersand": "AT&T", "escaped": "&lt;!channel&gt;",
    "markup": "*bold* _it_ `x`",
    "sql": "Robert'); DROP TABLE prospects", "rtl": "\u202eדנה לוי\u202c", "arabic": "ليلى", "emoji": "🏆👩‍💻",
    "zero width": "Da\u200bna", "percent": "%s %(name)s {name}",
    "backslash": "\\u0000 \\n", "quote": "O'Brien “Q” \"R\"",
}  # fmt: skip
BATCHES = [dict(list(NASTY.items())[start : start + 4]) for start in range(0, len(NASTY), 4)]


async def test_what_can_not_be_read_changes_nothing_and_says_what_would_work(story: Story) -> None:
    await story.told(story.ana, "add Sam Sample, Elsewhere")
    kept, count = everything(story.db), change_count(story.db)
    for line in UNREADABLE:
        answer = await story.told(story.ana, line)
        assert "/followup" in answer.text, line
        assert "went wrong" not in answer.text, line
        assert "Traceback" not in answer.text, line
        assert (everything(story.db), change_count(story.db)) == (kept, count), line


async def test_forty_thousand_characters_get_a_short_clear_answer(story: Story) -> None:
    await story.told(story.ana, "add Sam Sample, Elsewhere")
    kept = everything(story.db)
    for verb in ("", "add ", "note sam ", "find ", "show ", "won ", "snooze ", "log sam call ", "role "):
        answer = await story.told(story.ana, verb + LONG)
        assert len(answer.text) < 1_000, verb
    assert everything(story.db) == kept


async def test_somebody_unknown_is_said_with_a_way_to_look(story: Story) -> None:
    for line in ("won zebra", "snooze zebra fri", "show zebra", "log zebra call", "note zebra likes tea"):
        answer = await story.told(story.ana, line)
        assert "I know nobody called “zebra" in answer.text, line
        assert "/followup find zebra" in answer.text, line


async def test_the_example_of_a_mistake_is_about_whom_the_line_named(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "/followup replied dana no pricing" in (await story.told(story.ana, "replied dana no")).text
    assert "/followup snooze dana fri" in (await story.told(story.ana, "snooze dana yesterday")).text
    assert "/followup park dana until march" in (await story.told(story.ana, "park dana until yesterday")).text
    assert "/followup ooo dana until 3 dec" in (await story.told(story.ana, "ooo dana until yesterday")).text
    await story.told(story.ana, "stop dana")
    assert "/followup lift Dana Li -- they wrote to us again" in (await story.told(story.ana, "won dana")).text


async def test_words_behind_a_name_that_are_no_detail_leave_the_name_in_the_example(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "edit dana phone 12")
    assert "“phone 12” is none of their details" in answer.text
    assert "/followup edit dana hot" in answer.text
    assert "“phone” is none of their details" in (await story.told(story.ana, "edit dana phone")).text


async def test_what_is_not_known_is_repeated_as_it_was_typed(story: Story) -> None:
    answer = await story.told(story.ana, "<b>blub")
    assert "I don't know “&lt;b&gt;blub”." in answer.text
    assert "amp;" not in answer.text


async def test_somebody_elses_prospect_is_not_touched(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ben, "help")
    kept = everything(story.db)
    for line in CLOSING:
        answer = await story.told(story.ben, line)
        assert "Dana Li at Acme is ana’s. Nothing was changed" in answer.text, line
    assert everything(story.db) == kept
    await story.clicks(story.ben, answer, label="Open the card")
    assert "Log call" not in read(story.screen(story.ben))


async def test_a_closed_deal_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "won dana 9k")
    for line in CLOSING:
        assert "is won already. Nothing was changed" in (await story.told(story.ana, line)).text, line
    assert story.prospect("Dana Li").stage is Stage.WON


async def test_a_date_in_the_past_is_said_with_the_date(story: Story) -> None:
    answer = await story.told(story.ana, "add Dana Li, Acme, call 1 nov 2026")
    assert "in the past (Sun 1 Nov)" in answer.text
    assert story.prospects() == []


@pytest.mark.parametrize("names", BATCHES, ids=[" ".join(batch) for batch in BATCHES])
async def test_a_nasty_name_comes_out_as_plain_text_everywhere(story: Story, names: dict[str, str]) -> None:
    """In the answer, the digest, a form, Home, the team's channel and every text for screen readers; the check of
    every payload at the end of each story looks for mentions and links."""
    for name in names.values():
        await story.types(story.ana, "add")
        await story.submits(
            story.ana, name=name, company=name, role=name, source=name, note=name, next="call tomorrow 10am"
        )
        await story.told(story.ana, f"add {name} two, {name} Sampleco, call 18 dec")
        await story.told(story.ana, f"find {name}")
    await story.told(story.cleo, "team", story.deals)
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    rows = [element.block_id for element in elements(digest.blocks) if element.action_id == ids.LOG]
    assert len(rows) == len(names)
    for row in rows:
        await story.sandbox.click(story.ana, digest, ids.MORE, row, ids.OPEN)
        await story.sandbox.click(story.ana, digest, ids.LOG, row)
        await story.clicks(story.ana, story.form(story.ana), label="Voicemail")
    for name in names.values():
        await story.told(story.ana, f"won {name}")
    await story.told(story.ana, "history")
    await story.sandbox.open_home(story.ana)
    await story.moves_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    assert f"{len(names)} of {len(names)} done" in read(digest)


async def test_a_date_that_does_not_exist_is_said_beside_what_was_added(story: Story) -> None:
    answer = await story.told(story.ana, "add Dana Li, Acme, 31/2/2027")
    assert "“31/2/2027”" in answer.text
    assert story.prospect("Dana Li").company == "Acme"


async def test_what_slack_escaped_on_the_way_is_kept_as_it_was_meant(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, AT&T, dana@acme.com -- see https://example.com/a?b=1&c=2")
    assert (story.prospect("Dana Li").company, story.prospect("Dana Li").email) == ("AT&T", "dana@acme.com")
    assert story.notes() == ["see https://example.com/a?b=1&c=2"]


async def test_what_nobody_foresaw_is_an_apology_with_a_number_and_a_log_line(opened: Opened) -> None:
    """A table is gone from the database; whichever way Ana comes in, she is told, with a number."""
    async with opened() as story:
        story.expected_alarms = {"unforeseen"}
        await story.told(story.ana, DANA)
        card = await story.told(story.ana, "show dana")
        await story.clicks(story.ana, card, ids.WON)
        with story.db.begin() as tx:
            tx.execute(text("DROP TABLE touches"))
        typed = (await story.told(story.ana, "show dana")).text
        await story.submits(story.ana, amount="9k")
        submitted = read(story.form(story.ana))
        await story.sandbox.close(story.ana, story.form(story.ana))
        await story.clicks(story.ana, card, ids.WON)
        numbers = [event["id"] for event in story.log if event["event"] == "unforeseen"]
        for said, number in zip((typed, submitted, story.heard()), numbers, strict=True):
            assert "Something went wrong on our side, and nothing was changed" in said
            assert number in said
            assert "touches" not in said
        assert story.prospect("Dana Li").stage is Stage.NEW
