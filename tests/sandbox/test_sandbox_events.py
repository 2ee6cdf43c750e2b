"""Events and signatures over HTTP: what is told, what is told again, and that nobody else could have told it."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.delivery import EVENT, answer_from, encoded
from sandbox.people import Sandbox
from sandbox.server import serve_asgi
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import JSON


class Receiver:
    """An app reduced to its request URL: keeps what comes, answers what it is told to."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answers: list[Response] = []

    async def receive(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), (await request.body()).decode()))
        return self.answers.pop(0) if self.answers else Response()

    def retries(self) -> list[tuple[str | None, str | None]]:
        wanted = ("x-slack-retry-num", "x-slack-retry-reason")
        return [(headers.get(wanted[0]), headers.get(wanted[1])) for headers, _ in self.requests]


@pytest.fixture
async def receiver(sandbox: Sandbox) -> Any:
    receiver = Receiver()
    app = Starlette(routes=[Route("/", receiver.receive, methods=["POST"])])
    async with serve_asgi(app) as url:
        sandbox.workspace.app.request_url = f"{url}/"
        yield receiver


async def test_every_delivery_is_signed_as_slack_signs(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    await sandbox.type_command(cast.ana, cast.deals, "/followup add Zoë & co")
    await sandbox.global_shortcut(cast.ana, "capture")
    await sandbox.open_home(cast.ana)
    verifier = SignatureVerifier(sandbox.workspace.app.signing_secret)
    assert len(receiver.requests) == 3
    assert all(verifier.is_valid_request(body, headers) for headers, body in receiver.requests)


async def test_another_secret_does_not_verify(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    await sandbox.open_home(cast.ana)
    headers, body = receiver.requests[0]
    assert not SignatureVerifier("another secret").is_valid_request(body, headers)


async def test_an_app_with_another_secret_refuses_what_comes(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    sandbox.workspace.app.signing_secret = "another secret"
    assert (await sandbox.type_command(cast.ana, cast.deals, "/followup")).trouble == "http_client_error"


async def test_an_event_that_is_not_taken_comes_once_more_as_a_retry(
    receiver: Receiver, sandbox: Sandbox, cast: Cast
) -> None:
    receiver.answers = [Response(status_code=500)]
    await sandbox.open_home(cast.ana)
    assert receiver.retries() == [(None, None), ("1", "http_error")]
    assert receiver.requests[0][1] == receiver.requests[1][1]


async def test_an_app_can_ask_for_no_retries(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    receiver.answers = [Response(status_code=500, headers={"X-Slack-No-Retry": "1"})]
    await sandbox.open_home(cast.ana)
    assert len(receiver.requests) == 1


async def test_a_command_that_is_not_taken_does_not_come_again(
    receiver: Receiver, sandbox: Sandbox, cast: Cast
) -> None:
    receiver.answers = [Response(status_code=500)]
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert (len(receiver.requests), outcome.trouble) == (1, "http_service_error")


async def test_an_event_can_be_redelivered_on_demand(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    await sandbox.open_home(cast.ana)
    again = await sandbox.redeliver(sandbox.deliveries[-1])
    await sandbox.redeliver(again)
    assert receiver.retries() == [(None, None), ("1", "http_timeout"), ("2", "http_timeout")]


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_event_delivered_twice_is_the_same_event(
    receiver: Receiver, sandbox: Sandbox, cast: Cast, at_once: bool
) -> None:
    sandbox.faults.delivered_twice(at_once=at_once)
    await sandbox.open_home(cast.ana)
    assert len({body for _, body in receiver.requests}) == 1
    assert sorted(num or "" for num, _ in receiver.retries()) == ["", "1"]


async def test_only_what_was_subscribed_to_is_told(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    im = sandbox.workspace.im_with(cast.ana.id)
    await sandbox.say(cast.ana, im, "hello")
    await sandbox.say(cast.ana, cast.deals, "not subscribed to channels")
    await sandbox.invite_app(cast.ana, cast.random)
    assert [delivery.payload["event"]["type"] for delivery in sandbox.deliveries] == ["message"]
    assert sandbox.deliveries[0].payload["event"]["channel_type"] == "im"


async def test_a_changed_person_is_told_with_the_new_zone(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    await sandbox.change_person(cast.ana, tz="Asia/Tokyo")
    event = sandbox.deliveries[-1].payload["event"]
    assert (event["type"], event["user"]["tz"], event["user"]["tz_offset"]) == ("user_change", "Asia/Tokyo", 32400)


async def test_uninstalling_revokes_the_bots_token(receiver: Receiver, sandbox: Sandbox) -> None:
    await sandbox.uninstall()
    events: list[JSON] = [delivery.payload["event"] for delivery in sandbox.deliveries]
    assert [event["type"] for event in events] == ["tokens_revoked", "app_uninstalled"]
    assert events[0]["tokens"]["bot"] == [sandbox.workspace.app.bot_user_id]
    assert sandbox.workspace.app.revoked


@pytest.mark.parametrize(
    ("status", "content_type", "text", "body", "trouble"),
    [
        (200, "text/plain", "", None, None),
        (200, "text/plain", "words", "words", None),
        (200, "application/json", '{"text": "x"}', {"text": "x"}, None),
        (200, "text/plain", '{"text": "x"}', {"text": "x"}, None),
        (200, "text/plain", "{words", "{words", None),
        (404, "text/plain", "", None, "http_client_error"),
        (302, "text/plain", "", None, "http_client_error"),
        (503, "text/plain", "", None, "http_service_error"),
    ],
)
def test_an_answer_is_read_as_slack_reads_it(
    status: int, content_type: str, text: str, body: Any, trouble: str | None
) -> None:
    answer = answer_from(status, content_type, text)
    assert (answer.body, answer.trouble) == (body, trouble)


async def test_events_are_json_and_interactions_are_a_form(receiver: Receiver, sandbox: Sandbox, cast: Cast) -> None:
    await sandbox.open_home(cast.ana)
    await sandbox.global_shortcut(cast.ana, "capture")
    kinds = {delivery.kind: encoded(delivery) for delivery in sandbox.deliveries}
    assert kinds[EVENT][0].startswith("{")
    assert kinds["interactive"][0].startswith("payload=%7B")
