"""Who did what, where: the one place that knows the shapes of Slack's payloads."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.gateway import Later, Refused, Unknown
from bot.house import House
from bot.services import members
from bot.services.actor import Actor, Origin
from bot.standing import is_outsider, profile
from bot.storage.records import Member
from bot.views import forms, ids

Payload = dict[str, Any]


class Outsider(Exception):
    """A guest or somebody from another workspace: the app is not theirs."""


class Unreachable(Exception):
    """Slack did not say who somebody new is; nothing can be kept under her name yet."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a shortcut was used on, as Slack shows it to us: no channel is read for it."""

    text: str
    author_id: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One interaction: who acts, when, from which message or form, and what answers to."""

    house: House
    actor: Actor
    now: datetime
    trigger_id: str | None = None
    response_url: str | None = None
    channel: str | None = None
    channel_name: str = ""
    message_ts: str | None = None
    is_ephemeral: bool = False
    view: Payload | None = None
    action: Payload = field(default_factory=dict)
    text: str = ""
    quoted: Quoted | None = None

    @property
    def member(self) -> Member:
        """Who acts."""
        return self.actor.member

    @property
    def number(self) -> int:
        """The number a button's value is; 0 when it carries none."""
        value = str(self.action.get("value", ""))
        return int(value) if value.isdecimal() else 0

    @property
    def step_id(self) -> int:
        """The step that a button, or a menu by its block, stands for."""
        return ids.step_of(self.action.get("block_id", "")) or self.number

    @property
    def is_listed(self) -> bool:
        """True in the list of ``/followup``, which is drawn again after each press."""
        return ids.is_listed(self.action.get("block_id", ""))

    @property
    def stays(self) -> bool:
        """True where an answer belongs below the message and not in its place."""
        return ids.is_aside(self.action.get("block_id", ""))

    @property
    def chosen(self) -> str:
        """What was chosen in a menu."""
        return str((self.action.get("selected_option") or {}).get("value", ""))

    @property
    def is_emptied(self) -> bool:
        """True where what was chosen in a menu was taken out of it again: Slack sends that too."""
        return "selected_option" in self.action and self.action["selected_option"] is None

    @property
    def origin(self) -> forms.Origin:
        """Where a form opened from here comes from."""
        return forms.Origin(channel=self.channel, ts=self.message_ts, response_url=self.response_url)

    @property
    def opened_from(self) -> forms.Origin:
        """Where the form at hand was opened from."""
        return forms.origin_of((self.view or {}).get("private_metadata", ""))

    def value(self, block_id: str) -> str:
        """What was typed or chosen in a form's field; nothing when it was left empty."""
        state = self._field(block_id)
        option = state.get("selected_option")
        for name in ("value", "selected_date", "selected_time", "selected_conversation", "selected_user"):
            if state.get(name):
                return str(state[name])
        return str(option["value"]) if option else ""

    def values(self, block_id: str) -> list[str]:
        """What was ticked in a form's checkboxes."""
        return [option["value"] for option in self._field(block_id).get("selected_options") or []]

    def _field(self, block_id: str) -> Payload:
        # Slack writes an empty object as an empty list, and nothing where there is nothing to say.
        values = ((self.view or {}).get("state") or {}).get("values") or {}
        return dict(next(iter((values.get(block_id) or {}).values()), {}))


async def from_command(house: House, body: Payload) -> Visit:
    """A typed command."""
    now = house.clock()
    member = await who(house, body["team_id"], body["user_id"], now)
    return Visit(
        house,
        Actor(member, Origin.COMMAND, body.get("trigger_id")),
        now,
        trigger_id=body.get("trigger_id"),
        response_url=body.get("response_url"),
        channel=body.get("channel_id"),
        channel_name=body.get("channel_name", ""),
        text=body.get("text", ""),
    )


async def from_action(house: House, body: Payload) -> Visit:
    """A pressed button or a chosen option, in a message, a form or App Home."""
    now = house.clock()
    container, view = body.get("container", {}), body.get("view")
    action = body["actions"][0]
    member = await _whoever_acts(house, body, now)
    return Visit(
        house,
        Actor(member, Origin.BUTTON, _request_of(body, action)),
        now,
        trigger_id=body.get("trigger_id"),
        response_url=body.get("response_url"),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        channel_name=(body.get("channel") or {}).get("name", ""),
        message_ts=container.get("message_ts"),
        is_ephemeral=bool(container.get("is_ephemeral")),
        view=view,
        action=action,
    )


async def from_submission(house: House, body: Payload) -> Visit:
    """A submitted form; sent twice, it is still one request."""
    now = house.clock()
    view = body["view"]
    member = await _whoever_acts(house, body, now)
    return Visit(
        house,
        Actor(member, Origin.FORM, f"view:{view['id']}"),
        now,
        trigger_id=body.get("trigger_id"),
        view=view,
    )


async def from_shortcut(house: House, body: Payload) -> Visit:
    """A shortcut; from a message's menu it brings that message along."""
    now = house.clock()
    member = await _whoever_acts(house, body, now)
    channel, message = body.get("channel") or {}, body.get("message")
    return Visit(
        house,
        Actor(member, Origin.BUTTON, body.get("trigger_id")),
        now,
        trigger_id=body.get("trigger_id"),
        response_url=body.get("response_url"),
        channel=channel.get("id"),
        channel_name=channel.get("name", ""),
        message_ts=body.get("message_ts"),
        quoted=Quoted(_words_of(message), message.get("user")) if message else None,
    )


def _words_of(message: Payload) -> str:
    """What a message says; one that was passed on, or an app's, says it in its attachments, a file by its title."""
    if message.get("text"):
        return str(message["text"])
    attached = [each.get("text") or each.get("fallback") for each in message.get("attachments") or []]
    files = [each.get("title") or each.get("name") for each in message.get("files") or []]
    return "\n".join(str(each) for each in (*attached, *files) if each)


async def from_typing(house: House, body: Payload) -> Visit:
    """Somebody types into a menu that is filled meanwhile; ``text`` is what she typed so far."""
    now = house.clock()
    member = await _whoever_acts(house, body, now)
    return Visit(house, Actor(member, Origin.FORM), now, view=body.get("view"), text=str(body.get("value") or ""))


async def who(house: House, workspace_id: str, user_id: str, now: datetime, *, known: bool = True) -> Member:
    """The member; somebody new is asked of Slack once, and so is whoever may not be who is ``known``. Outsider or
    Unreachable when she can't be let in."""
    if workspace_id != house.identity.workspace_id:
        raise Outsider
    member = await house.db.run(members.get, workspace_id, user_id) if known else None
    if member is not None and not member.is_deleted:
        return member
    answer = await house.gateway.call("users.info", user=user_id, include_locale=True)
    if isinstance(answer, Refused | Later | Unknown):
        raise Unreachable(answer)
    user = answer["user"]
    if is_outsider(user, workspace_id):
        raise Outsider
    return await house.db.run(members.ensure, workspace_id, profile(user), now)


def _request_of(body: Payload, action: Payload) -> str | None:
    """What makes two presses one request: each has a trigger of its own, and what is asked in a form or of a draft
    is still done once."""
    if body.get("view") and action["action_id"].startswith(ids.OUTCOME):
        return f"view:{body['view']['id']}"
    if action["action_id"].startswith((ids.ADD_AT, ids.ADD_ANYWAY)):
        return f"draft:{action['value']}"
    trigger_id: str | None = body.get("trigger_id")
    return trigger_id


async def _whoever_acts(house: House, body: Payload, now: datetime) -> Member:
    """Who pressed or sent. In an Enterprise organisation her team is the organisation itself, or another of its
    workspaces that she is in as well; only Slack can tell her from a guest who has come from there."""
    user, team = body["user"], body.get("team") or {}
    here, hers, ours = team.get("id"), user.get("team_id"), house.identity.workspace_id
    organisation = (body.get("enterprise") or {}).get("id") or team.get("enterprise_id")
    if hers in {None, organisation}:
        return await who(house, here or "", user["id"], now)
    if organisation and here == ours != hers:
        return await who(house, here, user["id"], now, known=False)
    return await who(house, hers, user["id"], now)
