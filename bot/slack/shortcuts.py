"""Shortcuts: a message becomes a prospect or a note, and somebody new is added from anywhere."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from bot import standing
from bot.services import notes, targets
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect
from bot.slack import answering, mentions
from bot.slack.actor import Quoted, Visit
from bot.slack.answering import Reply
from bot.slack.reading import escapes
from bot.views import ids, prospect_forms, shortcuts
from bot.views.blocks import Block
from bot.views.forms import Origin
from bot.views.shortcuts import Source
from language import say

UNNAMED = frozenset({"", "directmessage", "privategroup"})
"""What Slack calls a conversation that keeps its name to itself."""


async def follow_up(visit: Visit) -> Reply:
    """Follow up on a message: the add form with the message in its note."""
    note_in = shortcuts.note_of(await _source(visit))
    return await answering.open_form(visit, prospect_forms.add(note_in, _beside(visit)))


async def add(visit: Visit) -> Reply:
    """Add somebody from anywhere: the empty form."""
    return await answering.open_form(visit, prospect_forms.add("", Origin(is_alone=True)))


async def note(visit: Visit) -> Reply:
    """Keep a message as a note; the form asks with whom."""
    form = shortcuts.note(await _source(visit), _beside(visit))
    return await answering.open_form(visit, form)


async def submit_note(visit: Visit) -> Reply:
    """The note, kept."""
    number = visit.value(ids.PICK_PROSPECT)
    if not number.isdecimal():
        raise InvalidInput(ids.PICK_PROSPECT, say("choose whom it is about"))
    target = ByProspect(int(number))
    done = await visit.house.db.run(notes.add, visit.actor, target, visit.value("note"), visit.now)
    return answering.told(done, visit)


async def suggest(visit: Visit) -> list[Block]:
    """Whom the typed letters may mean, typos forgiven."""
    found, _ = await visit.house.db.run(targets.search, visit.actor, escapes.undo(visit.text))
    return shortcuts.suggestions(found)


def _beside(visit: Visit) -> Origin:
    """Answers go below the message, which is nobody's card."""
    return replace(visit.origin, ts=None)


async def _source(visit: Visit) -> Source:
    """The message with its link and the names of the people in it, as far as Slack tells them in time."""
    quoted = visit.quoted or Quoted("")
    ids_in = mentions.in_text(quoted.text)
    wanted = list(dict.fromkeys([*ids_in, *([quoted.author_id] if quoted.author_id else [])]))
    link, names = await asyncio.gather(_link(visit), mentions.names(visit, wanted))
    where = say("In #{channel}", channel=visit.channel_name) if visit.channel_name not in UNNAMED else ""
    return Source(
        text=escapes.undo(mentions.with_names(quoted.text, names)),
        author=names.get(quoted.author_id or "", ""),
        people=tuple(names[each] for each in ids_in if each in names),
        place=link or where,
    )


async def _link(visit: Visit) -> str:
    """The link to the message, or nothing: the app may not be in that conversation."""
    with suppress(TimeoutError):
        async with asyncio.timeout(standing.ASKING_SECONDS):
            answer = await visit.house.gateway.call(
                "chat.getPermalink", channel=visit.channel, message_ts=visit.message_ts
            )
            return str(answer["permalink"]) if isinstance(answer, dict) else ""
    return ""
