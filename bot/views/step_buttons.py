"""The buttons of a next step: in a row, on a card, and under who replied."""

from datetime import date, datetime

from bot.services.facts import their_date
from bot.storage.records import Member, Prospect, StepRow
from bot.views import ids, words
from bot.views.blocks import Block, actions, button, context, menu, option, overflow
from cadences import calendar
from cadences.model import Channel
from language import mark, say

MORE = {
    ids.REPLIED: mark("They replied"),
    ids.LOG: mark("Log another channel"),
    ids.NOTE: mark("Add a note"),
    ids.PARK: mark("Park"),
    ids.OPEN: mark("Open card: skip, away, stop…"),
}
"""The ⋯ menu of a row, which Slack keeps to five; the option's value is the action."""


def buttons(step: StepRow, prospect: Prospect, owner: Member, now: datetime) -> Block:
    """Log, snooze, won, lost and ⋯ for the step that is next."""
    their_on = their_date(prospect, step, owner, owner.local(now).date())
    return step_buttons(
        step.id, step.channel, words.who(prospect.name, prospect.company), owner, now, their_on=their_on
    )


def step_buttons(
    step_id: int,
    channel: Channel,
    who: str,
    owner: Member,
    now: datetime,
    *,
    their_on: date | None,
    listed: bool = False,
) -> Block:
    """The buttons of a row or card; the first is the step's own channel."""
    name = words.channel(channel)
    log, spoken_as = say("Log {channel}", channel=name), say("Log {channel} with {who}", channel=name, who=who)
    return actions(
        [
            button(log, ids.LOG, step_id, style="primary", spoken=spoken_as),
            snooze_menu(who, owner, now, their_on),
            button(say("Won"), ids.WON, step_id, spoken=say("Mark {who} as won", who=who)),
            button(say("Lost"), ids.LOST, step_id, spoken=say("Mark {who} as lost", who=who)),
            overflow(ids.MORE, [option(say(label), action) for action, label in MORE.items()]),
        ],
        ids.step_block(step_id, listed=listed),
    )


def snooze_menu(who: str, owner: Member, now: datetime, their_on: date | None = None) -> Block:
    """Real dates; on a Friday "tomorrow" is Monday and says so. ``their_on`` is a date of theirs that is known."""
    options = calendar.snooze_options(now, owner.calendar, their_on)
    choices = [option(choice.label, choice.on.isoformat()) for choice in options]
    return menu(ids.SNOOZE, say("Snooze"), [*choices, option(say("Pick a date…"), ids.PICK_DATE)])


def which_way(step_id: int, about: str) -> list[Block]:
    """They replied: which way? Each answer leads to its own next step."""
    interested = say("Interested: {who}", who=about)
    question = say("A question from {who}: answer within 24 hours", who=about)
    later = say("Not now: park {who} until a date", who=about)
    no = say("No from {who}: mark as lost with the reason", who=about)
    ways = [
        button(say("Interested"), ids.INTERESTED, step_id, style="primary", spoken=interested),
        button(say("A question"), ids.QUESTION, step_id, spoken=question),
        button(say("Not now…"), ids.PARK, step_id, spoken=later),
        button(say("No…"), ids.LOST, step_id, spoken=no),
    ]
    return [context(say("*They replied. Which way?*")), actions(ways)]
