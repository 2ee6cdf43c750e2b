"""Shortcuts: a message becomes a prospect or a note, and somebody new is added from anywhere."""

import asyncio
import re
from contextlib import suppress
from dataclasses import replace

from bot.services import members, notes, questions, targets
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect
from bot.slack import answering
from bot.slack.actor import Quoted, Visit, profile
from bot.slack.answering import Reply
from bot.slack.reading import escapes
from bot.views import answers, ids, prospect_forms, shortcuts
from bot.views.blocks import Block
from bot.views.forms import Origin
from bot.views.shortcuts import Source
from language import mark, say

ASKING_SECONDS = 1.0
"""For the link and the names; the trigger lives three, and the form itself needs some of them."""
PEOPLE_ASKED = 5
MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
UNNAMED = frozenset({"", "directmessage", "privategroup"})
"""What Slack calls a conversation that keeps its name to itself."""
TOO_SLOW = mark("Slack was too slow to open the form, so nothing was kept. Use the shortcut once more.")


async def follow_up(visit: Visit) -> Reply:
    """Follow up on a message: the add form with the message in its note."""
    return await _add(visit, shortcuts.note_of(await _source(visit)), _beside(visit))


async def add(visit: Visit) -> Reply:
    """Add somebody from anywhere: the empty form."""
    return await _add(visit, "", Origin(is_alone=True))


async def note(visit: Visit) -> Reply:
    """Keep a message as a note; the form asks with whom."""
    form = shortcuts.note(await _source(visit), _beside(visit))
    return Reply() if await answering.open_form(visit, form) else Reply(answers.problem(say(TOO_SLOW)))


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


async def _add(visit: Visit, typed: str, origin: Origin) -> Reply:
    """The add form; when Slack was too slow, what stands in it is kept behind a button."""
    if await answering.open_form(visit, prospect_forms.add(typed, origin)):
        return Reply()
    draft_id = await visit.house.db.run(questions.draft, visit.actor, typed, visit.now) if typed else None
    return Reply(answers.form_offered(draft_id, typed))


def _beside(visit: Visit) -> Origin:
    """Answers go below the message, which is nobody's card."""
    return replace(visit.origin, ts=None)


async def _source(visit: Visit) -> Source:
    """The message with its link and the names of the people in it, as far as Slack tells them in time."""
    quoted = visit.quoted or Quoted("")
    ids_in = list(dict.fromkeys(MENTION.findall(quoted.text)))[:PEOPLE_ASKED]
    wanted = list(dict.fromkeys([*ids_in, *([quoted.author_id] if quoted.author_id else [])]))
    link, names = await asyncio.gather(_link(visit), _names(visit, wanted))
    text = MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", quoted.text)
    where = say("In #{channel}", channel=visit.channel_name) if visit.channel_name not in UNNAMED else ""
    return Source(
        text=escapes.undo(text),
        author=names.get(quoted.author_id or "", ""),
        people=tuple(names[each] for each in ids_in if each in names),
        place=link or where,
    )


async def _link(visit: Visit) -> str:
    """The link to the message, or nothing: the app may not be in that conversation."""
    with suppress(TimeoutError):
        async with asyncio.timeout(ASKING_SECONDS):
            answer = await visit.house.gateway.call(
                "chat.getPermalink", channel=visit.channel, message_ts=visit.message_ts
            )
            return str(answer["permalink"]) if isinstance(answer, dict) else ""
    return ""


async def _names(visit: Visit, wanted: list[str]) -> dict[str, str]:
    """People's names: of those who use the app from our own rows, of others as Slack says."""
    names = await asyncio.gather(*(_name(visit, each) for each in wanted))
    return {each: name for each, name in zip(wanted, names, strict=True) if name}


async def _name(visit: Visit, user_id: str) -> str:
    member = await visit.house.db.run(members.get, visit.member.workspace_id, user_id)
    if member is not None:
        return member.name
    with suppress(TimeoutError):
        async with asyncio.timeout(ASKING_SECONDS):
            answer = await visit.house.gateway.call("users.info", user=user_id)
            return profile(answer["user"]).name if isinstance(answer, dict) else ""
    return ""
