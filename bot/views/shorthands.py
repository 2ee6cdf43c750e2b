"""Shorthands: the list of them, and the offer to remember one below an edit that taught it."""

from collections.abc import Sequence

from bot.services.corrections import Taught
from bot.services.shorthands import EXAMPLE
from bot.storage.records import Shorthand
from bot.views import field_names, ids
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    cut,
    escape,
    listed,
    message,
    section,
)
from language import say, say_n

LISTED_AT_MOST = 20
SHOWN = 60
"""Of the words and of what they mean; all the words in one message's blocks together have a limit too."""


def all_of(found: Sequence[Shorthand], query: str = "") -> Message:
    """Every shorthand, or those that were looked for, with a button that forgets it; how to teach and delete one."""
    if not found:
        return _none(query)
    title = say_n("{count} shorthand for your add lines", "{count} shorthands for your add lines", len(found))
    blocks = [section(f"*{escape(title)}*")]
    for each in found[:LISTED_AT_MOST]:
        spoken = say("Delete the shorthand {words}", words=each.words)
        forget = button(say("Delete"), ids.SHORTHAND_FORGET, ids.view_word(each.key), spoken=spoken)
        words, meaning = cut(escape(each.words), SHOWN), cut(escape(each.meaning), SHOWN)
        blocks.append(section(f"*{words}*  {field_names.label(each.field)} {meaning}", forget))
    more = len(found) - LISTED_AT_MOST
    rest = [say("… and {count} more; `/followup shorthand ac` finds those with “ac”", count=more)] if more > 0 else []
    rest.append(say("Teach one: {line}", line=f"{ids.COMMAND} {EXAMPLE}"))
    rest.append(say("Delete one: {line}", line=f"{ids.COMMAND} shorthand delete {found[0].words}"))
    blocks += [context(escape(line)) for line in rest]
    lines = [f"{each.words} = {field_names.label(each.field)} {each.meaning}." for each in found]
    return message(f"{title}. {listed(lines)}", blocks)


def offer(taught: Taught, change_id: int, name: str) -> Message:
    """Shall these words be read so from now on? The answer above it stays, with its Undo."""
    field = field_names.word(taught.field)
    question = say(
        "Read “{words}” as {field} {meaning} from now on?", words=taught.words, field=field, meaning=taught.meaning
    )
    spoken = say(
        "Yes, remember it after editing {name}: “{words}” is {field} {meaning}",
        name=name,
        words=taught.words,
        field=field,
        meaning=taught.meaning,
    )
    yes = button(say("Yes, remember it"), ids.SHORTHAND_TEACH, change_id, spoken=spoken)
    blocks: list[Block] = [context(f"*{escape(question)}*"), actions([yes], ids.aside_block(change_id))]
    return message(question, blocks)


def _none(query: str) -> Message:
    text = say("You have no shorthand yet. Teach one: {line}", line=f"{ids.COMMAND} {EXAMPLE}")
    if query:
        line = f"{ids.COMMAND} {EXAMPLE}"
        text = say("You have no shorthand with “{words}” in it. Teach one: {line}", words=query, line=line)
    return message(text, [section(escape(text))])
