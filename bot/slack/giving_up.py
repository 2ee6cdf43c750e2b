"""The answers to the question before somebody is given up: one more try, or lost anyway."""

from bot.services import closing, drafting, giving_up
from bot.services.cards import Done
from bot.services.giving_up import Wanted
from bot.services.targets import ByStep
from bot.slack import answering, focus
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.views import whys
from cadences.model import LostReason


async def press_once_more(visit: Visit) -> Reply:
    """The way nobody tried, on the next working day, with its draft at hand."""
    run, wanted = visit.house.db.run, await _wanted(visit)

    async def act() -> Done:
        return await run(giving_up.once_more, visit.actor, wanted.target, visit.now)

    if focus.is_here(visit):
        return await focus.pressed(visit, act)
    done = await act()
    drafted = await run(drafting.draft, visit.actor, ByStep(done.change.step_id or 0))
    return Reply(whys.answered(done, drafted, visit.member, visit.now), done)


async def press_anyway(visit: Visit) -> Reply:
    """Lost, as it was wanted."""
    run, wanted = visit.house.db.run, await _wanted(visit)

    async def act() -> Done:
        return await run(
            closing.lost,
            visit.actor,
            wanted.target,
            LostReason.UNRESPONSIVE,
            wanted.note,
            visit.now,
            again_in_months=wanted.again_in_months,
            why=wanted.why,
            asks=False,
        )

    if focus.is_here(visit):
        return await focus.pressed(visit, act)
    return answering.told(await act(), visit, note=wanted.note)


async def _wanted(visit: Visit) -> Wanted:
    return await visit.house.db.run(giving_up.asked_about, visit.actor, visit.number)
