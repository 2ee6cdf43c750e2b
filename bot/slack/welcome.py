"""The guide at the start: its sample prospects, pressed or typed."""

from bot.services import samples as services
from bot.slack import commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.views import welcome as views


async def samples(visit: Visit, _command: commands.Samples) -> Reply:
    """Three sample prospects of my own."""
    return await press_samples(visit)


async def greeting(_visit: Visit, command: commands.Greeting) -> Reply:
    """Somebody is polite."""
    return Reply(views.greeting(thanks=command.thanks))


async def press_samples(visit: Visit) -> Reply:
    """The same, pressed in the guide."""
    added = await visit.house.db.run(services.add, visit.actor, visit.now)
    return Reply(views.samples(added, visit.member, visit.now))
