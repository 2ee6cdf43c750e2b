"""Prospects of somebody who left: the line in a manager's digest, and the form that asks who gets them."""

from collections.abc import Sequence

from bot.services.leavers import Left
from bot.views import ids
from bot.views.blocks import Block, Message, actions, button, cut, escape, field, menu, message, modal, option, section
from bot.views.forms import Origin
from language import say, say_n

SHOWN = 40
MENU_LENGTH = 100


def line(left: Sequence[Left]) -> Message:
    """``3 prospects of Ben, who left, have nobody.``"""
    text = " ".join(_said(each) for each in left)
    press = button(say("Assign…"), ids.LEAVERS, 0, spoken=say("Assign the prospects of who left"))
    return message(text, [section(f"👋 {escape(text)}"), actions([press])])


def form(left: Sequence[Left], origin: Origin) -> Block:
    """Whose, and who gets them."""
    options = [option(f"{cut(each.name, SHOWN)} ({each.count})", ids.member_word(each.member_id)) for each in left]
    hint = say("They go with their history and next steps. Who gets them is told once.")
    blocks = [
        field("owner", say("Prospects of"), menu("owner", say("Who left"), options[:MENU_LENGTH], options[0])),
        field("to", say("Who gets them"), {"type": "users_select"}, hint=hint),
    ]
    return modal(say("Assign prospects"), ids.FORM_LEAVERS, blocks, submit=say("Assign"), metadata=origin.text())


def _said(left: Left) -> str:
    return say_n(
        "{count} prospect of {name}, who left, has nobody.",
        "{count} prospects of {name}, who left, have nobody.",
        left.count,
        name=cut(left.name, SHOWN),
    )
