"""Changing what is known of somebody by a typed line; without a change in it, by the form."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.services import prospects
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect
from bot.slack import answering, commands, free_days, handover, mentions, shorthands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import edit_form, named
from bot.slack.reading import line
from bot.slack.reading.edit_grammar import OWNER
from bot.slack.reading.understood import Understood
from bot.slack.touches import wish_of
from bot.views import echoes, words
from cadences.model import Stage
from cadences.words import capital
from language import say

OWNER_EXAMPLE = "edit acme owner: @ben"
EXAMPLE = "edit acme hot, prefers call, best 14:00"


async def edit(visit: Visit, command: commands.Edit) -> Reply:
    """The details that were named; the others stay as they are."""
    prospect, rest = await named(visit, command.who)
    if rest:
        example = line.about(EXAMPLE, line.clean(command.who.removesuffix(rest)))
        raise InvalidInput("who", say("“{words}” is none of their details that I can read", words=rest), example)
    if not command.said and command.step is None and not command.note:
        return await edit_form(visit, prospect.id)
    said = dict(command.said)
    to_id = str(said.pop(OWNER, ""))
    if OWNER in command.said and not to_id:
        raise InvalidInput("owner", say("name them with an @-mention"), line.about(OWNER_EXAMPLE, command.who))
    await handover.check_receiver(visit, to_id)
    if "stage" in said:
        said["stage"] = Stage(str(said["stage"]))
    when, channel = (command.step.when, command.step.channel) if command.step else (None, None)
    wish = free_days.wished(visit, when, wish_of(when, channel))
    target, note = ByProspect(prospect.id), await mentions.spelt_out(visit, command.note)
    done = await visit.house.db.run(
        prospects.amend, visit.actor, target, said, visit.now, wish=wish, note=note, to_id=to_id
    )
    understood = _as_kept(free_days.read_back(command.understood, wish), done)
    echoed = "; ".join(echoes.told(shorthands.echo(each)) for each in understood)
    remarks = [*([capital(echoed)] if echoed else []), *await handover.told(visit, done)]
    reply = answering.told(done, visit, *remarks, note=note, asked_on=wish.asked_on if wish else None)
    return await shorthands.offered(visit, reply)


def _as_kept(understood: Iterable[Understood], done: Done) -> Iterator[Understood]:
    """An amount in the currency that it was taken in, which only the deal could say."""
    kept = done.card.prospect if done.card else None
    amount = words.money(kept.value_minor, kept.currency) if kept else ""
    for each in understood:
        yield replace(each, value_text=amount) if each.field == "value" and amount else each
