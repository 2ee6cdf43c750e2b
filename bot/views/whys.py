"""The question why something is put off again, and what each answer offers."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.cards import Card, Done
from bot.services.drafting import Drafted
from bot.services.errors import AsksWhy
from bot.services.resources import EXAMPLE
from bot.storage.records import Member
from bot.views import ids, receipts, words
from bot.views.blocks import Block, Message, actions, button, context, cut, escape, menu, message, option, section
from cadences.model import LostReason
from cadences.snoozing import Why
from cadences.words import capital, named
from language import dates, mark, say

LABELS = {
    Why.WAITING: mark("Waiting on them"),
    Why.NOTHING_TO_ADD: mark("Nothing of value to add"),
    Why.AVOIDING: mark("Avoiding it"),
    Why.DEAD: mark("It’s dead"),
}
SPOKEN = {
    Why.WAITING: mark("Waiting on them: {who}"),
    Why.NOTHING_TO_ADD: mark("Nothing of value to add: {who}"),
    Why.AVOIDING: mark("Avoiding it: {who}"),
    Why.DEAD: mark("It’s dead: {who}"),
}
PARK_MONTHS = (3, 6)
TITLE_SHOWN = 80
HOOK_SHOWN = 160
SNOOZE_LINE = "/followup snooze acme fri waiting"
LOST_LINE = "/followup lost acme unresponsive"


def question(asks: AsksWhy, viewer: Member, now: datetime) -> Message:
    """Why is it put off again? Nothing was changed yet."""
    return message(_asked(asks, viewer, now), question_blocks(asks, viewer, now))


def question_blocks(asks: AsksWhy, viewer: Member, now: datetime) -> list[Block]:
    """The same, as a part of what shows it."""
    hint = say("Typed: `{line}`, or `nothing to add`, `avoiding`, `dead` behind the date.", line=SNOOZE_LINE)
    return [section(f"*{escape(_asked(asks, viewer, now))}*"), _answers(asks), context(escape(hint))]


def question_after(asks: AsksWhy, viewer: Member, now: datetime) -> list[Block]:
    """The question to a snooze that was carried out among others."""
    return [section(escape(follow_up(asks, viewer, now))), _answers(asks)]


def follow_up(asks: AsksWhy, viewer: Member, now: datetime) -> str:
    """What is asked after a snooze that was carried out."""
    day = _when(asks, viewer, now)
    return say(
        "{who} was put off {count} times in a row, now to {day}. Why?", who=_who(asks), count=asks.count, day=day
    )


def dead(card: Card, draft_id: int) -> Message:
    """It is dead: lost, with the reason in one click, or parked?"""
    who = words.who(card.prospect.name, card.prospect.company)
    text = say(
        "{who}: is the deal dead? Then let it go: mark it as lost, or park it. Nothing was changed yet.", who=who
    )
    hint = say("Typed: `{lost}` or `{park}`.", lost=LOST_LINE, park="/followup park acme until march")
    return message(text, [*dead_blocks(card, draft_id), context(escape(hint))])


def dead_blocks(card: Card, draft_id: int) -> list[Block]:
    """The same, as a part of what shows it."""
    who = words.who(card.prospect.name, card.prospect.company)
    reasons = [option(capital(named(reason)), reason.value) for reason in LostReason]
    parks = [
        button(
            say("Park {months} months", months=months),
            f"{ids.WHY_PARK}{months}",
            draft_id,
            spoken=say("Park {who} for {months} months", who=who, months=months),
        )
        for months in PARK_MONTHS
    ]
    asked = say("{who}: is the deal dead? Then let it go.", who=who)
    lost = menu(ids.WHY_LOST, say("Lost because…"), reasons)
    return [section(f"*{escape(asked)}*"), actions([lost, *parks], ids.why_block(draft_id))]


def answered(done: Done, drafted: Drafted | None, viewer: Member, now: datetime) -> Message:
    """What the answer did, and what it offers: a draft, or something worth saying."""
    remarks = advice(done, drafted)
    said = receipts.done(done, viewer, now, remarks)
    step = done.card.step if done.card else None
    if drafted is None or step is None:
        return said
    who = words.who(drafted.card.prospect.name, drafted.card.prospect.company)
    draft = button(
        say("Draft…"), ids.DRAFT, step.id, style="primary", spoken=say("Draft… what to say to {who}", who=who)
    )
    return Message(said.text, [*said.blocks, actions([draft])])


def advice(done: Done, drafted: Drafted | None) -> Sequence[str]:
    """What follows from the answer, in words."""
    match done.change.facts.get("why"):
        case Why.WAITING.value:
            return [say("It is their turn: on that day you check in, and nothing counts against you until then.")]
        case Why.AVOIDING.value:
            return [say("A smaller step: two minutes, and the draft is written. You send it yourself.")]
        case Why.NOTHING_TO_ADD.value if drafted is not None:
            return _worth_saying(drafted)
    return []


def _worth_saying(drafted: Drafted) -> list[str]:
    lines = []
    if drafted.gift is not None:
        title = cut(drafted.gift.title, TITLE_SHOWN)
        lines.append(say("Worth sending, and new to them: “{title}” {url}", title=title, url=drafted.gift.url))
    if drafted.hooks:
        lines.append(say("They care about: {hook}", hook=cut(drafted.hooks[0].text, HOOK_SHOWN)))
    if drafted.gift is None:
        lines.append(
            say("Nothing in the library is new to them. Keep something: `{line}`", line=f"/followup {EXAMPLE}")
        )
    return lines


def _asked(asks: AsksWhy, viewer: Member, now: datetime) -> str:
    return say(
        "{who} would be put off to {day}, snooze number {count} in a row. Why? Nothing was changed yet.",
        who=_who(asks),
        count=asks.count,
        day=_when(asks, viewer, now),
    )


def _when(asks: AsksWhy, viewer: Member, now: datetime) -> str:
    """The day, and its time where one was said."""
    on = words.day(asks.on, viewer.local(now).date())
    return f"{on} {dates.clock(asks.at)}" if asks.at else on


def _answers(asks: AsksWhy) -> Block:
    who = _who(asks)
    buttons = [
        button(say(LABELS[why]), f"{ids.WHY}{why.value}", asks.draft_id, spoken=say(SPOKEN[why], who=who))
        for why in Why
    ]
    return actions(buttons, ids.why_block(asks.draft_id))


def _who(asks: AsksWhy) -> str:
    return words.who(asks.prospect.name, asks.prospect.company)
