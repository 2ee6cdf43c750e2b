"""Every answer that names the next digest names the one that comes."""

from datetime import UTC, datetime

import pytest

from tests.support.app import Story

LINES = [
    # Thursday 19 November, after today's digest time.
    ("settings", "Next: Fri 20 Nov 08:45."),
    ("pause 3d", "No digests until Mon 23 Nov."),
    ("pause until sat", "No digests until Mon 23 Nov."),
    ("settings days mon", "Next: Mon 23 Nov 08:45."),
    ("settings weekly", "Next: Mon 23 Nov 08:45."),
    ("settings time 16", "Next: Thu 19 Nov 16:00."),
    ("resume", "Next: Fri 20 Nov 08:45."),
]
AWAY = "away until 3 dec"
"""From today on; back on a Thursday."""
WHILE_AWAY = [
    ("settings", "You are away until Wed 2 Dec. Next: Thu 3 Dec 08:45."),
    ("pause 3d", "No digests until Thu 3 Dec."),
    ("pause until 7 dec", "No digests until Mon 7 Dec."),
    ("settings time 9", "Next: Thu 3 Dec 09:00."),
    ("settings days mon", "Next: Mon 7 Dec 08:45."),
    ("settings weekly", "Next: Thu 3 Dec 08:45."),
    ("resume", "Digests are on again. Your daily digest is on"),
    ("resume", "Next: Thu 3 Dec 08:45."),
]


@pytest.mark.parametrize(("line", "said"), LINES)
async def test_it_is_named_as_it_comes(story: Story, line: str, said: str) -> None:
    assert said in (await story.told(story.ana, line)).text


@pytest.mark.parametrize(("line", "said"), WHILE_AWAY)
async def test_who_is_away_hears_next_when_she_is_back(story: Story, line: str, said: str) -> None:
    await story.told(story.ana, AWAY)
    assert said in (await story.told(story.ana, line)).text


async def test_a_leave_ahead_is_named_where_the_next_digest_comes_behind_it(story: Story) -> None:
    await story.told(story.ana, "away fri-mon")
    assert "You are away from Fri 20 Nov. Next: Tue 24 Nov 08:45." in (await story.told(story.ana, "settings")).text


async def test_who_is_back_hears_next_tomorrow(story: Story) -> None:
    await story.told(story.ana, AWAY)
    await story.told(story.ana, "back")
    told = (await story.told(story.ana, "settings")).text
    assert "Next: Fri 20 Nov 08:45." in told
    assert "away" not in told


async def test_who_asks_for_a_digest_on_a_day_that_has_none_hears_why(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call fri 10am")
    await story.told(story.ana, "pause until mon")
    await story.moves_to(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    answer = await story.told(story.ana, "today send")
    assert "Today has no digest: paused until Mon 23 Nov. `/followup` shows what is due now." in answer.text


async def test_a_pause_where_digests_are_off_promises_none(story: Story) -> None:
    off = await story.told(story.ana, "settings digest off")
    assert "Next:" not in off.text
    paused = await story.told(story.ana, "pause 3d")
    assert "No digests. Your daily digest is off" in paused.text
    await story.told(story.ana, AWAY)
    shown = await story.told(story.ana, "settings")
    assert "You are away until Wed 2 Dec." in shown.text
    assert "Next:" not in shown.text
