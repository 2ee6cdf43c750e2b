"""Clicks on what was drawn, and answers through the response_url."""

import re
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import Message
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import JSON, actions, button, option, plain, section, select, text_input


@pytest.fixture
def clicks(bolt: AsyncApp) -> list[JSON]:
    """Every block_actions payload the app got."""
    heard: list[JSON] = []

    @bolt.action({"type": "block_actions", "action_id": re.compile(".*")})
    async def hear(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack()

    return heard


async def posted(client: AsyncWebClient, sandbox: Sandbox, channel: str, *blocks: JSON) -> Message:
    answer = await client.chat_postMessage(channel=channel, text="x", blocks=list(blocks))
    return sandbox.workspace.message(answer["channel"], answer["ts"])


async def test_a_click_carries_the_message_and_the_button(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    message = await posted(client, sandbox, cast.deals.id, actions(button("log", "Log call", value="17"), block_id="b"))
    outcome = await sandbox.click(cast.ana, message, "log")
    assert outcome.trouble is None
    (body,) = clicks
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("log", "b", "17")
    assert action["text"] == {"type": "plain_text", "text": "Log call", "emoji": True}
    assert body["message"]["ts"] == body["container"]["message_ts"] == message.ts
    assert body["channel"] == {"id": cast.deals.id, "name": "deals"}
    assert body["user"]["id"] == cast.ana.id
    assert body["trigger_id"]


WORDS = select(number=0, options=[option("v", "Words")])
PICKS: dict[str, tuple[JSON, Any, JSON]] = {
    "a select": (select(), "v1", {"selected_option": {"value": "v1"}}),
    "a select by its words": (WORDS, "Words", {"selected_option": {"value": "v"}}),
    "an overflow": (select("overflow"), "v0", {"selected_option": {"value": "v0"}}),
    "radio buttons": (select("radio_buttons"), "v0", {"selected_option": {"value": "v0"}}),
    "checkboxes": (select("checkboxes"), ["v0", "v1"], {"selected_options": [{"value": "v0"}, {"value": "v1"}]}),
    "a date": ({"type": "datepicker", "action_id": "pick"}, "2026-03-09", {"selected_date": "2026-03-09"}),
    "a time": ({"type": "timepicker", "action_id": "pick"}, "08:45", {"selected_time": "08:45"}),
    "a person": ({"type": "users_select", "action_id": "pick"}, "U1", {"selected_user": "U1"}),
    "a conversation": ({"type": "conversations_select", "action_id": "pick"}, "C1", {"selected_conversation": "C1"}),
    "a channel": ({"type": "channels_select", "action_id": "pick"}, "C1", {"selected_channel": "C1"}),
}  # fmt: skip


def covers(whole: Any, part: Any) -> bool:
    """Whether everything in ``part`` stands in ``whole``."""
    if isinstance(part, dict):
        return all(key in whole and covers(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(covers, whole, part))
    return bool(whole == part)


@pytest.mark.parametrize("name", PICKS)
async def test_a_pick_arrives_in_slacks_shape_and_stays_in_the_state(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast, name: str
) -> None:
    element, value, expected = PICKS[name]
    message = await posted(client, sandbox, cast.deals.id, actions(element, block_id="b"))
    await sandbox.click(cast.ana, message, "pick", value=value)
    (body,) = clicks
    assert covers(body["actions"][0], {"type": element["type"], **expected})
    if element["type"] != "overflow":
        assert covers(body["state"]["values"]["b"]["pick"], expected)


async def test_only_what_was_drawn_can_be_used(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    message = await posted(
        client,
        sandbox,
        cast.deals.id,
        actions(button("a", value="1")),
        actions(button("a", value="2")),
        actions(select()),
    )
    with pytest.raises(NotRendered, match="0 elements fit"):
        await sandbox.click(cast.ana, message, "b")
    with pytest.raises(NotRendered, match="2 elements fit"):
        await sandbox.click(cast.ana, message, "a")
    with pytest.raises(NotRendered, match="not offered"):
        await sandbox.click(cast.ana, message, "pick", value="v9")
    assert sandbox.deliveries == []


async def test_a_value_or_a_label_tells_two_buttons_apart(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    rows = (actions(button("a", "First", value="1")), actions(button("a", "Second", value="2")))
    message = await posted(client, sandbox, cast.deals.id, *rows)
    await sandbox.click(cast.ana, message, "a", value="2")
    await sandbox.click(cast.ana, message, label="First")
    assert [body["actions"][0]["value"] for body in clicks] == ["2", "1"]


async def test_people_only_use_what_they_can_see(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    message = await posted(client, sandbox, cast.ana.id, actions(button()))
    with pytest.raises(NotRendered, match="ben is not in"):
        await sandbox.click(cast.ben, message, "go")
    await client.chat_postEphemeral(channel=cast.deals.id, user=cast.ana.id, text="x", blocks=[actions(button())])
    (whisper,) = sandbox.workspace.seen_by(cast.ana.id, cast.deals.id)
    with pytest.raises(NotRendered, match="not for ben's eyes"):
        await sandbox.click(cast.ben, whisper, "go")


async def test_a_button_on_an_old_picture_of_a_message_can_still_be_pressed(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    message = await posted(client, sandbox, cast.deals.id, actions(button("old")))
    picture = message.snapshot()
    await client.chat_update(channel=cast.deals.id, ts=message.ts, text="gone")
    with pytest.raises(NotRendered):
        await sandbox.click(cast.ana, message, "old")
    await sandbox.click(cast.ana, picture, "old")
    assert clicks[0]["actions"][0]["action_id"] == "old"


async def test_an_ephemeral_message_does_not_come_back_with_the_click(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    await client.chat_postEphemeral(channel=cast.deals.id, user=cast.ana.id, text="x", blocks=[actions(button())])
    (message,) = sandbox.workspace.seen_by(cast.ana.id, cast.deals.id)
    await sandbox.click(cast.ana, message, "go")
    assert clicks[0]["container"]["is_ephemeral"] is True
    assert "message" not in clicks[0]


async def test_an_input_in_a_message_is_silent_until_it_dispatches(
    clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    field = {"type": "input", "label": plain(), "element": text_input(), "block_id": "note"}
    message = await posted(client, sandbox, cast.deals.id, field, actions(button()))
    await sandbox.click(cast.ana, message, "say", value="typed")
    assert clicks == []
    await sandbox.click(cast.ana, message, "go")
    assert clicks[0]["state"]["values"]["note"]["say"]["value"] == "typed"


class TestResponseUrl:
    @pytest.fixture
    async def url(self, clicks: list[JSON], client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> str:
        message = await posted(client, sandbox, cast.deals.id, actions(button()))
        await sandbox.click(cast.ana, message, "go")
        return str(clicks[0]["response_url"])

    async def post(self, http: aiohttp.ClientSession, url: str, body: Any) -> tuple[int, str]:
        async with http.post(url, json=body) as response:
            return response.status, await response.text()

    async def test_it_replaces_the_message(
        self, http: aiohttp.ClientSession, url: str, sandbox: Sandbox, cast: Cast
    ) -> None:
        assert await self.post(http, url, {"text": "new", "replace_original": True}) == (200, "ok")
        (message,) = sandbox.workspace.history(cast.deals.id)
        assert (message.text, message.blocks) == ("new", [])

    async def test_it_deletes_the_message(
        self, http: aiohttp.ClientSession, url: str, sandbox: Sandbox, cast: Cast
    ) -> None:
        await self.post(http, url, {"delete_original": True})
        assert sandbox.workspace.history(cast.deals.id) == []

    async def test_it_whispers_unless_told_otherwise(
        self, http: aiohttp.ClientSession, url: str, sandbox: Sandbox, cast: Cast
    ) -> None:
        await self.post(http, url, {"text": "psst"})
        await self.post(http, url, {"text": "hear", "response_type": "in_channel"})
        assert [each.text for each in sandbox.workspace.seen_by(cast.ana.id, cast.deals.id)] == ["x", "psst", "hear"]
        assert [each.text for each in sandbox.workspace.seen_by(cast.ben.id, cast.deals.id)] == ["x", "hear"]

    async def test_it_works_five_times(self, http: aiohttp.ClientSession, url: str) -> None:
        statuses = [(await self.post(http, url, {"text": "x"}))[0] for _ in range(6)]
        assert statuses == [200] * 5 + [404]
        assert "used_url" in (await self.post(http, url, {"text": "x"}))[1]

    async def test_it_works_for_half_an_hour(self, http: aiohttp.ClientSession, url: str, sandbox: Sandbox) -> None:
        sandbox.clock.advance(timedelta(minutes=30))
        assert (await self.post(http, url, {"text": "x"}))[0] == 200
        sandbox.clock.advance(timedelta(seconds=1))
        status, text = await self.post(http, url, {"text": "x"})
        assert (status, "expired_url" in text) == (404, True)

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({}, "no_text"),
            (["x"], "invalid_payload"),
            ({"text": "x", "blocks": [{"type": "header"}]}, "invalid_blocks"),
            ({"text": "x", "blocks": [section()] * 51}, "invalid_blocks"),
        ],
    )
    async def test_it_refuses_what_slack_refuses(
        self, http: aiohttp.ClientSession, url: str, body: Any, code: str
    ) -> None:
        status, text = await self.post(http, url, body)
        assert (status, code in text) == (400, True)
