"""The whole product in a browser: a local Slack, sample data, and a clock that can be moved. No account, no network."""

import asyncio
import contextlib
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import yaml

from bot import sample, web, worker
from bot.app import bolt_app, running
from bot.clock import system_clock
from bot.config import Settings
from bot.house import FORM_SECONDS, House
from bot.services.finding import warm
from bot.services.members import Profile
from bot.worker import Heartbeat
from sandbox.clock import Clock
from sandbox.delivery import ACK_SECONDS
from sandbox.manifest import app_from
from sandbox.page.guide import Tip
from sandbox.page.routes import routes
from sandbox.people import Sandbox
from sandbox.server import serve, serve_asgi
from sandbox.workspace import Workspace

PORT = 8765
ZONE = "Europe/Berlin"
STARTS_AT = time(14, 0)
STARTS_ON_WEEKDAY = 1
"""A Tuesday afternoon: the next morning is a working day, and Monday is not far."""
HEARTBEAT_SECONDS = 5
LINE = "/followup add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- demo went well"
WELCOME = f"""
  Follow-up Coach demo:  {{url}}

  Type there:  {LINE}
  Then press "Next morning". All data is sample data, and gone when you stop (Ctrl+C).
"""
GUIDE = (
    Tip("Add somebody you met:", LINE),
    Tip("Press Next morning: your digest arrives."),
    Tip("Log the call, snooze one, mark one won and one lost, undo one."),
    Tip("Press Next Monday and open #deals: stalled deals."),
    Tip("Act as Cleo: nudge an owner, or take a deal over."),
    Tip("Everything you can type:", "/followup help"),
)
ANA, BEN, CLEO = "U0ANA", "U0BEN", "U0CLEO"
DEALS = "C0DEALS"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where to look, and its parts for whoever drives it."""

    url: str
    sandbox: Sandbox
    house: House


@asynccontextmanager
async def demo(
    port: int, *, starts_at: datetime | None = None, moving: bool = True, patience: float | None = None
) -> AsyncIterator[Demo]:
    """A demo on loopback for as long as the block lasts; ``moving``: its clock runs by itself.

    ``patience``: seconds for every answer, instead of Slack's own, where the machine is not what is looked at.
    """
    clock = Clock(starts_at or _last_tuesday(), running=moving)
    local = _workspace(clock, patience or ACK_SECONDS)
    app = local.workspace.app
    with tempfile.TemporaryDirectory(prefix="followup-demo-") as folder:
        async with serve(local, port, routes(local, GUIDE)) as url:
            settings = _settings(url, app.bot_token, app.signing_secret, Path(folder))
            opened = running(settings, clock.now, form_seconds=patience or FORM_SECONDS)
            async with opened as house, _heard(house, settings) as address:
                app.request_url = address + web.SLACK_PATH
                await house.db.run(sample.fill, local.workspace.team_id, _people(local.workspace), DEALS, clock.now())
                house.background.start(asyncio.to_thread(warm, house.db, local.workspace.team_id))
                local.on_clock_moved = lambda: worker.tick(house, clock.now())
                heartbeat = Heartbeat(house, HEARTBEAT_SECONDS)
                heartbeat.start()
                try:
                    yield Demo(f"{url}/?as={ANA}&tab=messages", local, house)
                finally:
                    heartbeat.stop()


async def run(port: int, *, browser: bool) -> None:
    """Run the demo until it is told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with demo(port) as running_demo:
        click.echo(WELCOME.format(url=running_demo.url))
        if browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(running_demo.url)
        await stop.wait()


def manifest() -> dict[str, Any]:
    """The app's manifest, as it stands beside the program."""
    beside = Path(__file__).parent.parent / "manifest.yml"
    text = beside.read_text() if beside.exists() else resources.files("bot").joinpath("manifest.yml").read_text()
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@asynccontextmanager
async def _heard(house: House, settings: Settings) -> AsyncIterator[str]:
    async with serve_asgi(web.asgi(house, bolt_app(house, settings))) as address:
        yield address


def _workspace(clock: Clock, ack_seconds: float) -> Sandbox:
    app = app_from(manifest())
    workspace = Workspace(clock, app=app, name="Sample Sales")
    workspace.add_person("ana", id=ANA, real_name="Ana", display_name="Ana", tz=ZONE, locale="en-GB")
    workspace.add_person("ben", id=BEN, real_name="Ben", display_name="Ben", tz="America/New_York", locale="en-US")
    workspace.add_person("cleo", id=CLEO, real_name="Cleo", display_name="Cleo", tz=ZONE, locale="en-GB", is_admin=True)
    everybody = (ANA, BEN, CLEO)
    workspace.add_channel("deals", *everybody, app.bot_user_id, id=DEALS)
    workspace.add_channel("general", *everybody)
    for person in everybody:
        workspace.im_with(person)
    return Sandbox(workspace, ack_seconds=ack_seconds)


def _people(workspace: Workspace) -> dict[str, Profile]:
    profiles = {}
    for key, number in {sample.ANA: ANA, sample.BEN: BEN, sample.CLEO: CLEO}.items():
        person = workspace.person(number)
        profiles[key] = Profile(number, person.real_name, person.tz, person.locale, person.is_admin)
    return profiles


def _settings(url: str, bot_token: str, signing_secret: str, folder: Path) -> Settings:
    return Settings.model_validate(
        {
            "SLACK_BOT_TOKEN": bot_token,
            "SLACK_SIGNING_SECRET": signing_secret,
            "SLACK_API_URL": f"{url}/api/",
            "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        }
    )


def _last_tuesday() -> datetime:
    today = system_clock().astimezone(ZoneInfo(ZONE)).date()
    on = today - timedelta(days=(today.weekday() - STARTS_ON_WEEKDAY) % 7)
    return datetime.combine(on, STARTS_AT, ZoneInfo(ZONE))
