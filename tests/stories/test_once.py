"""Whatever is said or done twice is done once."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot import worker
from bot.views import ids
from cadences.model import Stage
from sandbox.model import Message
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, options, read
from tests.support.rows import change_count, everything

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
TYPED = {
    "add": "add Eli Wu, Beta, call fri",
    "note": "note acme wants SSO",
    "log": "log acme call voicemail",
    "replied": "replied acme",
    "snooze": "snooze acme mon",
    "won": "won acme 12k",
    "lost": "lost acme pricing",
    "park": "park acme until march",
    "undo": "undo",
    "settings": "settings time 7:30",
    "pause": "pause mon",
    "resume": "resume",
}
PRESSED = {
    "replied": (ids.MORE, ids.REPLIED),
    "won": (ids.WON, None),
    "lost": (ids.LOST, None),
    "log": (ids.LOG, None),
    "snooze": (ids.SNOOZE, "2026-11-23"),
    "park": (ids.MORE, ids.PARK),
}
FORMS = {"won": {"amount": "7k"}, "lost": {"reason": "pricing"}, "log": {}, "park": {"on": "2027-03-01"}}


async def digest_of(story: Story) -> Message:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    return story.digest(story.ana)


async def test_two_looks_at_one_instant_send_one_digest(both: Story) -> None:
    await digest_of(both)
    assert (await both.tick()).messages == 0
    assert len(both.messages(both.ana)) == 1


async def test_two_workers_at_one_instant_send_one_digest(both: Story) -> None:
    await both.told(both.ana, DANA)
    both.sandbox.on_clock_moved = None
    await both.moves_to(FRIDAY_MORNING)
    ticked = await asyncio.gather(*(worker.tick(both.house, both.now) for _ in range(4)))
    assert sum(each.messages for each in ticked) == 1
    assert len(both.messages(both.ana)) == 1


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at once"])
@pytest.mark.parametrize("verb", TYPED)
async def test_a_command_delivered_twice_is_carried_out_once(story: Story, verb: str, *, at_once: bool) -> None:
    await story.told(story.ana, DANA)
    before = change_count(story.db)
    story.sandbox.faults.delivered_twice(at_once=at_once)
    await story.told(story.ana, TYPED[verb])
    assert change_count(story.db) == before + 1


@pytest.mark.parametrize("verb", PRESSED)
async def test_a_button_pressed_twice_changes_nothing_twice(story: Story, verb: str) -> None:
    """The second press meets what the first one did, and says so with the card as it stands."""
    shown = (await digest_of(story)).snapshot()
    action_id, entry = PRESSED[verb]
    await story.clicks(story.ana, shown, action_id, entry)
    if verb in FORMS:
        await story.submits(story.ana, **FORMS[verb])
    kept, count = everything(story.db), change_count(story.db)

    await story.clicks(story.ana, shown, action_id, entry)

    assert "Already done by you 08:45" in story.screen(story.ana).text
    assert "Dana Li" in story.screen(story.ana).text
    assert (everything(story.db), change_count(story.db)) == (kept, count)


async def test_undo_pressed_twice_undoes_once(story: Story) -> None:
    digest = await digest_of(story)
    await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED)
    shown = digest.snapshot()
    await story.clicks(story.ana, shown, ids.UNDO)
    await story.clicks(story.ana, shown, ids.UNDO)
    assert "That was undone already (08:45)" in story.screen(story.ana).text
    assert story.prospect("Dana Li").stage is Stage.NEW


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at once"])
async def test_a_press_delivered_twice_is_carried_out_once(story: Story, *, at_once: bool) -> None:
    digest = await digest_of(story)
    before = change_count(story.db)
    story.sandbox.faults.delivered_twice(at_once=at_once)
    await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED)
    assert change_count(story.db) == before + 1


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at once"])
async def test_a_form_delivered_twice_is_carried_out_once(both: Story, *, at_once: bool) -> None:
    await both.types(both.ana, "add")
    both.sandbox.faults.delivered_twice(at_once=at_once)
    await both.submits(both.ana, name="Dana Li", company="Acme")
    assert len(both.prospects()) == 1


async def test_two_outcomes_pressed_in_one_form_are_one_touch(both: Story) -> None:
    """Two presses are two triggers of one form; the first that gets through counts."""
    both.expected_refusals = {"hash_conflict"}
    digest = await digest_of(both)
    await both.clicks(both.ana, digest, ids.LOG)
    form, before = both.form(both.ana), change_count(both.db)
    labels_pressed = ("Voicemail", "No answer")
    await asyncio.gather(*(both.sandbox.click(both.ana, form, label=label) for label in labels_pressed))
    await both.settle()
    assert change_count(both.db) == before + 1


async def test_an_event_that_comes_again_with_its_retry_number_changes_nothing(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.sandbox.change_person(story.ana, name="ana maria")
    kept = everything(story.db, cursors=True)
    again = await story.sandbox.redeliver(story.sandbox.deliveries[-1])
    await story.settle()
    assert again.headers["X-Slack-Retry-Num"] == "1"
    assert everything(story.db, cursors=True) == kept


async def test_send_now_and_the_digests_own_time_are_one_digest(story: Story) -> None:
    """Ana can't wait; at 08:45 nothing comes again."""
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING.replace(hour=6))
    settings = await story.told(story.ana, "settings")
    if "Send now" not in labels(settings):
        pytest.fail("there is no way to ask for the digest ahead of its time")
    shown = settings.snapshot()
    await story.clicks(story.ana, shown, label="Send now")
    await story.clicks(story.ana, shown, label="Send now")
    await story.moves_to(FRIDAY_MORNING)
    assert len(story.messages(story.ana)) == 1


async def test_two_people_at_the_same_deal_in_the_same_moment_are_one_change(opened: Opened) -> None:
    async with opened() as story:
        digest = await digest_of(story)
        menu = options(digest, ids.SNOOZE)
        before = change_count(story.db)
        await asyncio.gather(
            story.types(story.cleo, "won dana 9k"),
            story.clicks(story.ana, digest, ids.SNOOZE, next(iter(menu))),
        )
        assert change_count(story.db) - before in {1, 2}
        assert story.prospect("Dana Li").stage is Stage.WON
        assert "won" in read(story.digest(story.ana))
