"""The second nudge as a message: what was promised and is open, and the way out."""

from bot.services.digests import View
from bot.services.moments import NUDGE_TIME
from bot.views import digests, ids
from bot.views.blocks import Block, Message, actions, button, context, divider, escape, message, section
from language import dates, places, say, say_n


def nudge(view: View) -> Message:
    """The promises that are still open, each with its buttons; those that were answered since say so."""
    title = _title(view)
    blocks: list[Block] = [section(f"*{escape(title)}*")]
    for item in view.shown:
        blocks += digests.row_blocks(item.number, item, view)
    if view.more:
        blocks.append(context(escape(_more(view))))
    blocks += [divider(), *_footer(view)]
    return message(" ".join([title, digests.told(view)]), blocks)


def _title(view: View) -> str:
    left = len(view.rows) - view.done
    if not left:
        return say("Every promise that was open is answered.")
    return say_n("{count} promise is still open.", "{count} promises are still open.", left)


def _more(view: View) -> str:
    return say_n("And {count} more: /followup shows it.", "And {count} more: /followup shows them.", view.more)


def _footer(view: View) -> list[Block]:
    buttons = [
        button(say("Settings"), ids.SETTINGS, spoken=say("Settings: digest, second nudge and recap")),
        button(say("No second nudge"), ids.NUDGE_OFF, spoken=say("Switch the second nudge off")),
        button(say("Pause digests"), ids.PAUSE, spoken=say("Pause digests and everything beside them")),
    ]
    line = say(
        "At {time} ({zone}), only while a promise is open · {command}",
        time=dates.clock(NUDGE_TIME),
        zone=escape(places.zone(view.member.zone)),
        command=f"`{ids.COMMAND} settings nudge off`",
    )
    return [actions(buttons), context(line)]
