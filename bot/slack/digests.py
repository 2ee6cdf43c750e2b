"""The daily digest's own buttons, and ``/followup`` alone."""

from bot.services import digests, ignored
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.storage.records import Delivery
from bot.views import answers, ids
from bot.views import digests as views
from language import say

IGNORED = {ids.IGNORED_REPLAN: ignored.replan, ids.IGNORED_PARK: ignored.park, ids.IGNORED_DROP: ignored.drop}


FATES = {
    commands.Fate.REPLAN: ignored.replan,
    commands.Fate.PARK: ignored.park,
    commands.Fate.DROP: ignored.drop,
}


async def today(visit: Visit, command: commands.Today) -> Reply:
    """My day: what is due now, for my eyes only."""
    view = await visit.house.db.run(digests.my_day, visit.member, visit.now, command.page)
    return Reply(views.my_day(view))


async def answer_ignored(visit: Visit, command: commands.Ignored) -> Reply:
    """Typed: what becomes of those that were shown for days and not touched."""
    view = await visit.house.db.run(digests.my_day, visit.member, visit.now)
    if not view.ignored:
        return Reply(answers.problem(say("Nothing was ignored for days. Nothing was changed.")))
    return answering.told(await visit.house.db.run(FATES[command.fate], visit.actor, view.ignored, visit.now), visit)


async def press_page(visit: Visit) -> Reply:
    """Other rows. In the digest its page is kept; a list that is nobody's message is drawn where it stands."""
    delivery: Delivery | None = None
    if visit.channel and visit.message_ts and not visit.is_ephemeral:
        delivery = await visit.house.db.run(
            digests.delivery_of, visit.member.workspace_id, visit.channel, visit.message_ts
        )
    if delivery is not None:
        await visit.house.db.run(digests.turn_page, delivery.workspace_id, delivery.id, visit.number)
        return Reply()
    view = await visit.house.db.run(digests.my_day, visit.member, visit.now, visit.number)
    return Reply(views.my_day(view))


async def press_ignored(visit: Visit) -> Reply:
    """What becomes of those that were shown for days and not touched: all of them at once, with one undo."""
    tired = await visit.house.db.run(digests.ignored_in, visit.actor, visit.number)
    verb = IGNORED[str(visit.action.get("action_id"))]
    done = await visit.house.db.run(verb, visit.actor, tired, visit.now)
    return answering.told(done, visit)
