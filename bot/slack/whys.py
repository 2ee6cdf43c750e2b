"""Why something is put off once more: each answer does its own thing, by button or typed."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.services import closing, drafting, prospects, snoozes
from bot.services.cards import Done
from bot.services.snoozes import Wanted
from bot.services.targets import ByStep, Target
from bot.slack import answering, focus
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.storage.tables import ChangeKind
from bot.views import ids
from bot.views import whys as views
from cadences.model import LostReason
from cadences.snoozing import Why

WITH_A_DRAFT = frozenset({Why.NOTHING_TO_ADD, Why.AVOIDING})


@dataclass(frozen=True, slots=True)
class Snoozing:
    """A snooze as it was typed."""

    on: dt.date
    at: dt.time | None
    note: str


async def said(visit: Visit, target: Target, wish: Snoozing, why: Why) -> Reply:
    """A typed snooze with its reason."""
    run = visit.house.db.run
    if why is Why.DEAD:
        card = await run(prospects.card, visit.actor, target)
        wanted = Wanted(card.step.id if card.step else 0, wish.on, wish.at, wish.note)
        return Reply(views.dead(card, await run(snoozes.keep, visit.actor, wanted, visit.now)))
    done = await run(snoozes.snooze, visit.actor, target, wish.on, wish.at, visit.now, wish.note, why)
    return await _told(visit, done, why)


async def press_why(visit: Visit) -> Reply:
    """An answer to the question."""
    why = Why(str(visit.action["action_id"]).removeprefix(ids.WHY))
    wanted = await _wanted(visit)
    if why is not Why.DEAD:
        return await _acted(visit, lambda: _snooze(visit, wanted, why), why)
    card = await visit.house.db.run(prospects.card, visit.actor, wanted.target)
    if focus.is_here(visit):
        await focus.shown(visit, views.dead_blocks(card, visit.number))
        return Reply()
    return Reply(views.dead(card, visit.number))


async def press_park(visit: Visit) -> Reply:
    """It is dead: left alone for some months."""
    months = int(str(visit.action["action_id"]).removeprefix(ids.WHY_PARK))
    wanted = await _wanted(visit)
    until_on = closing.months_after(visit.member.local(visit.now).date(), months)
    return await _acted(visit, lambda: _park(visit, wanted, until_on), Why.DEAD)


async def press_lost(visit: Visit) -> Reply:
    """It is dead: lost, for the reason that was chosen."""
    wanted, reason = await _wanted(visit), LostReason(visit.chosen)
    return await _acted(visit, lambda: _lose(visit, wanted, reason), Why.DEAD)


async def _wanted(visit: Visit) -> Wanted:
    """What waits for the answer; a menu says it by its block."""
    draft_id = visit.number or ids.draft_of(visit.action.get("block_id", ""))
    return await visit.house.db.run(snoozes.asked_about, visit.actor, draft_id)


async def _snooze(visit: Visit, wanted: Wanted, why: Why) -> Done:
    run, target = visit.house.db.run, wanted.target
    return await run(snoozes.snooze, visit.actor, target, wanted.on, wanted.at, visit.now, wanted.note, why)


async def _park(visit: Visit, wanted: Wanted, until_on: dt.date) -> Done:
    run, target = visit.house.db.run, wanted.target
    return await run(snoozes.park, visit.actor, target, until_on, visit.now, wanted.note, Why.DEAD)


async def _lose(visit: Visit, wanted: Wanted, reason: LostReason) -> Done:
    run, target = visit.house.db.run, wanted.target
    return await run(closing.lost, visit.actor, target, reason, wanted.note, visit.now, why=Why.DEAD)


async def _acted(visit: Visit, act: Callable[[], Awaitable[Done]], why: Why) -> Reply:
    """The answer carried out: shown where the list is worked, else told with what it offers."""
    if focus.is_here(visit):
        return await focus.pressed(visit, act)
    return await _told(visit, await act(), why)


async def _told(visit: Visit, done: Done, why: Why) -> Reply:
    if why is Why.DEAD or done.change.kind is not ChangeKind.SNOOZED or done.change.step_id is None:
        return answering.told(done, visit)
    drafted = None
    if why in WITH_A_DRAFT:
        drafted = await visit.house.db.run(drafting.draft, visit.actor, ByStep(done.change.step_id))
    return Reply(views.answered(done, drafted, visit.member, visit.now), done)
