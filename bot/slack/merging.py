"""Merging two entries of one person: asked when somebody is added twice, or typed."""

from dataclasses import replace

from bot.services import merging
from bot.services.merging import Merged, Side
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named, wanted
from bot.slack.touches import open_for
from bot.views import ids
from bot.views import merging as views
from bot.views.blocks import Message
from bot.views.forms import Origin


async def merge(visit: Visit, command: commands.Merge) -> Reply:
    """Typed: the values of the second are right where both say something; one undo tells them apart again."""
    one, _ = await named(visit, command.who)
    into, _ = await named(visit, command.into)
    return await _told(visit, await visit.house.db.run(merging.merge, visit.actor, one.id, into.id, visit.now))


async def press_merge(visit: Visit) -> Reply:
    """Somebody who is added is known already: which values are right?"""
    existing_id, draft_id = (int(number) for number in str(visit.action["value"]).split("."))
    asked = await wanted(visit, draft_id)
    preview = await visit.house.db.run(merging.preview_new, visit.actor, existing_id, asked.details)
    origin = Origin(
        prospect_id=existing_id,
        draft_id=draft_id,
        channel=visit.channel,
        ts=visit.message_ts,
        response_url=visit.response_url or visit.opened_from.response_url,
    )
    form = views.form(preview, origin, {})
    if visit.view is not None:  # the question stands in the form that was sent: it goes on there
        await answering.show_in_form(visit, form)
        return Reply()
    return await open_for(visit, form)


async def submit_merge(visit: Visit) -> Reply:
    """The form: add and merge at once."""
    origin = visit.opened_from
    draft_id = origin.draft_id or 0
    asked = await wanted(visit, draft_id)
    taken = {choice: Side(visit.value(choice)) for choice in merging.ASKED if visit.value(choice)}
    # Of one question there is one answer: added anyway, or merged.
    actor = replace(visit.actor, request_id=f"draft:{draft_id}")
    merged = await visit.house.db.run(
        merging.merge_new,
        actor,
        origin.prospect_id or 0,
        asked.details,
        visit.now,
        wish=asked.wish,
        note=asked.note,
        taken=taken,
    )
    return await _told(visit, merged)


async def press_again(visit: Visit) -> Reply:
    """Two were merged: other values?"""
    preview = await visit.house.db.run(merging.preview_again, visit.actor, visit.number)
    people = {owner.id: owner for owner in preview.owners}
    origin = replace(visit.origin, change_id=visit.number, prospect_id=preview.older.id)
    return await open_for(visit, views.form(preview, origin, people, ids.FORM_MERGE_AGAIN))


async def submit_again(visit: Visit) -> Reply:
    """The form: the same two with these values."""
    taken = {choice: Side(visit.value(choice)) for choice in merging.ASKED if visit.value(choice)}
    number = visit.opened_from.change_id or 0
    return await _told(visit, await visit.house.db.run(merging.merge_again, visit.actor, number, visit.now, taken))


async def _told(visit: Visit, merged: Merged) -> Reply:
    reply = answering.told(merged.done, visit, *views.kept(merged, merged.people), note="")
    offer = views.again(merged)
    if offer is None or reply.message is None:
        return reply
    both = Message(f"{reply.message.text} {offer.text}", [*reply.message.blocks, *offer.blocks])
    return replace(reply, message=both)
