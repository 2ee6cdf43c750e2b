"""Several people at one company: the offer to leave the others alone, and its button."""

import datetime as dt
from dataclasses import replace

from bot.services import companies
from bot.services.cards import Done
from bot.slack import answering
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.storage.tables import ChangeKind
from bot.views import companies as views
from bot.views.blocks import joined
from cadences.model import Outcome

ANSWERS = frozenset({Outcome.REPLIED.value, Outcome.MEETING_BOOKED.value})


async def offered(visit: Visit, reply: Reply) -> Reply:
    """The reply to a logged touch; where they answered, with the question about the others at the company."""
    if reply.done is None or reply.message is None or not _answered(reply.done):
        return reply
    others = await visit.house.db.run(companies.others, visit.actor, reply.done.change.prospect_id or 0, visit.now)
    if others is None:
        return reply
    offer = views.offer(others)
    beside = joined(reply.beside, offer) if reply.beside else offer
    return replace(reply, message=joined(reply.message, offer), beside=beside)


async def press_pause(visit: Visit) -> Reply:
    """Leave the others alone for some days."""
    return answering.told(await visit.house.db.run(companies.pause, visit.actor, visit.number, visit.now), visit)


async def press_pause_until(visit: Visit) -> Reply:
    """The same, until a date of the menu; its block says whose others are meant."""
    prospect_id, until_on = visit.step_id, dt.date.fromisoformat(visit.chosen)
    done = await visit.house.db.run(companies.pause, visit.actor, prospect_id, visit.now, until_on)
    return answering.told(done, visit)


def _answered(done: Done) -> bool:
    return done.change.kind is ChangeKind.MET or done.change.facts.get("outcome") in ANSWERS
