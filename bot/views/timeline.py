"""What happened with somebody: touches and notes, a line each."""

from datetime import datetime

from bot.services.cards import Card, Timeline, happened_at
from bot.services.contact import LIFTED
from bot.services.meetings import RECAP
from bot.services.mending import may_mend
from bot.storage.records import Member, Note, Touch
from bot.views import ids, team, words
from bot.views.blocks import Block, actions, button, context, divider, escape, option, overflow, section
from cadences.model import Channel
from cadences.step_words import spoken
from cadences.words import named
from language import say, say_n

NOTE_SHOWN = 280
OUR_HEADS = (RECAP, LIFTED)
"""What notes begin with that the app wrote for somebody."""


def blocks(timeline: Timeline, now: datetime) -> list[Block]:
    """The latest of it, and how much more there is."""
    card = timeline.card
    entries = [_entry_block(entry, card, timeline.people, now) for entry in timeline.entries]
    shown = [divider(), context(say("*Timeline*  {activity}", activity=_active(card, now)))]
    shown += entries or [context(say("Nothing happened yet."))]
    if timeline.more:
        older = say_n("{count} older", "{count} older", timeline.more)
        spoken_as = say_n("Show {count} older entries", "Show {count} older entries", timeline.more)
        shown.append(actions([button(older, ids.TIMELINE, card.prospect.id, spoken=spoken_as)]))
    return shown


def _active(card: Card, now: datetime) -> str:
    prospect = card.prospect
    at, kind = words.moment(prospect.active_at, card.viewer, now), prospect.active_kind
    activity = spoken(Channel(kind)) if kind in set(Channel) else team.activity(kind)
    return say("active {time} ({activity})", time=at, activity=activity)


def _entry_block(entry: Touch | Note, card: Card, people: dict[str, Member], now: datetime) -> Block:
    """What happened; a touch that the viewer may correct has a menu."""
    viewer = card.viewer
    line = _entry(entry, people, viewer, now)
    if isinstance(entry, Note) or not (card.is_mine and may_mend(viewer.id, entry, may_manage=viewer.may_manage)):
        return context(line)
    choices = [option(say("Edit this touch"), ids.TOUCH_EDIT), option(say("Delete this touch"), ids.TOUCH_DELETE)]
    return section(line, overflow(ids.TOUCH, choices), ids.touch_block(entry.id))


def _entry(entry: Touch | Note, people: dict[str, Member], viewer: Member, now: datetime) -> str:
    if isinstance(entry, Note):
        text, what = _headed(entry.text), say("note")
    else:
        text, what = entry.note or "", f"{escape(words.done(entry.channel, entry.via))}, {named(entry.outcome)}"
    by = people.get(entry.member_id)
    at = words.moment(happened_at(entry), viewer, now)
    shown_text = f": {escape(text[:NOTE_SHOWN])}" if text else ""
    return f"*{at}*  {what} ({escape(by.name if by else '?')}){shown_text}"


def _headed(text: str) -> str:
    """A note; one that the app began begins in the reader's language."""
    head = next((each for each in OUR_HEADS if text.startswith(each)), None)
    return f"{say(head)}{text.removeprefix(head)}" if head else text
