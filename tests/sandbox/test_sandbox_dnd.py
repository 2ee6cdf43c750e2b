"""Slack's do-not-disturb through the real client: its shape, its scope, its pace."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.pace import TIERS
from sandbox.people import Sandbox
from sandbox.workspace import Workspace
from tests.sandbox.conftest import Cast
from tests.sandbox.test_sandbox_chat import refusal

TOLD = {"dnd_enabled", "next_dnd_start_ts", "next_dnd_end_ts"}


async def test_without_a_schedule_both_moments_are_one(client: AsyncWebClient, cast: Cast) -> None:
    answer = await client.dnd_info(user=cast.ana.id)
    assert (answer["dnd_enabled"], answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (False, 1, 1)


async def test_a_person_in_do_not_disturb_is_told_with_its_end(
    client: AsyncWebClient, cast: Cast, sandbox: Sandbox
) -> None:
    now = sandbox.clock.now()
    dnd = cast.ana.do_not_disturb
    dnd.enabled, dnd.next_start, dnd.next_end = True, now - timedelta(hours=1), now + timedelta(hours=8)
    answer = await client.dnd_info(user=cast.ana.id)
    assert answer["dnd_enabled"] is True
    assert answer["next_dnd_start_ts"] == int((now - timedelta(hours=1)).timestamp())
    assert answer["next_dnd_end_ts"] == int((now + timedelta(hours=8)).timestamp())


async def test_an_app_hears_nothing_of_a_snooze_by_hand(client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
    cast.ana.do_not_disturb.snoozed_until = sandbox.clock.now() + timedelta(hours=1)
    data = (await client.dnd_info(user=cast.ana.id)).data
    assert isinstance(data, dict)
    assert set(data) - {"ok", "headers"} == TOLD


async def test_it_is_refused_without_its_scope(client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
    workspace.app.scopes.discard("dnd:read")
    with pytest.raises(SlackApiError) as caught:
        await client.dnd_info(user=cast.ana.id)
    assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", "dnd:read")


async def test_nobody_unknown_is_told(client: AsyncWebClient) -> None:
    assert await refusal(client.dnd_info(user="U0NOBODY")) == "user_not_found"


async def test_it_is_paced_like_its_tier(client: AsyncWebClient, cast: Cast, sandbox: Sandbox) -> None:
    sandbox.pace.enabled = True
    for _ in range(TIERS[3]):
        await client.dnd_info(user=cast.ana.id)
    with pytest.raises(SlackApiError) as caught:
        await client.dnd_info(user=cast.ana.id)
    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) > 0
