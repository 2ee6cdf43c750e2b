"""Giving a prospect to somebody else, typed or in the edit form: who can have it, and who hears of it."""

from bot import outbox, standing
from bot.services import fates, targets
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.fates import Fate, Stand
from bot.services.targets import Target
from bot.slack.actor import Visit
from bot.views import fates as views
from bot.views.fates import News
from language import say

EXAMPLE = "assign acme @ben"


async def look_at_owner(visit: Visit, target: Target) -> None:
    """Whether its owner is still here is asked of Slack before anybody counts on her answer."""
    owner_id = await visit.house.db.run(targets.owner_id, visit.member.workspace_id, target)
    if owner_id is not None:
        await look_at(visit, owner_id)


async def look_at(visit: Visit, member_id: str) -> None:
    """The same, of somebody: what an event should have told, and did not, is known from here on."""
    if member_id != visit.member.id:
        await standing.asked(visit.house, member_id, standing.ASKING_SECONDS)


async def check_receiver(visit: Visit, user_id: str, field: str = "owner") -> None:
    """InvalidInput, at a form's field, for a bot, a guest, a stranger and who left: as Slack tells, if it does."""
    if not user_id or user_id == visit.member.id:
        return
    user = await standing.user(visit.house, user_id, standing.ASKING_SECONDS)
    if not isinstance(user, dict):
        return  # then what is known of them has to do
    await standing.told(visit.house, user)
    name = standing.profile(user).name
    if user.get("deleted"):
        raise InvalidInput(field, say("{name} is deactivated in Slack", name=name), EXAMPLE)
    if standing.is_outsider(user, visit.member.workspace_id):
        why = say("{name} is a bot, a guest or from another workspace: choose a member of yours", name=name)
        raise InvalidInput(field, why, EXAMPLE)


async def told(visit: Visit, done: Done) -> list[str]:
    """Who hears of a change is told now, or when her hours begin; in words, nothing where nobody does."""
    fates = [await sent(visit, heard.delivery_id) for heard in done.heard]
    said = [fate.reader.name for fate in fates if fate.stand is Stand.SAID]
    if len(said) == 2:
        return [say("{name} and {other} were told.", name=said[0], other=said[1])]
    return [views.told(News.CHANGE, fate, visit.member) for fate in fates]


async def sent(visit: Visit, delivery_id: int) -> Fate:
    """A message that was just opened goes out, if it may; what became of it."""
    await outbox.send_one(visit.house, delivery_id, visit.now)
    return await fate_of(visit, delivery_id)


async def fate_of(visit: Visit, delivery_id: int) -> Fate:
    """What became of a message that was opened earlier."""
    return await visit.house.db.run(fates.of, visit.member.workspace_id, delivery_id, visit.now)
