"""Everything that left the app: what it called, what it answered, what it posted to response addresses."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as AsgiMessage

from sandbox.delivery import COMMAND, INTERACTIVE
from sandbox.people import Sandbox
from tests.views.payloads import hidden_in, message_problems, problems_beside_blocks, view_problems

TOO_OLD = 404
"""What an address for answers says after its half hour."""

JSON = dict[str, Any]


class Overheard:
    """Passes everything on to the sandbox and keeps what is posted to response addresses, with Slack's verdict."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self.said: list[tuple[JSON, int]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/hooks/"):
            await self._inner(scope, receive, send)
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)

        async def again() -> AsgiMessage:
            return {"type": "http.request", "body": body, "more_body": False}

        async def listening(message: AsgiMessage) -> None:
            if message["type"] == "http.response.start":
                self.said.append((json.loads(body), message["status"]))
            await send(message)

        await self._inner(scope, again, listening)


def messages_said(sandbox: Sandbox, overheard: Overheard) -> Iterator[JSON]:
    """Every message, wherever it went."""
    for call in sandbox.calls:
        if call.method in {"chat.postMessage", "chat.update"}:
            yield call.args
    for delivery in sandbox.deliveries:
        answer = delivery.answer.body if delivery.answer else None
        if delivery.kind == COMMAND and isinstance(answer, dict):
            yield answer
    for body, _status in overheard.said:
        yield body


def views_said(sandbox: Sandbox) -> Iterator[JSON]:
    """Every form and every Home."""
    for call in sandbox.calls:
        if call.method.startswith("views."):
            yield call.args["view"]
    for delivery in sandbox.deliveries:
        answer = delivery.answer.body if delivery.answer else None
        if delivery.kind == INTERACTIVE and isinstance(answer, dict) and "view" in answer:
            yield answer["view"]


def limits_passed(sandbox: Sandbox, overheard: Overheard, names: Iterable[str]) -> Iterator[str]:
    """What Slack would not take, or would show without words."""
    known = list(names)
    for body in messages_said(sandbox, overheard):
        yield from message_problems(body, known)
        yield from problems_beside_blocks(body)
    for view in views_said(sandbox):
        yield from view_problems(view)


def refusals(sandbox: Sandbox, overheard: Overheard, expected: set[str], *, old_addresses: bool) -> Iterator[str]:
    """What Slack did not take."""
    for call in sandbox.calls:
        error = call.answer.get("error")
        if error and error not in expected:
            yield f"{call.method} was refused: {call.answer}"
    for body, status in overheard.said:
        if status != 200 and not (status == TOO_OLD and old_addresses):
            yield f"a response was refused: {status} {body}"


def betrayals(sandbox: Sandbox, overheard: Overheard, private: Iterable[str]) -> Iterator[str]:
    """Names, notes and addresses in what nobody sees: values, ids, metadata."""
    secrets = list(private)
    for body in (*messages_said(sandbox, overheard), *views_said(sandbox)):
        for text in hidden_in(body):
            yield from (f"{secret!r} travels in {text!r}" for secret in secrets if secret in text)
