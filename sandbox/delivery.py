"""Sends to the app what happened: signed over HTTP, or through Socket Mode, and tells what it answered."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from sandbox.clock import real_now
from sandbox.faults import DELIVERY, DeliveredTwice, Faults
from sandbox.model import JSON, App

ACK_SECONDS = 3.0
COMMAND, INTERACTIVE, EVENT = "slash_commands", "interactive", "events_api"
"""The three kinds of delivery, by the names Socket Mode gives them."""
TIMED_OUT = "operation_timeout"
UNREACHABLE = "dispatch_failed"
CLIENT_ERROR, SERVER_ERROR = "http_client_error", "http_service_error"
RETRY_REASONS = {TIMED_OUT: "http_timeout", UNREACHABLE: "connection_failed"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``trouble`` names what went wrong on the way, else ``body`` is JSON, text or nothing."""

    body: JSON | str | None = None
    trouble: str | None = None
    status: int | None = None
    no_retry: bool = False


@dataclass(slots=True)
class Delivery:
    """One thing sent to the app, and its answer once there is one."""

    kind: str
    payload: JSON
    retry_num: int = 0
    retry_reason: str = ""
    answer: Answer | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """The headers it left with, over HTTP."""


class Transport(Protocol):
    """A way to the app."""

    async def send(self, delivery: Delivery) -> Answer:
        """Delivers once and returns the answer; never raises for what the app does."""


def signed(secret: str, body: str, timestamp: int) -> str:
    """Slack's v0 signature of a request."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(delivery: Delivery) -> tuple[str, str]:
    """The body and content type of a delivery over HTTP."""
    if delivery.kind == EVENT:
        return json.dumps(delivery.payload), "application/json"
    form = delivery.payload if delivery.kind == COMMAND else {"payload": json.dumps(delivery.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


class HttpTransport:
    """POSTs to the app's request URL; the app checks the signature against the real clock, so that is what signs."""

    def __init__(self, app: App, ack_seconds: float) -> None:
        self._app = app
        self._ack_seconds = ack_seconds

    async def send(self, delivery: Delivery) -> Answer:
        """Delivers once, waiting as long as Slack waits."""
        body, content_type = encoded(delivery)
        delivery.headers = self._headers(delivery, body, content_type)
        try:
            async with asyncio.timeout(self._ack_seconds), aiohttp.ClientSession() as session:
                return await self._post(session, body, delivery.headers)
        except TimeoutError:
            return Answer(trouble=TIMED_OUT)
        except aiohttp.ClientError:
            return Answer(trouble=UNREACHABLE)

    async def _post(self, session: aiohttp.ClientSession, body: str, headers: dict[str, str]) -> Answer:
        url = self._app.request_url or ""
        async with session.post(url, data=body.encode(), headers=headers, allow_redirects=False) as response:
            text = await response.text()
            no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return answer_from(response.status, response.content_type, text, no_retry=no_retry)

    def _headers(self, delivery: Delivery, body: str, content_type: str) -> dict[str, str]:
        timestamp = int(real_now().timestamp())
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": signed(self._app.signing_secret, body, timestamp),
        }
        if delivery.retry_num:
            headers |= {
                "X-Slack-Retry-Num": str(delivery.retry_num),
                "X-Slack-Retry-Reason": delivery.retry_reason,
            }
        return headers


def answer_from(status: int, content_type: str, text: str, *, no_retry: bool = False) -> Answer:
    """Reads an HTTP answer the way Slack does."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Answer(trouble=SERVER_ERROR, status=status, no_retry=no_retry)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(trouble=CLIENT_ERROR, status=status, no_retry=no_retry)
    body: Any = text or None
    if text and (content_type == "application/json" or text.lstrip().startswith("{")):
        try:
            body = json.loads(text)
        except ValueError:
            body = text
    return Answer(body=body, status=status)


class Courier:
    """Keeps every delivery, lets faults happen to it, and redelivers events that were not taken."""

    def __init__(self, app: App, faults: Faults, http: Transport, socket: Transport) -> None:
        self._app = app
        self._faults = faults
        self._http = http
        self._socket = socket
        self.deliveries: list[Delivery] = []

    async def deliver(self, kind: str, payload: JSON) -> Delivery:
        """Sends one thing to the app; an event that isn't taken is sent once more at once, as Slack does."""
        delivery = await self._send(Delivery(kind, payload))
        answer = delivery.answer or Answer()
        if kind == EVENT and answer.trouble and not answer.no_retry:
            return await self.redeliver(delivery, reason=RETRY_REASONS.get(answer.trouble, "http_error"))
        return delivery

    async def redeliver(self, delivery: Delivery, reason: str = "http_timeout") -> Delivery:
        """The same event again, marked as a retry."""
        again = replace(delivery, retry_num=delivery.retry_num + 1, retry_reason=reason, answer=None)
        return await self._send(again)

    async def _send(self, delivery: Delivery) -> Delivery:
        fault = self._faults.take(DELIVERY)
        self.deliveries.append(delivery)
        if isinstance(fault, DeliveredTwice):
            await self._send_twice(delivery, at_once=fault.at_once)
        else:
            delivery.answer = await self._transport.send(delivery)
        return delivery

    async def _send_twice(self, delivery: Delivery, *, at_once: bool) -> None:
        """People see the first answer; the second one is only kept."""
        twin = replace(delivery)
        if delivery.kind == EVENT:
            twin.retry_num, twin.retry_reason = delivery.retry_num + 1, "http_timeout"
        self.deliveries.append(twin)
        send = self._transport.send
        if at_once:
            delivery.answer, twin.answer = await asyncio.gather(send(delivery), send(twin))
        else:
            delivery.answer = await send(delivery)
            twin.answer = await send(twin)

    @property
    def _transport(self) -> Transport:
        return self._http if self._app.request_url else self._socket
