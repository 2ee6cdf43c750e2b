"""Fields that the forms of a touch share: the channel with the team's own, the type, the day."""

from collections.abc import Sequence
from datetime import date

from bot.services.touches import OwnChannel
from bot.views import ids, words
from bot.views.blocks import Block, field, menu, option, text_input
from cadences.model import Channel, FollowUpType
from cadences.words import capital, named
from language import say

NAME_LENGTH = 40
OWN_SHOWN = 80
"""Slack keeps a menu to a hundred choices."""


def channel_fields(own: Sequence[OwnChannel], channel: Channel, via: str | None = None) -> list[Block]:
    """Every channel we know, those of the team's own that were used before, and room for another name."""
    known = [option(capital(words.channel(each)), each.value) for each in Channel if each is not Channel.OTHER]
    used = [option(each.name, f"{ids.OWN_CHANNEL}{each.touch_id}") for each in own[:OWN_SHOWN]]
    another = option(say("Another…"), Channel.OTHER.value)
    choices = [*known, *used, another]
    initial = next((each for each in choices if each["value"] == channel.value), another)
    if via is not None:
        initial = next((each for each, name in zip(used, own, strict=False) if name.name == via), another)
    hint = say("Only for another channel: a fair, a fax, whatever you used.")
    return [
        field("channel", say("Channel"), menu("channel", say("Channel"), choices, initial)),
        field("via", say("Name of another channel"), text_input(length=NAME_LENGTH), optional=True, hint=hint),
    ]


def type_field(kind: FollowUpType | None) -> Block:
    """What kind of follow-up it was."""
    kinds = [option(capital(named(each).replace("-", " ")), ids.type_word(each)) for each in FollowUpType]
    initial = kinds[list(FollowUpType).index(kind)] if kind else None
    return field("type", say("Type"), menu("type", say("Type"), kinds, initial))


def when_field(on: date) -> Block:
    """The day it was made."""
    picker = {"type": "datepicker", "initial_date": on.isoformat()}
    return field("on", say("When"), picker, hint=say("A day behind you, or today."))
