"""Merging two entries of one person: the form that asks which values are right, and the answer."""

from collections.abc import Mapping
from datetime import date, time

from bot.services.merging import OWNER, Choice, Merged, Preview, Side, Value
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import Block, context, cut, escape, field, modal, option, section
from bot.views.forms import Origin

LABELS = {
    "close_on": "Expected to close",
    "renewal_on": "Renews",
    "preferred_channel": "Preferred channel",
    "best_time": "Best time",
    "phone": "Telephone",
    "zone": "Time zone",
    "email": "E-mail",
}
SHOWN = 60
KEPT_OF_BOTH = "Notes and touches of both are kept. Undo tells the two apart again, for 30 days."


def form(preview: Preview, origin: Origin, people: Mapping[str, Member]) -> Block:
    """Field by field what the one that is left will say; where both differ, which is right."""
    who = words.who(preview.older.name, preview.older.company)
    stays, goes = escape(cut(who, SHOWN)), escape(cut(preview.newer_name, SHOWN))
    blocks: list[Block] = [section(f"*{stays}* stays, and *{goes}* becomes part of it.")]
    blocks += [_asked(choice, people) for choice in preview.choices]
    if preview.fills:
        blocks.append(context(escape(f"Added: {', '.join(_label(name).lower() for name in preview.fills)}")))
    blocks.append(context(KEPT_OF_BOTH))
    return modal("Merge", ids.FORM_MERGE, blocks, submit="Merge", metadata=origin.text())


def kept(merged: Merged, people: Mapping[str, Member]) -> list[str]:
    """What was taken where the two differed: ``Kept: e-mail dana@acme.com, not dl@acme.com``."""
    told = []
    for choice in merged.choices:
        right, wrong = choice.older, choice.newer
        if merged.taken[choice.field] is Side.NEWER:
            right, wrong = wrong, right
        said = f"{_said(choice, right, people)}, not {_said(choice, wrong, people)}"
        told.append(f"{_label(choice.field).lower()} {said}")
    return [f"Kept: {'; '.join(told)}."] if told else []


def _asked(choice: Choice, people: Mapping[str, Member]) -> Block:
    options = [
        option(_said(choice, choice.older, people), Side.OLDER.value),
        option(_said(choice, choice.newer, people), Side.NEWER.value),
    ]
    initial = options[0 if choice.preferred is Side.OLDER else 1]
    radio = {"type": "radio_buttons", "options": options, "initial_option": initial}
    return field(choice.field, _label(choice.field), radio)


def _label(name: str) -> str:
    return LABELS.get(name, name.capitalize())


def _said(choice: Choice, value: Value, people: Mapping[str, Member]) -> str:
    if choice.field == OWNER:
        return people[str(value)].name if str(value) in people else str(value)
    match value:
        case (int() as amount, currency):
            return words.money(amount, currency) or str(amount / 100)
        case time():
            return words.clock(value)
        case date():
            return f"{words.day(value)} {value.year}"
    return cut(str(value), SHOWN)
