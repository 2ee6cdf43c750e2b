"""They asked us to stop; and an admin lifts that, with a reason."""

from bot.services import contact as stops
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from language import mark, say

FINAL = mark("Nobody will be reminded to contact them again. Undo works for an hour; later only an admin can lift it.")


async def stop(visit: Visit, command: commands.StopContact) -> Reply:
    """Do not contact, typed."""
    prospect, note = await named(visit, command.who, command.note)
    done = await visit.house.db.run(stops.stop, visit.actor, ByProspect(prospect.id), note, visit.now)
    return answering.told(done, visit, say(FINAL), note=note)


async def press_stop(visit: Visit) -> Reply:
    """Do not contact, by the button on the card (Slack asks whether it was meant)."""
    done = await visit.house.db.run(stops.stop, visit.actor, ByStep(visit.step_id), "", visit.now)
    return answering.told(done, visit, say(FINAL))


async def lift(visit: Visit, command: commands.Lift) -> Reply:
    """An admin lets them be contacted again."""
    prospect, reason = await named(visit, command.who, command.reason)
    done = await visit.house.db.run(stops.lift, visit.actor, ByProspect(prospect.id), reason, visit.now)
    return answering.told(done, visit)
