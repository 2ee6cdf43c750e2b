"""What happened with somebody: touches and notes, a line each."""

from datetime import datetime

from bot.services.cards import Card, Timeline, happened_at
from bot.services.contact import LIFTED
from bot.services.meetings import RECAP
from bot.services.mending import may_mend
from bot.services.touches import is_untimed
from bot.storage.records import Member, Note, Prospect, Touch
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
    shown = [divider(), context(say("*Timeline*  {activity}", activity=escape(_active(timeline, now))))]
    shown += entries or [context(say("Nothing happened yet."))]
    if timeline.more:
        older = say_n("{count} older", "{count} older", timeline.more)
        spoken_as = say_n("Show {count} older entries", "Show {count} older entries", timeline.more)
        shown.append(actions([button(older, ids.TIMELINE, card.prospect.id, spoken=spoken_as)]))
    return shown


def _active(timeline: Timeline, now: datetime) -> str:
    """When something was done last, and what it was."""
    card, prospect = timeline.card, timeline.card.prospect
    at = _when(prospect.active_at, timeline.people.get(prospect.active_by), card.viewer, now)
    return say("active {time} ({activity})", time=at, activity=_activity(prospect, card.last_touch))


def _activity(prospect: Prospect, last: Touch | None) -> str:
    """A channel of the team's own has its own name."""
    kind = prospect.active_kind
    if kind == Channel.OTHER and last is not None and last.happened_at == prospect.active_at and last.via:
        return last.via
    return spoken(Channel(kind)) if kind in set(Channel) else team.activity(kind)


def _when(at: datetime, by: Member | None, viewer: Member, now: datetime) -> str:
    """On the viewer's clock; where only the day was told, the day of who told it."""
    if is_untimed(at):
        return words.day((by or viewer).local(at).date(), viewer.local(now).date())
    return words.moment(at, viewer, now)


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
    at = _when(happened_at(entry), by, viewer, now)
    shown_text = f": {escape(text[:NOTE_SHOWN])}" if text else ""
    return f"*{at}*  {what} ({escape(by.name if by else '?')}){shown_text}"


def _headed(text: str) -> str:
    """A note; one that the app began begins in the reader's language."""
    head = next((each for each in OUR_HEADS if text.startswith(each)), None)
    return f"{say(head)}{text.removeprefix(head)}" if head else text
