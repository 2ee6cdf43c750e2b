"""auth.*, api.*, users.*, bots.*, dnd.*, apps.*, blocks.*: who is here, and whether we may speak at all."""

from sandbox import rules
from sandbox.methods.call import APP, Call, Method
from sandbox.methods.conversations import cursor, last_of
from sandbox.model import JSON
from sandbox.refusal import Refusal
from sandbox.rendering import bot_json, dnd_json, person_json
from sandbox.schema import Problem

PAGE, MOST = 1_000, 1_000
DND_USERS = 50
DND_TOLD = ("dnd_enabled", "next_dnd_start_ts", "next_dnd_end_ts")
"""What is told of others; a snooze by hand is told to whoever snoozes, and an app is nobody who does."""


def auth_test(call: Call) -> JSON:
    """Whose token this is."""
    workspace, app = call.workspace, call.workspace.app
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": app.name,
        "team_id": workspace.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> JSON:
    """Says what it was told; fails when told to."""
    if call.args.has("error"):
        raise Refusal(call.args.text("error"), args={"error": call.args.text("error")})
    return {"args": {"foo": call.args.text("foo")} if call.args.has("foo") else {}}


def users_info(call: Call) -> JSON:
    """One person."""
    person = call.workspace.person(call.args.text("user"))
    with_email = "users:read.email" in call.workspace.app.scopes
    with_locale = call.args.flag("include_locale")
    now = call.workspace.clock.now()
    return {"user": person_json(person, now, with_email=with_email, with_locale=with_locale)}


def users_list(call: Call) -> JSON:
    """Everybody, a page at a time."""
    workspace, args = call.workspace, call.args
    after = last_of(args.text("cursor")) if args.has("cursor") else ""
    left = [workspace.people[key] for key in sorted(workspace.people) if key > after]
    limit = args.number("limit", PAGE, MOST)
    with_email, with_locale = "users:read.email" in workspace.app.scopes, args.flag("include_locale")
    now = workspace.clock.now()
    members = [person_json(each, now, with_email=with_email, with_locale=with_locale) for each in left[:limit]]
    more = cursor(left[limit - 1].id) if len(left) > limit else ""
    return {"members": members, "cache_ts": int(now.timestamp()), "response_metadata": {"next_cursor": more}}


def bots_info(call: Call) -> JSON:
    """The app's bot."""
    if call.args.text("bot") != call.workspace.app.bot_id:
        raise Refusal("bot_not_found")
    return {"bot": bot_json(call.workspace.app, call.workspace)}


def dnd_info(call: Call) -> JSON:
    """One person's do-not-disturb, as anybody but that person is told it."""
    person = call.workspace.person(call.args.text("user"))
    return _told(dnd_json(person.do_not_disturb, call.workspace.clock.now()))


def dnd_team_info(call: Call) -> JSON:
    """Several people's do-not-disturb; snoozes by hand are not told."""
    wanted = [each for each in call.args.text("users").split(",") if each]
    if not wanted:
        raise Refusal("missing_argument")
    if len(wanted) > DND_USERS:
        raise Refusal("too_many_users")
    known = [call.workspace.people[each] for each in wanted if each in call.workspace.people]
    now = call.workspace.clock.now()
    return {"users": {each.id: _told(dnd_json(each.do_not_disturb, now)) for each in known}}


def _told(dnd: JSON) -> JSON:
    return {key: dnd[key] for key in DND_TOLD}


def connections_open(call: Call) -> JSON:
    """Where to connect a websocket for Socket Mode, once."""
    call.need_app_scope("connections:write")
    address = call.workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={call.socket.ticket()}&app_id={call.workspace.app.app_id}"}


def blocks_validate(call: Call) -> JSON:
    """Slack's own judge of blocks, a message or a view."""
    args = call.args
    given = [name for name in ("blocks", "message", "view") if args.has(name)]
    if len(given) != 1:
        raise Refusal("invalid_arguments", ["[ERROR] provide exactly one of blocks, message or view"])
    value = args.json(given[0], "invalid_arguments")
    match given[0]:
        case "blocks":
            problems = rules.message_blocks(value)
        case "message":
            problems = rules.message_blocks(value.get("blocks", []) if isinstance(value, dict) else value)
        case _:
            kind = value.get("type") if isinstance(value, dict) else None
            problems = rules.view(value, kind if kind in rules.VIEWS else "modal")
    if problems:
        raise Refusal(f"invalid_{given[0]}", errors=[_explained(each) for each in problems])
    return {}


def _explained(problem: Problem) -> JSON:
    return {"pointer": problem.pointer, "code": "failed_constraint", "message": problem.words}


READ = ("users:read",)
METHODS = {
    "auth.test": Method(auth_test, tier=4),
    "api.test": Method(api_test, tier=4, token=None),
    "users.info": Method(users_info, tier=4, scopes=READ, reads=True),
    "users.list": Method(users_list, tier=2, scopes=READ, reads=True),
    "bots.info": Method(bots_info, tier=3, scopes=READ, reads=True),
    "dnd.info": Method(dnd_info, tier=3, scopes=("dnd:read",), reads=True),
    "dnd.teamInfo": Method(dnd_team_info, tier=2, scopes=("dnd:read",), reads=True),
    "apps.connections.open": Method(connections_open, tier=1, token=APP),
    "blocks.validate": Method(blocks_validate, tier=4, token=None),
}
