"""A small workspace, its server, and clients that talk to it the way real ones do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.model import App, Channel, Person, Shortcut, SlashCommand
from sandbox.pace import Pace
from sandbox.people import Sandbox
from sandbox.server import serve, serve_asgi
from sandbox.workspace import Workspace

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATIENT_SECONDS = 30
"""Nobody is late here unless a test is about it: Slack's own seconds would measure the machine."""
IMPATIENT = pytest.mark.parametrize("ack_seconds", [0.3])
"""Marks a test in which the app does not answer: nobody wants to wait Slack's three seconds for it."""
SCOPES = {
    "chat:write", "commands", "im:write", "im:read", "im:history", "channels:read", "users:read", "users:read.email",
    "dnd:read",
}  # fmt: skip


@dataclass
class Cast:
    ana: Person
    ben: Person
    cleo: Person
    otto: Person
    deals: Channel
    random: Channel
    secret: Channel


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    app = App(
        scopes=set(SCOPES),
        commands=[SlashCommand("/followup", "Follow up", "add …"), SlashCommand("/tell", should_escape=True)],
        shortcuts=[Shortcut("capture", "Capture"), Shortcut("from_message", "From message", "message")],
        events={"app_home_opened", "message.im", "user_change", "tokens_revoked", "app_uninstalled"},
    )
    return Workspace(clock, app=app)


@pytest.fixture
def cast(workspace: Workspace) -> Cast:
    ana = workspace.add_person("ana", real_name="Ana Owner", tz="Europe/Berlin", email="ana@example.com")
    ben = workspace.add_person("ben", real_name="Ben Teammate", tz="America/New_York")
    cleo = workspace.add_person("cleo", real_name="Cleo Manager", is_admin=True, tz="Europe/London")
    otto = workspace.add_person("otto", real_name="Otto Outsider")
    bot = workspace.app.bot_user_id
    deals = workspace.add_channel("deals", ana.id, ben.id, cleo.id, bot)
    random = workspace.add_channel("random", ana.id, ben.id)
    secret = workspace.add_channel("secret", cleo.id, is_private=True)
    return Cast(ana, ben, cleo, otto, deals, random, secret)


@pytest.fixture
def ack_seconds() -> float:
    return PATIENT_SECONDS


@pytest.fixture
def sandbox(workspace: Workspace, cast: Cast, ack_seconds: float) -> Sandbox:
    return Sandbox(workspace, pace=Pace(enabled=False), ack_seconds=ack_seconds)


@pytest.fixture
async def base_url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox) as url:
        yield url


@pytest.fixture
async def http(base_url: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(base_url: str, workspace: Workspace, http: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(
        token=workspace.app.bot_token,
        base_url=f"{base_url}/api/",
        session=http,
        retry_handlers=[],
        timeout=PATIENT_SECONDS,
    )


@pytest.fixture
async def bolt(client: AsyncWebClient, workspace: Workspace) -> AsyncIterator[AsyncApp]:
    """A real Bolt app behind Bolt's own adapter, listening where the sandbox delivers."""
    app = AsyncApp(client=client, signing_secret=workspace.app.signing_secret, process_before_response=True)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    asgi = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    async with serve_asgi(asgi) as url:
        workspace.app.request_url = f"{url}/slack/events"
        yield app
