"""Forms about a prospect's place on its cadence, who they answered, and what was agreed."""

from datetime import datetime, timedelta

from bot.services.cards import Card
from bot.views import ids, words
from bot.views.blocks import Block, context, escape, field, menu, modal, option, section, text_input
from bot.views.forms import Origin
from language import mark, say

SKIP = "skip"
RESTART = "restart"
REASON_LENGTH = 300
POINT_LENGTH = 300
AWAY_OFFERED = timedelta(days=7)
POINT_HINTS = (
    mark("What they want to be true"), mark("What we agreed: who does what, by when"), mark("What is still open"),
)  # fmt: skip


def skip(card: Card, origin: Origin) -> Block:
    """What to do in place of the next step, and why: the reason is counted in the report of the cadence."""
    step = card.step
    choices = [option(say("Skip this step"), SKIP)]
    if step is not None and step.number and step.of:
        others = [number for number in range(1, step.of + 1) if number != step.number]
        choices += [option(say("Go to step {number} of {of}", number=each, of=step.of), str(each)) for each in others]
        choices.append(option(say("Begin the cadence again"), RESTART))
    plan = words.next_step(step, card.owner, card.owner.created_at) if step else ""
    blocks = [
        section(f"{words.title(card.prospect.name, card.prospect.company)}\n{escape(plan)}"),
        field("move", say("What then?"), menu("move", say("Choose"), choices, choices[0])),
        field("reason", say("Why?"), text_input(length=REASON_LENGTH, hint=say("met them at the fair"))),
        context(say("The reason stays with the step.")),
    ]
    return modal(say("Change the step"), ids.FORM_MOVE, blocks, submit=say("Change it"), metadata=origin.text())


def away(card: Card, origin: Origin, now: datetime) -> Block:
    """Until when they are out of office, that day included."""
    first = (card.owner.local(now).date() + AWAY_OFFERED).isoformat()
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field(
            "on",
            say("Away until"),
            {"type": "datepicker", "initial_date": first},
            hint=say("Their last day away. The next step waits for the first business day after it."),
        ),
    ]
    return modal(say("Out of office"), ids.FORM_AWAY, blocks, submit=say("Pause"), metadata=origin.text())


def recap(card: Card, origin: Origin) -> Block:
    """One to three points that were agreed: what the thank-you is made of."""
    blocks = [section(words.title(card.prospect.name, card.prospect.company))]
    for number, hint in enumerate(POINT_HINTS, start=1):
        line = text_input(length=POINT_LENGTH, hint=say(hint))
        blocks.append(field(f"point_{number}", say("Point {number}", number=number), line, optional=number > 1))
    return modal(say("Recap"), ids.FORM_RECAP, blocks, submit=say("Keep"), metadata=origin.text())
