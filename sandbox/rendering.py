"""What Slack makes of blocks it accepted, and how it shows its own objects to the app as JSON."""

from datetime import datetime
from itertools import count
from typing import Any

from sandbox.element_rules import BUTTONS, DATE_TIME, MENUS, MULTI_MENUS, PICKERS, TYPED
from sandbox.model import JSON, App, Blocks, Channel, DoNotDisturb, Message, Person, State, View
from sandbox.workspace import Workspace

ADDED = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
"""What Slack writes into every text object it hands back."""
NEEDS_ACTION_ID = frozenset({**BUTTONS, **MENUS, **MULTI_MENUS, **PICKERS, **DATE_TIME, **TYPED})


def accepted(blocks: Blocks) -> Blocks:
    """A copy of accepted blocks with the ids and defaults that Slack fills in."""
    numbers = count(1)
    taken = {block["block_id"] for block in blocks if block.get("block_id")}

    def fresh() -> str:
        return next(name for name in (f"b{number:03d}" for number in numbers) if name not in taken)

    filled = [_filled(block, numbers) for block in blocks]
    return [{**block, "block_id": block.get("block_id") or fresh()} for block in filled]


def completed(text: JSON | None) -> JSON | None:
    """A text object with the default that Slack fills in."""
    filled: JSON | None = _filled(text, count(1))
    return filled


def _filled(value: Any, numbers: "count[int]") -> Any:
    if isinstance(value, list):
        return [_filled(each, numbers) for each in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _filled(each, numbers) for key, each in value.items()}
    kind = copy.get("type")
    if kind in ADDED and "text" in copy:
        copy.setdefault(*ADDED[kind])
    if kind in NEEDS_ACTION_ID and "action_id" not in copy:
        copy["action_id"] = f"a{next(numbers):03d}"
    return copy


def message_json(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> JSON:
    """A message as history and payloads show it."""
    shown: JSON = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": bot_json(workspace.app, workspace)}
    optional = {"thread_ts": message.thread_ts, "edited": message.edited, "blocks": message.blocks}
    optional["attachments"] = message.attachments
    if with_metadata:
        optional["metadata"] = message.metadata
    return {**shown, "team": workspace.team_id, **{key: value for key, value in optional.items() if value}}


def bot_json(app: App, workspace: Workspace) -> JSON:
    """The app's bot."""
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.bot_user_id,
        "name": app.display_name,
        "team_id": workspace.team_id,
        "deleted": app.inactive,
        "updated": 0,
        "icons": {},
    }


def view_json(workspace: Workspace, view: View, state: State | None = None) -> JSON:
    """A view with the state of its inputs."""
    shown: JSON = {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "external_id": view.external_id,
        "hash": view.hash,
        "state": {"values": state if state is not None else view.state},
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }
    if view.type == "modal":
        shown |= {"title": view.title, "close": view.close, "submit": view.submit}
        shown["submit_disabled"] = view.submit_disabled
    return shown


def person_json(person: Person, now: datetime, *, with_email: bool, with_locale: bool) -> JSON:
    """A user as users.info shows it; e-mail and locale only when asked for and allowed."""
    shown_as = person.name if person.display_name is None else person.display_name
    profile: JSON = {"real_name": person.real_name, "display_name": shown_as, "team": person.team_id}
    if with_email and person.email:
        profile["email"] = person.email
    shown: JSON = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "updated": 0,
    }
    if person.deleted:
        return shown
    shown |= {"real_name": person.real_name, "is_admin": person.is_admin, "is_owner": person.is_owner}
    shown |= {"is_restricted": person.is_restricted, "is_ultra_restricted": False, "is_app_user": False}
    if person.is_stranger:
        shown["is_stranger"] = True
    if person.tz:
        shown |= {"tz": person.tz, "tz_label": person.tz_label or person.tz, "tz_offset": person.tz_offset(now)}
    if person.workspaces:
        shown["enterprise_user"] = {"id": person.id, "teams": list(person.workspaces)}
    if with_locale:
        shown["locale"] = person.locale
    return shown


def channel_json(channel: Channel, app: App) -> JSON:
    """A conversation as conversations.info shows it."""
    shown: JSON = {
        "id": channel.id,
        "created": int(channel.created.timestamp()),
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_archived": channel.is_archived,
    }
    if channel.is_im:
        return {**shown, "user": channel.partner(app.bot_user_id)}
    shown |= {"name": channel.name, "name_normalized": channel.name, "is_private": channel.is_private}
    shown |= {"is_channel": not channel.is_private, "is_group": channel.is_private}
    return {**shown, "is_member": app.bot_user_id in channel.members, "num_members": len(channel.members)}


def dnd_json(dnd: DoNotDisturb, now: datetime) -> JSON:
    """A person's do-not-disturb; without a schedule Slack answers with the moment 1."""
    snoozed = dnd.snoozed_until is not None and dnd.snoozed_until > now
    return {
        "dnd_enabled": dnd.enabled,
        "next_dnd_start_ts": int(dnd.next_start.timestamp()) if dnd.next_start else 1,
        "next_dnd_end_ts": int(dnd.next_end.timestamp()) if dnd.next_end else 1,
        "snooze_enabled": snoozed,
        **({"snooze_endtime": int(dnd.snoozed_until.timestamp())} if snoozed and dnd.snoozed_until else {}),
    }
