"""Shortcuts and menus that the app fills while somebody types: Slack's shapes, and what Slack refuses."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import View
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered, Refusal
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import JSON, asking, modal, option, options, plain

FILLED: JSON = {"type": "external_select", "action_id": "whom", "min_query_length": 2, "placeholder": plain("Type")}


@pytest.fixture
def offered() -> JSON:
    """What the app answers while somebody types; a test may change it."""
    return {"options": [option("7", "Dana Li")]}


@pytest.fixture
def heard(bolt: AsyncApp, offered: JSON) -> list[JSON]:
    """Everything that was typed into the menu."""
    typed: list[JSON] = []

    @bolt.options("whom")
    async def fill(ack: Any, body: JSON) -> None:
        typed.append(body)
        await ack(**offered)

    return typed


@pytest.fixture
async def form(bolt: AsyncApp, client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> View:
    @bolt.shortcut("capture")
    async def opened(ack: Any, body: JSON) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(asking(FILLED, "who"), callback_id="f"))

    await sandbox.global_shortcut(cast.ana, "capture")
    view = sandbox.workspace.top_view(cast.ana.id)
    assert view is not None
    return view


async def test_typing_asks_the_app_in_slacks_shape(heard: list[JSON], sandbox: Sandbox, cast: Cast, form: View) -> None:
    found = await sandbox.suggest(cast.ana, form, "whom", "da")
    assert [each["value"] for each in found] == ["7"]
    (body,) = heard
    assert body["type"] == "block_suggestion"
    assert (body["action_id"], body["block_id"], body["value"]) == ("whom", "who", "da")
    assert body["container"] == {"type": "view", "view_id": form.id}
    assert body["view"]["callback_id"] == "f"
    assert body["user"]["id"] == cast.ana.id
    assert "trigger_id" not in body


async def test_too_few_letters_ask_nobody(heard: list[JSON], sandbox: Sandbox, cast: Cast, form: View) -> None:
    assert await sandbox.suggest(cast.ana, form, "whom", "d") == []
    assert heard == []


async def test_what_was_offered_can_be_chosen_and_nothing_else(
    bolt: AsyncApp, heard: list[JSON], sandbox: Sandbox, cast: Cast, form: View
) -> None:
    sent: list[JSON] = []

    @bolt.view("f")
    async def submitted(ack: Any, body: JSON) -> None:
        sent.append(body)
        await ack()

    with pytest.raises(NotRendered):
        await sandbox.submit(cast.ana, form, {"who": "7"})
    await sandbox.suggest(cast.ana, form, "whom", "da")
    with pytest.raises(NotRendered):
        await sandbox.submit(cast.ana, form, {"who": "8"})
    await sandbox.submit(cast.ana, form, {"who": "Dana Li"})
    (body,) = sent
    assert body["view"]["state"]["values"]["who"]["whom"]["selected_option"]["value"] == "7"


@pytest.mark.parametrize(
    "answer",
    [{"options": options(101)}, {"options": [{"value": "7"}]}, {"options": [option("x" * 76)]}],
    ids=["too many", "no words", "too long"],
)
async def test_an_answer_slack_would_not_show_is_refused(
    heard: list[JSON], offered: JSON, sandbox: Sandbox, cast: Cast, form: View, answer: JSON
) -> None:
    offered |= answer
    with pytest.raises(Refusal):
        await sandbox.suggest(cast.ana, form, "whom", "da")


async def test_a_shortcut_that_is_not_in_the_manifest_is_not_offered(sandbox: Sandbox, cast: Cast) -> None:
    message = await sandbox.say(cast.ana, cast.deals, "Call Dana")
    with pytest.raises(NotRendered):
        await sandbox.message_shortcut(cast.ana, message, "capture")
    with pytest.raises(NotRendered):
        await sandbox.global_shortcut(cast.ana, "from_message")


async def test_a_shortcuts_trigger_opens_one_form_and_only_in_time(
    bolt: AsyncApp, client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    triggers: list[str] = []

    @bolt.shortcut("from_message")
    async def hear(ack: Any, body: JSON) -> None:
        triggers.append(body["trigger_id"])
        await ack()

    message = await sandbox.say(cast.ana, cast.deals, "Call Dana")
    view = modal(asking(), callback_id="f")
    await sandbox.message_shortcut(cast.ana, message, "from_message")
    await client.views_open(trigger_id=triggers[0], view=view)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=triggers[0], view=view)
    await sandbox.message_shortcut(cast.ana, message, "from_message")
    await sandbox.move_clock(sandbox.clock.now().replace(second=30))
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=triggers[1], view=view)


async def test_no_link_to_a_conversation_the_app_is_not_in(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    direct = sandbox.workspace.im_with(cast.ana.id, cast.ben.id)
    message = await sandbox.say(cast.ana, direct, "Call Dana")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_getPermalink(channel=direct.id, message_ts=message.ts)
