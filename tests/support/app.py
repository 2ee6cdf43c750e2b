"""The whole app, as it runs, before the strict local Slack: people type, click and read, and time is moved."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import web, worker
from bot.app import bolt_app, running
from bot.config import Settings
from bot.house import House
from bot.services import members
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, Prospect, record
from bot.storage.tables import deliveries, notes, prospects
from bot.views import ids
from sandbox.clock import Clock
from sandbox.manifest import app_from
from sandbox.model import App, Channel, Message, Person, View
from sandbox.outcomes import Outcome
from sandbox.pace import Pace
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from sandbox.screen import elements
from sandbox.server import application, serve_asgi
from sandbox.workspace import Workspace
from tests.views.leaving import Overheard, betrayals, limits_passed, refusals
from tests.views.payloads import words_in

START = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
"""A Thursday, 15:00 in Berlin and 09:00 in New York."""
MANIFEST = Path(__file__).parents[2] / "manifest.yml"
NAME_SHOWN = 60
"""Longer names are cut where they stand in a row."""
PATIENCE_SECONDS = 30.0
"""How long a story waits for an answer. Slack's three seconds would measure the machine; stories of slowness say so."""
ALARMS = frozenset({"unforeseen", "follow_up_failed", "redraw_refused", "delivery_refused"})
"""Log events that no story may leave behind unless it is about them."""

JSON = dict[str, Any]


@dataclass
class Story:
    """One workspace with the app in it, and everybody's hands and eyes."""

    sandbox: Sandbox
    house: House
    url: str
    overheard: Overheard
    log: list[Any]
    ana: Person
    ben: Person
    cleo: Person
    otto: Person
    deals: Channel
    random: Channel
    expected_refusals: set[str] = field(default_factory=set)
    expected_alarms: set[str] = field(default_factory=set)
    expects_old_addresses: bool = False

    @property
    def app(self) -> App:
        """The app as it is installed."""
        return self.sandbox.workspace.app

    @property
    def db(self) -> Database:
        """The app's own database."""
        return self.house.db

    @property
    def now(self) -> datetime:
        """The workspace's time."""
        return self.sandbox.clock.now()

    # Doing

    async def types(
        self, person: Person, line: str, channel: Channel | None = None, *, trouble: str | None = None
    ) -> Outcome:
        """Somebody types ``/followup line``, in her conversation with the app unless told where."""
        where = channel or self.dm(person)
        outcome = await self.sandbox.type_command(person, where, f"{ids.COMMAND} {line}")
        await self.settle()
        assert outcome.trouble == trouble
        return outcome

    async def told(self, person: Person, line: str, channel: Channel | None = None) -> Message:
        """The same, and the answer that appears."""
        outcome = await self.types(person, line, channel)
        assert outcome.message is not None, "the command was answered with nothing to read"
        return outcome.message

    async def clicks(
        self,
        person: Person,
        surface: Message | View,
        action_id: str | None = None,
        chosen: Any = None,
        *,
        row: str | None = None,
        label: str | None = None,
    ) -> Outcome:
        """Somebody uses what is drawn; ``row``: in the row that names this prospect."""
        block_id = place(surface, row, action_id, label) if row else None
        outcome = await self.sandbox.click(person, surface, action_id, block_id, chosen, label=label)
        await self.settle()
        assert outcome.trouble is None
        return outcome

    async def chooses(self, person: Person, surface: Message, entry: str, row: str | None = None) -> Outcome:
        """Somebody takes an entry of the ⋯ menu."""
        return await self.clicks(person, surface, ids.MORE, entry, row=row)

    async def submits(self, person: Person, **values: Any) -> Outcome:
        """Somebody fills the form in front of her and sends it."""
        outcome = await self.sandbox.submit(person, self.form(person), values)
        await self.settle()
        assert outcome.trouble is None
        return outcome

    async def moves_to(self, at: datetime) -> None:
        """Time passes; the worker does what has become due."""
        await self.sandbox.move_clock(at)
        await self.settle()

    async def waits(self, **span: int) -> None:
        """The same, for a span of time."""
        await self.moves_to(self.now + timedelta(**span))

    async def tick(self) -> worker.Ticked:
        """The worker looks once more at this very moment."""
        done = await worker.tick(self.house, self.now)
        await self.settle()
        return done

    async def settle(self) -> None:
        """Everything that follows the answers has been done."""
        await self.house.background.settled()

    # Looking

    def dm(self, person: Person) -> Channel:
        """Somebody's conversation with the app."""
        return self.sandbox.workspace.im_with(person.id)

    def messages(self, where: Person | Channel) -> list[Message]:
        """Everything that stands in a conversation for good."""
        channel = self.dm(where) if isinstance(where, Person) else where
        return self.sandbox.workspace.history(channel.id)

    def digest(self, person: Person) -> Message:
        """The newest message in somebody's conversation with the app."""
        return self.messages(person)[-1]

    def screen(self, person: Person, channel: Channel | None = None) -> Message:
        """The newest thing she sees there, whispers included."""
        return self.sandbox.workspace.seen_by(person.id, (channel or self.dm(person)).id)[-1]

    def heard(self) -> str:
        """What the app said last in answer to a press or a form."""
        return str(self.overheard.said[-1][0]["text"])

    def form(self, person: Person) -> View:
        """The form in front of somebody."""
        view = self.sandbox.workspace.top_view(person.id)
        assert view is not None, "no form is open"
        return view

    def prospect(self, name: str) -> Prospect:
        """The one prospect of that name, as it is kept."""
        found = [each for each in self.prospects() if each.name == name]
        assert len(found) == 1, f"{len(found)} prospects are called {name}"
        return found[0]

    def prospects(self) -> list[Prospect]:
        """Everybody who is kept."""
        with self.db.read() as tx:
            return [record(Prospect, row) for row in tx.execute(select(prospects).order_by(prospects.c.id))]

    def notes(self) -> list[str]:
        """The texts of all notes."""
        with self.db.read() as tx:
            return list(tx.execute(select(notes.c.text).order_by(notes.c.id)).scalars())

    def outbox(self) -> list[Delivery]:
        """Every delivery, said or not."""
        with self.db.read() as tx:
            return [record(Delivery, row) for row in tx.execute(select(deliveries).order_by(deliveries.c.id))]

    def member(self, person: Person) -> Member:
        """What the app knows of somebody."""
        found = members.get(self.db, self.sandbox.workspace.team_id, person.id)
        assert found is not None
        return found

    # Checking

    def check(self) -> None:
        """Nothing left the app that Slack would refuse or that we promised not to send."""
        kept = self.prospects()
        names = [each.name for each in kept if len(each.name) <= NAME_SHOWN]
        private = {*(each.name for each in kept), *(each.email for each in kept if each.email), *self.notes()}
        problems = [
            *limits_passed(self.sandbox, self.overheard, names),
            *refusals(self.sandbox, self.overheard, self.expected_refusals, old_addresses=self.expects_old_addresses),
            *betrayals(self.sandbox, self.overheard, private),
            *(f"logged: {event}" for event in self.log if self._alarming(event)),
        ]
        assert not problems, "\n".join(problems)

    def _alarming(self, event: JSON) -> bool:
        return event["event"] in ALARMS - self.expected_alarms


def place(surface: Message | View, name: str, action_id: str | None, label: str | None = None) -> str:
    """The block of the row that names somebody and offers this action."""
    for index, block in enumerate(surface.blocks):
        if block["type"] == "section" and name in " ".join(words_in(block)):
            for near in surface.blocks[index : index + 2]:
                if any(action_id in (None, e.action_id) and label in (None, e.label) for e in elements([near])):
                    return str(near["block_id"])
    raise NotRendered(f"no row of {name} offers {action_id or label}: {read(surface)}")


def read(surface: Message | View | None) -> str:
    """Everything somebody can read in a message's blocks or in a form, line by line."""
    assert surface is not None
    return "\n".join(words_in(surface.blocks))


def labels(surface: Message | View, action_id: str | None = None) -> list[str]:
    """The words on everything that can be pressed."""
    return [each.label for each in elements(surface.blocks) if action_id in (None, each.action_id)]


def options(surface: Message | View, action_id: str) -> dict[str, str]:
    """A menu's choices: label → value."""
    menu = next(each for each in elements(surface.blocks) if each.action_id == action_id)
    return {option["text"]["text"]: option["value"] for option in menu.json["options"]}


@asynccontextmanager
async def telling(
    url: str,
    *,
    scopes: Iterable[str] = (),
    socket_mode: bool = False,
    at: datetime = START,
    ack_seconds: float = PATIENCE_SECONDS,
    form_seconds: float = PATIENCE_SECONDS,
) -> AsyncIterator[Story]:
    """A story on the database at ``url``; ``scopes``: granted beside the manifest's. It ends with its check."""
    clock = Clock(at)
    app = app_from(_manifest())
    app.scopes |= set(scopes)
    workspace = Workspace(clock, app=app)
    sandbox = Sandbox(workspace, pace=Pace(enabled=False), ack_seconds=ack_seconds)
    overheard = Overheard(application(sandbox))
    with capture_logs() as log:
        async with serve_asgi(overheard) as base_url:
            workspace.base_url = base_url
            settings = _settings(app, base_url, url, socket_mode=socket_mode)
            async with running(settings, clock.now, form_seconds=form_seconds) as house:
                story = Story(sandbox, house, base_url, overheard, log, *_cast(workspace))
                sandbox.on_clock_moved = story.tick
                async with _heard(story, settings, socket_mode=socket_mode):
                    yield story
                    await story.settle()
                    story.check()
            await sandbox.socket.close()


@asynccontextmanager
async def _heard(story: Story, settings: Settings, *, socket_mode: bool) -> AsyncIterator[None]:
    """Slack reaches the app, one way or the other."""
    bolt = bolt_app(story.house, settings)
    if socket_mode:
        async with web.socket_mode(bolt, settings):
            await story.sandbox.socket.wait_for_connections()
            yield
        return
    async with serve_asgi(web.asgi(story.house, bolt)) as url:
        story.app.request_url = url + web.SLACK_PATH
        yield


def _settings(app: App, base_url: str, database_url: str, *, socket_mode: bool) -> Settings:
    return Settings.model_validate(
        {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token if socket_mode else "",
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": f"{base_url}/api/",
            "DATABASE_URL": database_url,
        }
    )


def _cast(workspace: Workspace) -> tuple[Person, Person, Person, Person, Channel, Channel]:
    """Ana owns, Ben is a teammate, Cleo manages, Otto is an outsider; the app is in #deals and not in #random."""
    ana = workspace.add_person("ana", id="U0ANA", real_name="Ana Sample", tz="Europe/Berlin", email="ana@example.com")
    ben = workspace.add_person("ben", id="U0BEN", real_name="Ben Sample", tz="America/New_York")
    cleo = workspace.add_person("cleo", id="U0CLEO", real_name="Cleo Sample", tz="Europe/Berlin", is_admin=True)
    otto = workspace.add_person("otto", id="U0OTTO", real_name="Otto Sample", is_restricted=True)
    everybody = [each.id for each in (ana, ben, cleo, otto)]
    deals = workspace.add_channel("deals", *everybody, workspace.app.bot_user_id)
    return ana, ben, cleo, otto, deals, workspace.add_channel("random", *everybody)


@cache
def _manifest() -> JSON:
    manifest: JSON = yaml.safe_load(MANIFEST.read_text())
    return manifest
