"""The command line: ``followup demo, serve, worker, migrate, tick, doctor, cadence``."""

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from typing import NoReturn

import click
from sqlalchemy.exc import OperationalError

from bot import doctor as examination
from bot import logs, web, worker
from bot.app import NotStarted, bolt_app, running
from bot.cadence_cli import cadence
from bot.clock import system_clock
from bot.config import Mode, Settings, SettingsError, load, load_for_slack
from bot.demo import PORT as DEMO_PORT
from bot.demo import run as run_demo
from bot.gateway import Gateway
from bot.house import House
from bot.services.finding import warm
from bot.storage import migrations
from bot.storage.engine import Database
from bot.worker import Heartbeat

WRONG_SETTINGS = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="followup-coach")
def main() -> None:
    """Follow-up Coach: nobody forgotten, nobody pestered."""


main.add_command(cadence)


@main.command()
@click.option("--port", default=DEMO_PORT, show_default=True, help="Port on this machine; 0 takes a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page.")
def demo(port: int, browser: bool) -> None:
    """A whole workspace in the browser, with sample data and a clock you can move."""
    logs.configure("warning")
    try:
        asyncio.run(run_demo(port, browser=browser))
    except OSError as error:
        _stop([f"port {port} can't be used ({error.strerror}): try followup demo --port 0"])


@main.command()
@click.option("--worker/--no-worker", "with_worker", default=True, help="Send digests from this process too.")
def serve(with_worker: bool) -> None:
    """Hear Slack: in Socket Mode when SLACK_APP_TOKEN is set, else over HTTP on $PORT."""
    settings = _settings(lambda: load_for_slack(listens=True))
    _run(settings, lambda house: _serve(house, settings, with_worker=with_worker))


@main.command(name="worker")
def work() -> None:
    """Send what is due, until stopped; any number of them may run."""
    settings = _settings(lambda: load_for_slack(listens=False))

    async def beat(house: House) -> None:
        heartbeat = Heartbeat(house, settings.heartbeat_seconds)
        heartbeat.start()
        await _told_to_stop()
        heartbeat.stop()

    _run(settings, beat)


@main.command()
def migrate() -> None:
    """Bring the database to the newest version."""
    settings = _settings(load)
    db = Database(settings.database_url)
    try:
        migrations.upgrade(db)
    except OperationalError as error:
        _stop([f"DATABASE_URL can't be opened: {error.orig}"])
    finally:
        db.close()
    click.echo("The database is at its newest version.")


@main.command()
@click.option("--at", metavar="ISO-8601", help="The moment to act for, e.g. 2026-11-23T08:45+01:00. Default: now.")
def tick(at: str | None) -> None:
    """Do everything that is due at one moment, print what was done as JSON, and exit."""
    moment = _moment(at)
    settings = _settings(lambda: load_for_slack(listens=False))

    async def once(house: House) -> None:
        done = await worker.tick(house, moment)
        click.echo(json.dumps({**asdict(done), "at": done.at.isoformat()}))

    _run(settings, once, clock=lambda: moment)


@main.command()
def doctor() -> None:
    """Check token, scopes, clock, database and outbox; say what is wrong and how to mend it."""
    settings = _settings(lambda: load_for_slack(listens=False))
    findings = asyncio.run(_examined(settings))
    for finding in findings:
        click.echo(f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.words}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


async def _serve(house: House, settings: Settings, *, with_worker: bool) -> None:
    app = bolt_app(house, settings)
    house.background.start(asyncio.to_thread(warm, house.db, house.identity.workspace_id))
    heartbeat = Heartbeat(house, settings.heartbeat_seconds)
    if with_worker:
        heartbeat.start()
    click.echo(f"Follow-up Coach serves {house.identity.workspace_name} over {settings.mode.value}.", err=True)
    try:
        if settings.mode is Mode.HTTP:
            await web.serve_http(house, app, settings)
        else:
            async with web.socket_mode(app, settings):
                await _told_to_stop()
    finally:
        if with_worker:
            heartbeat.stop()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def _examined(settings: Settings) -> list[examination.Finding]:
    db = Database(settings.database_url)
    gateway = Gateway(settings.bot_token.get_secret_value(), settings.api_url)
    async with AsyncExitStack() as stack:
        stack.callback(db.close)
        await gateway.open()
        stack.push_async_callback(gateway.close)
        return await examination.examine(db, gateway, system_clock())


def _run(
    settings: Settings, work: Callable[[House], Awaitable[None]], clock: Callable[[], datetime] = system_clock
) -> None:
    async def in_the_house() -> None:
        async with running(settings, clock) as house:
            await work(house)

    logs.configure(settings.log_level)
    try:
        asyncio.run(in_the_house())
    except NotStarted as error:
        _stop([str(error)])
    except OperationalError as error:
        _stop([f"DATABASE_URL can't be opened: {error.orig}"])


def _settings(read: Callable[[], Settings]) -> Settings:
    try:
        return read()
    except SettingsError as error:
        return _stop(error.problems)


def _moment(at: str | None) -> datetime:
    if at is None:
        return system_clock()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return _stop([f"--at {at}: write a moment such as 2026-11-23T08:45+01:00"])
    if moment.tzinfo is None:
        _stop([f"--at {at}: say the zone too, such as {at}+01:00 or {at}Z"])
    return moment.astimezone(UTC)


def _stop(problems: list[str]) -> NoReturn:
    click.echo("Follow-up Coach can't start:", err=True)
    for problem in problems:
        click.echo(f"  - {problem}", err=True)
    sys.exit(WRONG_SETTINGS)


if __name__ == "__main__":
    main()
