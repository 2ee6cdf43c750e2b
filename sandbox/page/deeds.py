"""What a person can do on the page, said to the sandbox; each answers what the script needs to know."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sandbox.model import JSON, Message, Person, View
from sandbox.outcomes import Outcome
from sandbox.page.moves import moves
from sandbox.page.places import listens
from sandbox.page.visit import Visit
from sandbox.page.words import zone_of
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from sandbox.screen import STATELESS, Element, chosen, elements, find, state_of

UNHEARD: Final = "{app} does not read messages. Start with {command}, for example {command} help."
ARRIVED: Final = "{app} is in #{channel} now."
NO_ANSWER: Final = "{app} did not answer properly ({trouble})."
Asked = Mapping[str, Any]


class Unreadable(ValueError):
    """A request that the page's own script would not send."""


async def say(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Sends what stands in the message box: a command when it starts with a slash."""
    text, thread = _word(asked, "text").strip(), asked.get("thread")
    if not text:
        return {"ok": True}
    before = set(here.here.members)
    if text.startswith("/"):
        await sandbox.type_command(here.me, here.here, text, thread)
    else:
        await sandbox.say(here.me, here.here, text, thread)
    notice = _after_saying(sandbox, here, text, before)
    return {"ok": True, "notice": notice} if notice else {"ok": True}


async def click(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Uses one element, after noting what stands in all the others beside it."""
    surface = _surface(sandbox, here, asked)
    action, block = _word(asked, "action"), _word(asked, "block")
    element = find(surface, action, block)
    keep(here.me, surface, _standing(surface, asked.get("values") or {}))
    value = None if element.type == "button" else _raw(element, asked.get("value"), here.me)
    return _told(sandbox, await sandbox.click(here.me, surface, action, block, value))


async def suggest(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Types into a menu that the app fills; what it offers is drawn with the next update."""
    surface = _surface(sandbox, here, asked)
    await sandbox.suggest(here.me, surface, _word(asked, "action"), _word(asked, "typed"))
    return {"ok": True}


async def shortcut(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Runs one of the app's shortcuts: from a message's menu, or from anywhere."""
    callback_id = _word(asked, "shortcut")
    if asked.get("ts"):
        message = _message(sandbox, here, asked)
        return _told(sandbox, await sandbox.message_shortcut(here.me, message, callback_id))
    return _told(sandbox, await sandbox.global_shortcut(here.me, callback_id))


async def submit(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Submits the modal in front."""
    view = _modal(sandbox, here, asked)
    keep(here.me, view, asked.get("values") or {})
    return _told(sandbox, await sandbox.submit(here.me, view))


async def close(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Closes the modal in front."""
    return _told(sandbox, await sandbox.close(here.me, _modal(sandbox, here, asked)))


async def dismiss(sandbox: Sandbox, here: Visit, asked: Asked) -> JSON:
    """Takes an ephemeral message off the screen."""
    sandbox.dismiss(here.me, _message(sandbox, here, asked))
    return {"ok": True}


async def join(sandbox: Sandbox, here: Visit, _asked: Asked) -> JSON:
    """Joins the public channel that is open."""
    if here.here.is_im or here.here.is_private:
        raise NotRendered("only a public channel can be joined")
    here.here.members.add(here.me.id)
    sandbox.workspace.happened("channel", channel=here.here.id)
    return {"ok": True}


async def move_clock(sandbox: Sandbox, here: Visit, _asked: Asked, *, move: str) -> JSON:
    """Moves the sandbox's clock to where one of the clock bar's buttons leads."""
    offered = {each.path: each.at for each in moves(sandbox.clock.now(), zone_of(here.me.tz))}
    if move not in offered:
        raise NotRendered(f"the clock has no {move!r}")
    await sandbox.move_clock(offered[move])
    return {"ok": True}


DEEDS: Final[Mapping[str, Callable[..., Awaitable[JSON]]]] = {
    "/say": say,
    "/click": click,
    "/suggest": suggest,
    "/shortcut": shortcut,
    "/submit": submit,
    "/close": close,
    "/dismiss": dismiss,
    "/join": join,
    "/clock/{move}": move_clock,
}


def _standing(surface: Message | View, values: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without what was redrawn on the surface while this press was on its way: only what is pressed must stand."""
    there = {(element.block_id, element.action_id) for element in elements(surface.blocks)}
    return {
        block_id: {action_id: raw for action_id, raw in of_block.items() if (block_id, action_id) in there}
        for block_id, of_block in values.items()
    }


def keep(person: Person, surface: Message | View, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Notes what a person has put into a surface's inputs; what still reads as it was drawn is left alone."""
    state = surface.state if isinstance(surface, View) else surface.states.setdefault(person.id, {})
    now = state_of(surface.blocks, state)
    for block_id, of_block in values.items():
        for action_id, raw in of_block.items():
            element = find(surface, action_id, block_id)
            if element.type in STATELESS:
                continue
            value = chosen(element, _raw(element, raw, person))
            if value != now.get(block_id, {}).get(action_id):
                state.setdefault(block_id, {})[action_id] = value


def _raw(element: Element, raw: Any, person: Person) -> Any:
    """What the browser says of an element, as the sandbox takes it: a moment counts in seconds."""
    if element.type != "datetimepicker" or not raw:
        return raw
    return int(datetime.fromisoformat(raw).replace(tzinfo=zone_of(person.tz)).timestamp())


def _after_saying(sandbox: Sandbox, here: Visit, text: str, members_before: set[str]) -> str:
    """What would otherwise happen without a sign: the app came into the channel, or a message nobody hears."""
    app = sandbox.workspace.app
    if app.bot_user_id in here.here.members - members_before:
        return ARRIVED.format(app=app.display_name, channel=here.here.name)
    is_to_app = here.here.partner(here.me.id) == app.bot_user_id
    if is_to_app and not text.startswith("/") and app.commands and not listens(sandbox.workspace):
        return UNHEARD.format(app=app.display_name, command=app.commands[0].name)
    return ""


def _word(asked: Asked, key: str) -> str:
    """One text of a request, which must be there."""
    if not isinstance(asked.get(key), str):
        raise Unreadable(key)
    return str(asked[key])


def _surface(sandbox: Sandbox, here: Visit, asked: Asked) -> Message | View:
    if not asked.get("view"):
        return _message(sandbox, here, asked)
    home = sandbox.workspace.home.get(here.me.id)
    return home if home is not None and home.id == asked["view"] else _modal(sandbox, here, asked)


def _modal(sandbox: Sandbox, here: Visit, asked: Asked) -> View:
    view = sandbox.workspace.top_view(here.me.id)
    if view is None or view.id != _word(asked, "view"):
        raise NotRendered("that modal is not in front")
    return view


def _message(sandbox: Sandbox, here: Visit, asked: Asked) -> Message:
    for each in sandbox.workspace.seen_by(here.me.id, _word(asked, "channel")):
        if each.ts == _word(asked, "ts"):
            return each
    raise NotRendered("that message is not on the screen")


def _told(sandbox: Sandbox, outcome: Outcome) -> JSON:
    """An outcome as the script takes it: what to say aloud, and whether fields have errors."""
    answer: JSON = {"ok": outcome.trouble is None and not outcome.errors}
    if outcome.errors:
        answer["errors"] = outcome.errors
    if outcome.trouble:
        app = sandbox.workspace.app.display_name
        answer["notice"] = NO_ANSWER.format(app=app, trouble=outcome.trouble)
    return answer
