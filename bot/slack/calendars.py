"""Working days: shown, and changed at a member's own level, her team's or the workspace's."""

import datetime as dt

from bot.services import calendars, working_days
from bot.services import leave as leaves
from bot.services.calendars import Changed, Level, Scope
from bot.slack import leave
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading import calendar_grammar
from bot.slack.reading.calendar_grammar import MINE, ExtraDay, ForgetDay, FreeDay, PublicHolidays
from bot.views import calendars as views
from bot.views import ids


async def calendar(visit: Visit, _command: calendar_grammar.Calendar) -> Reply:
    """My days as they apply."""
    return await press_show(visit)


async def holidays(visit: Visit, command: PublicHolidays) -> Reply:
    """The public holidays of a place are free."""
    run = visit.house.db.run
    return _told(visit, await run(calendars.set_holidays, visit.actor, command.scope, command.place, visit.now))


async def day_off(visit: Visit, command: FreeDay) -> Reply:
    """A day nobody works."""
    run = visit.house.db.run
    made = await run(calendars.add_day_off, visit.actor, command.scope, command.on, command.name, visit.now)
    return _told(visit, made)


async def workday(visit: Visit, command: ExtraDay) -> Reply:
    """A day that is worked although it would be free."""
    run = visit.house.db.run
    return _told(visit, await run(calendars.add_workday, visit.actor, command.scope, command.on, visit.now))


async def forget_day(visit: Visit, command: ForgetDay) -> Reply:
    """What was said of a day, taken back; a leave that would begin on it is none."""
    run = visit.house.db.run
    if command.scope == MINE and any(each.starts_on == command.on for each in visit.member.leave):
        return leave.ended(visit, await run(leaves.cancel, visit.actor, command.on, visit.now))
    return _told(visit, await run(calendars.forget_day, visit.actor, command.scope, command.on, visit.now))


async def join_team(visit: Visit, name: str) -> Reply:
    """A team's days are mine too."""
    return _told(visit, await visit.house.db.run(calendars.join_team, visit.actor, name, visit.now))


async def press_show(visit: Visit) -> Reply:
    """My calendar."""
    return Reply(views.calendar(await visit.house.db.run(working_days.view, visit.member, visit.now)))


async def press_remove(visit: Visit) -> Reply:
    """One day of the list, at the level that its button names."""
    scope = Scope(Level(str(visit.action["action_id"]).removeprefix(ids.DAY_REMOVE)))
    on = dt.date.fromisoformat(str(visit.action["value"]))
    return _told(visit, await visit.house.db.run(calendars.forget_day, visit.actor, scope, on, visit.now))


def _told(visit: Visit, made: Changed) -> Reply:
    return Reply(views.changed(made, visit.member, visit.now), made.done)
