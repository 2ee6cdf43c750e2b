"""HTTP: Slack's requests in, health out; and Socket Mode, which needs no address of its own."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.config import Settings
from bot.house import House
from bot.storage import migrations

SLACK_PATH = "/slack/events"
ANY_SLACK_PATH = "/slack/{surface:path}"
"""One address serves commands, buttons and events; whoever set up three of them is understood too."""
BODY_AT_MOST = 1_000_000
"""Bytes: Slack's largest payload, a whole message with its blocks, is far below."""


def asgi(house: House, app: AsyncApp) -> Starlette:
    """The web application: one address for all of Slack's requests, and one for whoever watches the machine."""
    handler = AsyncSlackRequestHandler(app)

    async def slack(request: Request) -> Response:
        refused = _refusal(request)
        return PlainTextResponse(refused[1], refused[0]) if refused else await handler.handle(request)

    async def health(_request: Request) -> Response:
        current = await house.db.run(migrations.is_current)
        return JSONResponse({"ok": current}, status_code=200 if current else 503)

    return Starlette(routes=[Route(ANY_SLACK_PATH, slack, methods=["POST"]), Route("/health", health)])


def _refusal(request: Request) -> tuple[int, str] | None:
    """Why a request is not even read: Slack always says how long it is and when it was signed."""
    length, signed_at = request.headers.get("content-length"), request.headers.get("x-slack-request-timestamp", "")
    if length is None:
        return 411, "length required"
    if int(length) > BODY_AT_MOST:
        return 413, "too large"
    return None if signed_at.isdecimal() else (401, "not signed")


async def serve_http(house: House, app: AsyncApp, settings: Settings) -> None:
    """Listen until the process is told to stop."""
    config = uvicorn.Config(
        asgi(house, app), host=settings.host, port=settings.port, log_config=None, access_log=False, lifespan="off"
    )
    server = _Server(config)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    await server.serve()


class _Server(uvicorn.Server):
    """Leaves the signals to us: uvicorn raises them again when it is done, and nothing after it would be closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes no signals."""
        yield


@asynccontextmanager
async def socket_mode(app: AsyncApp, settings: Settings) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connected to Slack for as long as the block lasts."""
    handler = AsyncSocketModeHandler(
        app,
        settings.app_token.get_secret_value(),
        web_client=AsyncWebClient(token=settings.app_token.get_secret_value(), base_url=settings.api_url),
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
