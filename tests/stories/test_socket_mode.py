"""The same through Socket Mode: no address of our own, answers in the acknowledgement."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import event

from bot.views import ids
from tests.stories.conftest import Opened
from tests.support.app import Story, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"


async def test_a_command_a_press_a_form_and_an_event_work_over_the_socket(opened: Opened) -> None:
    async with opened(socket_mode=True) as story:
        assert story.app.request_url is None
        assert "Added Dana Li" in (await story.told(story.ana, DANA)).text
        await story.moves_to(FRIDAY_MORNING)
        digest = story.digest(story.ana)
        await story.clicks(story.ana, digest, ids.WON)
        refused = await story.submits(story.ana, amount="bananas")
        assert "amount" in refused.errors
        await story.submits(story.ana, amount="9k")
        assert "won $9,000" in read(digest)
        home = await _home(story)
        assert "*Today*" in home


async def test_what_a_dropped_connection_held_comes_again_and_is_done_once(opened: Opened) -> None:
    """The line is cut after the commit and before the acknowledgement: the envelope comes once more."""
    committed = asyncio.Event()
    async with opened(socket_mode=True) as story:
        await story.told(story.ana, "help")
        connection = story.sandbox.socket.connections[0]
        loop = asyncio.get_running_loop()
        event.listen(story.db.engine, "commit", lambda _: loop.call_soon_threadsafe(committed.set))
        typing = asyncio.create_task(story.types(story.ana, DANA))
        await committed.wait()
        await story.sandbox.socket.drop(connection)
        await typing
        typed = [each for each in story.sandbox.socket.envelopes if each["payload"].get("text") == DANA]
        assert len(typed) == 2
        assert len(story.prospects()) == 1


async def test_an_envelope_delivered_twice_is_carried_out_once(opened: Opened) -> None:
    async with opened(socket_mode=True) as story:
        for at_once in (False, True):
            story.sandbox.faults.delivered_twice(at_once=at_once)
            await story.told(story.ana, f"add Dana {at_once}, Acme {at_once}")
        assert len(story.prospects()) == 2


async def _home(story: Story) -> str:
    view = await story.sandbox.open_home(story.ana)
    await story.settle()
    return read(view)
