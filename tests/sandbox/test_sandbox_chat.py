"""chat.* through the real client: what Slack does, and each of its refusals."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Sandbox
from sandbox.workspace import Workspace
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import actions, button, plain, section


async def refusal(call: Any) -> str:
    """The error code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_is_posted_and_comes_back_as_slack_keeps_it(client: AsyncWebClient, cast: Cast) -> None:
    answer = await client.chat_postMessage(channel=cast.deals.id, text="hi", blocks=[actions(button())])
    message = answer["message"]
    assert answer["channel"] == cast.deals.id
    assert message["ts"] == answer["ts"]
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["elements"][0]["text"] == {"type": "plain_text", "text": "Go", "emoji": True}


async def test_a_message_to_a_person_opens_the_direct_message(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    answer = await client.chat_postMessage(channel=cast.ana.id, text="hi")
    assert answer["channel"] == workspace.im_with(cast.ana.id).id
    assert str(answer["channel"]).startswith("D")


async def test_a_message_to_a_deactivated_person_succeeds_silently(client: AsyncWebClient, cast: Cast) -> None:
    cast.ana.deleted = True
    assert (await client.chat_postMessage(channel=cast.ana.id, text="hi"))["ok"]


async def test_a_channel_is_found_by_its_name_too(client: AsyncWebClient, cast: Cast) -> None:
    assert (await client.chat_postMessage(channel="#deals", text="hi"))["channel"] == cast.deals.id


async def test_ts_are_unique_and_grow_even_when_the_clock_goes_back(
    client: AsyncWebClient, cast: Cast, sandbox: Sandbox
) -> None:
    stamps = []
    for _ in range(3):
        stamps.append((await client.chat_postMessage(channel=cast.deals.id, text="hi"))["ts"])
        sandbox.clock.advance(timedelta(days=-1))
    assert stamps == sorted(set(stamps))


async def test_text_past_forty_thousand_characters_is_cut(client: AsyncWebClient, cast: Cast) -> None:
    answer = await client.chat_postMessage(channel=cast.deals.id, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "#nowhere", "text": "x"}, "channel_not_found"),
        ({"channel": "#random", "text": "x"}, "not_in_channel"),
        ({"channel": "#secret", "text": "x"}, "channel_not_found"),
        ({"channel": "U0000000APP", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "#deals", "text": ""}, "no_text"),
        ({"channel": "#deals", "text": "", "blocks": "[]"}, "no_text"),
        ({"channel": "#deals", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "#deals", "text": "x", "blocks": {"blocks": []}}, "invalid_blocks_format"),
        ({"channel": "#deals", "text": "x", "blocks": [{"type": "header"}]}, "invalid_blocks"),
        ({"channel": "#deals", "text": "x", "blocks": [section()] * 51}, "invalid_blocks"),
        (
            {"channel": "#deals", "text": "x", "blocks": [{"type": "section", "text": plain("x" * 3000)}] * 5},
            "msg_blocks_too_long",
        ),
        ({"channel": "#deals", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "#deals", "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
        ({"channel": "#deals", "text": "x", "metadata": "x"}, "invalid_metadata_format"),
    ],
)
async def test_post_message_refuses(client: AsyncWebClient, cast: Cast, arguments: dict[str, Any], code: str) -> None:
    assert await refusal(client.api_call("chat.postMessage", json=arguments)) == code


async def test_an_archived_channel_takes_no_messages(client: AsyncWebClient, cast: Cast) -> None:
    cast.deals.is_archived = True
    assert await refusal(client.chat_postMessage(channel=cast.deals.id, text="x")) == "is_archived"


async def test_a_block_refusal_says_where(client: AsyncWebClient, cast: Cast) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="#deals", text="x", blocks=[{"type": "header", "text": plain("x" * 151)}])
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_form_carries_blocks_and_metadata_as_json(client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
    data = {"channel": "#deals", "text": "x", "blocks": '[{"type":"divider"}]'}
    data["metadata"] = '{"event_type":"delivery","event_payload":{"id":"d1"}}'
    await client.api_call("chat.postMessage", data=data)
    message = sandbox.workspace.history(cast.deals.id)[-1]
    assert message.blocks[0]["type"] == "divider"
    assert message.metadata == {"event_type": "delivery", "event_payload": {"id": "d1"}}


class TestUpdate:
    async def test_text_alone_removes_the_blocks(self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
        posted = await client.chat_postMessage(channel=cast.deals.id, text="a", blocks=[section()])
        await client.chat_update(channel=cast.deals.id, ts=posted["ts"], text="b")
        message = sandbox.workspace.message(cast.deals.id, posted["ts"])
        assert (message.text, message.blocks) == ("b", [])
        assert message.edited is not None

    async def test_neither_keeps_both(self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
        posted = await client.chat_postMessage(channel=cast.deals.id, text="a", blocks=[section()])
        metadata = {"event_type": "delivery", "event_payload": {}}
        arguments = {"channel": cast.deals.id, "ts": posted["ts"], "metadata": metadata}
        await client.api_call("chat.update", json=arguments)
        message = sandbox.workspace.message(cast.deals.id, posted["ts"])
        assert (message.text, len(message.blocks), message.metadata) == ("a", 1, metadata)

    async def test_text_of_four_thousand_bytes_is_the_most(self, client: AsyncWebClient, cast: Cast) -> None:
        posted = await client.chat_postMessage(channel=cast.deals.id, text="a")
        where = {"channel": cast.deals.id, "ts": posted["ts"]}
        assert (await client.chat_update(**where, text="x" * 4000))["ok"]
        assert await refusal(client.chat_update(**where, text="é" * 2001)) == "msg_too_long"

    async def test_a_message_that_isnt_there_or_isnt_its_own_is_refused(
        self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox
    ) -> None:
        theirs = sandbox.workspace.say(cast.ana.id, cast.deals.id, "mine")
        update = client.chat_update
        assert await refusal(update(channel=cast.deals.id, ts="1.2", text="x")) == "message_not_found"
        assert await refusal(update(channel=cast.deals.id, ts=theirs.ts, text="x")) == "cant_update_message"
        assert await refusal(client.chat_delete(channel=cast.deals.id, ts=theirs.ts)) == "cant_delete_message"

    async def test_a_deleted_message_cant_be_updated(self, client: AsyncWebClient, cast: Cast) -> None:
        posted = await client.chat_postMessage(channel=cast.deals.id, text="a")
        await client.chat_delete(channel=cast.deals.id, ts=posted["ts"])
        assert (
            await refusal(client.chat_update(channel=cast.deals.id, ts=posted["ts"], text="x")) == "message_not_found"
        )


class TestEphemeral:
    async def test_one_person_sees_it_and_no_history_holds_it(
        self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox
    ) -> None:
        await client.chat_postEphemeral(channel=cast.deals.id, user=cast.ana.id, text="psst")
        assert [each.text for each in sandbox.workspace.seen_by(cast.ana.id, cast.deals.id)] == ["psst"]
        assert sandbox.workspace.seen_by(cast.ben.id, cast.deals.id) == []
        assert sandbox.workspace.history(cast.deals.id) == []

    async def test_it_cant_be_updated(self, client: AsyncWebClient, cast: Cast) -> None:
        posted = await client.chat_postEphemeral(channel=cast.deals.id, user=cast.ana.id, text="psst")
        where = {"channel": cast.deals.id, "ts": posted["message_ts"]}
        assert await refusal(client.chat_update(**where, text="x")) == "message_not_found"

    async def test_only_members_can_be_whispered_to(self, client: AsyncWebClient, cast: Cast) -> None:
        whisper = client.chat_postEphemeral
        assert await refusal(whisper(channel="#deals", user=cast.otto.id, text="x")) == "user_not_in_channel"
        assert await refusal(whisper(channel="#deals", user="U404", text="x")) == "user_not_found"
        assert await refusal(whisper(channel="#random", user=cast.ana.id, text="x")) == "not_in_channel"


async def test_a_reply_stands_under_the_first_message_of_its_thread(
    client: AsyncWebClient, cast: Cast, sandbox: Sandbox
) -> None:
    root = (await client.chat_postMessage(channel="#deals", text="root"))["ts"]
    reply = (await client.chat_postMessage(channel="#deals", text="reply", thread_ts=root))["ts"]
    again = (await client.chat_postMessage(channel="#deals", text="again", thread_ts=reply))["ts"]
    assert sandbox.workspace.message(cast.deals.id, again).thread_ts == root


async def test_a_permalink_names_channel_and_message(client: AsyncWebClient, cast: Cast) -> None:
    posted = await client.chat_postMessage(channel="#deals", text="x")
    link = (await client.chat_getPermalink(channel=cast.deals.id, message_ts=posted["ts"]))["permalink"]
    assert str(link).endswith(f"/archives/{cast.deals.id}/p{posted['ts'].replace('.', '')}")
