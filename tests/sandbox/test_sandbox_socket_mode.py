"""Socket Mode with slack_sdk's own client: one connection per envelope, and what is dropped comes again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Sandbox
from tests.sandbox.conftest import IMPATIENT, Cast
from tests.sandbox.drawing import JSON
from tests.sandbox.test_sandbox_chat import refusal


class Worker:
    """One connection of the app; keeps what it gets, answers with its name unless it is mute."""

    def __init__(self, name: str, client: SocketModeClient) -> None:
        self.name = name
        self.client = client
        self.got: list[SocketModeRequest] = []
        self.mute = False
        self.heard = asyncio.Event()
        client.socket_mode_request_listeners.append(self.listen)

    async def listen(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.got.append(request)
        self.heard.set()
        if not self.mute:
            payload = {"text": self.name} if request.accepts_response_payload else None
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


@asynccontextmanager
async def connected(sandbox: Sandbox, web: AsyncWebClient, *names: str) -> AsyncIterator[list[Worker]]:
    workers = []
    for number, name in enumerate(names, start=1):
        client = SocketModeClient(app_token=sandbox.workspace.app.app_token, web_client=web)
        workers.append(Worker(name, client))
        await client.connect()  # type: ignore[no-untyped-call]
        await sandbox.socket.wait_for_connections(number)
    try:
        yield workers
    finally:
        for worker in workers:
            await worker.client.close()  # type: ignore[no-untyped-call]


async def test_a_command_is_answered_in_the_acknowledgement(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one") as (worker,):
        outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup add Dana")
    assert outcome.message is not None
    assert outcome.message.text == "one"
    assert (worker.got[0].type, worker.got[0].payload["text"]) == ("slash_commands", "add Dana")


async def test_each_envelope_goes_to_exactly_one_connection(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one", "two") as workers:
        for _ in range(6):
            await sandbox.type_command(cast.ana, cast.deals, "/followup")
        assert [len(worker.got) for worker in workers] == [3, 3]
    assert len({request.envelope_id for worker in workers for request in worker.got}) == 6


async def test_what_a_dropped_connection_held_goes_to_another_one(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one", "two") as (one, _):
        one.mute = True
        first_in_turn = sandbox.socket.connections[0]
        typed = asyncio.create_task(sandbox.type_command(cast.ana, cast.deals, "/followup"))
        await one.heard.wait()
        await sandbox.socket.drop(first_in_turn)
        outcome = await typed
    assert outcome.message is not None
    assert outcome.message.text == "two"


@IMPATIENT
async def test_a_command_without_acknowledgement_fails_and_is_not_sent_again(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one", "two") as workers:
        for worker in workers:
            worker.mute = True
        outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.trouble == "operation_timeout"
    assert sum(len(worker.got) for worker in workers) == 1


@IMPATIENT
async def test_an_event_without_acknowledgement_is_sent_again_as_a_retry(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one", "two") as (one, two):
        one.mute = two.mute = True
        await sandbox.open_home(cast.ana)
    assert [len(one.got), len(two.got)] == [1, 1]
    assert [(each["retry_attempt"], each["retry_reason"]) for each in sandbox.socket.envelopes] == [
        (0, ""), (1, "http_timeout"),
    ]  # fmt: skip


@IMPATIENT
async def test_nobody_connected_is_a_failed_dispatch(base_url: str, sandbox: Sandbox, cast: Cast) -> None:
    assert (await sandbox.type_command(cast.ana, cast.deals, "/followup")).trouble == "dispatch_failed"


async def test_a_connection_needs_an_app_token_and_its_scope(client: AsyncWebClient, sandbox: Sandbox) -> None:
    app = sandbox.workspace.app
    assert await refusal(client.apps_connections_open(app_token=app.bot_token)) == "not_allowed_token_type"
    app.app_scopes.clear()
    assert await refusal(client.apps_connections_open(app_token=app.app_token)) == "missing_scope"


async def test_a_ticket_opens_one_connection(
    client: AsyncWebClient, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    opened = await client.apps_connections_open(app_token=sandbox.workspace.app.app_token)
    async with http.ws_connect(opened["url"]) as socket:
        hello: JSON = await socket.receive_json()
        assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", sandbox.workspace.app.app_id)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(opened["url"])


async def test_a_connection_asked_to_refresh_is_opened_anew(
    client: AsyncWebClient, sandbox: Sandbox, cast: Cast
) -> None:
    async with connected(sandbox, client, "one") as (worker,):
        old = sandbox.socket.connections[0]
        await sandbox.socket.disconnect()
        await sandbox.socket.wait_until(lambda: old not in sandbox.socket.connections and sandbox.socket.connections)
        outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.message is not None
    assert len(worker.got) == 1


async def test_a_bolt_app_works_through_it(client: AsyncWebClient, sandbox: Sandbox, cast: Cast) -> None:
    app = AsyncApp(client=client, process_before_response=True)

    @app.command("/followup")
    async def answer_it(ack: object, command: JSON) -> None:
        await ack(text=f"heard {command['text']}")  # type: ignore[operator]

    handler = AsyncSocketModeHandler(app, sandbox.workspace.app.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.socket.wait_for_connections()
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup add")
    await handler.close_async()  # type: ignore[no-untyped-call]
    assert outcome.message is not None
    assert outcome.message.text == "heard add"
