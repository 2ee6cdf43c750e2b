"""Socket Mode: each envelope goes to exactly one of the app's connections and waits for its acknowledgement."""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery import ACK_SECONDS, EVENT, TIMED_OUT, UNREACHABLE, Answer, Delivery
from sandbox.model import JSON, App

POLICY_VIOLATION = 1008
TEN_CONNECTIONS = 10
"""Slack lets one app hold ten."""
WAIT_FOR_A_CONNECTION = 3.0


@dataclass(eq=False, slots=True)
class Connection:
    """One open websocket of the app, and the envelopes it hasn't acknowledged."""

    websocket: WebSocket
    waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)

    async def send(self, message: JSON) -> None:
        """Sends one frame."""
        await self.websocket.send_text(json.dumps(message))

    def acknowledge(self, message: JSON) -> None:
        """Hands an acknowledgement to whoever waits for it."""
        future = self.waiting.pop(message.get("envelope_id", ""), None)
        if future and not future.done():
            future.set_result(Answer(body=message.get("payload") or None, status=200))

    def lost(self) -> None:
        """The websocket is gone: what it still held was not acknowledged."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())


class SocketMode:
    """The app's connections, and the round robin over them."""

    def __init__(self, app: App, ack_seconds: float = ACK_SECONDS) -> None:
        self._app = app
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._connected = asyncio.Condition()
        self.connections: list[Connection] = []
        self.envelopes: list[JSON] = []
        """Every envelope sent, oldest first."""

    def ticket(self) -> str:
        """A one-time permission to connect."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """One connection, from hello to its end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= TEN_CONNECTIONS:
            await websocket.close(POLICY_VIOLATION)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket)
        await connection.send(self._hello())
        async with self._connected:
            self.connections.append(connection)
            self._connected.notify_all()
        try:
            await self._listen(connection)
        finally:
            await self._forget(connection)

    async def send(self, delivery: Delivery) -> Answer:
        """Delivers one envelope; what a dropped connection held unacknowledged goes to the next one."""
        dropped = 0
        while connection := await self._next_connection():
            answer = await self._offer(connection, self._envelope(delivery, dropped))
            if answer is not None:
                return answer
            dropped += 1
        return Answer(trouble=UNREACHABLE)

    async def disconnect(self, connection: Connection | None = None) -> None:
        """Asks connections to refresh, as Slack does every few hours."""
        for each in [connection] if connection else list(self.connections):
            await each.send({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}})

    async def drop(self, connection: Connection) -> None:
        """Cuts a connection without a word."""
        await self._forget(connection)
        await connection.websocket.close()

    async def close(self) -> None:
        """Closes every connection."""
        for connection in list(self.connections):
            await self.drop(connection)

    async def wait_for_connections(self, number: int = 1) -> None:
        """Returns when the app holds so many connections."""
        await self.wait_until(lambda: len(self.connections) >= number)

    async def wait_until(self, settled: Callable[[], object]) -> None:
        """Returns when the connections are as wanted."""
        async with self._connected:
            await self._connected.wait_for(settled)

    async def _forget(self, connection: Connection) -> None:
        """A connection is no more; what it held goes elsewhere."""
        async with self._connected:
            if connection in self.connections:
                self.connections.remove(connection)
            self._connected.notify_all()
        connection.lost()

    async def _next_connection(self) -> Connection | None:
        """The connection whose turn it is; a short wait when the app is just reconnecting."""
        try:
            async with asyncio.timeout(min(WAIT_FOR_A_CONNECTION, self._ack_seconds)):
                await self.wait_for_connections()
        except TimeoutError:
            return None
        connection = self.connections.pop(0)
        self.connections.append(connection)
        return connection

    async def _offer(self, connection: Connection, envelope: JSON) -> Answer | None:
        """Sends an envelope and waits for its acknowledgement; None when the connection broke first."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        self.envelopes.append(envelope)
        try:
            await connection.send(envelope)
            async with asyncio.timeout(self._ack_seconds):
                return await future
        except TimeoutError:
            connection.waiting.pop(envelope["envelope_id"], None)
            return Answer(trouble=TIMED_OUT)
        except (ConnectionResetError, WebSocketDisconnect, RuntimeError):
            await self._forget(connection)
            return None

    async def _listen(self, connection: Connection) -> None:
        try:
            while True:
                message: Any = json.loads(await connection.websocket.receive_text())
                if isinstance(message, dict):
                    connection.acknowledge(message)
        except (WebSocketDisconnect, ValueError, RuntimeError):
            return

    def _envelope(self, delivery: Delivery, dropped: int) -> JSON:
        envelope: JSON = {"envelope_id": secrets.token_hex(16), "type": delivery.kind, "payload": delivery.payload}
        envelope["accepts_response_payload"] = delivery.kind != EVENT
        if delivery.kind == EVENT:
            reason = "connection_lost" if dropped else delivery.retry_reason
            envelope |= {"retry_attempt": delivery.retry_num + dropped, "retry_reason": reason}
        return envelope

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": self._app.app_id},
        }
