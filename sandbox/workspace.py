"""What a workspace holds and remembers. No HTTP here: methods and people change it through these functions."""

import asyncio
import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sandbox.clock import Clock
from sandbox.model import JSON, SLACKBOT, App, Blocks, Channel, Event, Message, Organisation, Person, View
from sandbox.refusal import Refusal

__all__ = ["SLACKBOT", "App", "Channel", "Event", "Message", "Person", "ResponseUrl", "View", "Workspace"]

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5
MODAL_STACK = 3
TS_STEP = 100
"""Microseconds between two messages of one moment: ts are unique and always grow."""


@dataclass(slots=True)
class Trigger:
    """A one-time permission to open a modal for the person who just acted (inside ``view_id``, if in a modal)."""

    person: str
    at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where the app may answer one interaction: five times, for half an hour."""

    person: str
    channel: str
    at: datetime
    message: Message | None = None
    uses: int = 0

    def spend(self, now: datetime) -> None:
        """Counts one use, or refuses as hooks.slack.com does."""
        if now - self.at > RESPONSE_URL_LIFE:
            raise Refusal("expired_url")
        if self.uses >= RESPONSE_URL_USES:
            raise Refusal("used_url")
        self.uses += 1


class Workspace:
    """One team: people, one app, channels, messages, open views, and an append-only list of what happened."""

    def __init__(
        self,
        clock: Clock,
        *,
        team_id: str = "T0000000001",
        name: str = "Sample Team",
        domain: str = "sample-team",
        app: App | None = None,
    ) -> None:
        self.clock = clock
        self.team_id = team_id
        self.name = name
        self.domain = domain
        self.app = app or App()
        self.organisation: Organisation | None = None
        self.base_url = "http://127.0.0.1:0"
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.views: dict[str, list[View]] = {}
        self.home: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.events: list[Event] = []
        self._queues: list[asyncio.Queue[Event]] = []
        self._numbers = count(1)
        self._last_ts = 0
        self.add_person("slackbot", id=SLACKBOT, real_name="Slackbot", is_bot=True)
        self.add_person(self.app.name, id=self.app.bot_user_id, real_name=self.app.display_name, is_bot=True)
        clock.on_move(lambda _: self.happened("clock"))

    # People and channels

    def add_person(self, name: str, *, id: str | None = None, real_name: str = "", **more: Any) -> Person:  # noqa: A002
        """Adds somebody to the team; ``more`` are Person's other fields."""
        key = id or f"U{next(self._numbers):010X}"
        fields: JSON = {"team_id": self.team_id, **more}
        self.people[key] = Person(id=key, name=name, real_name=real_name or name, **fields)
        return self.people[key]

    def add_channel(self, name: str, *members: str, id: str | None = None, is_private: bool = False) -> Channel:  # noqa: A002
        """Adds a channel with these members (ids); the app's bot is in it only when named."""
        key = id or f"C{next(self._numbers):010X}"
        self.channels[key] = Channel(key, name, set(members), self.clock.now(), is_private=is_private)
        return self.channels[key]

    def person(self, id: str) -> Person:  # noqa: A002
        """The person of that id."""
        if id not in self.people:
            raise Refusal("user_not_found")
        return self.people[id]

    def channel(self, id: str) -> Channel:  # noqa: A002
        """The conversation of that id."""
        if id not in self.channels:
            raise Refusal("channel_not_found")
        return self.channels[id]

    def channel_named(self, name: str) -> Channel | None:
        """The channel of that name, with or without its ``#``."""
        wanted = name.removeprefix("#")
        return next((each for each in self.channels.values() if each.name == wanted and not each.is_im), None)

    def find_im(self, person: str, partner: str | None = None) -> Channel | None:
        """The direct message between a person and the app (or somebody else), if there is one yet."""
        pair = {person, partner or self.app.bot_user_id}
        return next((each for each in self.channels.values() if each.is_im and each.members == pair), None)

    def im_with(self, person: str, partner: str | None = None) -> Channel:
        """The direct message between a person and the app, opened when it isn't yet."""
        found = self.find_im(person, partner)
        if found:
            return found
        pair = {self.person(person).id, partner or self.app.bot_user_id}
        key = f"D{next(self._numbers):010X}"
        self.channels[key] = Channel(key, "directmessage", pair, self.clock.now(), is_im=True, is_private=True)
        self.happened("channel", channel=key)
        return self.channels[key]

    # Messages

    def next_ts(self) -> str:
        """A message id from the clock: unique, and growing even when the clock is moved back."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + TS_STEP)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def post(self, message: Message) -> Message:
        """Keeps a message and tells the screens."""
        self.messages.setdefault(message.channel, []).append(message)
        kind = "ephemeral" if message.is_ephemeral else "message"
        self.happened(kind, channel=message.channel, person=message.ephemeral_to, ref=message.ts)
        return message

    def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """A plain message from a person."""
        return self.post(Message(channel, self.next_ts(), user, text, thread_ts=thread_ts))

    def app_says(self, channel: str, text: str, blocks: Blocks, **more: Any) -> Message:
        """Posts a message of the app; ``more`` are Message's other fields."""
        app, ts = self.app, self.next_ts()
        return self.post(
            Message(channel, ts, app.bot_user_id, text, blocks, bot_id=app.bot_id, app_id=app.app_id, **more)
        )

    def slackbot_says(self, person: str, channel: str, text: str) -> Message:
        """Slackbot tells one person what went wrong."""
        return self.post(Message(channel, self.next_ts(), SLACKBOT, text, ephemeral_to=person))

    def message(self, channel: str, ts: str) -> Message:
        """The message of that ts in a channel's history; ephemeral and deleted ones aren't there."""
        for each in self.messages.get(channel, []):
            if each.ts == ts and not each.deleted and not each.is_ephemeral:
                return each
        raise Refusal("message_not_found")

    def history(self, channel: str) -> list[Message]:
        """Everything still standing in a conversation, oldest first, without ephemerals."""
        return [each for each in self.messages.get(channel, []) if not each.deleted and not each.is_ephemeral]

    def seen_by(self, person: str, channel: str) -> list[Message]:
        """What one person sees in a conversation, oldest first: its history and their own ephemerals."""
        mine = (None, person)
        return [each for each in self.messages.get(channel, []) if not each.deleted and each.ephemeral_to in mine]

    def remove(self, message: Message) -> None:
        """Takes a message (or one's own ephemeral) off the screens."""
        message.deleted = True
        self.happened("message_deleted", channel=message.channel, person=message.ephemeral_to, ref=message.ts)

    def changed(self, message: Message) -> None:
        """Tells the screens that a message reads differently now."""
        self.happened("message_changed", channel=message.channel, person=message.ephemeral_to, ref=message.ts)

    # Triggers and response URLs

    def issue_trigger(self, person: str, view_id: str | None = None) -> str:
        """A trigger_id for what this person just did (inside ``view_id``, if in a modal)."""
        key = f"{next(self._numbers)}.{int(self.clock.now().timestamp())}.{secrets.token_hex(16)}"
        self.triggers[key] = Trigger(person, self.clock.now(), view_id)
        return key

    def exchange_trigger(self, key: str) -> Trigger:
        """Spends a trigger_id: once, within three seconds."""
        trigger = self.triggers.get(key)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self.clock.now() - trigger.at > TRIGGER_LIFE:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def issue_response_url(self, kind: str, person: str, channel: str, message: Message | None = None) -> str:
        """A response_url (``commands`` or ``actions``) for what this person just did."""
        key = f"{self.team_id}/{next(self._numbers)}/{secrets.token_hex(12)}"
        self.response_urls[key] = ResponseUrl(person, channel, self.clock.now(), message)
        return f"{self.base_url}/hooks/{kind}/{key}"

    # Views

    def new_id(self, prefix: str) -> str:
        """A fresh id of Slack's shape."""
        return f"{prefix}{next(self._numbers):010X}"

    def new_hash(self) -> str:
        """A view's hash: changes with every change of the view."""
        return f"{int(self.clock.now().timestamp())}.{secrets.token_hex(4)}"

    def top_view(self, person: str) -> View | None:
        """The modal in front of this person, if one is open."""
        stack = self.views.get(person)
        return stack[-1] if stack else None

    def push_view(self, view: View) -> None:
        """Lays a modal on top of its person's stack."""
        stack = self.views.setdefault(view.person, [])
        if len(stack) >= MODAL_STACK:
            raise Refusal("push_limit_reached")
        stack.append(view)
        self.happened("view_opened", person=view.person, ref=view.id)

    def find_view(self, view_id: str | None = None, external_id: str | None = None) -> View:
        """An open modal or a home by its id."""
        everywhere = [*(view for stack in self.views.values() for view in stack), *self.home.values()]
        for view in everywhere:
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        raise Refusal("not_found")

    def close_view(self, view: View, *, clear: bool = False) -> list[View]:
        """Takes a modal (or with ``clear`` the whole stack) off the screen; says which were closed."""
        stack = self.views.get(view.person, [])
        closed = list(stack) if clear else [each for each in stack if each is view]
        self.views[view.person] = [each for each in stack if each not in closed]
        self.happened("view_closed", person=view.person, ref=view.id)
        return closed

    # What happened

    def happened(
        self, kind: str, *, channel: str | None = None, person: str | None = None, ref: str | None = None
    ) -> None:
        """Appends an event and hands it to every subscriber."""
        event = Event(len(self.events) + 1, kind, channel, person, ref)
        self.events.append(event)
        for queue in self._queues:
            queue.put_nowait(event)

    @contextlib.contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue of everything that happens from now on, for as long as the block lasts."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._queues.append(queue)
        try:
            yield queue
        finally:
            self._queues.remove(queue)
