"""Merging two entries of one person: the form that asks which values are right, and the answer."""

from collections.abc import Mapping
from datetime import date, datetime, time

from bot.services.merge_choices import OWNER, VALUE, Choice, Left, Preview, Side, Value, value_of
from bot.services.merging import Merged
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
from language import SOURCE, dates, mark, places, reader, say

LABELS = {
    "name": mark("Name"),
    "company": mark("Company"),
    "role": mark("Role"),
    "email": mark("Email"),
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
"""Of a value or a name."""
KEPT_OF_BOTH = mark("Notes and touches of both are kept. Undo tells the two apart again, for 30 days.")
NOTHING_TO_CHOOSE = mark("The two contradict each other in nothing.")


def form(preview: Preview, origin: Origin, callback_id: str = ids.FORM_MERGE) -> Block:
    """Field by field what the one that is left will say; where both differ, which is right."""
    people = {owner.id: owner for owner in preview.owners}
    goes, stays = (escape(who) for who in _both(preview, SHOWN))
    blocks: list[Block] = [section(say("*{one}* stays, and *{other}* becomes part of it.", one=stays, other=goes))]
    blocks += [_asked(choice, people) for choice in preview.choices]
    if preview.fills:
        fills = ", ".join(_filled(preview, name, people) for name in preview.fills)
        blocks.append(context(escape(say("Added: {fields}", fields=fills))))
    blocks.append(context(say(KEPT_OF_BOTH)))
    return modal(say("Merge"), callback_id, blocks, submit=say("Merge"), metadata=origin.text())


def kept_form(preview: Preview, origin: Origin, viewer: Member, now: datetime, changed: str = "") -> Block:
    """The same of two that are kept, with what is next after it; ``changed``: what happened since it was shown."""
    drawn = form(preview, origin, ids.FORM_MERGE_KEPT)
    head, *asked, both = drawn["blocks"]
    if changed:
        asked.insert(0, context(f"⚠️ {escape(changed)}"))
    if not preview.choices:
        asked.append(context(say(NOTHING_TO_CHOOSE)))
    return {**drawn, "blocks": [head, *asked, *_left(preview, viewer, now), both]}


def kept(merged: Merged, people: Mapping[str, Member]) -> list[str]:
    """What was taken where the two differed: ``Kept: email dana@acme.com, not dl@acme.com``."""
    told = []
    for choice in merged.choices:
        right, wrong = choice.older, choice.newer
        if merged.taken[choice.field] is Side.NEWER:
            right, wrong = wrong, right
        taken, left = _said(choice.field, right, people), _said(choice.field, wrong, people)
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
        option(_said(choice.field, choice.older, people), Side.OLDER.value),
        option(_said(choice.field, choice.newer, people), Side.NEWER.value),
    ]
    initial = options[0 if choice.preferred is Side.OLDER else 1]
    radio = {"type": "radio_buttons", "options": options, "initial_option": initial}
    return field(choice.field, _label(choice.field), radio)


def _label(name: str) -> str:
    return say(LABELS[name])


def _inside(name: str) -> str:
    """The label inside a sentence, where English writes it small."""
    return _label(name).lower() if reader().language == SOURCE else _label(name)


def _both(preview: Preview, length: int) -> tuple[str, str]:
    """Who becomes part of whom, as it was said."""
    older, newer = (cut(words.who(each.name, each.company), length) for each in (preview.older, preview.newer))
    return (newer, older) if preview.right is Side.OLDER else (older, newer)


def _left(preview: Preview, viewer: Member, now: datetime) -> list[Block]:
    """Where the one that is left will stand, and what falls away."""
    if preview.left is None:
        return []
    ends = ", ".join(words.next_step(step, viewer, now) for step in preview.left.ends)
    falls = [context(escape(say("No longer planned: {steps}.", steps=ends)))] if ends else []
    return [section(escape(_standing(preview.left, viewer, now))), *falls]


def _standing(left: Left, viewer: Member, now: datetime) -> str:
    """The stage, and the one next step with its date."""
    stage = named(left.stage)
    if left.do_not_contact:
        return say("Afterwards: {stage}. They asked us to stop, so nothing is next.", stage=stage)
    if left.step is None:
        return say("Afterwards: {stage}. Nothing is next.", stage=stage)
    following = words.next_step(left.step, viewer, now)
    if left.step.promised:
        return say("Afterwards: {stage}. Next, as promised: {step}.", stage=stage, step=following)
    return say("Afterwards: {stage}. Next: {step}.", stage=stage, step=following)


def _filled(preview: Preview, name: str, people: Mapping[str, Member]) -> str:
    """A field that only one of them has, with what it says."""
    value = value_of(preview.newer, name)
    return f"{_inside(name)} {_said(name, value, people)}" if value is not None else _inside(name)


def _said(name: str, value: Value, people: Mapping[str, Member]) -> str:
    if name == OWNER:
        return people[str(value)].name if str(value) in people else str(value)
    if name == "zone":
        return places.zone(str(value))
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
