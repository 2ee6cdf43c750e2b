"""The team's channel: set up, nudged, taken over, asked for."""

from datetime import UTC, date, datetime

import pytest

from bot.services import prospects
from bot.services.actor import Actor, Origin
from bot.services.details import Details
from bot.services.promises import Wish
from bot.storage.tables import DeliveryKind, Role
from bot.views import ids
from cadences.model import Stage
from sandbox.model import Message
from tests.support.app import Story, labels, options, read

MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
FAR = "call 18 dec"
"""Too far away to count as planned."""


async def stalled(story: Story, title: str = "1 stalled deal") -> Message:
    """Ana's deal in the digest of Monday."""
    await story.told(story.ben, "help")
    await story.told(story.ana, f"add Dana Li, Acme, $12k, {FAR}")
    await story.told(story.cleo, "team mon 09:30", story.deals)
    await story.moves_to(MONDAY)
    return next(each for each in story.messages(story.deals) if title in each.text and not each.thread_ts)


async def test_the_channel_is_told_and_the_digest_can_be_moved_and_switched_off(story: Story) -> None:
    done = await story.told(story.cleo, "team", story.deals)
    assert "Mondays at 09:30" in done.text
    assert "Mondays at 09:30 (Europe/Berlin), without amounts" in story.messages(story.deals)[-1].text
    assert "Fridays at 16:00" in (await story.told(story.cleo, "team fri 16:00", story.deals)).text
    assert "No more team digests" in (await story.told(story.cleo, "team off", story.deals)).text
    await story.told(story.ana, f"add Dana Li, Acme, {FAR}")
    before = len(story.messages(story.deals))
    await story.moves_to(MONDAY)
    assert len(story.messages(story.deals)) == before
    await story.told(story.cleo, "team off", story.random)


async def test_typed_again_it_is_shown_and_not_announced_again(story: Story) -> None:
    await story.told(story.cleo, "team", story.deals)
    again = await story.told(story.cleo, "team", story.deals)
    assert "Mondays at 09:30" in again.text
    assert len(story.messages(story.deals)) == 1


@pytest.mark.parametrize("is_private", [False, True])
async def test_without_the_app_in_the_channel_it_says_the_exact_invite_and_retry_works(
    story: Story, *, is_private: bool
) -> None:
    story.expected_refusals = {"not_in_channel", "channel_not_found"}
    room = story.sandbox.workspace.add_channel("room", story.cleo.id, is_private=is_private)
    asked = await story.told(story.cleo, "team fri 16:00", room)
    assert f"/invite @{story.app.name}" in asked.text
    assert "privategroup" not in asked.text
    await story.clicks(story.cleo, asked.snapshot(), label="Retry")
    assert labels(story.screen(story.cleo, room)) == ["Retry"]

    await story.sandbox.type_command(story.cleo, room, f"/invite @{story.app.name}")
    again = story.screen(story.cleo, room)
    shown = again.snapshot()
    await story.clicks(story.cleo, shown, label="Retry")
    await story.clicks(story.cleo, shown, label="Retry")
    assert len(story.messages(room)) == 1
    assert "on Fridays at 16:00" in story.messages(room)[-1].text


async def test_in_a_conversation_with_the_app_it_asks_for_a_channel(story: Story) -> None:
    assert "needs a channel" in (await story.told(story.cleo, "team")).text


async def test_only_a_manager_shows_amounts(story: Story) -> None:
    await story.told(story.ana, "team", story.deals)
    assert "Only a manager" in (await story.told(story.ana, "team show amounts", story.deals)).text
    await story.told(story.cleo, "team show amounts", story.deals)
    await story.told(story.ana, f"add Dana Li, Acme, $12k, {FAR}")
    await story.moves_to(MONDAY)
    assert "$12,000" in next(m for m in story.messages(story.deals) if "1 stalled deal" in m.text).text


async def test_a_nudge_is_one_polite_message_a_day(story: Story) -> None:
    digest = await stalled(story)
    for _ in range(2):
        await story.clicks(story.ben, digest, ids.NUDGE)
    assert "ana was nudged already (03:30)" in story.screen(story.ben, story.deals).text
    nudges = [each for each in story.messages(story.ana) if "asks how Dana Li at Acme is going" in each.text]
    assert len(nudges) == 1
    assert "ana was nudged 09:30" in read(digest)
    await story.clicks(story.ana, nudges[0], label="Open the card")
    assert "Timeline" in read(story.screen(story.ana))


async def test_somebody_on_a_free_day_is_not_nudged(story: Story) -> None:
    await story.told(story.ana, "pause 4 dec")
    digest = await stalled(story)
    await story.clicks(story.ben, digest, ids.NUDGE)
    assert "hears nothing today: back Fri 4 Dec" in story.screen(story.ben, story.deals).text
    assert story.messages(story.ana) == []


async def test_a_manager_takes_over_at_once(story: Story) -> None:
    digest = await stalled(story)
    await story.clicks(story.cleo, digest.snapshot(), ids.TAKE_OVER)
    await story.clicks(story.cleo, digest.snapshot(), ids.UNDO)
    assert story.prospect("Dana Li").owner_id == story.ana.id


async def test_a_teammate_asks_the_owner_who_says_yes(story: Story) -> None:
    digest = await stalled(story)
    for _ in range(2):
        await story.clicks(story.ben, digest, ids.TAKE_OVER)
    assert story.prospect("Dana Li").owner_id == story.ana.id
    question = story.digest(story.ana)
    assert "ben would like to take over Dana Li at Acme" in question.text
    shown = question.snapshot()

    await story.clicks(story.ana, shown, label="Yes, hand over")
    assert story.prospect("Dana Li").owner_id == story.ben.id
    assert story.messages(story.ben) == [], "it is night where Ben is"
    await story.waits(hours=5)
    assert "ana handed Dana Li at Acme over to you" in story.digest(story.ben).text
    assert labels(question) == []

    heard = len(story.messages(story.ben))
    for answer in ("Yes, hand over", "No, I keep it"):
        await story.clicks(story.ana, shown, label=answer)
        assert "Nothing was" in story.screen(story.ana).text
    assert story.prospect("Dana Li").owner_id == story.ben.id
    assert len(story.messages(story.ben)) == heard


async def test_a_teammate_asks_the_owner_who_says_no_and_that_is_the_answer(story: Story) -> None:
    digest = await stalled(story)
    await story.clicks(story.ben, digest, ids.TAKE_OVER)
    shown = story.digest(story.ana).snapshot()

    await story.clicks(story.ana, shown, label="No, I keep it")
    await story.waits(hours=5)
    assert "ana keeps Dana Li at Acme" in story.digest(story.ben).text

    await story.clicks(story.ana, shown, label="Yes, hand over")
    assert story.prospect("Dana Li").owner_id == story.ana.id
    assert "answered" in story.screen(story.ana).text


async def test_the_owner_snoozes_and_a_manager_marks_lost_in_the_channel(story: Story) -> None:
    digest = await stalled(story)
    week = next(label for label in options(digest, ids.SNOOZE) if label.startswith("Next week"))
    await story.clicks(story.ana, digest, ids.SNOOZE, week)
    assert "snoozed to Mon 7 Dec by ana 09:30" in read(digest)
    await story.clicks(story.ana, digest, ids.UNDO)

    await story.clicks(story.cleo, digest, ids.LOST)
    await story.submits(story.cleo, reason="timing", note="next year")
    assert story.prospect("Dana Li").stage is Stage.LOST
    assert "lost (timing) by cleo 09:30" in read(digest)


async def test_a_teammate_can_not_close_or_snooze_what_is_not_hers(story: Story) -> None:
    digest = await stalled(story)
    await story.clicks(story.ben, digest, ids.LOST)
    assert "is ana’s. Nothing was changed" in story.screen(story.ben, story.deals).text
    assert story.sandbox.workspace.top_view(story.ben.id) is None
    week = next(iter(options(digest, ids.SNOOZE)))
    await story.clicks(story.ben, digest, ids.SNOOZE, week)
    assert "is ana’s. Nothing was changed" in story.screen(story.ben, story.deals).text


async def test_fifty_stalled_deals_are_ten_in_the_channel_and_all_in_the_thread(story: Story) -> None:
    await story.told(story.ana, "help")
    ana, far = Actor(story.member(story.ana), Origin.COMMAND), Wish(date(2026, 12, 18))
    for number in range(50):
        details = Details(f"{'x' * 60} {number:02d}", f"Sample {number:02d}", value_minor=number * 100, currency="USD")
        prospects.add(story.db, ana, details, story.now, wish=far)
    await story.told(story.cleo, "team", story.deals)
    await story.moves_to(MONDAY)
    digest = next(each for each in story.messages(story.deals) if "50 stalled deals" in each.text)
    assert len(labels(digest, ids.NUDGE)) == 10
    thread = next(each for each in story.messages(story.deals) if each.thread_ts)
    assert all(f"Sample {number:02d}" in read(thread) for number in range(50))
    assert "· ana" not in read(thread)
    assert ", ana:" not in thread.text


async def test_nothing_stalled_is_silence_with_a_reason(story: Story) -> None:
    await story.told(story.cleo, "team", story.deals)
    await story.moves_to(MONDAY)
    assert len(story.messages(story.deals)) == 1
    reasons = [each.reason for each in story.outbox() if each.kind is DeliveryKind.TEAM]
    assert reasons == ["more than 3 hours late: it merges into the next", "nothing stalled"]


async def test_my_stalled_deals_and_a_managers_whole_team(story: Story) -> None:
    digest = await stalled(story)
    assert story.member(story.cleo).role is Role.ADMIN
    assert "1 deal of yours has stalled" in read(await story.told(story.ana, "stalled"))
    assert "in the team" in read(await story.told(story.cleo, "stalled"))
    assert "No deal of yours has stalled" in (await story.told(story.ben, "stalled")).text
    assert digest


@pytest.mark.parametrize("action", [ids.NUDGE, ids.TAKE_OVER])
async def test_a_deal_that_moved_since_is_neither_nudged_nor_taken(story: Story, action: str) -> None:
    """Ana logged a call by typing; Ben presses in the digest that still shows the deal as stalled."""
    digest = await stalled(story)
    await story.told(story.ana, "log dana call voicemail")
    told, count = len(story.messages(story.ana)), len(story.outbox())

    await story.clicks(story.ben, digest, action)

    assert "Already done by ana" in story.heard()
    assert (len(story.messages(story.ana)), len(story.outbox())) == (told, count)


async def test_a_nudge_and_a_take_over_are_typed_as_they_are_pressed(story: Story) -> None:
    await story.told(story.ana, f"add Dana Li, Acme, $12k, {FAR}")
    assert "ana was asked about Dana Li at Acme" in (await story.told(story.ben, "nudge acme")).text
    assert "asks how Dana Li at Acme is going" in story.digest(story.ana).text
    assert "yours already" in (await story.told(story.ana, "nudge acme")).text

    assert "ana was asked to hand" in (await story.told(story.ben, "take acme")).text
    assert story.prospect("Dana Li").owner_id == story.ana.id
    taken = await story.told(story.cleo, "take over acme")
    assert story.prospect("Dana Li").owner_id == story.cleo.id
    await story.clicks(story.cleo, taken, ids.UNDO)
    assert story.prospect("Dana Li").owner_id == story.ana.id
    assert "no need" not in (await story.told(story.cleo, "nudge")).text


async def test_who_left_is_neither_asked_nor_told(story: Story) -> None:
    await story.told(story.ana, f"add Dana Li, Acme, $12k, {FAR}")
    await story.told(story.ben, "help")
    await story.sandbox.change_person(story.ana, deleted=True)
    for line in ("nudge acme", "take acme"):
        assert "ana left, and would never answer" in (await story.told(story.ben, line)).text.lower()
    taken = await story.told(story.cleo, "take acme")
    assert story.prospect("Dana Li").owner_id == story.cleo.id
    assert "was told" not in taken.text
    assert all(each.recipient_id != story.ana.id for each in story.outbox() if each.kind is DeliveryKind.NEWS)
