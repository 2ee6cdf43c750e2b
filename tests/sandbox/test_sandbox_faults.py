"""What can go wrong with Slack, on demand; and the rate limits that always can."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import DeliveredTwice, ErrorCode, Faults
from sandbox.pace import Pace
from sandbox.people import Sandbox
from tests.sandbox.conftest import Cast
from tests.sandbox.test_sandbox_chat import refusal

BROKEN = (aiohttp.ClientError, ConnectionError)


async def test_a_rate_limit_says_when_to_come_back_and_does_nothing(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    sandbox.faults.rate_limited("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="#deals", text="x")
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "7", "ratelimited")
    assert sandbox.workspace.history(cast.deals.id) == []
    assert (await client.chat_postMessage(channel="#deals", text="x"))["ok"]


async def test_a_fault_befalls_as_many_calls_as_it_was_queued_for(client: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.faults.error("auth.test", "fatal_error", times=2)
    assert [await refusal(client.auth_test()) for _ in range(2)] == ["fatal_error"] * 2
    assert (await client.auth_test())["ok"]


async def test_a_server_error_has_no_json(client: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.faults.server_error(status=503)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 503


async def test_dropped_after_success_did_it_and_never_answered(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    sandbox.faults.dropped_after_success("chat.postMessage")
    with pytest.raises(BROKEN):
        await client.chat_postMessage(channel="#deals", text="x")
    assert [message.text for message in sandbox.workspace.history(cast.deals.id)] == ["x"]


async def test_a_refused_connection_did_nothing(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    sandbox.faults.refuse_connection("chat.postMessage")
    with pytest.raises(BROKEN):
        await client.chat_postMessage(channel="#deals", text="x")
    assert sandbox.workspace.history(cast.deals.id) == []
    assert sandbox.calls_of("chat.postMessage") == []


async def test_a_slow_answer_comes_when_the_gate_opens(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    gate = asyncio.Event()
    sandbox.faults.slow("chat.postMessage", gate)
    with sandbox.workspace.subscribe() as events:
        posting = asyncio.create_task(client.chat_postMessage(channel="#deals", text="x"))
        assert (await events.get()).kind == "message"
    assert not posting.done()
    gate.set()
    assert (await posting)["ok"]


async def test_every_call_is_kept_with_its_answer(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    await client.chat_postMessage(channel="#deals", text="x")
    await refusal(client.chat_postMessage(channel="#nowhere", text="x"))
    first, second = sandbox.calls_of("chat.postMessage")
    assert (first.args, first.answer["ok"]) == ({"channel": "#deals", "text": "x"}, True)
    assert second.answer == {"ok": False, "error": "channel_not_found"}


def test_a_fault_is_queued_only_where_it_can_happen() -> None:
    faults = Faults()
    with pytest.raises(ValueError, match="can't befall"):
        faults.add("delivery", ErrorCode("x"))
    with pytest.raises(ValueError, match="can't befall"):
        faults.add("auth.test", DeliveredTwice())


def test_cleared_faults_befall_nobody() -> None:
    faults = Faults()
    faults.server_error()
    faults.delivered_twice()
    faults.clear()
    assert (faults.take("auth.test"), faults.take("delivery")) == (None, None)


class Time:
    """A time source that stands still until told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second() -> None:
    time = Time()
    pace = Pace(time, burst=3)
    assert [pace.message("C1") for _ in range(5)] == [None, None, None, None, 1]
    assert pace.message("C2") is None
    time.seconds = 1
    assert [pace.message("C1") for _ in range(2)] == [None, 1]


def test_a_workspace_takes_several_hundred_messages_a_minute() -> None:
    time = Time()
    pace = Pace(time)
    assert {pace.message(f"C{number}") for number in range(300)} == {None}
    assert pace.message("C300") == 60
    time.seconds = 60
    assert pace.message("C300") is None


@pytest.mark.parametrize(("tier", "most"), [(2, 20), (3, 50), (4, 100)])
def test_a_method_takes_its_tiers_calls_a_minute(tier: int, most: int) -> None:
    time = Time()
    pace = Pace(time)
    assert {pace.call("users.list", tier) for _ in range(most)} == {None}
    time.seconds = 20
    assert pace.call("users.list", tier) == 40
    assert pace.call("users.info", tier) is None
    time.seconds = 60
    assert pace.call("users.list", tier) is None


async def test_too_many_calls_are_answered_with_429(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    sandbox.pace = Pace(Time(), burst=0)
    assert (await client.chat_postMessage(channel="#deals", text="x"))["ok"]
    assert await refusal(client.chat_postMessage(channel="#deals", text="x")) == "ratelimited"
    assert len(sandbox.workspace.history(cast.deals.id)) == 1
