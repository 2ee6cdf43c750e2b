"""Shorthands, typed and clicked: words of one's own in an add line, taught by a correction or outright."""

from dataclasses import replace
from typing import assert_never

from bot.services import shorthands
from bot.services.corrections import NOTE, Said, worth_keeping
from bot.services.errors import Gone
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading import grammar
from bot.slack.reading.line import Prefs
from bot.slack.reading.prefs import prefs_of
from bot.slack.reading.shorthand_grammar import FIELDS, says_itself
from bot.slack.reading.understood import Capture, Understood
from bot.storage.records import Shorthand
from bot.views import ids
from bot.views import shorthands as views
from bot.views.blocks import joined
from bot.views.echoes import Echo

TAUGHT = frozenset(FIELDS.values())


async def manage(visit: Visit, command: commands.Shorthands) -> Reply:
    """Listed, or one taught or deleted."""
    run = visit.house.db.run
    match command.change:
        case None:
            return Reply(views.all_of(await run(shorthands.listed, visit.member, command.query), command.query))
        case commands.TeachShorthand(taught=taught):
            return answering.told(await run(shorthands.teach, visit.actor, taught, visit.now), visit)
        case commands.DeleteShorthand(words=words):
            return answering.told(await run(shorthands.forget, visit.actor, words, visit.now), visit)
        case _:
            assert_never(command.change)


async def press_teach(visit: Visit) -> Reply:
    """Yes, what the correction taught is to be remembered."""
    done = await visit.house.db.run(shorthands.teach_from, visit.actor, visit.number, visit.now)
    return answering.told(done, visit)


async def press_forget(visit: Visit) -> Reply:
    """One of the list."""
    word = str(visit.action.get("value", ""))
    mine = await visit.house.db.run(shorthands.listed, visit.member)
    found = next((each for each in mine if ids.view_word(each.key) == word), None)
    if found is None:
        raise Gone
    return answering.told(await visit.house.db.run(shorthands.forget, visit.actor, found.words, visit.now), visit)


async def offered(visit: Visit, reply: Reply) -> Reply:
    """The reply to an edit; where it corrected what a line said, with the question whether to remember that."""
    done, message = reply.done, reply.message
    if done is None or message is None:
        return reply
    taught = await visit.house.db.run(shorthands.offered, visit.actor, done)
    if taught is None or says_itself(taught.words, visit.member.local(visit.now), prefs_of(visit.member)):
        return reply
    offer = views.offer(taught, done.change.id, str(done.change.facts.get("name", "")))
    return replace(reply, message=joined(message, offer), beside=offer)


async def known(visit: Visit) -> dict[str, Shorthand]:
    """Hers by their wording, for the reading of a line."""
    return await visit.house.db.run(shorthands.known, visit.member)


async def habits(visit: Visit) -> Prefs:
    """What the reading of her line depends on; her shorthands are looked up only for a line that may hold one."""
    prefs = prefs_of(visit.member)
    return replace(prefs, shorthands=await known(visit)) if grammar.may_hold_shorthands(visit.text) else prefs


def said_in(read: Capture) -> tuple[Said, ...]:
    """What a line said that a correction can teach something about."""
    texts = [each for each in read.understood if each.field in TAUGHT and not each.inferred]
    said = [Said(each.field, each.shorthand or each.value_text) for each in texts]
    return worth_keeping([*said, *(Said(NOTE, words) for words in read.unread)])


def echo(understood: Understood) -> Echo:
    """A field of a line, to be read back."""
    return Echo(understood.field, understood.value_text, understood.words, understood.shorthand)
