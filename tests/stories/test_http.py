"""Requests that are not Slack's, or not fresh: refused, and nothing is done."""

import asyncio
import json
import time
from urllib.parse import urlencode

import aiohttp
import pytest

from bot import web
from sandbox.delivery import COMMAND, Delivery, encoded, signed
from tests.support.app import Story

FIVE_MINUTES = 301
DANA = "add Dana Li, Acme"


async def posted(story: Story, body: str | bytes, **headers: str) -> int:
    """What the app answers to this request."""
    url = story.app.request_url or ""
    form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=form) as response:
        text = await response.text()
        assert "Traceback" not in text
        await story.settle()
        return response.status


def command(story: Story) -> str:
    """The body of an add as Slack sends it."""
    fields = {
        "team_id": story.sandbox.workspace.team_id, "user_id": story.ana.id, "command": "/followup", "text": DANA,
        "channel_id": story.dm(story.ana).id, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:1/commands/x",
    }  # fmt: skip
    return encoded(Delivery(COMMAND, fields))[0]


def signature(story: Story, body: str, *, age: int = 0, secret: str = "") -> dict[str, str]:
    at = int(time.time()) - age
    return {
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": signed(secret or story.app.signing_secret, body, at),
    }


async def test_a_well_signed_request_is_carried_out(story: Story) -> None:
    body = command(story)
    assert await posted(story, body, **signature(story, body)) == 200
    assert story.prospect("Dana Li")


async def test_a_wrong_signature_is_refused(story: Story) -> None:
    body = command(story)
    assert await posted(story, body, **signature(story, body, secret="not-ours")) == 401
    assert await posted(story, body + "&text=won", **signature(story, body)) == 401
    assert await posted(story, body) == 401
    assert story.prospects() == []


@pytest.mark.parametrize("age", [FIVE_MINUTES, -FIVE_MINUTES])
async def test_a_request_that_is_not_of_now_is_refused(story: Story, age: int) -> None:
    body = command(story)
    assert await posted(story, body, **signature(story, body, age=age)) == 401
    assert story.prospects() == []


@pytest.mark.parametrize("timestamp", ["", "soon", "1e9", "9" * 40])
async def test_a_timestamp_that_is_none_is_refused(story: Story, timestamp: str) -> None:
    body = command(story)
    headers = signature(story, body) | {"X-Slack-Request-Timestamp": timestamp}
    assert await posted(story, body, **headers) == 401
    assert story.prospects() == []


async def test_a_body_that_is_too_large_is_not_even_read(story: Story) -> None:
    body = "x" * (web.BODY_AT_MOST + 1)
    assert await posted(story, body, **signature(story, body)) == 413


async def test_a_body_of_unknown_length_is_refused(story: Story) -> None:
    """Slack always says how long it is; whoever does not could send without end."""

    async def endless() -> object:
        for _ in range(3):
            yield b"x" * 1_000

    url = story.app.request_url or ""
    async with aiohttp.ClientSession() as session, session.post(url, data=endless()) as response:
        assert response.status == 411


@pytest.mark.parametrize(
    "payload", ["", "{", "[]", "null", '{"type": "block_actions"}', '{"type": "view_submission"}', '{"type": "newer"}']
)
async def test_a_signed_body_of_another_shape_breaks_nothing(story: Story, payload: str) -> None:
    body = urlencode({"payload": payload})
    status = await posted(story, body, **signature(story, body))
    assert status in {200, 400, 404, 500}
    await story.told(story.ana, DANA)
    assert story.prospect("Dana Li")


async def test_slacks_question_whether_the_address_is_ours_is_answered(story: Story) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "sample-challenge"})
    headers = {"Content-Type": "application/json", **signature(story, body)}
    url = story.app.request_url or ""
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert "sample-challenge" in await response.text()


async def test_health_says_that_it_is_well_and_nothing_else_is_served(story: Story) -> None:
    base = (story.app.request_url or "").removesuffix(web.SLACK_PATH)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/health") as response:
            assert (response.status, await response.json()) == (200, {"ok": True})
        for path in ("/", "/docs", "/metrics", "/slack/events"):
            async with session.get(base + path) as response:
                assert response.status in {404, 405}


async def test_thirty_requests_at_once_are_all_answered(story: Story) -> None:
    await story.told(story.ana, "help")
    lines = [f"add Sample {number}, Co {number}" for number in range(30)]
    await asyncio.gather(*(story.types(story.ana, line) for line in lines))
    assert len(story.prospects()) == 30
