"""The question whether the others at a company are left alone, below the answer to a reply."""

from bot.services.companies import Others
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, cut, escape, listed, message

NAMES_SHOWN = 5
SHOWN = 40


def offer(others: Others) -> Message:
    """``Pause the other 2 at Acme until Fri 27 Nov?``, with their names."""
    company, count = cut(others.company, SHOWN), len(others.mine)
    whom = "the other one" if count == 1 else f"the other {count}"
    until = words.day(others.until_on)
    question = f"Pause {whom} at {company} until {until}? {_named([each.name for each in others.mine])}."
    label = f"Pause {words.several(count, 'other')} until {until}"
    spoken = f"Pause {whom} at {company} until {until}"
    blocks: list[Block] = [context(f"*{escape(question)}*")]
    parts = [question]
    if others.theirs:
        parts.append(f"Not touched: {_named([f'{each.name} ({owner}’s)' for each, owner in others.theirs])}.")
        blocks.append(context(escape(parts[-1])))
    press = button(label, ids.COMPANY_PAUSE, others.prospect.id, spoken=spoken)
    blocks.append(actions([press], ids.aside_block(others.prospect.id)))  # the answer above it stays, with its Undo
    return message(listed(parts), blocks)


def _named(names: list[str]) -> str:
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(cut(name, SHOWN) for name in names[:NAMES_SHOWN]) + more
