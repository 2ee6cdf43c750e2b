"""Drafts and hooks: typed, or by button and form. What is drafted is sent by its owner, never from here."""

from dataclasses import replace

from bot.services import drafting, hooks, targets
from bot.services.drafting import Drafted
from bot.services.errors import InvalidInput
from bot.services.hooks import EXAMPLE
from bot.services.targets import ByProspect, ByStep, Target
from bot.slack import answering, commands, mentions
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.reading.line import who_candidates
from bot.slack.touches import origin
from bot.views import drafting as views
from cadences import drafts
from language import say


async def draft(visit: Visit, command: commands.Draft) -> Reply:
    """The draft in a form, and beside it what it lacks."""
    prospect, _ = await named(visit, command.who)
    return await _opened(visit, ByProspect(prospect.id))


async def press_draft(visit: Visit) -> Reply:
    """The same, by button; pressed in a form, that form becomes the draft's."""
    in_form = visit.view is not None and visit.view.get("type") == "modal"
    if not in_form:
        return await _opened(visit, ByStep(visit.step_id), told=False)
    drafted = await visit.house.db.run(drafting.draft, visit.actor, ByStep(visit.step_id))
    await answering.show_in_form(visit, views.form(drafted, visit.opened_from))
    return Reply()


async def submit_draft(visit: Visit) -> Reply:
    """The finished text to copy; a slot that is still empty is asked for at its field."""
    from_where, text = visit.opened_from, visit.value("text")
    values = {slot: visit.value(views.slot_block(slot)) for slot in drafts.slots(text)}
    target = ByStep(from_where.step_id or 0)
    try:
        done = await visit.house.db.run(drafting.finish, visit.actor, target, text, values, visit.now)
    except InvalidInput as error:
        raise _at_slots(visit, error) from None
    origin_now = replace(from_where, draft_id=done.draft_id)
    return Reply(form=views.finished(done, visit.value("subject"), origin_now))


async def press_link(_visit: Visit) -> Reply:
    """Slack opened the address by itself."""
    return Reply()


async def hook(visit: Visit, command: commands.Hook) -> Reply:
    """What they care about, kept."""
    prospect, text = await visit.house.db.run(targets.first_named, visit.actor, who_candidates(command.words))
    if not text:
        raise InvalidInput("hook", say("say what they care about behind the name"), EXAMPLE)
    text = await mentions.spelt_out(visit, text)
    done = await visit.house.db.run(hooks.add, visit.actor, ByProspect(prospect.id), text, visit.now)
    return answering.told(done, visit)


async def hook_used(visit: Visit, command: commands.HookUsed) -> Reply:
    """Typed: a hook that was brought up elsewhere."""
    prospect, _ = await named(visit, command.who)
    hook_id = await visit.house.db.run(hooks.unused_of, visit.actor, prospect.id, command.words)
    return answering.told(await visit.house.db.run(hooks.use, visit.actor, hook_id, visit.now), visit)


async def press_hook_used(visit: Visit) -> Reply:
    """A hook that was brought up elsewhere."""
    return answering.told(await visit.house.db.run(hooks.use, visit.actor, visit.number, visit.now), visit)


async def _opened(visit: Visit, target: Target, *, told: bool = True) -> Reply:
    drafted: Drafted = await visit.house.db.run(drafting.draft, visit.actor, target)
    reply = await answering.open_form(visit, views.form(drafted, origin(visit, drafted.card)))
    return Reply(views.beside(drafted)) if told and reply.message is None else reply


def _at_slots(visit: Visit, error: InvalidInput) -> InvalidInput:
    """Each error at the field of its slot; at the text, where the slot was written into it since."""
    shown = {block.get("block_id") for block in (visit.view or {}).get("blocks", [])}

    def field_of(slot: str) -> str:
        block_id = views.slot_block(slot)
        return block_id if block_id in shown else "text"

    also = tuple(replace(each, field=field_of(each.field)) for each in error.also)
    return replace(error, field=field_of(error.field), also=also)
