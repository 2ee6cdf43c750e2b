"""A small local Slack with the cast in it, and its page served over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox.clock import Clock
from sandbox.model import App, Channel, Message, Person, SlashCommand
from sandbox.page.routes import routes
from sandbox.people import Sandbox
from sandbox.rendering import accepted
from sandbox.server import serve
from sandbox.workspace import Workspace
from tests.page.drawing import Json

FRIDAY = datetime(2026, 11, 27, 7, 45, tzinfo=UTC)


@dataclass
class Team:
    """Ana in Berlin, Ben in New York, Otto outside; #deals, and #secret without Otto."""

    workspace: Workspace
    ana: Person
    ben: Person
    otto: Person
    deals: Channel
    secret: Channel

    def app_says(
        self, channel: str, text: str, blocks: list[Json] | None = None, *, only: str | None = None
    ) -> Message:
        """A message of the app."""
        app = self.workspace.app
        said = Message(channel, self.workspace.next_ts(), app.bot_user_id, text, accepted(blocks or []))
        said.bot_id, said.ephemeral_to = app.bot_id, only
        return self.workspace.post(said)


@pytest.fixture
def team() -> Team:
    app = App(display_name="Sample Coach", commands=[SlashCommand("/followup", "Who is due", "[add | help]")])
    workspace = Workspace(Clock(FRIDAY), name="Sample Sales", app=app)
    ana = workspace.add_person("ana", id="UANA", real_name="Ana", tz="Europe/Berlin")
    ben = workspace.add_person("ben", id="UBEN", real_name="Ben", tz="America/New_York")
    otto = workspace.add_person("otto", id="UOTTO", real_name="Otto")
    deals = workspace.add_channel("deals", "UANA", "UBEN", app.bot_user_id, id="CDEALS")
    secret = workspace.add_channel("secret", "UANA", id="CSECRET", is_private=True)
    return Team(workspace, ana, ben, otto, deals, secret)


class Browser:
    """Asks the page as a browser does, without one."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self.session = session
        self.base_url = base_url

    async def read(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and the text of one address."""
        async with self.session.get(self.base_url + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def does(self, path: str, body: Json, **headers: str) -> tuple[int, str]:
        """Posts one deed; the status and the answer's text."""
        sent = {"origin": self.base_url, "sec-fetch-site": "same-origin", **headers}
        async with self.session.post(self.base_url + path, json=body, headers=sent) as answer:
            return answer.status, await answer.text()


@pytest.fixture
def sandbox(team: Team) -> Sandbox:
    return Sandbox(team.workspace, ack_seconds=0.3)


@pytest.fixture
async def browser(sandbox: Sandbox) -> AsyncIterator[Browser]:
    async with serve(sandbox, routes=routes(sandbox)) as base_url, aiohttp.ClientSession() as session:
        yield Browser(session, base_url)
