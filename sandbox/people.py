"""What people do in the workspace, and what the app's answer does to their screens.

sandbox = Sandbox(workspace)
await sandbox.type_command(ana, channel, "/followup add Dana Li")
await sandbox.click(ana, message, "log_call")
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox import payloads
from sandbox.answers import answer_to_command, offers
from sandbox.clock import Clock
from sandbox.delivery import ACK_SECONDS, COMMAND, EVENT, INTERACTIVE, Answer, Courier, Delivery, HttpTransport
from sandbox.faults import Faults
from sandbox.model import JSON, Channel, Message, Person, View
from sandbox.outcomes import ApiCall, Outcome
from sandbox.pace import Pace
from sandbox.refusal import NotRendered, Refusal
from sandbox.rendering import message_json, person_json, view_json
from sandbox.screen import STATELESS, Element, chosen, find, input_named, state_of, unfit
from sandbox.sight import must_be_in, must_offer, must_see
from sandbox.socket import SocketMode
from sandbox.submissions import apply_answer
from sandbox.workspace import Workspace

__all__ = ["Outcome", "Sandbox"]

INVITE = "/invite"
NO_SUCH_COMMAND = '{name} is not a valid command. Messages that start with the "/" character are read as commands.'
NOT_IN_THREADS = "{name} is not supported in threads. Sorry!"
COMMAND_FAILED = '{name} failed with the error "{trouble}"'
BROKEN_ANSWER = "invalid_command_response"
SUGGESTS_FROM = 3
"""Letters after which Slack asks the app, unless the menu says otherwise."""
SUBMISSION_TROUBLE = "We had some trouble connecting. Try again?"


class Sandbox:
    """A whole local Slack: its workspace, the way to the app, and people's hands."""

    def __init__(self, workspace: Workspace, *, pace: Pace | None = None, ack_seconds: float = ACK_SECONDS) -> None:
        """``ack_seconds`` is how long the app may take; shorten it in tests of slowness."""
        self.workspace = workspace
        self.pace = pace or Pace()
        self.faults = Faults()
        self.socket = SocketMode(workspace.app, ack_seconds)
        self.courier = Courier(workspace.app, self.faults, HttpTransport(workspace.app, ack_seconds), self.socket)
        self.calls: list[ApiCall] = []
        self.on_clock_moved: Callable[[], Awaitable[object]] | None = None

    @property
    def clock(self) -> Clock:
        """The workspace's time."""
        return self.workspace.clock

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was sent to the app, oldest first."""
        return self.courier.deliveries

    def calls_of(self, method: str) -> list[ApiCall]:
        """The app's calls of one method."""
        return [each for each in self.calls if each.method == method]

    async def move_clock(self, at: datetime | None = None, *, by: timedelta | None = None) -> None:
        """Moves time, then lets whoever hangs on it (a worker's tick) do what is due."""
        self.clock.set(at if at is not None else self.clock.now() + (by or timedelta()))
        if self.on_clock_moved is not None:
            await self.on_clock_moved()

    # Talking

    async def say(
        self, person: Person | str, channel: Channel | str, text: str, thread_ts: str | None = None
    ) -> Message:
        """Writes a plain message; the app hears it where it subscribed to."""
        who, where = self._person(person), self._channel(channel)
        must_be_in(who, where)
        text = payloads.escaped(self.workspace, text, should_escape=True)
        message = self.workspace.say(who.id, where.id, text, thread_ts=thread_ts)
        kind = "im" if where.is_im else "group" if where.is_private else "channel"
        if self.workspace.app.bot_user_id in where.members:
            inner = {**message_json(self.workspace, message), "channel": where.id, "channel_type": kind}
            await self.tell(f"message.{kind}{'' if where.is_im else 's'}", inner)
        return message

    async def type_command(
        self, person: Person | str, channel: Channel | str, typed: str, thread_ts: str | None = None
    ) -> Outcome:
        """Types a slash command; the answer (or Slack's complaint) shows up in the channel."""
        who, where = self._person(person), self._channel(channel)
        must_be_in(who, where)
        name, rest = [*typed.strip().split(maxsplit=1), "", ""][:2]
        if thread_ts:
            return self._complain(who, where, "not_supported_in_threads", NOT_IN_THREADS.format(name=name))
        if name == INVITE:
            return await self._invited(who, where, rest)
        registered = self.workspace.app.command(name)
        if registered is None:
            return self._complain(who, where, "dispatch_unknown_command", NO_SUCH_COMMAND.format(name=name))
        text = payloads.escaped(self.workspace, rest, should_escape=registered.should_escape)
        url = self.workspace.issue_response_url("commands", who.id, where.id)
        payload = payloads.command(
            self.workspace, who, where, name, text, response_url=url, trigger_id=self.workspace.issue_trigger(who.id)
        )
        delivery = await self.courier.deliver(COMMAND, payload)
        return self._command_answered(who, where, name, url, delivery)

    async def _invited(self, who: Person, where: Channel, mention: str) -> Outcome:
        """Slack's own /invite, for the app's bot only."""
        app = self.workspace.app
        if mention not in (f"@{app.name}", f"@{app.display_name}", f"<@{app.bot_user_id}>"):
            return self._complain(who, where, "user_not_found", f"Nobody here is called {mention}.")
        await self.invite_app(who, where)
        return self._outcome(who)

    async def invite_app(self, person: Person | str, channel: Channel | str) -> None:
        """Brings the app's bot into a channel."""
        who, where = self._person(person), self._channel(channel)
        bot = self.workspace.app.bot_user_id
        where.members.add(bot)
        self.workspace.happened("channel", channel=where.id)
        inner = {"type": "member_joined_channel", "user": bot, "channel": where.id, "inviter": who.id}
        await self.tell("member_joined_channel", {**inner, "team": self.workspace.team_id})

    # Using what is drawn

    async def click(
        self,
        person: Person | str,
        surface: Message | View,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        *,
        label: str | None = None,
    ) -> Outcome:
        """Uses one drawn element: presses a button, picks an option, a date, a person, types into an input."""
        who = self._person(person)
        must_see(self.workspace, who, surface)
        element = find(surface, action_id, block_id, value, label)
        if element.type not in STATELESS:
            self._put(who, surface, element, value)
        if not element.dispatches:
            return self._outcome(who)
        delivery = await self.courier.deliver(INTERACTIVE, self._click_payload(who, surface, element, value))
        return self._outcome(who, delivery)

    async def suggest(self, person: Person | str, surface: Message | View, action_id: str, typed: str) -> list[JSON]:
        """Types into a menu that the app fills; what it offers can be chosen then. Refusal for a bad answer."""
        who = self._person(person)
        must_see(self.workspace, who, surface)
        element = find(surface, action_id)
        if not element.type.endswith("external_select"):
            raise NotRendered(f"{action_id} is not filled by the app")
        surface.offered[action_id] = []
        if len(typed) >= element.json.get("min_query_length", SUGGESTS_FROM):
            payload = payloads.suggestion(self.workspace, who, surface, element, typed)
            answer = (await self.courier.deliver(INTERACTIVE, payload)).answer or Answer()
            if answer.trouble:
                raise Refusal(answer.trouble)
            surface.offered[action_id] = offers(answer.body)
        return surface.offered[action_id]

    async def submit(self, person: Person | str, view: View, values: Mapping[str, Any] | None = None) -> Outcome:
        """Fills inputs (by block_id, action_id or label) and submits; Slack refuses what is missing by itself."""
        who = self._person(person)
        must_see(self.workspace, who, view)
        for name, raw in (values or {}).items():
            self._put(who, view, input_named(view, name), raw)
        state = state_of(view.blocks, view.state)
        view.errors, view.trouble = unfit(view, state), None
        if view.errors:
            self._redrawn(view)
            return self._outcome(who, errors=view.errors)
        trigger_id = self.workspace.issue_trigger(who.id, view.id)
        payload = payloads.submission(self.workspace, who, view, state, trigger_id=trigger_id)
        delivery = await self.courier.deliver(INTERACTIVE, payload)
        return self._submission_answered(who, view, delivery)

    async def close(self, person: Person | str, view: View, *, clear: bool = False) -> Outcome:
        """Closes a modal (or all of them); the app hears of those that asked for it."""
        who = self._person(person)
        must_see(self.workspace, who, view)
        everything = clear or view.clear_on_close
        for each in self.workspace.close_view(view, clear=everything):
            if each.notify_on_close:
                state = state_of(each.blocks, each.state)
                payload = payloads.closed(self.workspace, who, each, state, is_cleared=everything)
                await self.courier.deliver(INTERACTIVE, payload)
        return self._outcome(who)

    async def open_home(self, person: Person | str) -> View | None:
        """Visits the app's Home tab; returns what is drawn there afterwards."""
        who = self._person(person)
        im = self.workspace.im_with(who.id)
        inner: JSON = {"type": "app_home_opened", "user": who.id, "channel": im.id, "tab": "home"}
        home = self.workspace.home.get(who.id)
        if home:
            inner["view"] = view_json(self.workspace, home, state_of(home.blocks, home.state))
        await self.tell("app_home_opened", inner)
        return self.workspace.home.get(who.id)

    async def global_shortcut(self, person: Person | str, callback_id: str) -> Outcome:
        """Runs one of the app's shortcuts from anywhere."""
        who = self._person(person)
        must_offer(self.workspace.app, callback_id, "global")
        trigger_id = self.workspace.issue_trigger(who.id)
        payload = payloads.global_shortcut(self.workspace, who, callback_id, trigger_id=trigger_id)
        return self._outcome(who, await self.courier.deliver(INTERACTIVE, payload))

    async def message_shortcut(self, person: Person | str, message: Message, callback_id: str) -> Outcome:
        """Runs one of the app's shortcuts from a message's menu."""
        who = self._person(person)
        must_see(self.workspace, who, message)
        must_offer(self.workspace.app, callback_id, "message")
        url = self.workspace.issue_response_url("actions", who.id, message.channel, message)
        trigger_id = self.workspace.issue_trigger(who.id)
        payload = payloads.message_shortcut(self.workspace, who, message, callback_id, url=url, trigger_id=trigger_id)
        return self._outcome(who, await self.courier.deliver(INTERACTIVE, payload))

    def dismiss(self, person: Person | str, message: Message) -> None:
        """Takes one's own ephemeral message off the screen."""
        if message.ephemeral_to != self._person(person).id:
            raise NotRendered("only one's own ephemeral message can be dismissed")
        self.workspace.remove(message)

    # Events

    async def tell(self, subscription: str, inner: JSON) -> Delivery | None:
        """Sends an event, if the app subscribed to it."""
        if subscription not in self.workspace.app.events:
            return None
        event_id = self.workspace.new_id("Ev")
        return await self.courier.deliver(EVENT, payloads.event(self.workspace, inner, event_id=event_id))

    async def redeliver(self, delivery: Delivery, reason: str = "http_timeout") -> Delivery:
        """The same event again, as after an answer that came too late."""
        return await self.courier.redeliver(delivery, reason)

    async def change_person(self, person: Person | str, **fields: Any) -> None:
        """Somebody's profile changes (zone, deactivation): user_change."""
        who = self._person(person)
        for name, value in fields.items():
            setattr(who, name, value)
        with_email = "users:read.email" in self.workspace.app.scopes
        shown = person_json(who, self.clock.now(), with_email=with_email, with_locale=True)
        await self.tell("user_change", {"type": "user_change", "user": shown})

    async def uninstall(self) -> None:
        """The app is thrown out: its tokens stop working, and two events say so."""
        app = self.workspace.app
        app.revoked = True
        await self.tell("tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}})
        await self.tell("app_uninstalled", {"type": "app_uninstalled"})

    # What answers do

    def _command_answered(self, who: Person, where: Channel, name: str, url: str, delivery: Delivery) -> Outcome:
        answer = delivery.answer or Answer()
        if answer.trouble:
            words = COMMAND_FAILED.format(name=name, trouble=answer.trouble)
            return self._complain(who, where, answer.trouble, words, delivery)
        key = url.partition("/hooks/commands/")[2]
        try:
            message = answer_to_command(self.workspace, self.workspace.response_urls[key], answer.body)
        except Refusal as refusal:
            words = COMMAND_FAILED.format(name=name, trouble=BROKEN_ANSWER)
            return self._complain(who, where, f"{BROKEN_ANSWER}: {refusal}", words, delivery)
        return self._outcome(who, delivery, message=message)

    def _submission_answered(self, who: Person, view: View, delivery: Delivery) -> Outcome:
        answer = delivery.answer or Answer()
        trouble = answer.trouble
        try:
            if trouble is None:
                apply_answer(self.workspace, view, answer.body)
        except Refusal as refusal:
            trouble = str(refusal)
        if trouble is not None:
            view.trouble = SUBMISSION_TROUBLE
            self._redrawn(view)
        return self._outcome(who, delivery, trouble=trouble, errors=view.errors)

    def _complain(
        self, who: Person, where: Channel, trouble: str, words: str, delivery: Delivery | None = None
    ) -> Outcome:
        message = self.workspace.slackbot_says(who.id, where.id, words)
        return self._outcome(who, delivery, trouble=trouble, message=message)

    def _outcome(self, who: Person, delivery: Delivery | None = None, **more: Any) -> Outcome:
        if delivery and delivery.answer and delivery.answer.trouble:
            more.setdefault("trouble", delivery.answer.trouble)
            self.workspace.happened("trouble", person=who.id)
        return Outcome(delivery=delivery, view=self.workspace.top_view(who.id), **more)

    # Small things

    def _put(self, who: Person, surface: Message | View, element: Element, raw: Any) -> None:
        """Changes what stands in an element."""
        state = surface.state if isinstance(surface, View) else surface.states.setdefault(who.id, {})
        state.setdefault(element.block_id, {})[element.action_id] = chosen(element, raw)

    def _click_payload(self, who: Person, surface: Message | View, element: Element, value: Any) -> JSON:
        done = payloads.action(element, value, self.workspace.next_ts())
        if isinstance(surface, View):
            trigger = self.workspace.issue_trigger(who.id, surface.id if surface.type == "modal" else None)
            state = state_of(surface.blocks, surface.state)
            return payloads.view_action_block(self.workspace, who, surface, done, state, trigger_id=trigger)
        url = self.workspace.issue_response_url("actions", who.id, surface.channel, self._kept(surface))
        trigger = self.workspace.issue_trigger(who.id)
        state = state_of(surface.blocks, surface.states.get(who.id, {}))
        return payloads.message_action_block(self.workspace, who, surface, done, state, url=url, trigger_id=trigger)

    def _kept(self, shown: Message) -> Message:
        """The workspace's own copy of a message that may be an older picture of it on a screen."""
        return next(each for each in self.workspace.messages[shown.channel] if each.ts == shown.ts)

    def _redrawn(self, view: View) -> None:
        self.workspace.happened("view_updated", person=view.person, ref=view.id)

    def _person(self, person: Person | str) -> Person:
        return person if isinstance(person, Person) else self.workspace.person(person)

    def _channel(self, channel: Channel | str) -> Channel:
        return channel if isinstance(channel, Channel) else self.workspace.channel(channel)
