"""The `followup` script as its operator runs it: real processes against a local Slack."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import update

from bot.demo import manifest
from bot.services import members, prospects
from bot.services.actor import Actor, Origin
from bot.services.details import Details
from bot.services.members import Profile
from bot.services.promises import Wish
from bot.storage import migrations, tables
from bot.storage.engine import Database
from cadences.model import Channel
from sandbox.clock import Clock, real_now
from sandbox.manifest import app_from
from sandbox.model import Message, Person
from sandbox.people import Sandbox
from sandbox.server import serve
from sandbox.workspace import Workspace

FOLLOWUP = Path(sys.executable).with_name("followup")
MORNING = datetime(2026, 11, 18, 7, 45, tzinfo=UTC)
"""08:45 in Berlin, when Ana's digest is due."""
PATIENCE = 30.0
WRONG_SETTINGS = 2
EVERY_DAY = frozenset(range(7))


@dataclass
class Installation:
    """A local Slack, a database, and the environment that points the script at both."""

    sandbox: Sandbox
    ana: Person
    db: Database
    env: dict[str, str]

    async def starts(self, *words: str, **env: str) -> Process:
        """A process of the script."""
        return await asyncio.create_subprocess_exec(
            FOLLOWUP, *words, env=self.env | env, stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=PIPE
        )

    async def runs(self, *words: str, **env: str) -> tuple[int, str, str]:
        """Its exit code, and what it said on stdout and stderr."""
        process = await self.starts(*words, **env)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        return process.returncode or 0, out.decode(), err.decode()

    async def ticks(self, at: datetime) -> dict[str, object]:
        """What one tick says it did."""
        code, out, err = await self.runs("tick", "--at", at.isoformat())
        assert code == 0, err
        said: dict[str, object] = json.loads(out)
        return said

    def said(self) -> list[Message]:
        """What Ana was told in her direct messages."""
        return self.sandbox.workspace.history(self.sandbox.workspace.im_with(self.ana.id).id)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One place for the bytecode of all processes: each would compile everything again where none may be written."""
    return str(tmp_path_factory.mktemp("bytecode"))


@pytest.fixture
async def installed(tmp_path: Path, compiled: str) -> AsyncIterator[Installation]:
    async with installation(tmp_path, compiled) as made:
        yield made


@asynccontextmanager
async def installation(folder: Path, compiled: str, *, at: datetime = MORNING) -> AsyncIterator[Installation]:
    """An installation with one prospect of Ana's who is due at ``at``."""
    workspace = Workspace(Clock(at), app=app_from(manifest()), name="Sample Sales")
    sandbox = Sandbox(workspace, ack_seconds=PATIENCE)
    ana = workspace.add_person("ana", id="U0ANA", real_name="Ana", tz="Europe/Berlin")
    async with serve(sandbox) as url:
        own = {key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "FOLLOWUP_", "PYTHON"))}
        env = own | {
            "SLACK_BOT_TOKEN": workspace.app.bot_token,
            "SLACK_SIGNING_SECRET": workspace.app.signing_secret,
            "SLACK_API_URL": f"{url}/api/",
            "DATABASE_URL": f"sqlite:///{folder / 'cli.sqlite3'}",
            "PYTHONPYCACHEPREFIX": compiled,
        }
        db = Database(env["DATABASE_URL"])
        made = Installation(sandbox, ana, db, env)
        migrations.upgrade(db)
        seed(made, at)
        try:
            yield made
        finally:
            db.close()


def seed(made: Installation, at: datetime) -> None:
    """Ana, and Dana Li, whom she promised a call; the digest is due, whatever the weekday."""
    team, then = made.sandbox.workspace.team_id, at - timedelta(days=2)
    members.ensure_workspace(made.db, team, "Sample Sales", made.sandbox.workspace.app.bot_user_id, then)
    ana = members.ensure(made.db, team, Profile(made.ana.id, "Ana", "Europe/Berlin"), then)
    promised = Wish(ana.local(at).date(), None, Channel.CALL)
    prospects.add(made.db, Actor(ana, Origin.COMMAND), Details(name="Dana Li", company="Acme"), then, wish=promised)
    due = {"next_digest_at": at, "workdays": EVERY_DAY}
    with made.db.begin() as tx:
        tx.execute(update(tables.members).values(due))


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    """Asks again and again until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not await check():  # noqa: ASYNC110 - another process has no event to wait for
            await asyncio.sleep(0.02)


async def stopped(process: Process) -> tuple[int, str]:
    """The exit code after SIGTERM, and what was said on stderr."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        _, err = await process.communicate()
    return process.returncode if process.returncode is not None else -1, err.decode()


async def spoken(made: Installation) -> None:
    """Waits for the next message in the workspace."""
    with made.sandbox.workspace.subscribe() as queue:
        async with asyncio.timeout(PATIENCE):
            while not made.said():
                await queue.get()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_tick_says_what_it_did_and_the_same_tick_again_does_nothing(installed: Installation) -> None:
    first = await installed.ticks(MORNING)
    again = await installed.ticks(MORNING)
    nothing = {"digests": 0, "team_digests": 0, "messages": 0, "second_nudges": 0, "recaps": 0}
    assert first == {**nothing, "at": MORNING.isoformat(), "digests": 1, "messages": 1}
    assert again == {**nothing, "at": MORNING.isoformat()}
    assert [each.text.split(".")[0] for each in installed.said()] == ["1 follow-up today"]


@pytest.mark.parametrize(
    ("at", "hint"), [("tomorrow", "write a moment such as"), ("2026-11-18T08:45", "say the zone too")]
)
async def test_a_moment_that_can_not_be_read_is_explained(installed: Installation, at: str, hint: str) -> None:
    code, out, err = await installed.runs("tick", "--at", at)
    assert (code, out) == (WRONG_SETTINGS, "")
    assert hint in err


@pytest.mark.parametrize("may_look", [True, False], ids=["may look", "may not look"])
async def test_a_tick_that_was_killed_while_posting_is_never_said_twice(
    installed: Installation, may_look: bool
) -> None:
    if may_look:
        installed.sandbox.workspace.app.scopes.add("im:history")
    installed.sandbox.faults.slow("chat.postMessage", asyncio.Event())
    process = await installed.starts("tick", "--at", MORNING.isoformat())
    await spoken(installed)
    process.kill()
    await process.communicate()
    for minutes in (0, 1, 2, 90):
        await installed.ticks(MORNING + timedelta(minutes=minutes))
    assert len(installed.said()) == 1


async def test_two_workers_at_once_send_one_digest(tmp_path: Path, compiled: str) -> None:
    async with installation(tmp_path, compiled, at=real_now()) as made:
        workers = [await made.starts("worker", FOLLOWUP_HEARTBEAT_SECONDS="1") for _ in range(2)]
        await spoken(made)
        assert [code for code, _ in [await stopped(each) for each in workers]] == [0, 0]
        assert len(made.said()) == 1


WRONG = {
    "no bot token": ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
    "a user's token": ({"SLACK_BOT_TOKEN": "xoxp-secret"}, "SLACK_BOT_TOKEN must be a bot token"),
    "a wrong app token": ({"SLACK_APP_TOKEN": "xoxb-secret"}, "SLACK_APP_TOKEN must be an app-level token"),
    "no way to be reached": ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing"),
    "a port that is none": ({"PORT": "secret"}, "PORT:"),
    "another database": ({"DATABASE_URL": "oracle://secret@host/x"}, "DATABASE_URL: must look like"),
    "a database out of reach": (
        {"DATABASE_URL": "sqlite:////no/such/folder"},
        "DATABASE_URL can't be opened",
    ),
    "a wrong address of Slack": ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL: must be an address"),
    "a token that Slack refuses": ({"SLACK_BOT_TOKEN": "xoxb-secret"}, "Slack did not accept SLACK_BOT_TOKEN"),
}


@pytest.mark.parametrize(("env", "said"), WRONG.values(), ids=WRONG.keys())
async def test_serve_names_a_wrong_setting_and_starts_nothing(
    installed: Installation, env: dict[str, str], said: str
) -> None:
    code, out, err = await installed.runs("serve", **env)
    assert (code, out) == (WRONG_SETTINGS, "")
    assert said in err
    assert "secret" not in err.replace("SECRET", "")
    assert "Traceback" not in err
    assert installed.said() == []


async def test_serve_names_every_wrong_setting_at_once(installed: Installation) -> None:
    code, _, err = await installed.runs("serve", SLACK_BOT_TOKEN="", SLACK_SIGNING_SECRET="")
    assert code == WRONG_SETTINGS
    assert "SLACK_BOT_TOKEN" in err
    assert "SLACK_SIGNING_SECRET" in err


async def test_serve_answers_signed_requests_over_http_and_stops_when_told(installed: Installation) -> None:
    port = free_port()
    process = await installed.starts("serve", "--no-worker", PORT=str(port), FOLLOWUP_HOST="127.0.0.1")

    async def healthy() -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientConnectionError:
            return False

    await until(healthy)
    installed.sandbox.workspace.app.request_url = address = f"http://127.0.0.1:{port}/slack/events"
    outcome = await installed.sandbox.type_command(installed.ana, _dm(installed), "/followup show dana")
    assert outcome.message is not None
    assert "Dana Li" in outcome.message.text
    async with aiohttp.ClientSession() as session, session.post(address, data={"text": "help"}) as answer:
        assert answer.status == 401
    code, err = await stopped(process)
    assert code == 0, err
    assert "serves Sample Sales over http" in err


async def test_serve_answers_in_socket_mode_and_sends_what_is_due(tmp_path: Path, compiled: str) -> None:
    async with installation(tmp_path, compiled, at=real_now()) as made:
        env = {"SLACK_APP_TOKEN": made.sandbox.workspace.app.app_token, "FOLLOWUP_HEARTBEAT_SECONDS": "1"}
        process = await made.starts("serve", **env)
        async with asyncio.timeout(PATIENCE):
            await made.sandbox.socket.wait_for_connections()
        outcome = await made.sandbox.type_command(made.ana, _dm(made), "/followup show dana")
        assert outcome.message is not None
        assert "Dana Li" in outcome.message.text
        await spoken(made)
        code, err = await stopped(process)
        assert code == 0, err
        assert "serves Sample Sales over socket mode" in err


async def test_migrating_twice_is_migrating_once(installed: Installation, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    for _ in range(2):
        code, out, _ = await installed.runs("migrate", DATABASE_URL=url)
        assert (code, out) == (0, "The database is at its newest version.\n")
    fresh = Database(url)
    assert migrations.is_current(fresh)
    fresh.close()


async def test_the_doctor_finds_a_good_installation_good(installed: Installation) -> None:
    await installed.ticks(MORNING)
    code, out, _ = await installed.runs("doctor")
    assert code == 0, out
    assert {line[0] for line in out.splitlines()} == {"✓"}
    assert "token: accepted for Sample Sales" in out


async def test_the_doctor_says_of_everything_wrong_how_to_mend_it(installed: Installation, tmp_path: Path) -> None:
    installed.sandbox.workspace.app.scopes -= {"im:write", "users:read"}
    code, out, _ = await installed.runs("doctor", DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert code == 1
    assert "✗ database: not migrated: run `followup migrate`" in out
    assert "✗ scopes: missing im:write, users:read: reinstall from manifest.yml" in out
    code, out, _ = await installed.runs("doctor", SLACK_BOT_TOKEN="xoxb-wrong")
    assert code == 1
    assert "✗ token: Slack refuses SLACK_BOT_TOKEN or can't be reached: copy it again" in out


async def test_the_demo_starts_answers_and_stops(installed: Installation) -> None:
    process = await installed.starts("demo", "--no-browser", "--port", "0", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while (line := (await process.stdout.readline()).decode()) and "http" not in line:
            pass
    async with aiohttp.ClientSession() as session, session.get(line.split()[-1]) as answer:
        assert "Sample Sales" in await answer.text()
    assert (await stopped(process))[0] == 0


async def test_a_taken_port_is_named_with_the_way_out(installed: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = await installed.runs("demo", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert code == WRONG_SETTINGS
    assert "try followup demo --port 0" in err


async def test_help_names_every_command_and_an_unknown_one_is_refused(installed: Installation) -> None:
    code, out, _ = await installed.runs("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in ("demo", "serve", "worker", "migrate", "tick", "doctor"))
    code, _, err = await installed.runs("sreve")
    assert code == WRONG_SETTINGS
    assert "No such command 'sreve'" in err


def _dm(made: Installation) -> str:
    return made.sandbox.workspace.im_with(made.ana.id).id
