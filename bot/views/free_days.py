"""A next step that somebody named for a day off: said at once, with the other day one press away."""

from datetime import date, datetime

from bot.services.cards import Card
from bot.views import ids, words
from bot.views.blocks import Block, button
from cadences import calendar
from language import say


def remark(card: Card, now: datetime, asked_on: date | None = None) -> str:
    """What becomes of a step that was named for a free day; nothing where it was not.

    ``asked_on``: the free day that was said, where the step stands on the working day after it.
    """
    on, today = _day_of(card), card.owner.local(now).date()
    if on is None:
        return ""
    if asked_on is not None and asked_on != on:
        free, day = words.day(asked_on, today), words.day(on, today)
        return say("{free} is a day off for you, so it is planned for {day}.", free=free, day=day)
    if _stands_on_free_day(card, on):
        listed = words.day(calendar.next_workday(on, card.owner.calendar), today)
        return say(
            "{free} is a day off for you: it will be in your list of {day}.", free=words.day(on, today), day=listed
        )
    return ""


def buttons(card: Card, now: datetime, asked_on: date | None = None) -> list[Block]:
    """The other of the two days."""
    on, today = _day_of(card), card.owner.local(now).date()
    if on is None or card.step is None:
        return []
    who = words.who(card.prospect.name, card.prospect.company)
    if asked_on is not None and asked_on != on:
        day = words.day(asked_on, today)
        label, spoken = say("{day} after all", day=day), say("Plan {who} for {day} after all", who=who, day=day)
        return [button(label, _action(asked_on), card.step.id, spoken=spoken)]
    if not _stands_on_free_day(card, on):
        return []
    other = calendar.next_workday(on, card.owner.calendar)
    day = words.day(other, today)
    spoken = say("Move {who} to {day}", who=who, day=day)
    return [button(say("Move to {day}", day=day), _action(other), card.step.id, spoken=spoken)]


def _action(on: date) -> str:
    return f"{ids.OTHER_DAY}{on.isoformat()}"


def _day_of(card: Card) -> date | None:
    return card.owner.local(card.step.due_at).date() if card.step is not None else None


def _stands_on_free_day(card: Card, on: date) -> bool:
    """True for a promise of one's own; who plans for somebody else leaves her days to her."""
    is_promise = card.step is not None and card.step.promised and card.viewer.id == card.owner.id
    return is_promise and not calendar.is_workday(on, card.owner.calendar)
