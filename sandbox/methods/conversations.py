"""conversations.*: open a direct message, look at a conversation, read the app's own."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from sandbox.methods.call import Call, Method
from sandbox.model import JSON, Channel, Message
from sandbox.refusal import Refusal
from sandbox.rendering import channel_json, message_json

PAGE, MOST = 100, 999


def open_im(call: Call) -> JSON:
    """Opens (or finds) the direct message with one person."""
    workspace, args = call.workspace, call.args
    if args.has("channel"):
        return _opened(call, _visible(call, args.text("channel")), already=True)
    users = [each for each in args.text("users").split(",") if each]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("method_not_supported_for_channel_type")
    person = workspace.person(users[0])
    if person.is_bot:
        raise Refusal("cannot_dm_bot")
    if person.deleted:
        raise Refusal("user_disabled")
    already = workspace.find_im(person.id) is not None
    return _opened(call, workspace.im_with(person.id), already=already)


def info(call: Call) -> JSON:
    """What a conversation is, if the app's scopes let it see."""
    channel = _visible(call, call.args.text("channel"))
    call.need_scope(f"{_family(channel)}:read")
    return {"channel": channel_json(channel, call.workspace.app)}


def history(call: Call) -> JSON:
    """Messages of a conversation, newest first; ephemerals are in none."""
    workspace, args = call.workspace, call.args
    channel = _visible(call, args.text("channel"))
    call.need_scope(f"{_family(channel)}:history")
    if workspace.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    limit = args.number("limit", PAGE, MOST)
    found = [each for each in reversed(workspace.history(channel.id)) if _within(call, each)]
    page, more = found[:limit], len(found) > limit
    shown = [message_json(workspace, each, with_metadata=args.flag("include_all_metadata")) for each in page]
    answer: JSON = {"messages": shown, "has_more": more, "pin_count": 0}
    if more:
        answer["response_metadata"] = {"next_cursor": cursor(page[-1].ts)}
    return answer


def cursor(last: str) -> str:
    """An opaque cursor for what comes after ``last``."""
    return urlsafe_b64encode(f"next:{last}".encode()).decode()


def last_of(opaque: str) -> str:
    """What a cursor stands after."""
    try:
        kind, _, last = urlsafe_b64decode(opaque.encode()).decode().partition(":")
    except ValueError:
        raise Refusal("invalid_cursor") from None
    if kind != "next":
        raise Refusal("invalid_cursor")
    return last


def _within(call: Call, message: Message) -> bool:
    """Whether a message is a top-level one inside oldest, latest and cursor."""
    args, inclusive = call.args, call.args.flag("inclusive")
    ts, oldest, latest = float(message.ts), _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
    if args.has("cursor") and ts >= float(last_of(args.text("cursor"))):
        return False
    reply = message.thread_ts not in (None, message.ts)
    return not reply and (oldest < ts < latest or (inclusive and ts in (oldest, latest)))


def _moment(call: Call, name: str, default: float) -> float:
    try:
        return float(call.args.text(name) or default)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _visible(call: Call, channel_id: str) -> Channel:
    """The conversation, unless it is private and the app is not in it."""
    channel = call.workspace.channel(channel_id)
    if channel.is_private and call.workspace.app.bot_user_id not in channel.members:
        raise Refusal("channel_not_found")
    return channel


def _family(channel: Channel) -> str:
    """The family of scopes for this kind of conversation."""
    if channel.is_im:
        return "im"
    return "groups" if channel.is_private else "channels"


def _opened(call: Call, channel: Channel, *, already: bool) -> JSON:
    whole = channel_json(channel, call.workspace.app) if call.args.flag("return_im") else {"id": channel.id}
    return {"no_op": already, "already_open": already, "channel": whole}


READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
METHODS = {
    "conversations.open": Method(open_im, tier=3, scopes=("im:write", "channels:manage", "groups:write", "mpim:write")),
    "conversations.info": Method(info, tier=3, scopes=READ, reads=True),
    "conversations.history": Method(history, tier=3, scopes=HISTORY, reads=True),
}
