"""Slash commands through a real Bolt app: what is typed, what arrives, what the answer shows."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox.model import SLACKBOT
from sandbox.payloads import escaped
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from tests.sandbox.conftest import IMPATIENT, Cast
from tests.sandbox.drawing import section


def answering(bolt: AsyncApp, **answer: Any) -> None:
    """Lets the app answer /followup with this."""

    @bolt.command("/followup")
    async def answer_it(ack: Any) -> None:
        await ack(**answer)


async def test_a_command_arrives_with_who_where_and_what(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    answering(bolt)
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup add  Dana Li")
    assert outcome.trouble is None
    form = sandbox.deliveries[-1].payload
    assert form["text"] == "add  Dana Li"
    assert (form["user_id"], form["channel_id"], form["channel_name"]) == (cast.ana.id, cast.deals.id, "deals")
    assert form["response_url"].startswith(sandbox.workspace.base_url)


async def test_an_answer_is_for_the_persons_eyes_unless_it_says_otherwise(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast
) -> None:
    answering(bolt, text="done", blocks=[section()])
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.message is not None
    assert (outcome.message.ephemeral_to, outcome.message.text) == (cast.ana.id, "done")
    assert sandbox.workspace.seen_by(cast.ben.id, cast.deals.id) == []


async def test_an_answer_in_channel_is_seen_by_all(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    answering(bolt, text="done", response_type="in_channel")
    await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert [message.text for message in sandbox.workspace.history(cast.deals.id)] == ["done"]


async def test_a_plain_text_answer_is_a_message_too(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    @bolt.command("/followup")
    async def answer_it(ack: Any) -> None:
        await ack("plain words")

    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.message is not None
    assert outcome.message.text == "plain words"


async def test_an_empty_answer_shows_nothing(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    answering(bolt)
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert (outcome.message, outcome.trouble) == (None, None)


async def test_an_answer_slack_would_refuse_is_said_to_be_broken(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    answering(bolt, text="x", blocks=[{"type": "header"}])
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.trouble is not None
    assert outcome.trouble.startswith("invalid_command_response: invalid_blocks")


@IMPATIENT
async def test_no_answer_in_time_is_said_by_slackbot(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    gate = asyncio.Event()

    @bolt.command("/followup")
    async def too_late(ack: Any) -> None:
        await gate.wait()
        await ack()

    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup add")
    gate.set()
    assert outcome.trouble == "operation_timeout"
    assert outcome.message is not None
    assert (outcome.message.user, outcome.message.ephemeral_to) == (SLACKBOT, cast.ana.id)
    assert outcome.message.text == '/followup failed with the error "operation_timeout"'


async def test_an_app_that_fails_or_isnt_there_is_told_apart(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    assert (await sandbox.type_command(cast.ana, cast.deals, "/followup")).trouble == "http_client_error"
    sandbox.workspace.app.request_url = "http://127.0.0.1:9/slack/events"
    assert (await sandbox.type_command(cast.ana, cast.deals, "/followup")).trouble == "dispatch_failed"


async def test_a_command_nobody_registered_is_not_sent(sandbox: Sandbox, cast: Cast) -> None:
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/nonsense")
    assert outcome.trouble == "dispatch_unknown_command"
    assert sandbox.deliveries == []


async def test_a_command_delivered_twice_reaches_the_app_twice_with_one_trigger(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast
) -> None:
    seen: list[str] = []

    @bolt.command("/followup")
    async def answer_it(ack: Any, command: dict[str, str]) -> None:
        seen.append(command["trigger_id"])
        await ack(text=str(len(seen)))

    sandbox.faults.delivered_twice()
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.message is not None
    assert (len(seen), len(set(seen)), outcome.message.text) == (2, 1, "1")


async def test_a_command_is_typed_by_members_and_outside_threads(sandbox: Sandbox, cast: Cast) -> None:
    with pytest.raises(NotRendered, match="otto is not in deals"):
        await sandbox.type_command(cast.otto, cast.deals, "/followup")
    with pytest.raises(NotRendered, match="otto is not in deals"):
        await sandbox.say(cast.otto, cast.deals, "hello")
    threaded = await sandbox.type_command(cast.ana, cast.deals, "/followup", "1772442000.000100")
    assert threaded.trouble == "not_supported_in_threads"
    assert sandbox.deliveries == []


async def test_invite_brings_the_app_into_a_channel(sandbox: Sandbox, cast: Cast) -> None:
    outcome = await sandbox.type_command(cast.ana, cast.random, "/invite @followup")
    assert outcome.trouble is None
    assert sandbox.workspace.app.bot_user_id in cast.random.members
    assert (await sandbox.type_command(cast.ana, cast.random, "/invite @nobody")).trouble == "user_not_found"


@pytest.mark.parametrize(
    ("typed", "plainly", "with_ids"),
    [
        ("AT&T <b>", "AT&amp;T &lt;b&gt;", "AT&amp;T &lt;b&gt;"),
        ("dana@acme.com", "<mailto:dana@acme.com|dana@acme.com>", "<mailto:dana@acme.com|dana@acme.com>"),
        ("ask @ben", "ask @ben", "ask <@{ben}|ben>"),
        ("ask @nobody", "ask @nobody", "ask @nobody"),
        ("in #deals", "in #deals", "in <#{deals}|deals>"),
        ("see https://acme.com/x", "see https://acme.com/x", "see <https://acme.com/x>"),
        ("<!channel>", "&lt;!channel&gt;", "&lt;!channel&gt;"),
    ],
)
async def test_typed_text_is_escaped_as_slack_does(
    sandbox: Sandbox, cast: Cast, typed: str, plainly: str, with_ids: str
) -> None:
    ids = {"ben": cast.ben.id, "deals": cast.deals.id}
    assert escaped(sandbox.workspace, typed, should_escape=False) == plainly
    assert escaped(sandbox.workspace, typed, should_escape=True) == with_ids.format(**ids)
