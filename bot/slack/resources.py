"""The library of what is worth sending: typed, and its buttons."""

from typing import assert_never

from bot.services import resources
from bot.services.resources import Offer
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.views import resources as views


async def resource(visit: Visit, command: commands.Resource) -> Reply:
    """Listed or searched, added to, taken from."""
    run = visit.house.db.run
    match command.change:
        case None:
            return Reply(views.listed(await run(resources.listed, visit.actor, command.query), command.query))
        case commands.AddResource(title=title, url=url, industry=industry, objection=objection):
            offer = Offer(title, url, industry, objection)
            return answering.told(await run(resources.add, visit.actor, offer, visit.now), visit)
        case commands.DeleteResource(words=words):
            found = await run(resources.named, visit.actor, words)
            return answering.told(await run(resources.delete, visit.actor, found.id, visit.now), visit)
        case _:
            assert_never(command.change)


async def press_delete(visit: Visit) -> Reply:
    """A resource, offered no more."""
    return answering.told(await visit.house.db.run(resources.delete, visit.actor, visit.number, visit.now), visit)
