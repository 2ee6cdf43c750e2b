"""What comes beside the digest, and how each of it is switched: the second nudge and the weekly recap."""

from datetime import UTC, datetime

import pytest

from bot.storage.tables import DeliveryKind, DeliveryState, Rhythm
from bot.views import ids
from tests.support.app import Story, labels, read

MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
"""Friday 08:45 in Berlin."""
MONDAY = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
AFTERNOON = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call mon 10am"


async def nudged(story: Story) -> None:
    """Ana wants second nudges, and has not called Dana on Monday."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, "settings nudge on")
    await story.moves_to(MONDAY)
    await story.moves_to(AFTERNOON)


async def test_the_afternoon_reminds_of_a_promise_and_its_row_is_answered_there(story: Story) -> None:
    await nudged(story)
    digest, nudge = story.messages(story.ana)[-2:]
    assert nudge.text.startswith("1 promise is still open. 1. Dana Li at Acme, $12,000: call.")
    assert "promised for Mon 23 Nov 10:00" in read(nudge)
    spoken = [
        element["accessibility_label"] for element in nudge.blocks[2]["elements"] if "accessibility_label" in element
    ]
    assert all("Dana Li" in each for each in spoken)

    await story.clicks(story.ana, nudge, ids.LOG, row="Dana Li")
    await story.submits(story.ana)

    for each in (nudge, digest):
        assert "✓ *Dana Li* · Acme – called 15:00" in read(each)
    assert "Every promise that was open is answered." in read(nudge)
    await story.clicks(story.ana, nudge, ids.UNDO)
    assert "1 promise is still open." in read(nudge)
    assert "✓" not in read(digest)


async def test_what_is_done_in_the_digest_is_seen_in_the_nudge(story: Story) -> None:
    await nudged(story)
    digest, nudge = story.messages(story.ana)[-2:]
    await story.clicks(story.ana, digest, ids.WON)
    await story.submits(story.ana, amount="9k")
    assert "won $9,000" in read(nudge)


async def test_answered_in_time_nothing_is_said(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "settings nudge on")
    await story.moves_to(MONDAY)
    await story.clicks(story.ana, story.digest(story.ana), ids.WON)
    await story.submits(story.ana, amount="9k")
    heard = len(story.messages(story.ana))
    await story.moves_to(AFTERNOON)
    assert len(story.messages(story.ana)) == heard
    (row,) = [each for each in story.outbox() if each.kind is DeliveryKind.SECOND_NUDGE and each.local_on.day == 23]
    assert (row.state, row.reason) == (DeliveryState.SKIPPED, "nothing promised is open")


@pytest.mark.parametrize(("button", "column"), [(ids.NUDGE_OFF, "second_nudge"), (ids.RECAP_OFF, "recap")])
async def test_its_off_switch_is_in_its_footer_and_can_be_undone(story: Story, button: str, column: str) -> None:
    await story.told(story.ana, "settings recap on")
    await nudged(story)
    if button == ids.RECAP_OFF:
        await story.moves_to(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    shown = story.digest(story.ana)
    assert {"Settings", "Pause digests"} < set(labels(shown))
    await story.clicks(story.ana, shown, button)
    assert getattr(story.member(story.ana), column) is False
    assert ": off." in story.screen(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), label="Undo")
    assert getattr(story.member(story.ana), column) is True
    assert story.member(story.ana).next_nudge_at is not None


async def test_the_week_is_told_at_its_end(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, $12k")
    await story.told(story.ana, "log dana call voicemail")
    await story.told(story.ana, "settings recap on")
    await story.moves_to(datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
    recap = story.digest(story.ana)
    assert recap.text.startswith("Your week, Mon 16 Nov to Fri 20 Nov. 1 touch: call 1.")
    assert "0 replies, 0 meetings booked, 0 meetings held." in recap.text
    assert "Not enough data yet for a tip: 1 touch in four weeks, and it takes 10." in read(recap)
    await story.clicks(story.ana, recap, ids.SETTINGS)
    assert story.form(story.ana).callback_id == ids.FORM_SETTINGS


async def test_the_week_so_far_is_typed_at_any_time_and_says_what_was_won(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.told(story.ana, "won dana 9k")
    shown = await story.told(story.ana, "my week", story.deals)
    assert shown.ephemeral_to == story.ana.id
    assert "Your week so far, since Mon 16 Nov. No touches." in shown.text
    assert "1 deal won: $9,000." in shown.text
    assert "1 deal won" not in (await story.told(story.cleo, "recap")).text


async def test_every_switch_is_typed_said_and_undone(story: Story) -> None:
    assert "Second nudge: off. Weekly recap: off. All clear: off." in (await story.told(story.ana, "settings")).text
    assert "Second nudge: on, at 15:00" in (await story.told(story.ana, "settings nudge on")).text
    assert "Weekly recap: on" in (await story.told(story.ana, "settings recap on")).text
    assert "All clear: on." in (await story.told(story.ana, "settings all clear on")).text
    assert (
        "Your weekly digest is on: 08:45 (Europe/Berlin) on Mon."
        in (await story.told(story.ana, "settings weekly")).text
    )
    for line in ("settings rhythm daily", "settings daily", "settings täglich"):
        assert "Your daily digest is on: 08:45 (Europe/Berlin) on Mon–Fri" in (await story.told(story.ana, line)).text
        await story.told(story.ana, "settings wöchentlich")
    assert "Your daily digest is on" in (await story.told(story.ana, "settings daily")).text
    await story.told(story.ana, "undo")
    assert story.member(story.ana).rhythm is Rhythm.WEEKLY
    await story.told(story.ana, "settings nudge off")
    assert story.member(story.ana).next_nudge_at is None
    await story.told(story.ana, "undo")
    assert story.member(story.ana).next_nudge_at is not None


async def test_the_form_has_every_switch_filled_in_and_home_says_them(story: Story) -> None:
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, label="Settings")
    assert "Second nudge: off." in read(home)
    await story.clicks(story.ana, home, label="Change")
    await story.submits(story.ana, digest=["on", "second_nudge", "recap"], rhythm="weekly")
    assert "Your weekly digest is on" in read(home)
    assert "Second nudge: on" in read(home)
    assert "Weekly recap: on" in read(home)
    await story.clicks(story.ana, home, label="Change")
    await story.submits(story.ana, time="07:00")
    ana = story.member(story.ana)
    assert (ana.second_nudge, ana.recap, ana.rhythm, ana.all_clear) == (True, True, Rhythm.WEEKLY, False)
