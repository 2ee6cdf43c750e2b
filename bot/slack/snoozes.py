"""Snoozing and parking: by menu, by form, or typed."""

import datetime as dt

from bot.services import companies, prospects, snoozes
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands, dates, whys
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.touches import open_for, origin, wish_of
from bot.slack.whys import Snoozing
from bot.views import forms, ids
from cadences import calendar
from language import say

A_DAY = dt.timedelta(days=1)


async def snooze(visit: Visit, command: commands.Snooze) -> Reply:
    """Not now, but then."""
    wish = wish_of(command.when)
    prospect, note = await named(visit, command.who, command.note)
    on, at = (_worked(visit, command.when, wish.on), wish.at) if wish else (visit.member.local(visit.now).date(), None)
    if command.why is not None:
        return await whys.said(visit, ByProspect(prospect.id), Snoozing(on, at, note), command.why)
    done = await visit.house.db.run(snoozes.snooze, visit.actor, ByProspect(prospect.id), on, at, visit.now, note)
    return answering.told(done, visit, note=note)


def _worked(visit: Visit, when: dates.Reading | None, on: dt.date) -> dt.date:
    """`tomorrow` said on a Friday is Monday, as in the menu, even of a promise; a Saturday that is named stays one."""
    if not isinstance(when, dates.When) or calendar.is_workday(on, visit.member.calendar):
        return on
    # Said a day later, `tomorrow` and `in 5 days` are a day later too; a weekday or a date is not.
    later = dates.read(when.words, visit.member.local(visit.now) + A_DAY, workdays=visit.member.workdays)
    moves_along = isinstance(later, dates.When) and later.on == on + A_DAY
    return calendar.next_workday(on, visit.member.calendar) if moves_along else on


async def park(visit: Visit, command: commands.Park) -> Reply:
    """Set aside until a date; without one, for 90 days."""
    wish = wish_of(command.when)
    prospect, note = await named(visit, command.who, command.note)
    on = wish.on if wish else None
    done = await visit.house.db.run(snoozes.park, visit.actor, ByProspect(prospect.id), on, visit.now, note)
    return answering.told(done, visit, note=note)


async def pause_company(visit: Visit, command: commands.PauseCompany) -> Reply:
    """Typed: one's own at a company are left alone until a date."""
    wish = wish_of(command.until)
    if wish is None:
        raise InvalidInput("when", say("say until when"), companies.EXAMPLE)
    done = await visit.house.db.run(companies.pause_company, visit.actor, command.who, wish.on, visit.now)
    return answering.told(done, visit)


async def press_snooze(visit: Visit) -> Reply:
    """A date of the menu, or the calendar."""
    target = ByStep(visit.step_id)
    if visit.chosen == ids.PICK_DATE:
        card = await visit.house.db.run(prospects.card, visit.actor, target)
        return await open_for(visit, forms.snooze(card, origin(visit, card), visit.now))
    on = dt.date.fromisoformat(visit.chosen)
    done = await visit.house.db.run(snoozes.snooze, visit.actor, target, on, None, visit.now)
    return answering.told(done, visit)


async def submit_snooze(visit: Visit) -> Reply:
    """A picked date."""
    target, on = ByStep(visit.opened_from.step_id or 0), dt.date.fromisoformat(visit.value("on"))
    done = await visit.house.db.run(snoozes.snooze, visit.actor, target, on, None, visit.now)
    return answering.told(done, visit)


async def press_park(visit: Visit) -> Reply:
    """The form that asks until when."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await open_for(visit, forms.park(card, origin(visit, card), visit.now))


async def submit_park(visit: Visit) -> Reply:
    """Parked until the picked date."""
    target, on = ByStep(visit.opened_from.step_id or 0), dt.date.fromisoformat(visit.value("on"))
    done = await visit.house.db.run(snoozes.park, visit.actor, target, on, visit.now)
    return answering.told(done, visit)
