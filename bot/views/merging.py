"""Merging two entries of one person: the form that asks which values are right, and the answer."""

from collections.abc import Mapping
from datetime import date, time

from bot.services.merging import OWNER, VALUE, Choice, Merged, Preview, Side, Value
from bot.storage.records import Member
from bot.views import deeds, ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    cut,
    escape,
    field,
    message,
    modal,
    option,
    section,
)
from bot.views.forms import Origin
from cadences.model import Channel, Temperature
from cadences.words import named
from language import SOURCE, dates, mark, reader, say

LABELS = {
    "name": mark("Name"),
    "company": mark("Company"),
    "role": mark("Role"),
    "email": mark("E-mail"),
    "phone": mark("Telephone"),
    "source": mark("Source"),
    "close_on": mark("Expected to close"),
    "zone": mark("Time zone"),
    "industry": mark("Industry"),
    "renewal_on": mark("Renews"),
    "temperature": mark("Temperature"),
    "preferred_channel": mark("Preferred channel"),
    "best_time": mark("Best time"),
    "profile_url": mark("Profile"),
    VALUE: mark("Value"),
    OWNER: mark("Owner"),
}
SHOWN = 60
KEPT_OF_BOTH = mark("Notes and touches of both are kept. Undo tells the two apart again, for 30 days.")


def form(preview: Preview, origin: Origin, people: Mapping[str, Member], callback_id: str = ids.FORM_MERGE) -> Block:
    """Field by field what the one that is left will say; where both differ, which is right."""
    who = words.who(preview.older.name, preview.older.company)
    stays, goes = escape(cut(who, SHOWN)), escape(cut(preview.newer_name, SHOWN))
    blocks: list[Block] = [section(say("*{one}* stays, and *{other}* becomes part of it.", one=stays, other=goes))]
    blocks += [_asked(choice, people) for choice in preview.choices]
    if preview.fills:
        fills = ", ".join(_inside(name) for name in preview.fills)
        blocks.append(context(escape(say("Added: {fields}", fields=fills))))
    blocks.append(context(say(KEPT_OF_BOTH)))
    return modal(say("Merge"), callback_id, blocks, submit=say("Merge"), metadata=origin.text())


def kept(merged: Merged, people: Mapping[str, Member]) -> list[str]:
    """What was taken where the two differed: ``Kept: e-mail dana@acme.com, not dl@acme.com``."""
    told = []
    for choice in merged.choices:
        right, wrong = choice.older, choice.newer
        if merged.taken[choice.field] is Side.NEWER:
            right, wrong = wrong, right
        taken, left = _said(choice, right, people), _said(choice, wrong, people)
        told.append(say("{field} {taken}, not {left}", field=_inside(choice.field), taken=taken, left=left))
    return [say("Kept: {choices}.", choices="; ".join(told))] if told else []


def again(merged: Merged) -> Message | None:
    """The offer to take other values, where the two differed."""
    if not merged.choices:
        return None
    about = deeds.about(merged.done.change)
    label = say("Choose other values")
    spoken = say("Choose other values for {name}", name=about)
    text = say("Other values can be chosen for {name}.", name=about)
    press = button(label, ids.MERGE_AGAIN, merged.done.change.id, spoken=spoken)
    return message(text, [actions([press])])


def _asked(choice: Choice, people: Mapping[str, Member]) -> Block:
    options = [
        option(_said(choice, choice.older, people), Side.OLDER.value),
        option(_said(choice, choice.newer, people), Side.NEWER.value),
    ]
    initial = options[0 if choice.preferred is Side.OLDER else 1]
    radio = {"type": "radio_buttons", "options": options, "initial_option": initial}
    return field(choice.field, _label(choice.field), radio)


def _label(name: str) -> str:
    return say(LABELS[name])


def _inside(name: str) -> str:
    """The label inside a sentence, where English writes it small."""
    return _label(name).lower() if reader().language == SOURCE else _label(name)


def _said(choice: Choice, value: Value, people: Mapping[str, Member]) -> str:
    if choice.field == OWNER:
        return people[str(value)].name if str(value) in people else str(value)
    match value:
        case (int() as amount, currency):
            return words.money(amount, currency) or str(amount / 100)
        case Channel():
            return words.channel(value)
        case Temperature():
            return named(value)
        case time():
            return dates.clock(value)
        case date():
            return dates.day(value, year=True)
    return cut(str(value), SHOWN)
