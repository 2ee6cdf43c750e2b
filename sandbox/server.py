"""Serves a sandbox on the loopback interface, inside the running event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from sandbox import slack
from sandbox.people import Sandbox

LOOPBACK = "127.0.0.1"
"""Never anything else: whoever reaches the sandbox can act as anybody in it."""
GRACE_SECONDS = 1.0
KEEP_ALIVE_SECONDS = 75
"""Longer than clients keep an idle connection: uvicorn's 5 s may close it while the next call is on its way."""
POLL_SECONDS = 0.002


def application(sandbox: Sandbox, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The ASGI app: Slack's own routes, then any others (the browser's page)."""
    return Starlette(routes=[*slack.routes(sandbox), *routes])


@contextlib.asynccontextmanager
async def serve(sandbox: Sandbox, port: int = 0, routes: Sequence[BaseRoute] = ()) -> AsyncIterator[str]:
    """Serves for as long as the block lasts and yields the base URL; port 0 takes a free one."""
    async with serve_asgi(application(sandbox, routes), port) as base_url:
        sandbox.workspace.base_url = base_url
        try:
            yield base_url
        finally:
            sandbox.workspace.happened("stopped")
            await sandbox.socket.close()


@contextlib.asynccontextmanager
async def serve_asgi(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serves any ASGI app on loopback under uvicorn, for as long as the block lasts."""
    listener = _listener(port)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        server.stop.set()
        await running
        listener.close()


class _Server(uvicorn.Server):
    """A server that starts and stops at once, and leaves the signals to whoever owns the process.

    Uvicorn's own looks every tenth of a second whether to stop: two hundred tests would wait for it most of their time.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stop = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Sets ``ready`` once the port answers."""
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Waits for the end."""
        await self.on_tick(0)
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets open connections end for a moment, then cuts them."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 (uvicorn has no event)
                    await asyncio.sleep(POLL_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes no signals."""
        yield


def _listener(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named; without it every answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    return listener
