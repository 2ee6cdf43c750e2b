"""chat.*: post, update, delete, whisper."""

from typing import Any

from sandbox import rules
from sandbox.methods.call import Arguments, Call, Method, TooFast
from sandbox.methods.content import attachments_from, blocks_from, metadata_from
from sandbox.model import JSON, Channel, Message
from sandbox.refusal import Refusal
from sandbox.rendering import message_json


def post_message(call: Call) -> JSON:
    """Posts into a channel, or to a person (which opens the direct message)."""
    channel = _destination(call)
    content = _content(call.args)
    metadata = metadata_from(call.args)
    thread_ts = _thread(call, channel)
    _pace(call, channel)
    message = call.workspace.app_says(channel.id, **content, metadata=metadata, thread_ts=thread_ts)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.workspace, message)}


def post_ephemeral(call: Call) -> JSON:
    """Whispers to one person in a conversation they are in."""
    channel = _destination(call)
    person = call.args.text("user")
    if person not in call.workspace.people:
        raise Refusal("user_not_found" if person else "invalid_arguments")
    if person not in channel.members:
        raise Refusal("user_not_in_channel")
    content = _content(call.args)
    thread_ts = _thread(call, channel)
    _pace(call, channel)
    message = call.workspace.app_says(channel.id, **content, ephemeral_to=person, thread_ts=thread_ts)
    return {"message_ts": message.ts}


def update(call: Call) -> JSON:
    """Rewrites a message of the app's own: text alone removes the blocks, neither keeps them."""
    message = _own(call, "cant_update_message")
    args = call.args
    blocks, attachments, metadata = blocks_from(args), attachments_from(args), metadata_from(args)
    if len(args.text("text").encode()) > rules.UPDATE_TEXT_BYTES:
        raise Refusal("msg_too_long")
    if args.has("text") or blocks or attachments:
        message.text = args.text("text")
        message.blocks = blocks or []
        message.attachments = attachments or []
    elif blocks is not None:
        raise Refusal("no_text")
    if metadata is not None:
        message.metadata = metadata or None
    message.edited = {"user": call.workspace.app.bot_user_id, "ts": call.workspace.next_ts()}
    call.workspace.changed(message)
    shown = message_json(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> JSON:
    """Takes away a message of the app's own."""
    message = _own(call, "cant_delete_message")
    call.workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> JSON:
    """The link to a message."""
    workspace = call.workspace
    channel = workspace.channel(call.args.text("channel"))
    if (channel.is_private or channel.is_im) and workspace.app.bot_user_id not in channel.members:
        raise Refusal("channel_not_found")
    message = workspace.message(channel.id, call.args.text("message_ts"))
    link = f"https://{workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _destination(call: Call) -> Channel:
    """The conversation meant by an id, a name or a person's id, if the app may speak there."""
    workspace, wanted = call.workspace, call.args.text("channel")
    if wanted in workspace.people:
        if workspace.people[wanted].is_bot:
            raise Refusal("cannot_dm_bot")
        return workspace.im_with(wanted)
    channel = workspace.channels.get(wanted) or workspace.channel_named(wanted)
    if channel is None:
        raise Refusal("channel_not_found")
    _may_speak(call, channel)
    return channel


def _may_speak(call: Call, channel: Channel) -> None:
    app = call.workspace.app
    inside = app.bot_user_id in channel.members
    if not inside and channel.is_private:
        raise Refusal("channel_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if not inside and "chat:write.public" not in app.scopes:
        raise Refusal("not_in_channel")


def _content(args: Arguments) -> dict[str, Any]:
    blocks, attachments, text = blocks_from(args), attachments_from(args), args.text("text")
    if not text and not blocks and not attachments:
        raise Refusal("no_text")
    return {"text": text[: rules.MESSAGE_TEXT], "blocks": blocks or [], "attachments": attachments or []}


def _thread(call: Call, channel: Channel) -> str | None:
    if not call.args.has("thread_ts"):
        return None
    try:
        parent = call.workspace.message(channel.id, call.args.text("thread_ts"))
    except Refusal:
        raise Refusal("thread_not_found") from None
    return parent.thread_ts or parent.ts


def _own(call: Call, otherwise: str) -> Message:
    channel = call.workspace.channel(call.args.text("channel"))
    message = call.workspace.message(channel.id, call.args.text("ts"))
    if message.bot_id != call.workspace.app.bot_id:
        raise Refusal(otherwise)
    return message


def _pace(call: Call, channel: Channel) -> None:
    late = call.pace.message(channel.id)
    if late is not None:
        raise TooFast(late)


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, tier=4, scopes=WRITE),
    "chat.postEphemeral": Method(post_ephemeral, tier=4, scopes=WRITE),
    "chat.update": Method(update, tier=3, scopes=WRITE),
    "chat.delete": Method(delete, tier=3, scopes=WRITE),
    "chat.getPermalink": Method(get_permalink, tier=4, reads=True),
}
