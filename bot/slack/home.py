"""App Home: drawn when it is opened, and after each press in it."""

from typing import Any

from bot.house import House
from bot.services import home as looks
from bot.services import outbox
from bot.services.home import Choice
from bot.storage.records import Member
from bot.views import home

Payload = dict[str, Any]
START = Choice()


async def publish(house: House, member: Member, choice: Choice = START) -> None:
    """Draw what somebody looks at in her Home, as it stands now."""
    shown = await house.db.run(looks.look, member, choice, house.clock())
    withheld = await house.db.run(outbox.unsaid, member.workspace_id, member.id)
    await house.gateway.call("views.publish", user_id=member.id, view=home.home(shown, withheld))


def seen(view: Payload | None) -> Choice:
    """What a Home shows; the first tab where there is none yet."""
    is_home = view is not None and view.get("type") == "home"
    return home.read(str(view.get("private_metadata", ""))) if view and is_home else START


def after(view: Payload, action: Payload) -> Choice:
    """What it shows once something was pressed in it."""
    picked = (action.get("selected_option") or {}).get("value") or action.get("value") or ""
    return home.turned(seen(view), str(action.get("action_id", "")), str(picked))
