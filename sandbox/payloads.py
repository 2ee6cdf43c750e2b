"""The payloads Slack sends, exactly in its shapes. Pure: the workspace is only read."""

import re
from typing import Any

from sandbox.model import JSON, Channel, Message, Person, State, View
from sandbox.rendering import message_json, view_json
from sandbox.screen import Element, chosen
from sandbox.workspace import Workspace

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
WEB = re.compile(r"https?://[^\s<>]+")
MENTION = re.compile(r"(?<![\w.])@([\w.-]*\w)")
CHANNEL = re.compile(r"(?<!\w)#([\w-]+)")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(workspace: Workspace, typed: str, *, should_escape: bool) -> str:
    """Typed text as it reaches the app; mentions and links are turned into ids only where the command asks for it."""
    text = "".join(ENTITIES.get(letter, letter) for letter in typed)
    text = EMAIL.sub(lambda found: f"<mailto:{found[0]}|{found[0]}>", text)
    if not should_escape:
        return text
    text = WEB.sub(lambda found: f"<{found[0]}>", text)
    text = MENTION.sub(lambda found: _mention(workspace, found), text)
    return CHANNEL.sub(lambda found: _channel(workspace, found), text)


def _mention(workspace: Workspace, found: re.Match[str]) -> str:
    person = next((each for each in workspace.people.values() if each.name == found[1]), None)
    return f"<@{person.id}|{person.name}>" if person else found[0]


def _channel(workspace: Workspace, found: re.Match[str]) -> str:
    channel = workspace.channel_named(found[1])
    return f"<#{channel.id}|{channel.name}>" if channel else found[0]


def channel_name(channel: Channel) -> str:
    """What payloads call a conversation: private ones keep their name to themselves."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def command(
    workspace: Workspace, person: Person, channel: Channel, name: str, text: str, *, response_url: str, trigger_id: str
) -> JSON:
    """A slash command's form."""
    return {
        **_organisation(workspace),
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _interaction(workspace: Workspace, kind: str, person: Person, trigger_id: str | None = None) -> JSON:
    organisation = workspace.organisation
    payload: JSON = {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": _team(workspace, person)},
        "api_app_id": workspace.app.app_id,
        "token": workspace.app.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.domain, **_organisation(workspace)},
        "enterprise": {"id": organisation.id, "name": organisation.name} if organisation else None,
        "is_enterprise_install": False,
    }
    return {**payload, "trigger_id": trigger_id} if trigger_id else payload


def _organisation(workspace: Workspace) -> JSON:
    """What is added where the workspace belongs to an organisation."""
    organisation = workspace.organisation
    return {"enterprise_id": organisation.id, "enterprise_name": organisation.name} if organisation else {}


def _team(workspace: Workspace, person: Person) -> str:
    """Whose somebody is: in an organisation she is the organisation's."""
    if workspace.organisation and person.team_id == workspace.team_id:
        return workspace.organisation.id
    return person.team_id


def action(element: Element, raw: Any, action_ts: str) -> JSON:
    """What was done to one element."""
    done: JSON = {"action_id": element.action_id, "block_id": element.block_id, "action_ts": action_ts}
    done |= {"type": element.type}
    if element.type == "button":
        shown = ("text", "value", "style", "url", "confirm", "accessibility_label")
        return {**done, **{key: element.json[key] for key in shown if key in element.json}}
    picked = {**done, **chosen(element, raw)}
    for key in ("placeholder", "confirm"):
        if key in element.json:
            picked[key] = element.json[key]
    return picked


def message_action_block(
    workspace: Workspace, person: Person, message: Message, done: JSON, state: State, *, url: str, trigger_id: str
) -> JSON:
    """block_actions from a message; an ephemeral message is not shown to the app again."""
    channel = workspace.channels[message.channel]
    payload = _interaction(workspace, "block_actions", person, trigger_id)
    payload["container"] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.is_ephemeral,
    }
    if message.thread_ts:
        payload["container"]["thread_ts"] = message.thread_ts
    payload |= {"channel": {"id": channel.id, "name": channel_name(channel)}, "response_url": url}
    if not message.is_ephemeral:
        payload["message"] = message_json(workspace, message, with_metadata=True)
    return {**payload, "state": {"values": state}, "actions": [done]}


def view_action_block(
    workspace: Workspace, person: Person, view: View, done: JSON, state: State, *, trigger_id: str
) -> JSON:
    """block_actions from a modal or a home."""
    payload = _interaction(workspace, "block_actions", person, trigger_id)
    payload["container"] = {"type": "view", "view_id": view.id}
    return {**payload, "view": view_json(workspace, view, state), "actions": [done]}


def suggestion(workspace: Workspace, person: Person, surface: Message | View, element: Element, typed: str) -> JSON:
    """block_suggestion: what was typed so far into a menu that the app fills."""
    payload = _interaction(workspace, "block_suggestion", person)
    payload |= {"action_id": element.action_id, "block_id": element.block_id, "value": typed}
    if isinstance(surface, View):
        payload["container"] = {"type": "view", "view_id": surface.id}
        return {**payload, "view": view_json(workspace, surface, surface.state)}
    channel = workspace.channels[surface.channel]
    container = {"type": "message", "message_ts": surface.ts, "channel_id": channel.id}
    payload["container"] = {**container, "is_ephemeral": surface.is_ephemeral}
    return {**payload, "channel": {"id": channel.id, "name": channel_name(channel)}}


def submission(workspace: Workspace, person: Person, view: View, state: State, *, trigger_id: str) -> JSON:
    """view_submission with everything that stands in the inputs."""
    payload = _interaction(workspace, "view_submission", person, trigger_id)
    return {**payload, "view": view_json(workspace, view, state), "response_urls": view.response_urls}


def closed(workspace: Workspace, person: Person, view: View, state: State, *, is_cleared: bool) -> JSON:
    """view_closed."""
    payload = _interaction(workspace, "view_closed", person)
    return {**payload, "view": view_json(workspace, view, state), "is_cleared": is_cleared}


def global_shortcut(workspace: Workspace, person: Person, callback_id: str, *, trigger_id: str) -> JSON:
    """A shortcut from anywhere."""
    payload = _interaction(workspace, "shortcut", person, trigger_id)
    return {**payload, "callback_id": callback_id, "action_ts": workspace.next_ts()}


def message_shortcut(
    workspace: Workspace, person: Person, message: Message, callback_id: str, *, url: str, trigger_id: str
) -> JSON:
    """A shortcut from a message's menu."""
    channel = workspace.channels[message.channel]
    payload = _interaction(workspace, "message_action", person, trigger_id)
    payload |= {"callback_id": callback_id, "message_ts": message.ts, "action_ts": workspace.next_ts()}
    payload |= {"channel": {"id": channel.id, "name": channel_name(channel)}, "response_url": url}
    return {**payload, "message": message_json(workspace, message)}


def event(workspace: Workspace, inner: JSON, *, event_id: str) -> JSON:
    """An event in the envelope of the Events API."""
    moment = workspace.next_ts()
    bot = {"enterprise_id": None, "team_id": workspace.team_id, "user_id": workspace.app.bot_user_id}
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app.app_id,
        "event": {"event_ts": moment, **inner},
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(moment)),
        "authorizations": [{**bot, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
