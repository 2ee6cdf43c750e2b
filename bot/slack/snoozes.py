"""Snoozing and parking: by menu, by form, or typed."""

import datetime as dt

from bot.services import companies, prospects, snoozes
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands, free_days, whys
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.touches import origin, wish_of
from bot.slack.whys import Snoozing
from bot.views import forms, ids
from language import say


async def snooze(visit: Visit, command: commands.Snooze) -> Reply:
    """Not now, but then."""
    wish = wish_of(command.when)
    prospect, note = await named(visit, command.who, command.note)
    on, at = (wish.on, wish.at) if wish else (visit.member.local(visit.now).date(), None)
    said_on, on = on, free_days.worked(visit.member, visit.now, command.when, on)
    if command.why is not None:
        return await whys.said(visit, ByProspect(prospect.id), Snoozing(on, at, note), command.why)
    done = await visit.house.db.run(snoozes.snooze, visit.actor, ByProspect(prospect.id), on, at, visit.now, note)
    return answering.told(done, visit, note=note, asked_on=free_days.asked(done, said_on))


async def park(visit: Visit, command: commands.Park) -> Reply:
    """Set aside until a date; without one, for 90 days."""
    wish = wish_of(command.when, example="park acme until march")
    prospect, note = await named(visit, command.who, command.note)
    on = wish.on if wish else None
    done = await visit.house.db.run(snoozes.park, visit.actor, ByProspect(prospect.id), on, visit.now, note)
    return answering.told(done, visit, note=note)


async def pause_company(visit: Visit, command: commands.PauseCompany) -> Reply:
    """Typed: one's own at a company are left alone until a date."""
    wish = wish_of(command.until, example=companies.EXAMPLE)
    if wish is None:
        raise InvalidInput("when", say("say until when"), companies.EXAMPLE)
    done = await visit.house.db.run(companies.pause_company, visit.actor, command.who, wish.on, visit.now)
    return answering.told(done, visit)


async def press_snooze(visit: Visit) -> Reply:
    """A date of the menu, or the calendar."""
    target = ByStep(visit.step_id)
    if visit.chosen == ids.PICK_DATE:
        card = await visit.house.db.run(prospects.card, visit.actor, target)
        return await answering.open_form(visit, forms.snooze(card, origin(visit, card), visit.now))
    on = dt.date.fromisoformat(visit.chosen)
    done = await visit.house.db.run(snoozes.snooze, visit.actor, target, on, None, visit.now)
    return answering.told(done, visit)


async def submit_snooze(visit: Visit) -> Reply:
    """A picked date."""
    target, on = ByStep(visit.opened_from.step_id or 0), dt.date.fromisoformat(visit.value("on"))
    done = await visit.house.db.run(snoozes.snooze, visit.actor, target, on, None, visit.now)
    return answering.told(done, visit, asked_on=free_days.asked(done, on))


async def press_park(visit: Visit) -> Reply:
    """The form that asks until when."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await answering.open_form(visit, forms.park(card, origin(visit, card), visit.now))


async def submit_park(visit: Visit) -> Reply:
    """Parked until the picked date."""
    target, on = ByStep(visit.opened_from.step_id or 0), dt.date.fromisoformat(visit.value("on"))
    done = await visit.house.db.run(snoozes.park, visit.actor, target, on, visit.now)
    return answering.told(done, visit)
