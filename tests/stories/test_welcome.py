"""The first minute and a half: one message to who installed the app, and samples to try it with."""

from bot.storage.tables import DeliveryKind
from bot.views import ids
from sandbox.model import Message
from tests.support.app import Story, labels, read

SAMPLES = ["Sample One", "Sample Two", "Sample Three"]


async def guide(story: Story) -> Message:
    """Ana was here first, Cleo is the first admin."""
    await story.told(story.ana, "help")
    await story.told(story.cleo, "help")
    await story.tick()
    return story.digest(story.cleo)


async def test_only_the_first_admin_gets_it_and_only_once(story: Story) -> None:
    shown = await guide(story)
    assert shown.text.startswith("Welcome to Follow-up Coach. Nobody you want to win is forgotten")
    assert labels(shown) == ["Add a prospect", "Try three sample prospects", "Settings"]
    assert "08:45 on Mon–Fri" in read(shown)
    assert story.messages(story.ana) == []
    await story.waits(days=3)
    assert len([each for each in story.outbox() if each.kind is DeliveryKind.WELCOME]) == 1


async def test_the_samples_are_added_with_one_press_and_taken_back_with_one(story: Story) -> None:
    shown = await guide(story)
    await story.clicks(story.cleo, shown, ids.SAMPLES)
    assert [each.name for each in story.prospects()] == SAMPLES
    added = story.screen(story.cleo)
    assert "Sample Two at Example Ltd: next call Fri 20 Nov 10:00" in added.text
    assert ". Sample Two at Example Ltd" in added.text
    assert ". Sample Three at Example Inc" in added.text
    await story.clicks(story.cleo, shown, ids.SAMPLES)
    assert "you have the sample prospects already" in story.screen(story.cleo).text.lower()
    await story.clicks(story.cleo, added, ids.UNDO)
    assert story.prospects() == []


async def test_its_other_buttons_open_the_forms(story: Story) -> None:
    shown = await guide(story)
    await story.clicks(story.cleo, shown, ids.ADD_FORM)
    assert story.form(story.cleo).callback_id == ids.FORM_ADD
    await story.sandbox.close(story.cleo, story.form(story.cleo))
    await story.clicks(story.cleo, shown, ids.SETTINGS)
    assert story.form(story.cleo).callback_id == ids.FORM_SETTINGS


async def test_typed_they_come_too_and_the_history_says_so(story: Story) -> None:
    assert "Added three sample prospects" in (await story.told(story.ana, "samples")).text
    assert "added 3 follow-ups together" in (await story.told(story.ana, "history")).text
    await story.told(story.ana, "undo")
    assert story.prospects() == []
