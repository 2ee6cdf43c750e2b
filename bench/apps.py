"""The apps under measurement: Bolt doing nothing, in both of its ways, and ours on each database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.places import Place
from bench.requests import COMMAND_NAME
from bot.app import bolt_app, running
from bot.config import Settings
from bot.house import House
from sandbox.clock import Clock
from sandbox.manifest import app_from
from sandbox.model import App, Person
from sandbox.pace import Pace
from sandbox.people import Sandbox
from sandbox.server import serve
from sandbox.workspace import Workspace

MANIFEST = yaml.safe_load(Path("manifest.yml").read_text())
STARTS_AT = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
"""A Tuesday, 15:00 in Berlin."""
NEXT_MORNING_AT = STARTS_AT.replace(hour=7, minute=50) + timedelta(days=1)
"""08:50 in Berlin: five minutes after the digests' time."""
ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Slack:
    """A local Slack without rate limits, and where it listens."""

    sandbox: Sandbox
    app: App
    url: str
    ana: Person


@dataclass(frozen=True, slots=True)
class Ours:
    """The whole app on one database."""

    place: Place
    house: House
    bolt: AsyncApp
    slack: Slack

    async def settled(self) -> None:
        """Nothing that follows an answer is under way any more."""
        await self.house.background.settled()


@asynccontextmanager
async def slack() -> AsyncIterator[Slack]:
    """A local Slack with Ana in it, for as long as the block lasts."""
    app = app_from(MANIFEST)
    workspace = Workspace(Clock(STARTS_AT), app=app)
    ana = workspace.add_person("ana", id="U0ANA", real_name="Ana Sample", tz=ZONE)
    sandbox = Sandbox(workspace, pace=Pace(enabled=False))
    async with serve(sandbox) as url:
        yield Slack(sandbox, app, f"{url}/api/", ana)


@asynccontextmanager
async def ours(place: Place) -> AsyncIterator[Ours]:
    """Our app on a database, with a Slack of its own."""
    async with AsyncExitStack() as opened:
        there = await opened.enter_async_context(slack())
        settings = Settings(
            SLACK_BOT_TOKEN=there.app.bot_token,
            SLACK_SIGNING_SECRET=there.app.signing_secret,
            SLACK_API_URL=there.url,
            DATABASE_URL=place.url,
        )
        house = await opened.enter_async_context(running(settings, there.sandbox.clock.now))
        yield Ours(place, house, bolt_app(house, settings), there)


def doing_nothing(there: Slack, *, process_before_response: bool) -> AsyncApp:
    """A Bolt app whose command only acknowledges; without ``process_before_response`` it is as Bolt ships it."""
    app = AsyncApp(
        signing_secret=there.app.signing_secret,
        client=AsyncWebClient(token=there.app.bot_token, base_url=there.url),
        process_before_response=process_before_response,
    )

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app.command(COMMAND_NAME)(nothing)
    return app


async def at_once() -> None:
    """Nothing follows the answer of an app that does nothing."""


Settled = Callable[[], Awaitable[None]]
