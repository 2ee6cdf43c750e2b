"""Leave: taken, given a deputy, ended; and the answer to the welcome back."""

import datetime as dt

from bot import outbox
from bot.services import leave
from bot.services.errors import InvalidInput
from bot.services.leave import Away, BackAgain
from bot.slack import answering
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.handover import look_at
from bot.slack.reading import calendar_grammar
from bot.views import answers
from bot.views import leave as views
from language import mark, say

KEPT = mark("They stay; I ask no more.")


async def away(visit: Visit, command: calendar_grammar.Away) -> Reply:
    """I am away, and maybe somebody stands in."""
    if command.handle:
        raise InvalidInput("deputy", say("name your deputy with an @-mention"), "away 1–14 aug @sam")
    return await _taken(visit, command.starts_on, command.ends_on, command.deputy_id)


async def back(visit: Visit, _command: calendar_grammar.Back) -> Reply:
    """I am back today."""
    return await press_back(visit)


async def press_back(visit: Visit) -> Reply:
    """The same, by button."""
    return ended(visit, await visit.house.db.run(leave.back, visit.actor, visit.now))


async def press_cancel(visit: Visit) -> Reply:
    """A leave that has not begun is taken back."""
    return ended(visit, await visit.house.db.run(leave.cancel, visit.actor, _day(visit), visit.now))


async def press_form(visit: Visit) -> Reply:
    """The form of a leave."""
    return await answering.open_form(visit, views.form(visit.origin, visit.member.local(visit.now).date()))


async def press_deputy(visit: Visit) -> Reply:
    """The form that asks who stands in."""
    return await answering.open_form(visit, views.deputy_form(visit.origin, _day(visit)))


async def submit_form(visit: Visit) -> Reply:
    """A leave, from its form."""
    first, last = (dt.date.fromisoformat(visit.value(name)) for name in ("starts_on", "ends_on"))
    return await _taken(visit, first, last, visit.value("deputy") or None)


async def submit_deputy(visit: Visit) -> Reply:
    """A deputy for a leave that stands."""
    starts_on, deputy_id = dt.date.fromisoformat(visit.value("starts_on")), visit.value("deputy")
    await look_at(visit, deputy_id)
    named = await visit.house.db.run(leave.name_deputy, visit.actor, starts_on, deputy_id, visit.now)
    return await _told(visit, named)


async def press_drop(visit: Visit) -> Reply:
    """Everything that died meanwhile is closed as lost."""
    done = await visit.house.db.run(leave.drop_died, visit.actor, visit.number, visit.now)
    # Told beside the digest, which has no row for all of them to hold the Undo.
    return Reply(views.dropped(done.change.facts["count"], done.change.id))


async def press_keep(visit: Visit) -> Reply:
    """All of it stays."""
    await visit.house.db.run(leave.keep_died, visit.actor, visit.number, visit.now)
    return Reply(answers.problem(say(KEPT)))


async def _taken(visit: Visit, starts_on: dt.date, ends_on: dt.date, deputy_id: str | None) -> Reply:
    run = visit.house.db.run
    if deputy_id:
        await look_at(visit, deputy_id)
    return await _told(visit, await run(leave.take, visit.actor, starts_on, ends_on, visit.now, deputy_id=deputy_id))


async def _told(visit: Visit, taken: Away) -> Reply:
    await outbox.send_one(visit.house, taken.delivery_id, visit.now)
    return Reply(views.away(taken, visit.member, visit.now), taken.done)


def ended(visit: Visit, over: BackAgain) -> Reply:
    """A leave that is over, or will not be."""
    return Reply(views.back(over, visit.member, visit.now), over.done)


def _day(visit: Visit) -> dt.date:
    return dt.date.fromisoformat(str(visit.action["value"]))
