"""Merging two entries of one person: asked when somebody is added twice, or typed; what it comes to is shown first."""

from collections.abc import Mapping
from dataclasses import replace

from bot.services import merging
from bot.services.errors import Outdated, SeveralFound
from bot.services.merge_choices import ASKED, Preview, Side
from bot.services.merging import Merged
from bot.slack import answering, commands, errors
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named, wanted
from bot.views import ids
from bot.views import merging as views
from bot.views.blocks import Block, Message
from bot.views.forms import Origin


async def merge(visit: Visit, command: commands.Merge) -> Reply:
    """Typed: what it comes to is shown first; the second is preselected where both say something."""
    one_id, into_id = await _two(visit, command)
    preview = await visit.house.db.run(merging.preview, visit.actor, one_id, into_id)
    origin = replace(visit.origin, other_id=one_id, prospect_id=into_id)
    return await answering.open_form(visit, _kept_form(visit, preview, origin, {}))


async def submit_kept(visit: Visit) -> Reply:
    """What was shown is done; where it would come to something else by now, that is shown and nothing done."""
    origin, taken = visit.opened_from, _taken(visit)
    one_id, into_id = origin.other_id or 0, origin.prospect_id or 0
    try:
        merged = await visit.house.db.run(
            merging.merge, visit.actor, one_id, into_id, visit.now, taken, seen=origin.seen
        )
    except Outdated as outdated:
        preview = await visit.house.db.run(merging.preview, visit.actor, one_id, into_id)
        return Reply(form=_kept_form(visit, preview, origin, taken, errors.said(outdated, visit).text))
    return await _told(visit, merged)


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
    form = views.form(preview, origin)
    if visit.view is not None:  # the question stands in the form that was sent: it goes on there
        await answering.show_in_form(visit, form)
        return Reply()
    return await answering.open_form(visit, form)


async def submit_merge(visit: Visit) -> Reply:
    """The form: add and merge at once."""
    origin = visit.opened_from
    draft_id = origin.draft_id or 0
    asked = await wanted(visit, draft_id)
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
        taken=_taken(visit),
    )
    return await _told(visit, merged)


async def press_again(visit: Visit) -> Reply:
    """Two were merged: other values?"""
    preview = await visit.house.db.run(merging.preview_again, visit.actor, visit.number)
    origin = replace(visit.origin, change_id=visit.number, prospect_id=preview.older.id)
    return await answering.open_form(visit, views.form(preview, origin, ids.FORM_MERGE_AGAIN))


async def submit_again(visit: Visit) -> Reply:
    """The form: the same two with these values."""
    number = visit.opened_from.change_id or 0
    merged = await visit.house.db.run(merging.merge_again, visit.actor, number, visit.now, _taken(visit))
    return await _told(visit, merged)


async def _two(visit: Visit, command: commands.Merge) -> tuple[int, int]:
    """Who becomes part of whom. Two of one name are both meant where it is said twice: the newer one then."""
    try:
        one, _ = await named(visit, command.who)
        into, _ = await named(visit, command.into)
    except SeveralFound as several:
        numbers = sorted(each.id for each in several.found)
        if command.who.casefold() != command.into.casefold() or len(numbers) > 2:
            raise
        return numbers[1], numbers[0]
    return one.id, into.id


def _kept_form(visit: Visit, preview: Preview, origin: Origin, taken: Mapping[str, Side], changed: str = "") -> Block:
    seen = replace(origin, seen=preview.seen)
    return views.kept_form(preview.choosing(taken), seen, visit.member, visit.now, changed)


def _taken(visit: Visit) -> dict[str, Side]:
    """What was chosen in the form."""
    return {choice: Side(visit.value(choice)) for choice in ASKED if visit.value(choice)}


async def _told(visit: Visit, merged: Merged) -> Reply:
    reply = answering.told(merged.done, visit, *views.kept(merged, merged.people), note="")
    offer = views.again(merged)
    if offer is None or reply.message is None:
        return reply
    both = Message(f"{reply.message.text} {offer.text}", [*reply.message.blocks, *offer.blocks])
    return replace(reply, message=both)
