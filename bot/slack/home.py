"""App Home: drawn when it is opened, and after each press in it."""

from dataclasses import replace
from typing import Any

from bot.house import House
from bot.services import finding, outbox
from bot.services import home as looks
from bot.services.actor import Actor, Origin
from bot.services.errors import InvalidInput, StillReading
from bot.services.home import Choice, Home, Result
from bot.slack.reading import find_grammar
from bot.slack.reading.prefs import prefs_of
from bot.slack.reading.understood import Problem
from bot.storage.records import Member
from bot.views import found, home, ids
from bot.views.blocks import Message
from language import say, speaking

Payload = dict[str, Any]
START = Choice()


async def publish(house: House, member: Member, choice: Choice = START, news: Message | None = None) -> bool:
    """Draw what somebody looks at in her Home, as it stands now; ``news``: what she just did there. False where
    Slack did not say that it is drawn."""
    shown = await house.db.run(looks.look, member, choice, house.clock())
    withheld = await house.db.run(outbox.unsaid, member.workspace_id, member.id)
    with speaking(shown.viewer.speaks):  # she may just have chosen another language
        if choice.view is not None:
            shown = replace(shown, found=await _found(house, shown, choice.view))
        view = home.home(shown, withheld, news)
    return isinstance(await house.gateway.call("views.publish", user_id=member.id, view=view), dict)


async def _found(house: House, shown: Home, word: str) -> Result | None:
    """What a saved view finds now."""
    kept = next((view for view in shown.views if ids.view_word(view.key) == word), None)
    if kept is None:
        return None
    query = find_grammar.read(kept.line, prefs_of(shown.viewer))
    if isinstance(query, Problem):
        return Result(kept.name, problem=query.reason)
    viewer = Actor(shown.viewer, Origin.BUTTON)
    try:
        page = await house.db.run(finding.find, viewer, query, shown.now, shown.choice.page)
    except StillReading:
        return Result(
            kept.name,
            problem=say("I have just started and am still reading everything. Please open it again in a moment."),
        )
    except InvalidInput as error:
        return Result(kept.name, problem=error.why)
    return Result(kept.name, found.told(query.words, find_grammar.understood(query), page.owners), page)


def seen(view: Payload | None) -> Choice:
    """What a Home shows; the first tab where there is none yet."""
    is_home = view is not None and view.get("type") == "home"
    return home.read(str(view.get("private_metadata", ""))) if view and is_home else START


def after(view: Payload, action: Payload) -> Choice:
    """What it shows once something was pressed in it."""
    picked = (action.get("selected_option") or {}).get("value") or action.get("value") or ""
    return home.turned(seen(view), str(action.get("action_id", "")), str(picked))
