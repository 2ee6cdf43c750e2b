"""A touch put right afterwards, or taken away: from the timeline, or typed."""

from dataclasses import replace

from bot.services import mending, touches
from bot.services.cards import Done
from bot.services.mending import Mended
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.touches import chosen_channel, made_on, moment_of, wish_of
from bot.storage.records import Touch
from bot.views import ids, touch_forms
from bot.views import touches as views
from cadences.model import Outcome


async def press_touch(visit: Visit) -> Reply:
    """The menu of a touch: its form, or away with it."""
    touch_id = ids.touch_of(visit.action.get("block_id", ""))
    if visit.chosen == ids.TOUCH_DELETE:
        return _told(visit, await visit.house.db.run(mending.delete, visit.actor, touch_id, visit.now))
    card, touch = await visit.house.db.run(mending.touch_of, visit.actor, touch_id)
    own = await visit.house.db.run(touches.own_channels, visit.actor)
    origin = replace(visit.origin, touch_id=touch_id, prospect_id=card.prospect.id)
    return await answering.open_form(visit, touch_forms.edit(card, touch, own, origin))


async def submit(visit: Visit) -> Reply:
    """The form of a touch."""
    touch_id = visit.opened_from.touch_id or 0
    _, touch = await visit.house.db.run(mending.touch_of, visit.actor, touch_id)
    channel, via = await chosen_channel(visit)
    day = visit.member.local(touch.happened_at).date().isoformat()
    wanted = Mended(
        channel,
        Outcome(visit.value("outcome")) if visit.value("outcome") else None,
        ids.type_of(visit.value("type")) if visit.value("type") else None,
        visit.value("note"),
        # The day alone is asked for: left as it is, the moment of the touch stays.
        None if visit.value("on") == day else made_on(visit) or visit.now,
        via,
    )
    return _told(visit, await visit.house.db.run(mending.edit, visit.actor, touch_id, wanted, visit.now))


async def fix(visit: Visit, command: commands.Fix) -> Reply:
    """The last touch as it really was."""
    told = command.told
    touch, note = await _last(visit, told.who, told.note, command.back)
    wish = wish_of(told.when)
    made_at = (moment_of(wish.on, wish.at, visit.member, visit.now) or visit.now) if wish else None
    wanted = Mended(told.channel, told.outcome, told.kind, note or None, made_at, told.via)
    done = await visit.house.db.run(mending.edit, visit.actor, touch.id, wanted, visit.now)
    return _told(visit, done, *views.kind(told.kind))


async def delete_last(visit: Visit, command: commands.DeleteTouch) -> Reply:
    """The last touch was none."""
    touch, _ = await _last(visit, command.who, "", command.back)
    return _told(visit, await visit.house.db.run(mending.delete, visit.actor, touch.id, visit.now))


async def _last(visit: Visit, who: str, note: str, back: int) -> tuple[Touch, str]:
    prospect, note = await named(visit, who, note)
    return await visit.house.db.run(mending.last_of, visit.actor, prospect.id, back), note


def _told(visit: Visit, done: Done, *remarks: str) -> Reply:
    """What became of the touch, and how what is next differs from before."""
    return answering.told(done, visit, *remarks, *views.difference(done, visit.member, visit.now))
