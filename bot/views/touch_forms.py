"""The fields of a touch, and the form that corrects one."""

from collections.abc import Sequence

from bot.services.cards import Card
from bot.services.touches import OwnChannel
from bot.storage.records import Touch
from bot.views import ids, words
from bot.views.blocks import Block, context, escape, field, menu, modal, option, section, text_input
from bot.views.forms import NOTE_LENGTH, OUTCOME_LABELS, Origin
from bot.views.touch_fields import channel_fields, type_field, when_field
from language import say


def edit(card: Card, touch: Touch, own: Sequence[OwnChannel], origin: Origin) -> Block:
    """How it was, to be put right: every field of a touch."""
    outcomes = [option(say(label), outcome.value) for outcome, label in OUTCOME_LABELS.items()]
    made_on = card.viewer.local(touch.happened_at).date()
    at = list(OUTCOME_LABELS).index(touch.outcome)
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        *channel_fields(own, touch.channel, touch.via),
        type_field(touch.type),
        field("outcome", say("How did it go?"), menu("outcome", say("Outcome"), outcomes, outcomes[at])),
        when_field(made_on),
        field("note", say("Note"), text_input(touch.note, length=NOTE_LENGTH, lines=True), optional=True),
        context(escape(say("What comes next is decided anew from this, where nothing came after it."))),
    ]
    return modal(say("Edit a touch"), ids.FORM_TOUCH, blocks, submit=say("Save"), metadata=origin.text())
