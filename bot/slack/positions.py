"""A prospect's place on its cadence, moved by hand: skip, jump, restart, wait for their date, out of office."""

import datetime as dt

from bot.services import positions, prospects, touches
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.reading import examples
from bot.slack.touches import origin, wish_of
from bot.views import position_forms
from language import say


async def skip(visit: Visit, command: commands.Skip) -> Reply:
    """The next step is left out; without a reason the form asks for it."""
    prospect, reason = await named(visit, command.who, command.reason)
    if not reason:
        card = await visit.house.db.run(prospects.card, visit.actor, ByProspect(prospect.id))
        form = position_forms.skip(card, origin(visit, card))
        return await answering.open_form(visit, form)
    done = await visit.house.db.run(positions.skip, visit.actor, ByProspect(prospect.id), reason, visit.now)
    return answering.told(done, visit)


async def jump(visit: Visit, command: commands.Jump) -> Reply:
    """Another step is next."""
    prospect, reason = await named(visit, command.who, command.reason)
    target = ByProspect(prospect.id)
    done = await visit.house.db.run(positions.jump, visit.actor, target, command.number, reason, visit.now)
    return answering.told(done, visit)


async def restart(visit: Visit, command: commands.Restart) -> Reply:
    """The cadence begins again."""
    prospect, reason = await named(visit, command.who, command.reason)
    done = await visit.house.db.run(positions.restart, visit.actor, ByProspect(prospect.id), reason, visit.now)
    return answering.told(done, visit)


async def align(visit: Visit, command: commands.Align) -> Reply:
    """Nothing before their own date but one step two weeks ahead of it."""
    prospect, _ = await named(visit, command.who)
    done = await visit.house.db.run(positions.align, visit.actor, ByProspect(prospect.id), visit.now)
    return answering.told(done, visit)


async def out_of_office(visit: Visit, command: commands.OutOfOffice) -> Reply:
    """They are away until a date, that day included."""
    wish = wish_of(command.when, example="ooo acme until 3 dec")
    if wish is None:
        raise InvalidInput("when", say("until when are they away?"), examples.EXAMPLES["ooo"][0])
    prospect, note = await named(visit, command.who, command.note)
    target = ByProspect(prospect.id)
    done = await visit.house.db.run(touches.out_of_office, visit.actor, target, wish.on, visit.now, note)
    return answering.told(done, visit, note=note)


async def press_align(visit: Visit) -> Reply:
    """The same, by the button that offers it."""
    done = await visit.house.db.run(positions.align, visit.actor, ByStep(visit.step_id), visit.now)
    return answering.told(done, visit)


async def press_move(visit: Visit) -> Reply:
    """The form for a step that shall not be made as planned: skip it, jump, or begin again; with the reason."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await answering.open_form(visit, position_forms.skip(card, origin(visit, card)))


async def press_away(visit: Visit) -> Reply:
    """The form that asks until when they are away."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await answering.open_form(visit, position_forms.away(card, origin(visit, card), visit.now))


async def submit_move(visit: Visit) -> Reply:
    """Skip, jump or restart, as chosen, with the reason."""
    return answering.told(await _moved(visit), visit)


async def submit_away(visit: Visit) -> Reply:
    """Away until the picked date."""
    target, on = ByStep(visit.opened_from.step_id or 0), dt.date.fromisoformat(visit.value("on"))
    done = await visit.house.db.run(touches.out_of_office, visit.actor, target, on, visit.now)
    return answering.told(done, visit)


async def _moved(visit: Visit) -> Done:
    target, reason = ByStep(visit.opened_from.step_id or 0), visit.value("reason")
    run = visit.house.db.run
    match visit.value("move"):
        case position_forms.SKIP:
            return await run(positions.skip, visit.actor, target, reason, visit.now)
        case position_forms.RESTART:
            return await run(positions.restart, visit.actor, target, reason, visit.now)
        case number:
            return await run(positions.jump, visit.actor, target, int(number), reason, visit.now)
