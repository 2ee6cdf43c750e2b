"""Giving a prospect to somebody else, typed or in the edit form: who can have it, and who hears of it."""

from typing import Any

from bot import outbox
from bot.gateway import Later, Refused, Unknown
from bot.services import members
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.slack.actor import Visit, is_outsider, profile
from language import say

EXAMPLE = "assign acme @ben"


async def check_receiver(visit: Visit, user_id: str, field: str = "owner") -> None:
    """InvalidInput for a bot, a guest or a stranger, at a form's field; Slack is asked only of whom we never met."""
    workspace_id = visit.member.workspace_id
    if not user_id or await visit.house.db.run(members.get, workspace_id, user_id) is not None:
        return
    answer = await visit.house.gateway.call("users.info", user=user_id)
    if isinstance(answer, Refused | Later | Unknown):
        return  # then it is only said that they have not been here
    user: dict[str, Any] = answer["user"]
    name = profile(user).name
    if user.get("deleted"):
        raise InvalidInput(field, say("{name} is deactivated in Slack", name=name), EXAMPLE)
    if is_outsider(user, workspace_id):
        why = say("{name} is a bot, a guest or from another workspace: choose a member of yours", name=name)
        raise InvalidInput(field, why, EXAMPLE)


async def told(visit: Visit, done: Done) -> list[str]:
    """Who hears of a change is told now; said in words, nothing where nobody does."""
    for heard in done.heard:
        await outbox.send_one(visit.house, heard.delivery_id, visit.now)
    names = [heard.member.name for heard in done.heard]
    match names:
        case []:
            return []
        case [name]:
            return [say("{name} was told.", name=name)]
    return [say("{name} and {other} were told.", name=names[0], other=names[1])]
