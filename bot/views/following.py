"""What is next with somebody, in a line."""

from datetime import datetime

from bot.services.cards import Card
from bot.views import words
from bot.views.blocks import escape
from cadences.model import Stage
from cadences.words import named
from language import say


def next_line(card: Card, now: datetime) -> str:
    """``call Mon 23 Nov 10:00 (Europe/Berlin), as promised · step 1 of 3 (nudge)``."""
    step, prospect = card.step, card.prospect
    if step is None and prospect.do_not_contact_at is not None:
        return say("nothing, ever: they asked us to stop")
    if step is None:
        return say("nothing planned, the deal is {stage}", stage=named(prospect.stage))
    parts = [f"{words.channel(step.channel)} {words.due(step, card.owner, now, zone=True)}"]
    if step.promised:
        parts.append(say("as promised"))
    place = words.position(step.number, step.of, step.cadence)
    parts += [place] if place else []
    parts.append(say("to {purpose}", purpose=words.purpose(step.purpose)))
    if prospect.stage is Stage.PARKED:
        parts.append(say("parked until then"))
    return ", ".join(parts)


def next_told(following: str) -> str:
    """The same as a sentence; nothing where nothing is known."""
    return say("Next: {step}.", step=following) if following else ""


def next_shown(following: str) -> str:
    """What is next, in bold where it begins."""
    return say("*Next*  {step}", step=escape(following))
