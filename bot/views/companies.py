"""The question whether the others at a company are left alone, below the answer to a reply."""

from bot.services.companies import PAUSED_FOR, PAUSED_MONTHS, PAUSED_WEEKS, Others
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, cut, escape, listed, menu, message, option
from language import say, say_n

NAMES_SHOWN = 5
SHOWN = 40


def offer(others: Others) -> Message:
    """``Pause the other 2 at Acme until Fri 27 Nov?``, with their names."""
    company, count = cut(others.company, SHOWN), len(others.mine)
    day = words.day(others.until_on)
    question = say_n(
        "Pause the other one at {company} until {day}? {names}.",
        "Pause the other {count} at {company} until {day}? {names}.",
        count,
        company=company,
        day=day,
        names=_named([each.name for each in others.mine]),
    )
    label = say_n("Pause {count} other", "Pause {count} others", count)
    spoken = say_n(
        "Pause the other one at {company} until {day}",
        "Pause the other {count} at {company} until {day}",
        count,
        company=company,
        day=day,
    )
    blocks: list[Block] = [context(f"*{escape(question)}*")]
    parts = [question]
    if others.theirs:
        theirs = [say("{name} ({owner}’s)", name=each.name, owner=owner) for each, owner in others.theirs]
        parts.append(say("Not touched: {names}.", names=_named(theirs)))
        blocks.append(context(escape(parts[-1])))
    press = button(label, ids.COMPANY_PAUSE, others.prospect.id, spoken=spoken)
    # The answer above it stays, with its Undo.
    blocks.append(actions([press, _until(others)], ids.aside_block(others.prospect.id)))
    return message(listed(parts), blocks)


def _until(others: Others) -> Block:
    """Real dates to choose from; the first is that of the button."""
    days = [
        (words.business_days(PAUSED_FOR), others.until_on),
        (say_n("{count} week", "{count} weeks", PAUSED_WEEKS), others.two_weeks_on),
        (say_n("{count} month", "{count} months", PAUSED_MONTHS), others.month_on),
    ]
    shown = [option(f"{length} · {words.day(on)}", on.isoformat()) for length, on in days]
    return menu(ids.COMPANY_PAUSE_UNTIL, say("Pause until…"), shown)


def _named(names: list[str]) -> str:
    shown = ", ".join(cut(name, SHOWN) for name in names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return say("{names} and {count} more", names=shown, count=more) if more > 0 else shown
