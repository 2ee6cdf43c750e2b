"""What Slack sends: signed bodies, handed to a Bolt app in process, so that no network is measured."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from sandbox import payloads
from sandbox.delivery import COMMAND, INTERACTIVE, Delivery, encoded, signed
from sandbox.model import JSON, Message, Person
from sandbox.people import Sandbox
from sandbox.screen import find

COMMAND_NAME = "/followup"
ACCEPTED = 200


class NotAnswered(Exception):
    """The app did not do what is being measured: its times would mean nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request ready to leave, and the words its answer must hold."""

    body: str
    content_type: str
    expects: str = ""


def typed(sandbox: Sandbox, person: Person, text: str, expects: str = "") -> Sent:
    """A slash command as Slack sends it."""
    workspace = sandbox.workspace
    where = workspace.im_with(person.id)
    payload = payloads.command(
        workspace,
        person,
        where,
        COMMAND_NAME,
        payloads.escaped(workspace, text, should_escape=True),
        response_url=workspace.issue_response_url("commands", person.id, where.id),
        trigger_id=workspace.issue_trigger(person.id),
    )
    return _sent(COMMAND, payload, expects)


def chosen_first(sandbox: Sandbox, person: Person, message: Message, action_id: str, block_id: str) -> Sent:
    """The first option of a menu in a message; the click carries the whole message back."""
    workspace = sandbox.workspace
    element = find(message, action_id, block_id)
    done = payloads.action(element, element.json["options"][0]["value"], workspace.next_ts())
    url = workspace.issue_response_url("actions", person.id, message.channel, message)
    trigger_id = workspace.issue_trigger(person.id)
    payload = payloads.message_action_block(workspace, person, message, done, {}, url=url, trigger_id=trigger_id)
    return _sent(INTERACTIVE, payload, "")


async def timed(app: AsyncApp, secret: str, sent: Sent, settled: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Seconds until the answer, and until everything that follows it is done. NotAnswered when it was refused."""
    timestamp = int(time.time())
    headers: dict[str, str | Sequence[str]] = {
        "content-type": sent.content_type,
        "x-slack-request-timestamp": str(timestamp),
        "x-slack-signature": signed(secret, sent.body, timestamp),
    }
    started = time.perf_counter()
    answer = await app.async_dispatch(AsyncBoltRequest(body=sent.body, headers=headers))
    answered = time.perf_counter()
    await settled()
    finished = time.perf_counter()
    if answer.status != ACCEPTED or sent.expects not in answer.body:
        raise NotAnswered(f"{answer.status}: {answer.body[:200]}")
    return answered - started, finished - started


def _sent(kind: str, payload: JSON, expects: str) -> Sent:
    body, content_type = encoded(Delivery(kind, payload))
    return Sent(body, content_type, expects)
