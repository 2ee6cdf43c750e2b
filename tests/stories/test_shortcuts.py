"""Shortcuts: a message becomes a prospect or a note, wherever it stands; somebody new is added from anywhere."""

import pytest

from bot.views import ids
from sandbox.model import Message
from sandbox.refusal import NotRendered
from tests.stories.conftest import Opened
from tests.support.app import Story, labels

DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
WORDS = "Dana from Acme asked @ben for a price <3 & wants SSO"


async def asked(story: Story, *, thread: bool = False) -> Message:
    """A message of Ben's in a channel that the app is not in."""
    first = await story.sandbox.say(story.ben, story.random, "Morning")
    return await story.sandbox.say(story.ben, story.random, WORDS, first.ts if thread else None)


async def uses(story: Story, message: Message, shortcut: str) -> None:
    outcome = await story.sandbox.message_shortcut(story.ana, message, shortcut)
    await story.settle()
    assert outcome.trouble is None


def note_in(story: Story) -> str:
    (block,) = [each for each in story.form(story.ana).blocks if each["block_id"] == "note"]
    return str(block["element"]["initial_value"])


@pytest.mark.parametrize("thread", [False, True])
async def test_a_message_becomes_a_prospect_with_its_words_people_and_link(story: Story, thread: bool) -> None:
    message = await asked(story, thread=thread)
    await uses(story, message, ids.SHORTCUT_FOLLOW_UP)
    note = note_in(story)
    assert "Dana from Acme asked @ben for a price <3 & wants SSO" in note
    assert "From ben" in note
    assert "People: ben" in note
    assert f"/archives/{story.random.id}/p" in note

    await story.submits(story.ana, name="Dana Li", company="Acme", next="call tomorrow 10am")
    assert story.prospect("Dana Li").owner_id == story.ana.id
    assert story.notes() == [note]
    assert "Added Dana Li at Acme" in story.screen(story.ana, story.random).text
    assert story.screen(story.ben, story.random).ts == message.ts


async def test_without_a_link_the_note_says_the_channel(story: Story) -> None:
    story.expected_refusals = {"channel_not_found"}
    message = await asked(story)
    story.sandbox.faults.error("chat.getPermalink", "channel_not_found")
    await uses(story, message, ids.SHORTCUT_FOLLOW_UP)
    assert note_in(story).endswith("In #random")


async def test_a_direct_message_between_two_people_works_too(story: Story) -> None:
    """The app is not in it: Slack gives it no link, and the message itself came along."""
    story.expected_refusals = {"channel_not_found"}
    direct = story.sandbox.workspace.im_with(story.ana.id, story.ben.id)
    message = await story.sandbox.say(story.ben, direct, "Call Eli back")
    await uses(story, message, ids.SHORTCUT_FOLLOW_UP)
    assert "Call Eli back" in note_in(story)
    await story.submits(story.ana, name="Eli Wu")
    assert story.prospect("Eli Wu")


async def test_a_message_is_kept_as_a_note_with_whoever_is_chosen_while_typing(story: Story) -> None:
    await story.told(story.ana, DANA)
    await uses(story, await asked(story), ids.SHORTCUT_NOTE)
    form = story.form(story.ana)
    assert await story.sandbox.suggest(story.ana, form, ids.PICK_PROSPECT, "") == []
    assert await story.sandbox.suggest(story.ana, form, ids.PICK_PROSPECT, "zzzz") == []
    (found,) = await story.sandbox.suggest(story.ana, form, ids.PICK_PROSPECT, "dnaa")
    assert found["text"]["text"] == "Dana Li at Acme"
    await story.submits(story.ana, **{ids.PICK_PROSPECT: "Dana Li at Acme"})
    assert "wants SSO" in story.notes()[-1]
    said = story.screen(story.ana, story.random)
    assert "Dana Li at Acme" in said.text
    await story.clicks(story.ana, said, label="Undo")
    assert story.notes() == []


async def test_a_note_needs_somebody_it_is_about(story: Story) -> None:
    await uses(story, await asked(story), ids.SHORTCUT_NOTE)
    refused = await story.submits(story.ana)
    assert ids.PICK_PROSPECT in refused.errors


async def test_what_was_not_offered_can_not_be_chosen(story: Story) -> None:
    await story.told(story.ana, DANA)
    await uses(story, await asked(story), ids.SHORTCUT_NOTE)
    with pytest.raises(NotRendered):
        await story.submits(story.ana, **{ids.PICK_PROSPECT: "1"})


async def test_somebody_is_added_from_anywhere_and_the_answer_is_a_message(story: Story) -> None:
    outcome = await story.sandbox.global_shortcut(story.ana, ids.SHORTCUT_ADD)
    assert outcome.trouble is None
    await story.submits(story.ana, name="Eli Wu", company="Beta", next="call tomorrow 10am")
    card = story.digest(story.ana)
    assert "Added Eli Wu at Beta" in card.text
    await story.clicks(story.ana, card, label="Undo")
    assert story.prospects() == []


async def test_an_expired_trigger_loses_nothing(story: Story) -> None:
    """The form comes too late; a button opens it with the message in it."""
    message = await asked(story)
    story.sandbox.faults.server_error("views.open")
    await uses(story, message, ids.SHORTCUT_FOLLOW_UP)
    offered = story.screen(story.ana, story.random)
    assert labels(offered) == ["Open the form"]
    await story.clicks(story.ana, offered, ids.KEPT_FORM)
    assert "wants SSO" in note_in(story)

    story.sandbox.faults.server_error("views.open")
    await uses(story, message, ids.SHORTCUT_NOTE)
    await story.clicks(story.ana, story.screen(story.ana, story.random), ids.KEPT_FORM)
    assert "wants SSO" in note_in(story)
    story.sandbox.faults.server_error("views.open")
    await story.sandbox.global_shortcut(story.ana, ids.SHORTCUT_ADD)
    await story.settle()
    assert labels(story.digest(story.ana)) == ["Open the form"]


async def test_guests_are_refused_and_nothing_is_suggested_to_them(story: Story) -> None:
    message = await asked(story)
    await story.sandbox.message_shortcut(story.otto, message, ids.SHORTCUT_FOLLOW_UP)
    await story.settle()
    assert "for members of this workspace" in story.screen(story.otto, story.random).text
    assert story.sandbox.workspace.top_view(story.otto.id) is None


async def test_a_shortcut_of_another_release_says_so(story: Story) -> None:
    message = await asked(story)
    story.app.shortcuts[0].callback_id = "shortcut.forgotten"
    await uses(story, message, "shortcut.forgotten")
    assert "I don't know that" in story.screen(story.ana, story.random).text


async def test_the_same_shortcuts_work_over_socket_mode(opened: Opened) -> None:
    async with opened(socket_mode=True) as story:
        await story.told(story.ana, DANA)
        await uses(story, await asked(story), ids.SHORTCUT_NOTE)
        (found,) = await story.sandbox.suggest(story.ana, story.form(story.ana), ids.PICK_PROSPECT, "acme")
        assert found["text"]["text"] == "Dana Li at Acme"
