"""Tokens, scopes, people and conversations through the real client."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Sandbox
from sandbox.slack import METHODS
from sandbox.workspace import Workspace
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import modal, section
from tests.sandbox.test_sandbox_chat import refusal


class TestTokens:
    async def test_a_good_token_says_whose_it_is(self, client: AsyncWebClient, workspace: Workspace) -> None:
        answer = await client.auth_test()
        assert answer["bot_id"] == workspace.app.bot_id
        assert answer["team_id"] == workspace.team_id
        assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")

    @pytest.mark.parametrize(
        ("token", "code"), [("xoxb-other", "invalid_auth"), ("xapp-sandbox-app", "not_allowed_token_type")]
    )
    async def test_a_token_of_somebody_else_or_of_another_kind_is_refused(
        self, client: AsyncWebClient, token: str, code: str
    ) -> None:
        assert await refusal(client.api_call("auth.test", headers={"Authorization": f"Bearer {token}"})) == code

    async def test_no_token_is_refused(self, client: AsyncWebClient) -> None:
        client.token = None
        assert await refusal(client.auth_test()) == "not_authed"

    async def test_revoked_and_inactive_are_told_apart(self, client: AsyncWebClient, workspace: Workspace) -> None:
        workspace.app.revoked = True
        assert await refusal(client.auth_test()) == "token_revoked"
        workspace.app.inactive = True
        assert await refusal(client.auth_test()) == "account_inactive"

    async def test_a_method_slack_has_not_is_unknown(self, client: AsyncWebClient) -> None:
        assert await refusal(client.api_call("chat.shout")) == "unknown_method"

    @pytest.mark.parametrize("header", ["Origin", "Sec-Fetch-Site"])
    async def test_a_web_page_can_use_neither_the_api_nor_a_response_url(
        self, http: aiohttp.ClientSession, sandbox: Sandbox, cast: Cast, header: str
    ) -> None:
        url = sandbox.workspace.issue_response_url("actions", cast.ana.id, cast.deals.id)
        for target in (f"{sandbox.workspace.base_url}/api/api.test", url):
            async with http.post(target, json={"text": "x"}, headers={header: "https://example.com"}) as response:
                assert response.status == 403
        assert sandbox.workspace.seen_by(cast.ana.id, cast.deals.id) == []

    async def test_the_token_is_not_kept_among_the_arguments(self, client: AsyncWebClient, sandbox: Sandbox) -> None:
        await client.api_call("auth.test", data={"token": sandbox.workspace.app.bot_token, "why": "x"})
        assert sandbox.calls[-1].args == {"why": "x"}


@pytest.mark.parametrize("method", [name for name, method in METHODS.items() if method.scopes])
async def test_each_method_names_the_scope_it_misses(client: AsyncWebClient, workspace: Workspace, method: str) -> None:
    workspace.app.scopes = {"commands"}
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json={})
    answer = caught.value.response
    assert (answer["error"], answer["provided"]) == ("missing_scope", "commands")
    assert answer["needed"] == ",".join(METHODS[method].scopes)


class TestPeople:
    async def test_a_person_has_a_zone_with_its_offset_now(self, client: AsyncWebClient, cast: Cast) -> None:
        user = (await client.users_info(user=cast.ana.id))["user"]
        assert (user["tz"], user["tz_offset"]) == ("Europe/Berlin", 3600)
        assert user["profile"]["email"] == "ana@example.com"

    async def test_the_offset_follows_summer_time(self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
        sandbox.clock.advance(timedelta(days=120))
        assert (await client.users_info(user=cast.ana.id))["user"]["tz_offset"] == 7200

    async def test_some_people_have_no_zone(self, client: AsyncWebClient, cast: Cast) -> None:
        assert "tz" not in (await client.users_info(user=cast.otto.id))["user"]

    async def test_an_email_needs_its_scope(self, client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
        workspace.app.scopes.discard("users:read.email")
        assert "email" not in (await client.users_info(user=cast.ana.id))["user"]["profile"]

    async def test_nobody_is_not_found(self, client: AsyncWebClient) -> None:
        assert await refusal(client.users_info(user="U404")) == "user_not_found"

    async def test_everybody_comes_in_pages(self, client: AsyncWebClient, workspace: Workspace) -> None:
        seen = [user["id"] async for page in await client.users_list(limit=2) for user in page["members"]]
        assert seen == sorted(workspace.people)

    async def test_a_made_up_cursor_is_refused(self, client: AsyncWebClient) -> None:
        assert await refusal(client.users_list(cursor="bm9uc2Vuc2U=")) == "invalid_cursor"

    async def test_the_bot_is_known_by_its_bot_id(self, client: AsyncWebClient, workspace: Workspace) -> None:
        answer = await client.bots_info(bot=workspace.app.bot_id)
        assert answer["bot"]["user_id"] == workspace.app.bot_user_id
        assert await refusal(client.bots_info(bot="B404")) == "bot_not_found"

    async def test_do_not_disturb_is_told(self, client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
        now = sandbox.clock.now()
        dnd = cast.ana.do_not_disturb
        dnd.enabled, dnd.next_start, dnd.next_end = True, now, now + timedelta(hours=8)
        dnd.snoozed_until = now + timedelta(hours=1)
        mine = await client.dnd_info(user=cast.ana.id)
        assert mine["next_dnd_end_ts"] == int((now + timedelta(hours=8)).timestamp())
        assert "snooze_endtime" not in mine, "an app is told nothing of a snooze by hand"
        team = (await client.dnd_teamInfo(users=[cast.ana.id, cast.ben.id]))["users"]
        assert (team[cast.ana.id]["dnd_enabled"], team[cast.ben.id]["dnd_enabled"]) == (True, False)
        assert "snooze_enabled" not in team[cast.ana.id]


class TestConversations:
    async def test_opening_twice_gives_the_same_direct_message(self, client: AsyncWebClient, cast: Cast) -> None:
        first = await client.conversations_open(users=cast.ana.id)
        second = await client.conversations_open(users=[cast.ana.id])
        assert first["channel"]["id"] == second["channel"]["id"]
        assert (first["already_open"], second["already_open"]) == (False, True)

    async def test_opening_refuses_nobody_bots_and_the_deactivated(self, client: AsyncWebClient, cast: Cast) -> None:
        cast.otto.deleted = True
        assert await refusal(client.conversations_open(users="U404")) == "user_not_found"
        assert await refusal(client.conversations_open(users="U0000000APP")) == "cannot_dm_bot"
        assert await refusal(client.conversations_open(users=cast.otto.id)) == "user_disabled"

    async def test_info_says_whether_the_bot_is_in(self, client: AsyncWebClient, cast: Cast) -> None:
        info: Any = client.conversations_info
        assert (await info(channel=cast.deals.id))["channel"]["is_member"] is True
        assert (await info(channel=cast.random.id))["channel"]["is_member"] is False
        assert await refusal(info(channel=cast.secret.id)) == "channel_not_found"

    async def test_info_of_a_direct_message_needs_its_own_scope(
        self, client: AsyncWebClient, cast: Cast, workspace: Workspace
    ) -> None:
        workspace.app.scopes.discard("im:read")
        im = workspace.im_with(cast.ana.id)
        assert await refusal(client.conversations_info(channel=im.id)) == "missing_scope"

    async def test_the_history_of_the_apps_direct_message_carries_metadata(
        self, client: AsyncWebClient, cast: Cast
    ) -> None:
        metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
        posted = await client.chat_postMessage(channel=cast.ana.id, text="x", metadata=metadata)
        channel = posted["channel"]
        with_it = await client.conversations_history(channel=channel, include_all_metadata=True)
        without = await client.conversations_history(channel=channel)
        assert with_it["messages"][0]["metadata"] == metadata
        assert "metadata" not in without["messages"][0]

    async def test_history_is_newest_first_and_paged(self, client: AsyncWebClient, cast: Cast) -> None:
        for text in "abcde":
            channel = (await client.chat_postMessage(channel=cast.ana.id, text=text))["channel"]
        pages = [
            ([message["text"] for message in page["messages"]], page["has_more"])
            async for page in await client.conversations_history(channel=channel, limit=2)
        ]
        assert pages == [(["e", "d"], True), (["c", "b"], True), (["a"], False)]

    async def test_history_starts_and_ends_where_it_is_told(self, client: AsyncWebClient, cast: Cast) -> None:
        posted = [await client.chat_postMessage(channel=cast.ana.id, text=text) for text in "abc"]
        channel, middle = posted[0]["channel"], posted[1]["ts"]
        later = await client.conversations_history(channel=channel, oldest=middle)
        from_it = await client.conversations_history(channel=channel, oldest=middle, inclusive=True)
        assert [message["text"] for message in later["messages"]] == ["c"]
        assert [message["text"] for message in from_it["messages"]] == ["c", "b"]

    async def test_a_channels_history_is_out_of_reach_with_im_history_alone(
        self, client: AsyncWebClient, cast: Cast
    ) -> None:
        assert await refusal(client.conversations_history(channel=cast.deals.id)) == "missing_scope"

    async def test_somebody_elses_direct_message_is_not_found(
        self, client: AsyncWebClient, cast: Cast, workspace: Workspace
    ) -> None:
        im = workspace.im_with(cast.ana.id, cast.ben.id)
        assert await refusal(client.conversations_history(channel=im.id)) == "channel_not_found"


class TestBlocksValidate:
    async def test_it_needs_no_token_and_says_what_is_wrong(self, client: AsyncWebClient) -> None:
        client.token = None
        assert (await client.api_call("blocks.validate", json={"blocks": [section()]}))["ok"]
        assert (await client.api_call("blocks.validate", json={"view": modal(section())}))["ok"]
        with pytest.raises(SlackApiError) as caught:
            await client.api_call("blocks.validate", json={"message": {"blocks": [{"type": "header"}]}})
        assert caught.value.response["error"] == "invalid_message"
        assert caught.value.response["errors"][0]["pointer"] == "/blocks/0"

    async def test_it_wants_exactly_one_thing(self, client: AsyncWebClient) -> None:
        assert await refusal(client.api_call("blocks.validate", json={})) == "invalid_arguments"


@pytest.mark.parametrize(
    ("method", "given", "code"),
    [
        ("users.info", {"user": "ana"}, "user_not_found"),
        ("dnd.info", {"user": "ana"}, "user_not_found"),
        ("chat.getPermalink", {"channel": "deals", "message_ts": "ts"}, "channel_not_found"),
    ],
)
async def test_what_reads_understands_no_json(
    client: AsyncWebClient, cast: Cast, method: str, given: dict[str, str], code: str
) -> None:
    said = await client.chat_postMessage(channel=cast.deals.id, text="hi")
    meant = {"ana": cast.ana.id, "deals": cast.deals.id, "ts": str(said["ts"])}
    asked = {name: meant[word] for name, word in given.items()}
    assert (await client.api_call(method, http_verb="GET", params=asked))["ok"]
    with pytest.raises(SlackApiError, match=code):
        await client.api_call(method, json=asked)
